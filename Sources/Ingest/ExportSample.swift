public import SurveyDefinition

/// The beginning of an export that nobody has described yet, and how its text seems to be written.
public struct ExportSample: Sendable {
  /// Encoding, separator and quoting as they were found; the other keys as they are by default.
  public var layout = InputLayout()
  /// True where the encoding is only likely: its bytes could be another's.
  public var isEncodingGuessed = false
  /// The first records as texts, blanks at both ends left out; those of some 256 KiB.
  public var records: [[String]] = []
  /// Why nothing can be read, where `records` is empty.
  public var findings: [Finding] = []
}

/// How much of a file is looked at to know its form.
private let sampleSize = 1 << 18

/// Looks at the beginning of an export: its encoding, what separates its cells and whether they are quoted.
///
/// UTF-8 and UTF-16 are told by what only they hold. Of separators, the one counts that gives all records the same
/// width, and of several such the widest.
public func readSample(of input: ResponseInput) throws(IngestFailure) -> ExportSample {
  var sample = ExportSample()
  var source = try ByteSource(input)
  let beginning = try source.begin(bufferSize: sampleSize)
  guard case .text(let mark) = beginning else {
    var probe = SampleReader(file: input.displayName)
    probe.stop(at: beginning)
    sample.findings = probe.findings
    return sample
  }
  var bytes: [UInt8] = []
  switch mark {
  case .utf16LittleEndian?, .utf16BigEndian?: sample.layout.encoding = .utf16
  case .utf8?: break
  case nil: if source.orderWithoutMark != nil { sample.layout.encoding = .utf16 }
  }
  if mark == .utf16LittleEndian { bytes = [0xFF, 0xFE] }
  if mark == .utf16BigEndian { bytes = [0xFE, 0xFF] }
  var chunk = [UInt8](repeating: 0, count: sampleSize)
  var isWhole = false
  while bytes.count < sampleSize {
    guard case .bytes(let count) = try source.read(into: &chunk) else {
      isWhole = true
      break
    }
    bytes += chunk[..<count]
  }
  bytes = Array(bytes.prefix(sampleSize))
  if sample.layout.encoding == .utf8, let likely = likelyEncoding(of: bytes, isWhole: isWhole) {
    sample.layout.encoding = likely
    sample.isEncodingGuessed = true
  }
  try sample.chooseSeparator(for: bytes, isWhole: isWhole, file: input.displayName)
  return sample
}

/// What bytes are that are not UTF-8; nil where they are.
private func likelyEncoding(of bytes: [UInt8], isWhole: Bool) -> InputLayout.Encoding? {
  var check = UTF8Check()
  let fault = bytes.withRawSpan { check.firstFault(in: $0, count: bytes.count) }
  let endsWithin = fault == nil && isWhole && !check.isComplete
  guard endsWithin || fault?.fault == .notText else { return nil }
  var likelihood = EncodingLikelihood()
  likelihood.add(bytes, count: bytes.count)
  return likelihood.likely ?? .windows1252
}

extension ExportSample {
  private static let separators = Array(",;\t|".utf8)

  fileprivate mutating func chooseSeparator(
    for bytes: [UInt8], isWhole: Bool, file: String
  ) throws(IngestFailure) {
    var best: (score: (Int, Int, Int), layout: InputLayout, reader: SampleReader)?
    var first: SampleReader?
    for quoting in [true, false] {
      for separator in Self.separators {
        var candidate = layout
        candidate.separator = separator
        candidate.quoting = quoting
        var reader = SampleReader(file: file)
        let form = TextForm(encoding: layout.encoding, separator: separator, quoting: quoting)
        _ = try readTable(
          .memory(bytes, displayName: file), form, chunkSize: 1 << 16, progress: nil, into: &reader
        ) { $0.read($1, $2, $3) }
        // The sample ends where it ends, perhaps within a quoted cell or a record.
        if !isWhole { reader.dropLast() }
        first = first ?? reader
        guard reader.isReadable(isWhole: isWhole), let width = reader.records.first?.count else { continue }
        let even = reader.records.count { $0.count == width }
        // Nearly all records as wide as the first, rather quoted, rather wide.
        let score = (20 * even >= 19 * reader.records.count ? 1 : 0, quoting ? 1 : 0, width)
        if best.map({ score > $0.score }) ?? true { best = (score, candidate, reader) }
      }
      // Quotation marks that mean nothing are only thought of where reading them as such fails.
      if let best, best.score.0 == 1, best.score.2 > 1 { break }
    }
    if let best {
      layout = best.layout
      records = best.reader.records
    } else {
      findings = first?.findings ?? []
    }
  }
}

/// Takes the records of a sample as texts.
private struct SampleReader: TableReading {
  let file: String
  let content = "responses"
  let hasDeclaredText = true
  var hasHeader: Bool { !records.isEmpty }
  private(set) var hasStopped = false
  private(set) var findings: [Finding] = []
  private(set) var records: [[String]] = []

  init(file: String) { self.file = file }

  mutating func stop(_ code: String, at place: Place, _ message: String, remedy: String?) {
    hasStopped = true
    findings.append(Finding(.fault, code: code, at: place, message, remedy: remedy))
  }

  mutating func remark(_ code: String, at place: Place, _ message: String, remedy: String?) {}

  /// What stopped the reading, but for the end of the sample.
  func isReadable(isWhole: Bool) -> Bool {
    findings.allSatisfy { !isWhole && ["unclosed-quote", "not-utf8", "other-encoding"].contains($0.code) }
  }

  mutating func dropLast() { if records.count > 1 { records.removeLast() } }

  mutating func read(_ bytes: RawSpan, _ bounds: Span<UInt32>, _ heads: Span<RecordHead>) {
    for index in 0..<heads.count {
      let head = heads[index]
      let record = (0..<head.cellCount).map { column in
        let bound = head.firstBound + column
        let cell = CellRange(start: Int(bounds[bound]), end: Int(bounds[bound + 1]))
        return String(decoding: cell.trimmed(in: bytes).copy(of: bytes), as: UTF8.self)
      }
      records.append(record)
    }
  }
}
