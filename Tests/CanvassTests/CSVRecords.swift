/// A second, simple reading of CSV, so that what canvass reads and writes is not judged by its own code.
struct CSVRecords {
  private let positions: [String: Int]
  private let records: [[String]]

  /// The names of the columns.
  var header: [String] { positions.keys.sorted() }

  /// - Precondition: Every record ends with a line feed, or with carriage return and line feed.
  init(_ bytes: some Sequence<UInt8>) {
    var rows: [[String]] = []
    var row: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var closed = false
    for byte in bytes {
      if isQuoted {
        if byte == UInt8(ascii: "\"") {
          isQuoted = false
          closed = true
        } else {
          field.append(byte)
        }
        continue
      }
      let wasClosed = closed
      closed = false
      switch byte {
      case UInt8(ascii: "\""):
        // A second quote after a closing one stands for itself.
        if wasClosed { field.append(byte) }
        isQuoted = true
      case UInt8(ascii: ","):
        row.append(String(decoding: field, as: UTF8.self))
        field = []
      case UInt8(ascii: "\n"):
        if field.last == UInt8(ascii: "\r") { field.removeLast() }
        rows.append(row + [String(decoding: field, as: UTF8.self)])
        row = []
        field = []
      default:
        field.append(byte)
      }
    }
    precondition(!isQuoted && row.isEmpty && field.isEmpty, "the file ends in the middle of a record")
    positions = Dictionary(
      (rows.first ?? []).enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    records = Array(rows.dropFirst())
  }

  var count: Int { records.count }

  /// The cell of a record under a heading; empty where there is no such heading.
  func cell(_ record: Int, _ heading: String) -> String {
    positions[heading].map { records[record][$0] } ?? ""
  }
}
