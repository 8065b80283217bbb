import Rendering

/// A tables.csv as an earlier run published it, read back strictly: a file that is not exactly one of ours is damaged.
struct PublishedTable {
  /// Which figure: question, source, answer, banner and group.
  struct Key: Hashable {
    let question: String
    let source: String
    let answer: String
    let banner: String
    let group: String
  }

  /// What the columns from `base` on say, as they stand.
  struct Cell: Hashable {
    let fields: [String]

    var isWithheld: Bool { fields[PublishedTable.markerPlace] == "c" }
  }

  /// In the order of the file.
  let keys: [Key]
  let cells: [Key: Cell]

  private static let keyColumns = 8
  private static let markerPlace = 5

  /// Nil where the bytes are not a tables.csv of one pack and wave.
  init?(_ bytes: [UInt8]) {
    guard let rows = csvRows(bytes), rows.first == TablesCSV.columns else { return nil }
    var keys: [Key] = []
    var cells: [Key: Cell] = [:]
    for row in rows.dropFirst() {
      guard row.count == TablesCSV.columns.count else { return nil }
      let key = Key(question: row[2], source: row[4], answer: row[5], banner: row[6], group: row[7])
      guard cells.updateValue(Cell(fields: Array(row[Self.keyColumns...])), forKey: key) == nil else {
        return nil
      }
      keys.append(key)
    }
    self.keys = keys
    self.cells = cells
  }
}

/// The rows of a CSV file as `TablesCSV` writes it; nil where quotes, line ends or UTF-8 are not as it writes them.
func csvRows(_ bytes: [UInt8]) -> [[String]]? {
  guard bytes.isEmpty || bytes.last == UInt8(ascii: "\n") else { return nil }
  var rows: [[String]] = []
  var row: [String] = []
  var field: [UInt8] = []
  var index = 0
  while index < bytes.count {
    field.removeAll(keepingCapacity: true)
    if bytes[index] == UInt8(ascii: "\"") {
      guard let end = quotedField(bytes, from: index + 1, into: &field) else { return nil }
      index = end
    } else {
      while index < bytes.count, bytes[index] != UInt8(ascii: ","), bytes[index] != UInt8(ascii: "\n") {
        guard bytes[index] != UInt8(ascii: "\""), bytes[index] != UInt8(ascii: "\r") else { return nil }
        field.append(bytes[index])
        index += 1
      }
    }
    guard index < bytes.count, let text = String(validating: field, as: UTF8.self) else { return nil }
    row.append(text)
    switch bytes[index] {
    case UInt8(ascii: ","): break
    case UInt8(ascii: "\n"):
      rows.append(row)
      row = []
    default: return nil
    }
    index += 1
  }
  return row.isEmpty ? rows : nil
}

/// Reads to the closing quote and returns the place after it; nil where there is none.
private func quotedField(_ bytes: [UInt8], from start: Int, into field: inout [UInt8]) -> Int? {
  var index = start
  while index < bytes.count {
    if bytes[index] != UInt8(ascii: "\"") {
      field.append(bytes[index])
      index += 1
    } else if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\"") {
      field.append(bytes[index])
      index += 2
    } else {
      return index + 1
    }
  }
  return nil
}
