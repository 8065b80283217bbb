import Ingest
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
    guard bytes.last == UInt8(ascii: "\n"), let rows = csvRecords(bytes), let head = rows.first,
      TablesCSV.isHeading(head)
    else { return nil }
    var keys: [Key] = []
    var cells: [Key: Cell] = [:]
    for row in rows.dropFirst() {
      guard row.count == head.count else { return nil }
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
