import Foundation

/// The page of the documentation that holds what was measured.
struct MeasurementsPage {
  /// nil: the tables are printed and nothing else.
  private let path: String?

  init(_ path: String?) { self.path = path }

  struct NoSuchHeading: Error, CustomStringConvertible {
    var heading: String
    var description: String { "the page has no heading `\(heading)` with a table below it" }
  }

  /// Prints a table and puts it in the place of the one below a heading.
  func show(_ table: [[String]], below heading: String) throws {
    let lines = Self.lines(table)
    print(heading)
    print(lines.joined(separator: "\n") + "\n")
    guard let path else { return }
    let text = try String(contentsOfFile: path, encoding: .utf8)
    guard let changed = Self.text(text, with: lines, below: heading) else {
      throw NoSuchHeading(heading: heading)
    }
    try changed.write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// A table as Markdown writes it, the heading first.
  static func lines(_ table: [[String]]) -> [String] {
    guard let heading = table.first else { return [] }
    let rows = table.map { "| " + $0.joined(separator: " | ") + " |" }
    return [rows[0], "|" + heading.map { _ in " --- |" }.joined()] + rows.dropFirst()
  }

  /// The text with the first table below a heading replaced; nil where there is none.
  static func text(_ text: String, with table: [String], below heading: String) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isHeading = { (line: String) in line.hasPrefix("#") && line.drop { $0 == "#" } == " " + heading }
    guard let place = lines.firstIndex(where: isHeading),
      let start = lines[place...].dropFirst().firstIndex(where: { $0.hasPrefix("|") || $0.hasPrefix("#") }),
      lines[start].hasPrefix("|")
    else { return nil }
    let end = lines[start...].firstIndex { !$0.hasPrefix("|") } ?? lines.endIndex
    lines.replaceSubrange(start..<end, with: table)
    return lines.joined(separator: "\n")
  }
}

/// A ratio with two decimals; a dash where there is nothing to compare with.
func ratio(_ number: Double, to other: Double) -> String {
  other > 0 ? decimal(number / other, places: 2) : "–"
}

func decimal(_ number: Double, places: Int) -> String { String(format: "%.\(places)f", number) }
