import Foundation
import Synchronization
import Testing

/// The tables of Faults.md, which tests of faults find anew; with CANVASS_ACCEPT=1 they write what they found.
enum FaultsPage {
  static let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
    .appending(path: "Sources/Canvass/Documentation.docc/Faults.md")

  private static let writing = Mutex(())

  /// Compares a row with the one of its name in a table, which stands below a comment that names it.
  static func expect(_ cells: [String], in table: String) throws {
    let row = "| " + cells.map { $0.isEmpty ? "–" : $0 }.joined(separator: " | ") + " |"
    try writing.withLock { _ in
      var lines = try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n")
      let begin = try #require(lines.firstIndex(of: "<!-- \(table) -->"), "Faults.md has no table `\(table)`")
      let end = try #require(lines[begin...].dropFirst(2).firstIndex { !$0.hasPrefix("|") })
      let place = lines[begin..<end].firstIndex { $0.hasPrefix("| \(cells[0]) |") }
      if ProcessInfo.processInfo.environment["CANVASS_ACCEPT"] == "1" {
        if let place { lines[place] = row } else { lines.insert(row, at: end) }
        try lines.joined(separator: "\n").write(to: path, atomically: true, encoding: .utf8)
      } else {
        #expect(place.map { lines[$0] } == row, "the row `\(cells[0])` of the table `\(table)` in Faults.md")
      }
    }
  }

  /// The first cells of a table's rows.
  static func names(in table: String) throws -> [String] {
    let lines = try String(contentsOf: path, encoding: .utf8).components(separatedBy: "\n")
    let begin = try #require(lines.firstIndex(of: "<!-- \(table) -->"))
    let rows = lines[begin...].dropFirst(3).prefix { $0.hasPrefix("|") }
    return rows.map { $0.split(separator: "|")[0].trimmingCharacters(in: .whitespaces) }
  }
}
