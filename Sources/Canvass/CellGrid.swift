/// A table of cells on the terminal: a label, then one column per heading, each as wide as it must be, in blocks where
/// the terminal is too narrow for all of them.
struct CellGrid {
  typealias Row = (label: String, cells: [String])

  let title: String
  let headings: [String]
  let rows: [Row]

  private static let labelRange = 16...32
  private static let gap = 2
  /// Where not all columns fit beside one another, a heading is cut to this.
  private static let shortHeading = 10

  /// The lines of all blocks, an empty one between two of them.
  func lines(on console: Console) -> [String] {
    let widest = (rows.map { $0.label.columns + Self.gap } + [title.columns]).max() ?? 0
    let label = min(max(widest, Self.labelRange.lowerBound), Self.labelRange.upperBound)
    let room = console.width - label
    var widths = widths(ofHeadings: console.width)
    if widths.reduce(0, +) > room { widths = self.widths(ofHeadings: Self.shortHeading) }

    var blocks: [Range<Int>] = []
    var start = 0
    while start < headings.count {
      var end = start + 1
      while end < headings.count, widths[start...end].reduce(0, +) <= room { end += 1 }
      blocks.append(start..<end)
      start = end
    }
    return Array(
      blocks.map { block in
        let label = console.width - widths[block].reduce(0, +)
        let heads = block.map { headings[$0].truncated(widths[$0] - Self.gap).right(widths[$0]) }
        return [console.title(title.fitted(label) + heads.joined())]
          + rows.map { row in
            "  " + row.label.fitted(label - 2) + block.map { row.cells[$0].right(widths[$0]) }.joined()
          }
      }.joined(separator: [""]))
  }

  private func widths(ofHeadings limit: Int) -> [Int] {
    headings.indices.map { index in
      let cells = rows.map { $0.cells[index].columns }.max() ?? 0
      return max(cells, min(headings[index].columns, limit)) + Self.gap
    }
  }

  /// How a number of cells is written: a dash for none, so that the eye finds the others, and nothing where there is
  /// nothing to count.
  static func text(_ number: Int?) -> String { number.map { $0 == 0 ? "-" : grouped($0) } ?? "" }
}
