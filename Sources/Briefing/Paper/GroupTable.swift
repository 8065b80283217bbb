import ReleaseModel

/// A table of the annex: groups down, answers across, and below each answer its count, per cent and value, so that what fills a
/// page of tables.csv stands in a few lines.
///
/// Ends of intervals are left to tables.csv: with them a table would be too wide to be read.
struct GroupTable {
  /// What stands below an answer.
  enum Part: Int, CaseIterable {
    case count = 1
    case percent = 2
    case value = 5
  }

  struct Answer {
    let label: String
    let parts: [Part]
  }

  struct Row {
    let group: String
    let base: Cell
    /// One cell a part of each answer.
    let cells: [Cell]
  }

  /// In millimetres: what the label of an answer needs at least, and what all answers have beside the groups.
  private static let widthOfAnswer = 29
  static let room = 203

  let answers: [Answer]
  let rows: [Row]

  /// Nil for a table of another shape: one that has no groups of several rows, or whose columns are not those of results.
  /// - Parameters:
  ///   - words: What heads the columns.
  ///   - everyone: The same of everyone, which stands first.
  init?(_ table: Table, everyone: Table?, words: Words) {
    let heads = [Phrase.base, .count, .percentHead, .lower, .upper, .value].map { words[$0] }
    let columns = Array(table.columns.dropFirst(2))
    guard columns.count >= 2, columns == Array(heads.prefix(columns.count)),
      table.groups.contains(where: { $0.rows.count > 1 })
    else { return nil }
    var groups = table.groups
    if let everyone, everyone.columns == table.columns { groups = everyone.groups + groups }

    var labels: [String] = []
    var parts: [String: Set<Part>] = [:]
    for row in groups.flatMap(\.rows) where row.heading != FigureRow.base.text {
      if parts[row.heading] == nil { labels.append(row.heading) }
      let held = Part.allCases.filter { $0.rawValue < row.cells.count && row.cells[$0.rawValue] != .blank }
      parts[row.heading, default: []].formUnion(held)
    }
    answers = labels.map { label in
      let held = parts[label] ?? []
      return Answer(label: label, parts: Part.allCases.filter { held.contains($0) })
    }
    let answers = answers
    rows = groups.map { group in
      let byLabel = Dictionary(group.rows.map { ($0.heading, $0.cells) }) { first, _ in first }
      return Row(
        group: group.heading, base: group.rows[0].cells[0],
        cells: answers.flatMap { answer in
          answer.parts.map { part in
            guard let cells = byLabel[answer.label], part.rawValue < cells.count else { return Cell.blank }
            return cells[part.rawValue]
          }
        })
    }
  }

  /// The answers in pieces that each fit the width of a page; the longer the labels, the wider the columns.
  var pieces: [Range<Int>] {
    let widest = answers.map { $0.parts.reduce(0) { $0 + width(of: $1) } }.max() ?? Self.widthOfAnswer
    let most = max(1, Self.room / max(widest, stretched(Self.widthOfAnswer)))
    let count = max(1, (answers.count + most - 1) / most)
    return (0..<count).map { piece in
      piece * answers.count / count..<(piece + 1) * answers.count / count
    }
  }

  /// The widths of the columns of an answer, in millimetres.
  func widths(of answer: Answer) -> [Int] {
    answer.parts.count == 1 ? [stretched(Self.widthOfAnswer)] : answer.parts.map { width(of: $0) }
  }

  private func width(of part: Part) -> Int {
    switch part {
    case .count: stretched(12)
    case .percent: stretched(17)
    case .value: stretched(15)
    }
  }

  /// Wider where labels are long.
  private func stretched(_ width: Int) -> Int {
    // In thousandths of the size of the letters, as `textWidth` has it.
    switch answers.map({ textWidth($0.label) }).max() ?? 0 {
    case ..<40_000: width
    case ..<90_000: width * 3 / 2
    default: width * 5 / 2
    }
  }

  /// Where the cells of some answers stand in a row.
  func cells(of piece: Range<Int>) -> Range<Int> {
    let before = answers[..<piece.lowerBound].reduce(0) { $0 + $1.parts.count }
    return before..<before + answers[piece].reduce(0) { $0 + $1.parts.count }
  }
}
