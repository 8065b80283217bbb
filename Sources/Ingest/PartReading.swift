import SurveyDefinition

/// One part of a file of responses, read by itself: where its records begin and end, and what they came to.
struct PartRead {
  /// The byte at which its first record begins; nil where none seems to begin in the part.
  let start: Int?
  /// The byte at which the first record after the part begins, or the file ends.
  private(set) var end: Int
  private(set) var report: ResponseReport
  private var respondents: RespondentIDs?
  /// By unit of the codings: whether a record of the part has its respondent.
  private(set) var isCodedKnown: [Bool]

  init(_ reader: inout RecordReader, from start: Int?, to end: Int) {
    (self.start, self.end) = (start, end)
    report = reader.finishPart()
    respondents = reader.respondents
    isCodedKnown = reader.isCodedKnown
  }

  /// 12 bytes of the hash of each respondent's id, ascending; nil where they have none.
  var respondentHashes: [UInt8]? { respondents?.listed }

  /// Adds the part that begins where this one ends.
  /// - Returns: False where a respondent is in both: then this is no part any more.
  mutating func join(_ next: PartRead) -> Bool {
    if let others = next.respondents, respondents?.join(others) == false { return false }
    for unit in isCodedKnown.indices where next.isCodedKnown[unit] { isCodedKnown[unit] = true }
    report.add(next.report)
    end = next.end
    return true
  }
}

/// Reads parts of a file, cut at any byte.
///
/// A record belongs to the part in which it begins. Where records begin, a part that is not the first can only guess: at the first
/// line that reads like a record as wide as the header. What its records came to is used where the part before it ends there,
/// which proves the guess, as that part followed the file from a proven start.
///
/// Whatever is wrong with a record or with the file is told by whoever reads the file from its beginning: a part with a fault is
/// none.
struct PartReader {
  let input: ResponseInput
  let survey: Survey
  let codings: OpenTextCodings?
  /// Bytes handed to libcsv at a time.
  var chunkSize = 1 << 18
  /// Whether records with a fault are counted, without findings, where the definition leaves them out; otherwise there is then no
  /// part.
  var leavesOutFaulty = false

  /// How many lines are tried as the first of a part, and how far each is read.
  private static let guesses = 16
  private static let guessedBytes = 1 << 16

  /// The size of a file whose parts can be read by themselves: in UTF-8, and neither inflated nor from a pipe. nil for any other.
  func cuttableSize() throws(IngestFailure) -> Int? {
    // Codings of respondents without an id are those of the record with their number, which a part does not know.
    guard survey.input.encoding == .utf8, codings == nil || survey.input.respondent != nil else { return nil }
    var source = try ByteSource(input)
    switch try source.begin(bufferSize: chunkSize) {
    case .text(nil), .text(.utf8): return source.go(to: 0) ? source.totalBytes : nil
    case .text, .zip, .empty, .corruptGzip: return nil
    }
  }

