import Comparison
import ReleaseModel
import Workbooks

/// Which groups have a higher share than which others, told by letters, as the tables of survey software do.
///
/// A group has the same letter in all tables of its banner. The total and those who did not state the banner are not compared
/// with groups, and not there.
struct ColumnLetters {
  /// One answer in one group.
  struct Cell {
    var row: ReleasedRow
    var kind: String
    /// That of the row's group.
    var letter: String
    /// The letters of the groups than which it is higher, in the order of the groups; nil where the row shows no share.
    var higherThan: [String]?
  }

  /// In the order of the tables, and within a table answer by answer; empty where no two groups can be compared.
  let cells: [Cell]

  /// Cost: one comparison for each pair of groups of an answer, see `groupPairs`.
  init(of pack: ReleasedPack, in release: Release) {
    let pairs = groupPairs(of: pack, in: release)
    guard !pairs.isEmpty else {
      cells = []
      return
    }
    let tables = pack.tables.filter { $0.banner != Self.total && $0.source != Measure.sessionSource }
    var places: [String: [String: Int]] = [:]
    for table in tables {
      for row in table.rows where places[table.banner]?[row.key.group] == nil && Self.hasLetter(row) {
        places[table.banner, default: [:]][row.key.group] = places[table.banner]?.count ?? 0
      }
    }
    /// By where a share stands, the places of the groups than which it is higher.
    var higher: [FigureKey: [Int]] = [:]
    for pair in pairs where pair.contrast.verdict != .unclear {
      guard case .group(let other) = pair.other, let groups = places[pair.row.key.banner],
        let first = groups[pair.row.key.group], let second = groups[other]
      else { continue }
      if pair.contrast.verdict == .higher {
        higher[pair.row.key, default: []].append(second)
      } else {
        var key = pair.row.key
        key.group = other
        higher[key, default: []].append(first)
      }
    }
    cells = tables.flatMap { table -> [Cell] in
      let groups = places[table.banner] ?? [:]
      return table.rowsByAnswer.compactMap { row -> Cell? in
        guard Self.hasLetter(row), let place = groups[row.key.group] else { return nil }
        var letters: [String]?
        if case .share = row.figure { letters = (higher[row.key] ?? []).sorted().map(columnLetters) }
        return Cell(row: row, kind: table.kind, letter: columnLetters(place), higherThan: letters)
      }
    }
  }

  private static let total = "total"
  private static let notStated = "Not stated"

  /// Whether a row is of an answer in a group that can be compared.
  private static func hasLetter(_ row: ReleasedRow) -> Bool {
    switch row.key.row {
    case .answer, .net, .noAnswer: row.key.group != Self.notStated
    case .base, .mean, .median, .place, .notRanked, .top: false
    }
  }
}

extension FurtherSheet {
  static func letters(_ letters: ColumnLetters, _ names: ShareNames) -> FurtherSheet {
    let figures: [Measure] = [.base, .percent]
    let tellsReliability = letters.cells.contains { $0.row.figure.marker == "u" }
    var sheet = FurtherSheet(
      kind: .letters, title: "Column letters: which groups are higher than which others",
      remark:
        "Each row is one answer in one group; groups of one answer follow one another, each with its letter.",
      lines: [
        """
        Higher than has the letters of the groups than which this group's share is higher, by more than may be chance. A share \
        that is withheld has no letters, and no group has its letter.
        """
      ], notes: [.base, .count, .confidentiality, .letters],
      columns: ShareNames.columns + [.text("Letter", 10), .text("Higher than", 26)]
        + figures.map { .number(WorkbookWords.column($0)) } + (tellsReliability ? [.reliability] : []))
    sheet.rows.reserveCapacity(letters.cells.count)
    for cell in letters.cells {
      var cells = names.cells(cell.row.key)
      cells.append(.text(cell.letter, .paragraph))
      if let higherThan = cell.higherThan {
        let text = higherThan.isEmpty ? WorkbookWords.noLetters : higherThan.joined(separator: ", ")
        cells.append(.text(text, .paragraph))
      } else {
        let shorthand: Measure.Shorthand = cell.row.figure.isWithheld ? .withheld : .notApplicable
        sheet.shorthand.insert(shorthand)
        cells.append(.text(shorthand.text, .paragraph))
      }
      for measure in figures + (tellsReliability ? [.reliability] : []) {
        cells.append(sheet.cell(measure.entry(of: cell.row, kind: cell.kind, source: "")))
      }
      sheet.append(cells, banner: names.words.banner(cell.row.key.banner))
    }
    return sheet
  }
}
