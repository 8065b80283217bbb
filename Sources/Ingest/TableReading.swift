import SurveyDefinition

/// What reads the records of a CSV file one after the other: responses, or codings.
protocol TableReading {
  /// The name of the file in findings.
  var file: String { get }
  /// True once the header has been read.
  var hasHeader: Bool { get }
  /// True once something was found after which nothing more can be read.
  var hasStopped: Bool { get }
  /// What to call the content of the file: `responses`.
  var content: String { get }
  /// Whether the definition can say in which encoding the file is, and that its quotation marks mean nothing.
  var hasDeclaredText: Bool { get }

  /// The most records that are read.
  var recordLimit: Int { get }
  /// True once no more can be held of what was read: the rest is passed over.
  var isFull: Bool { get }

  /// Adds a fault that stops the reading: of the file rather than of a record.
  mutating func stop(_ code: String, at place: Place, _ message: String, remedy: String?)
  /// Adds a remark on the file.
  mutating func remark(_ code: String, at place: Place, _ message: String, remedy: String?)
}

extension TableReading {
  /// Counts of respondents and positions of records fit 32 bits.
  var recordLimit: Int { Int(Int32.max) }
  var isFull: Bool { false }
}

/// How much of a file was read.
struct BytesRead {
  /// Of the text, inflated where it was gzip.
  var text = 0
  /// Of the file as it is stored.
  var stored = 0
}

/// How the text of a table is written.
struct TextForm {
  var encoding = InputLayout.Encoding.utf8
  var separator: UInt8
  var quoting = true
}

/// Reads a CSV file through libcsv in one streaming pass: records come in chunks, each with its physical line.
/// - Parameters:
///   - chunkSize: Bytes handed to libcsv at a time.
///   - progress: Called once per chunk with the bytes of the file read so far and in all, nil where unknown.
///   - read: Takes the records of one chunk.
func readTable<Reader: TableReading>(
  _ input: ResponseInput, _ form: TextForm, chunkSize: Int,
  progress: ((Int, Int?) -> Void)?, into reader: inout Reader,
  _ read: (inout Reader, RawSpan, Span<UInt32>, Span<RecordHead>) -> Void
) throws(IngestFailure) -> BytesRead {
  var source = try ByteSource(input)
  let beginning = try source.begin(bufferSize: chunkSize)
  guard case .text(let mark) = beginning else {
    reader.stop(at: beginning)
    return BytesRead()
  }
  guard reader.accepts(mark, of: form.encoding) else { return BytesRead() }
  let isUnmarked = form.encoding == .utf16 && mark == nil
  if isUnmarked, source.orderWithoutMark == nil {
    reader.stopAtUnknownOrder()
    return BytesRead()
  }

  var chunk = [UInt8](repeating: 0, count: chunkSize)
  var check = UTF8Check()
  var declared = DeclaredText(form.encoding, mark: isUnmarked ? source.orderWithoutMark : mark)
  var stream = CSVStream(separator: form.separator, quoting: form.quoting)
  var bytesRead = source.markBytes
  var records = RecordCount(limit: reader.recordLimit)
  reading: while !records.isBeyond, !reader.isFull {
    switch try source.read(into: &chunk) {
    case .bytes(let count):
      let textFault: (offset: Int, fault: TextFault)?
      let csvFault: CSVFault?
      if declared != nil {
        let (text, fault) = declared!.next(chunk, count: count)
        textFault = fault
        csvFault = text.withRawSpan { stream.parse($0, count: text.count) }
      } else {
        let fault = chunk.withRawSpan { check.firstFault(in: $0, count: count) }
        textFault = fault
        csvFault = chunk.withRawSpan { stream.parse($0, count: fault?.offset ?? count) }
      }
      stream.withRecords { read(&reader, $0, $1, $2.extracting(first: records.take($2))) }
      if records.isBeyond { break reading }
      if let csvFault {
        reader.stop(csvFault, at: stream.place)
      } else if let textFault {
        let faulty = chunk[textFault.offset..<count]
        let likely = try EncodingLikelihood(of: faulty, continuedBy: &source).likely
        reader.stop(
          textFault.fault, of: declared?.encoding ?? .utf8, likely: likely,
          byte: bytesRead + textFault.offset + 1, at: stream.place)
      }
      bytesRead += count
      progress?(source.storedBytesRead, source.totalBytes)
      if csvFault != nil || textFault != nil { break reading }
    case .end:
      if !(declared?.isComplete ?? check.isComplete) {
        reader.stop(
          .notText, of: declared?.encoding ?? .utf8, likely: nil, byte: bytesRead, at: stream.place)
      } else if let fault = stream.finish() {
        reader.stop(fault, at: stream.place)
      }
      stream.withRecords { read(&reader, $0, $1, $2.extracting(first: records.take($2))) }
      if !reader.hasHeader, !reader.hasStopped { reader.stopAtEmptyFile() }
      if let better = declared?.likelihood.better(than: form.encoding) { reader.remark(likely: better) }
      break reading
    case .corruptGzip(let reason):
      reader.stopAtCorruptGzip(reason)
      break reading
    }
  }
  if let line = records.lineBeyond { reader.stopAtTooManyRecords(line: line) }
  return BytesRead(text: bytesRead, stored: source.storedBytesRead)
}

