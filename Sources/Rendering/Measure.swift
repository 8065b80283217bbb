import ReleaseModel
import Workbooks

/// A column of a table in a workbook.
enum Measure: Sendable {
  case base
  case count
  case percent
  case value
  case lower
  case upper
  case reliability

  /// What stands in a row of the column.
  enum Entry: Hashable {
    case whole(Int)
    case tenths(Int)
    case hundredths(Int64)
    case shorthand(Shorthand)
    case usual

    var cell: Cell {
      switch self {
      case .whole(let number): .number(String(number), .whole)
      case .tenths(let number): .number(fixedPoint(Int64(number), decimals: 1), .tenths)
      case .hundredths(let number): .number(fixedPoint(number, decimals: 2), .hundredths)
      case .shorthand(let shorthand): .text(shorthand.text, .shorthand)
      case .usual: .text(WorkbookWords.usualReliability, .shorthand)
      }
    }
  }

  /// What stands in the place of a figure.
  enum Shorthand: CaseIterable {
    case withheld
    case notApplicable
    case lowReliability
    case notAvailable

    var text: String {
      switch self {
      case .withheld: "[c]"
      case .notApplicable: "[z]"
      case .lowReliability: "[u]"
      case .notAvailable: "[x]"
      }
    }
  }

  /// The source of figures that count sessions.
  static let sessionSource = "focus-group"

  /// In digits.
  var width: Int {
    switch self {
    case .base, .count, .percent: 10
    case .lower, .upper, .reliability, .value: 13
    }
  }

  func cell(of row: ReleasedRow, kind: String, source: String) -> Cell {
    entry(of: row, kind: kind, source: source).cell
  }

  /// Where nothing can stand in a row of its kind it is `z`, also where the row's figures are withheld.
  func entry(of row: ReleasedRow, kind: String, source: String) -> Entry {
    switch self {
    case .base: row.base.map(Entry.whole) ?? .shorthand(.withheld)
    case .reliability:
      switch row.figure.marker {
      case "c": .shorthand(.withheld)
      case "z": .shorthand(.notApplicable)
      case "u": .shorthand(.lowReliability)
      default: .usual
      }
    case .value where kind == "ranking": meanPlace(of: row)
    case _ where !applies(to: row.key.row, source: source): .shorthand(.notApplicable)
    case _ where row.figure.isWithheld: .shorthand(.withheld)
    case .count:
      switch row.figure {
      case .base(let number), .sessions(let number), .share(let number, _, _, _, _): .whole(number)
      case .notApplicable: .whole(0)
      case .withheld, .value: .shorthand(.notApplicable)
      }
    case .percent, .value, .lower, .upper: shown(in: row.figure) ?? .shorthand(.notApplicable)
    }
  }

  /// Of an option that somebody ranked it is withheld where it is not told.
  private func meanPlace(of row: ReleasedRow) -> Entry {
    guard case .answer = row.key.row, row.base != 0 else { return .shorthand(.notApplicable) }
    return row.meanPlace.map(Entry.hundredths) ?? .shorthand(.withheld)
  }

  private func applies(to row: FigureRow, source: String) -> Bool {
    let isSession = source == Self.sessionSource
    return switch (row, self) {
    case (.base, .percent), (.base, .lower), (.base, .upper), (.base, .value): false
    case (.mean, .count), (.mean, .percent), (.median, .count), (.median, .percent): false
    case (.median, .lower), (.median, .upper): false
    case (.answer, .value), (.net, .value), (.noAnswer, .value): false
    case (_, .percent), (_, .lower), (_, .upper): !isSession
    default: true
    }
  }

  private func shown(in figure: ReleasedFigure) -> Entry? {
    switch (figure, self) {
    case (.share(_, let percent, _, _, _), .percent): .tenths(percent)
    case (.share(_, _, let lower, _, _), .lower): .tenths(lower)
    case (.share(_, _, _, let upper, _), .upper): .tenths(upper)
    case (.value(let value, _, _, _), .value): .hundredths(value)
    case (.value(_, let lower, _, _), .lower): lower.map(Entry.hundredths)
    case (.value(_, _, let upper, _), .upper): upper.map(Entry.hundredths)
    default: nil
    }
  }
}