  /// Reads the records that begin in a part.
  /// - Parameters:
  ///   - isProven: Whether a record is known to begin with the part.
  ///   - progress: Called for each chunk with the bytes of the part that were read.
  ///   - body: Takes each response in the file's order, also where there is no part in the end.
  /// - Returns: nil where something is wrong, or the file cannot be cut. The lines of findings count from the part's first record.
  func read(
    _ part: Range<Int>, isProven: Bool, progress: ((Int) -> Void)? = nil,
    _ body: (borrowing CodedResponse) -> Void
  ) throws(IngestFailure) -> PartRead? {
    var reader = RecordReader(survey, file: input.displayName, codings: codings)
    var source = try ByteSource(input)
    guard reader.supports(survey), case .text = try source.begin(bufferSize: chunkSize) else { return nil }
    var chunk = [UInt8](repeating: 0, count: chunkSize)
    var stream = newStream()
    var offset = source.markBytes
    var last: UInt8 = 0x0A
    var start = 0
    if part.lowerBound > 0 {
      guard let width = try readHeader(&source, into: &reader, &chunk) else { return nil }
      let found =
        isProven ? part.lowerBound : try firstRecord(in: part, of: &source, width: width, &chunk)
      guard let found else {
        return PartRead(&reader, from: nil, to: part.upperBound)
      }
      guard source.go(to: found - 1), case .bytes = try source.read(into: &chunk) else { return nil }
      last = chunk[0]
      guard source.go(to: found) else { return nil }
      stream.begin(after: last)
      (offset, start) = (found, found)
    }

    var check = UTF8Check()
    while true {
      guard case .bytes(let count) = try source.read(into: &chunk) else {
        guard check.isComplete, stream.finish() == nil else { return nil }
        stream.withRecords { reader.read($0, $1, $2, body) }
        return finish(&reader, start, offset)
      }
      // What lies before the part's end is its own; of what follows, line by line, the rest of its last record.
      var fed = 0
      var next = min(count, max(0, part.upperBound - offset))
      var isWhole = false
      while true {
        let fault = chunk.withRawSpan { check.firstFault(in: $0, from: fed, count: next) }
        guard fault == nil, chunk.withRawSpan({ stream.parse($0, from: fed, count: next) }) == nil else {
          return nil
        }
        if next > fed { last = chunk[next - 1] }
        fed = next
        isWhole = offset + fed >= part.upperBound && isBreak(last) && stream.isBetweenRecords
        guard !isWhole, fed < count else { break }
        next = (chunk[fed..<count].firstIndex(where: isBreak) ?? count - 1) + 1
      }
      stream.withRecords { reader.read($0, $1, $2, body) }
      guard !reader.hasStopped, isWithoutFaults(reader) else { return nil }
      offset += fed
      progress?(offset - start)
      if isWhole { return finish(&reader, start, offset) }
    }
  }

  private func finish(_ reader: inout RecordReader, _ start: Int, _ end: Int) -> PartRead? {
    let read = PartRead(&reader, from: start, to: end)
    guard !reader.hasStopped, isWithoutFaults(reader), read.report.findings.allSatisfy(\.isRemark) else {
      return nil
    }
    return read
  }

  /// Whether no record has a fault, or none that stops the reading.
  private func isWithoutFaults(_ reader: RecordReader) -> Bool {
    !reader.hasRejected || leavesOutFaulty
  }

  private func newStream() -> CSVStream {
    CSVStream(separator: survey.input.separator, quoting: survey.input.quoting)
  }

  private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Reads the header, from the beginning of the file.
  /// - Returns: How many cells it has; nil where something is wrong with it.
  private func readHeader(
    _ source: inout ByteSource, into reader: inout RecordReader, _ chunk: inout [UInt8]
  ) throws(IngestFailure) -> Int? {
    var stream = newStream()
    while !reader.hasHeader, !reader.hasStopped {
      guard case .bytes(let count) = try source.read(into: &chunk) else { return nil }
      guard chunk.withRawSpan({ stream.parse($0, count: count) }) == nil else { return nil }
      stream.withRecords { _ = reader.readHeader($0, $1, $2) }
    }
    return reader.hasStopped ? nil : reader.width
  }

  /// The first byte in a part at which a record seems to begin: behind a break, and as wide as the header, as those after it are.
  private func firstRecord(
    in part: Range<Int>, of source: inout ByteSource, width: Int, _ chunk: inout [UInt8]
  ) throws(IngestFailure) -> Int? {
    guard source.go(to: part.lowerBound - 1) else { return nil }
    var offset = part.lowerBound - 1
    var first: Int?
    var tried = 0
    while offset < part.upperBound, case .bytes(let count) = try source.read(into: &chunk) {
      for index in 0..<count where isBreak(chunk[index]) {
        let found = offset + index + 1
        guard found < part.upperBound, tried < Self.guesses else { return first }
        first = first ?? found
        tried += 1
        // A cut behind a break is most often made between records, as whoever knew where one ends would make it.
        if found == part.lowerBound { return found }
        if readsLikeRecords(chunk, from: index + 1, count: count, width: width) { return found }
      }
      offset += count
    }
    return first
  }

  private func readsLikeRecords(_ chunk: [UInt8], from start: Int, count: Int, width: Int) -> Bool {
    var stream = newStream()
    let end = min(count, start + Self.guessedBytes)
    guard chunk.withRawSpan({ stream.parse($0, from: start, count: end) }) == nil else { return false }
    var isWide = true
    stream.withRecords { _, _, heads in
      for index in 0..<min(heads.count, 4) where heads[index].cellCount != width { isWide = false }
    }
    return isWide
  }
}
