/// Reads the records of a CSV file, one by one: RFC 4180 with line breaks of any kind.
///
/// Keys and data of Triple-S are read with it. Responses are not: they go through Ingest.
struct CSVRecords {
  private let bytes: [UInt8]
  private var index = 0
  private var line = 1
  /// The line on which the record read last began, from 1.
  private(set) var recordLine = 1

  /// - Parameter bytes: UTF-8 without a mark of byte order.
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The next record that is not an empty line; nil at the end. Blanks around a cell that has no quotes, or around the
  /// quotes, do not count.
  mutating func next() throws(ExportFault) -> [String]? {
    skipEmptyLines()
    guard index < bytes.count else { return nil }
    recordLine = line
    var cells: [String] = []
    while true {
      cells.append(try cell())
      guard index < bytes.count, bytes[index] == UInt8(ascii: ",") else { break }
      index += 1
    }
    endLine()
    return cells
  }

  private mutating func skipEmptyLines() {
    while index < bytes.count, isBreak(bytes[index]) { endLine() }
  }

  /// Takes a CR LF, a CR or an LF.
  private mutating func endLine() {
    guard index < bytes.count else { return }
    let isPair = bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A
    index += isPair ? 2 : 1
    line += 1
  }

  private mutating func cell() throws(ExportFault) -> String {
    skipBlanks()
    guard index < bytes.count, bytes[index] == 0x22 else {
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: ","), !isBreak(bytes[index]) { index += 1 }
      var end = index
      while end > start, isBlank(bytes[end - 1]) { end -= 1 }
      return String(decoding: bytes[start..<end], as: UTF8.self)
    }
    return try quotedCell()
  }

  private mutating func quotedCell() throws(ExportFault) -> String {
    let startLine = line
    var text: [UInt8] = []
    index += 1
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x22 {
        index += 1
        guard index < bytes.count, bytes[index] == 0x22 else {
          skipBlanks()
          guard index >= bytes.count || bytes[index] == UInt8(ascii: ",") || isBreak(bytes[index]) else {
            throw ExportFault(
              .malformedCSV, line: line, "a quotation mark stands inside a cell",
              remedy: "Write each quotation mark inside a cell twice")
          }
          return String(decoding: text, as: UTF8.self)
        }
      } else if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
        line += 1
      }
      text.append(byte)
      index += 1
    }
    throw ExportFault(
      .malformedCSV, line: startLine, "a quotation mark is never closed",
      remedy: "Export the file anew; it may be cut off")
  }

  private mutating func skipBlanks() {
    while index < bytes.count, isBlank(bytes[index]) { index += 1 }
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
  private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}
