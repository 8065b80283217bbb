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

  /// Adds a fault that stops the reading: of the file rather than of a record.
  mutating func stop(_ code: String, at place: Place, _ message: String, remedy: String?)
}

/// How much of a file was read.
struct BytesRead {
  /// Of the text, inflated where it was gzip.
  var text = 0
  /// Of the file as it is stored.
  var stored = 0
}

/// Reads a CSV file through libcsv in one streaming pass: records come in chunks, each with its physical line.
/// - Parameters:
///   - chunkSize: Bytes handed to libcsv at a time.
///   - progress: Called once per chunk with the bytes of the file read so far and in all, nil where unknown.
///   - read: Takes the records of one chunk.
func readTable<Reader: TableReading>(
  _ input: ResponseInput, separator: UInt8, quoting: Bool, chunkSize: Int,
  progress: ((Int, Int?) -> Void)?, into reader: inout Reader,
  _ read: (inout Reader, RawSpan, Span<UInt32>, Span<RecordHead>) -> Void
) throws(IngestFailure) -> BytesRead {
  var source = try ByteSource(input)
  guard reader.accepts(try source.begin(bufferSize: chunkSize)) else { return BytesRead() }

  var chunk = [UInt8](repeating: 0, count: chunkSize)
  var check = UTF8Check()
  var stream = CSVStream(separator: separator, quoting: quoting)
  var bytesRead = source.markBytes
  reading: while true {
    switch try source.read(into: &chunk) {
    case .bytes(let count):
      let encodingFault = chunk.withRawSpan { check.firstFault(in: $0, count: count) }
      let csvFault = chunk.withRawSpan { stream.parse($0, count: encodingFault?.offset ?? count) }
      stream.withRecords { read(&reader, $0, $1, $2) }
      if let csvFault {
        reader.stop(csvFault, at: stream.place)
      } else if let encodingFault {
        reader.stop(encodingFault.fault, byte: bytesRead + encodingFault.offset + 1, at: stream.place)
      }
      bytesRead += count
      progress?(source.storedBytesRead, source.totalBytes)
      if csvFault != nil || encodingFault != nil { break reading }
    case .end:
      if !check.isComplete {
        reader.stop(.notUTF8, byte: bytesRead, at: stream.place)
      } else if let fault = stream.finish() {
        reader.stop(fault, at: stream.place)
      }
      stream.withRecords { read(&reader, $0, $1, $2) }
      if !reader.hasHeader, !reader.hasStopped { reader.stopAtEmptyFile() }
      break reading
    case .corruptGzip(let reason):
      reader.stopAtCorruptGzip(reason)
      break reading
    }
  }
  return BytesRead(text: bytesRead, stored: source.storedBytesRead)
}

/// Faults after which nothing more of the file can be read.
extension TableReading {
  /// Whether the first bytes are those of a text that can be read.
  mutating func accepts(_ beginning: ByteSource.Beginning) -> Bool {
    let place = Place(file: file, line: 1)
    switch beginning {
    case .text: return true
    case .empty: stopAtEmptyFile()
    case .utf16:
      stop("not-utf8", at: place, "the file is UTF-16, not UTF-8", remedy: "save it as “CSV UTF-8”")
    case .zip:
      stop(
        "not-csv", at: place, "the file is a zip archive, such as a workbook, not CSV",
        remedy: "save it as “CSV UTF-8”")
    case .corruptGzip(let reason): stopAtCorruptGzip(reason)
    }
    return false
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

  /// - Parameter byte: The position in the uncompressed file, from 1.
  mutating func stop(_ fault: UTF8Check.Fault, byte: Int, at place: (line: Int, column: Int)) {
    let place = Place(file: file, line: place.line, column: place.column)
    switch fault {
    case .notUTF8:
      stop(
        "not-utf8", at: place, "byte \(grouped(byte)) of the file is not UTF-8",
        remedy: hasDeclaredText
          ? "save the file as UTF-8, or declare its `encoding`" : "save the file as UTF-8")
    case .nul:
      stop(
        "nul-byte", at: place, "byte \(grouped(byte)) of the file is NUL, which no text holds",
        remedy: "save the file as UTF-8; UTF-16 looks like this")
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
    }
  }
}