/// How many records were handed on, of how many may be.
private struct RecordCount {
  let limit: Int
  private var count = 0
  /// The line of the first record beyond the limit.
  private(set) var lineBeyond: Int?

  init(limit: Int) { self.limit = limit }

  var isBeyond: Bool { lineBeyond != nil }

  /// Counts the records of a chunk.
  /// - Returns: How many of them are within the limit.
  mutating func take(_ heads: Span<RecordHead>) -> Int {
    let room = limit - count
    if heads.count > room { lineBeyond = lineBeyond ?? heads[room].line }
    count += min(heads.count, room)
    return min(heads.count, room)
  }
}

/// Faults after which nothing more of the file can be read.
extension TableReading {
  /// Whether a text that begins with this mark can be of the declared encoding: a mark is never part of another text.
  mutating func accepts(_ mark: ByteSource.ByteOrderMark?, of declared: InputLayout.Encoding) -> Bool {
    let marked: InputLayout.Encoding
    switch mark {
    case nil: return true
    case .utf8?: marked = .utf8
    case .utf16LittleEndian?, .utf16BigEndian?: marked = .utf16
    }
    // The mark says it all where nothing else was declared.
    if marked == declared || (hasDeclaredText && declared == .utf8) { return true }
    if marked == .utf16, !hasDeclaredText {
      stop(
        "not-utf8", at: Place(file: file, line: 1), "the file is UTF-16, not UTF-8",
        remedy: "save it as “CSV UTF-8”")
    } else {
      stop(
        "other-encoding", at: Place(file: file, line: 1),
        "the file begins with the mark of \(marked.rawValue), and its `encoding` is declared as \(declared.rawValue)",
        remedy: "declare `encoding: \(marked.rawValue)`")
    }
    return false
  }

  mutating func stopAtUnknownOrder() {
    stop(
      "other-encoding", at: Place(file: file, line: 1),
      "the file does not look like the utf-16 that is declared",
      remedy: "declare its `encoding`; UTF-16 begins with a byte order mark")
  }

  mutating func remark(likely encoding: InputLayout.Encoding) {
    remark(
      "doubtful-encoding", at: Place(file: file, line: 1),
      "some letters read more like \(encoding.rawValue) than like the declared `encoding`",
      remedy:
        "see whether names and quotation marks look right; otherwise declare `encoding: \(encoding.rawValue)`"
    )
  }

  /// Tells why the first bytes are those of no text.
  mutating func stop(at beginning: ByteSource.Beginning) {
    switch beginning {
    case .text: break
    case .empty: stopAtEmptyFile()
    case .zip:
      stop(
        "not-csv", at: Place(file: file, line: 1), "the file is a zip archive, such as a workbook, not CSV",
        remedy: "save it as “CSV UTF-8”")
    case .corruptGzip(let reason): stopAtCorruptGzip(reason)
    }
  }

