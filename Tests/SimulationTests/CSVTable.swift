/// A second, simple reading of RFC 4180, so that what is written is not judged by the code that wrote it.
struct CSVTable {
  var headings: [String]
  var records: [[String]]

  init(_ bytes: [UInt8]) {
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\"") where isQuoted && index < bytes.count && bytes[index] == byte:
        cell.append(byte)
        index += 1
      case UInt8(ascii: "\""): isQuoted.toggle()
      case UInt8(ascii: ",") where !isQuoted:
        row.append(String(decoding: cell, as: UTF8.self))
        cell = []
      case UInt8(ascii: "\n") where !isQuoted:
        rows.append(row + [String(decoding: cell, as: UTF8.self)])
        row = []
        cell = []
      default: cell.append(byte)
      }
    }
    precondition(row.isEmpty && cell.isEmpty && !isQuoted, "the file ends in the middle of a record")
    headings = rows.first ?? []
    records = Array(rows.dropFirst())
  }

  /// The cells of a column without the blanks around them.
  func cells(_ heading: String) -> [String] {
    guard let column = headings.firstIndex(of: heading) else { return [] }
    return records.map { record in
      var cell = Substring(record[column])
      while cell.first == " " { cell.removeFirst() }
      while cell.last == " " { cell.removeLast() }
      return String(cell)
    }
  }

  /// How often each text of a column occurs.
  func counts(_ heading: String) -> [String: Int] {
    Dictionary(cells(heading).map { ($0, 1) }, uniquingKeysWith: +)
  }
}
