import FoundationEssentials

/// Reference values, in the folder that `REFERENCE_DATA` names.
enum ReferenceData {
  static let folder: String? = {
    guard let path = ProcessInfo.processInfo.environment["REFERENCE_DATA"],
      FileManager.default.fileExists(atPath: path + "/reference/stats/expected/intervals.json")
    else { return nil }
    return path + "/reference/stats/"
  }()

  static var isAtHand: Bool { folder != nil }

  static func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(filePath: (folder ?? "") + path))
  }

  /// The records of a file without quotes, by heading.
  static func records(_ path: String) throws -> [[String: String]] {
    let lines = String(decoding: try bytes(path), as: UTF8.self)
      .split(separator: "\n").map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
  }

  /// The tables that a file holds under the names given.
  static func tables(_ path: String, _ names: [String]) throws -> [ReferenceTable] {
    let file = try JSONDecoder().decode([String: Entry].self, from: try bytes("expected/" + path))
    return names.compactMap { file[$0]?.table }
  }

  /// What a file holds: tables, and remarks on how it was made.
  private struct Entry: Decodable {
    let table: ReferenceTable?

    init(from decoder: any Decoder) throws { table = try? ReferenceTable(from: decoder) }
  }
}

/// A table of expected values.
struct ReferenceTable: Decodable {
  let columns: [String]
  let rows: [[Cell]]

  enum Cell: Decodable {
    case number(Double)
    case text(String)
    case undefined

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        self = .number(number)
      } else {
        self = (try? container.decode(String.self)).map(Cell.text) ?? .undefined
      }
    }
  }

  var records: [ReferenceRow] {
    rows.map { ReferenceRow(cells: Dictionary(uniqueKeysWithValues: zip(columns, $0))) }
  }
}

/// A row of expected values, by column.
struct ReferenceRow {
  let cells: [String: ReferenceTable.Cell]

  /// The number of a column; nil where it is undefined, or the table has no such column.
  subscript(column: String) -> Double? {
    if case .number(let number)? = cells[column] { number } else { nil }
  }

  /// The text of a column.
  func text(_ column: String) -> String {
    if case .text(let text)? = cells[column] { text } else { "" }
  }

  func has(_ column: String) -> Bool { cells[column] != nil }
}