  mutating func stopAtEmptyFile() {
    stop(
      "empty-file", at: Place(file: file, line: 1), "the file is empty", remedy: "export the \(content) again"
    )
  }

  mutating func stopAtCorruptGzip(_ reason: String) {
    stop(
      "corrupt-gzip", at: Place(file: file), "the gzip data is damaged (\(reason))",
      remedy: "fetch the file again; `gzip -t` tests it")
  }

  mutating func stopAtTooManyRecords(line: Int) {
    stop(
      "too-many-records", at: Place(file: file, line: line),
      "more than \(grouped(recordLimit)) records, which is more than can be counted",
      remedy: "see whether this is the right file")
  }

  /// - Parameters:
  ///   - encoding: The encoding that the bytes were read as.
  ///   - likely: What they are likely to be.
  ///   - byte: The position in the uncompressed file, from 1.
  mutating func stop(
    _ fault: TextFault, of encoding: InputLayout.Encoding, likely: InputLayout.Encoding?, byte: Int,
    at place: (line: Int, column: Int)
  ) {
    let place = Place(file: file, line: place.line, column: place.column)
    let likely = likely == encoding ? nil : likely
    switch fault {
    case .notText where encoding == .utf8:
      let declare =
        likely.map { "declare its `encoding`, most likely \($0.rawValue)" } ?? "declare its `encoding`"
      stop(
        "not-utf8", at: place, "byte \(grouped(byte)) of the file is not UTF-8",
        remedy: hasDeclaredText ? "save the file as UTF-8, or \(declare)" : "save the file as UTF-8")
    case .notText:
      stop(
        "other-encoding", at: place,
        "byte \(grouped(byte)) of the file is no character of \(encoding.rawValue)",
        remedy: "declare the `encoding` that it has" + (likely.map { ", most likely \($0.rawValue)" } ?? ""))
    case .control:
      stop(
        "other-encoding", at: place,
        "byte \(grouped(byte)) of the file is a control character of \(encoding.rawValue)",
        remedy: "declare the `encoding` that it has, most likely \((likely ?? .windows1252).rawValue)")
    case .nul:
      stop(
        "nul-byte", at: place, "byte \(grouped(byte)) of the file is NUL, which no text holds",
        remedy: hasDeclaredText && encoding == .utf8
          ? "save the file as UTF-8, or declare `encoding: utf-16`, which looks like this"
          : "save the file as UTF-8; UTF-16 looks like this")
    }
  }

  mutating func stop(_ fault: CSVFault, at place: (line: Int, column: Int)) {
    let place = Place(file: file, line: place.line, column: place.column)
    let openQuote =
      "a quotation mark left open joins cells and records: look for one where this record starts"
    switch fault {
    case .strayQuote:
      stop(
        "stray-quote", at: place, "a quotation mark stands inside a cell, or text follows one that closed it",
        remedy: "quote the whole cell and double the quotation marks in it"
          + (hasDeclaredText ? ", or set `quoting: false`" : ""))
    case .unclosedQuote:
      stop(
        "unclosed-quote", at: place, "a quotation mark is left open to the end of the file", remedy: openQuote
      )
    case .cellTooLong:
      stop(
        "cell-too-long", at: place, "the cell is longer than \(grouped(longestCell)) bytes", remedy: openQuote
      )
    case .recordTooLong:
      stop(
        "record-too-long", at: place, "the record is longer than \(grouped(longestRecord)) bytes",
        remedy: openQuote)
    case .tooManyColumns:
      stop(
        "too-many-columns", at: Place(file: file, line: place.line, column: mostColumns + 1),
        "the record has more than \(grouped(mostColumns)) cells",
        remedy: "see whether the file is a table, and which separator stands between its cells")
    }
  }
}
