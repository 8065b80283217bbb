import ReleaseModel
import Rendering

/// Makes tables of a release's rows: every row that is printed, with every figure that tables.csv has of it, and under the same
/// label.
struct ResultTables {
  let words: Words

  /// A table, and the groups that are not in it.
  struct Told {
    var table: Table?
    /// Groups that are withheld whole.
    var withheld: [String] = []
    /// Groups of which nobody is in the base: a row of [z] for each answer would say so less well than a sentence.
    var empty: [String] = []
  }

  func table(_ tables: [ReleasedTable], caption: Sentence) -> Told {
    guard let first = tables.first else { return Told() }
    let shape = Shape(first)
    var told = Told()
    var groups: [Table.Group] = []
    for column in tables.flatMap(\.columns) {
      if column.rows.isWithheldWhole {
        told.withheld.append(column.group)
      } else if column.rows.isOfNobody, first.banner != totalBanner {
        told.empty.append(column.group)
      } else {
        groups.append(
          Table.Group(
            heading: labelInTables(column.group),
            rows: column.rows.map { (heading: labelInTables($0.key.row.text), cells: cells(of: $0, shape)) }))
      }
    }
    if !groups.isEmpty {
      let heads = [words[.group], words[.answer]] + shape.columns.map { words[$0] }
      told.table = Table(
        caption: caption, question: first.question, banner: first.banner, columns: heads, groups: groups)
    }
    return told
  }

  /// Base, count, per cent, lower and upper of a row.
  func figures(of row: ReleasedRow) -> [Cell] { cells(of: row, .shares) }

  /// Which figures the rows of a table can have.
  private enum Shape {
    case bases, shares, values

    init(_ table: ReleasedTable) {
      if table.question == "respondents" || table.source == "focus-group" {
        self = .bases
      } else {
        let hasMeans = table.kind == "number" || table.rows.contains { $0.meanPlace != nil }
        self = hasMeans ? .values : .shares
      }
    }

    var columns: [Phrase] {
      switch self {
      case .bases: [.base, .count]
      case .shares: [.base, .count, .percentHead, .lower, .upper]
      case .values: [.base, .count, .percentHead, .lower, .upper, .value]
      }
    }
  }

  private func cells(of row: ReleasedRow, _ shape: Shape) -> [Cell] {
    let withheld = Cell.marker(words[.withheldMark])
    let base = row.base.map { Cell.number(String($0)) } ?? withheld
    let isValue = row.key.row == .mean || row.key.row == .median
    // Count, per cent, lower, upper, value.
    var figures: [Cell]
    switch row.figure {
    case .withheld:
      figures =
        isValue
        ? [.blank, .blank, .blank, .blank, withheld] : [withheld, withheld, withheld, withheld, .blank]
      if row.key.row == .base { figures = [withheld, .blank, .blank, .blank, .blank] }
    case .base(let number), .sessions(let number):
      figures = [.number(String(number)), .blank, .blank, .blank, .blank]
    case .share(let count, let percent, let lower, let upper, let isUnreliable):
      let shown = fixedPoint(Int64(percent), decimals: 1)
      figures = [
        .number(String(count)),
        isUnreliable ? .flagged(shown, marker: words[.unreliableMark]) : .number(shown),
        .number(fixedPoint(Int64(lower), decimals: 1)), .number(fixedPoint(Int64(upper), decimals: 1)),
        row.meanPlace.map { .number(fixedPoint($0, decimals: 2)) } ?? .blank,
      ]
    case .notApplicable:
      let mark = Cell.marker(words[.notApplicable])
      figures = isValue ? [.blank, .blank, .blank, .blank, mark] : [.number("0"), mark, mark, mark, .blank]
    case .value(let value, let lower, let upper, let isUnreliable):
      let shown = fixedPoint(value, decimals: 2)
      let ends = [lower, upper].map { end in end.map { Cell.number(fixedPoint($0, decimals: 2)) } ?? .blank }
      figures =
        [.blank, .blank] + ends
        + [isUnreliable ? .flagged(shown, marker: words[.unreliableMark]) : .number(shown)]
    }
    return [base] + figures.prefix(shape.columns.count - 1)
  }
}
