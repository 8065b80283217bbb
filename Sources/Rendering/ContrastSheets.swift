import Comparison
import ReleaseModel
import Workbooks

/// What names a share on the sheets after those of the questions, where one table has shares of many questions.
struct ShareNames {
  let words: WorkbookWords
  /// Of the sheets of questions, by the question's id.
  let titles: [String: String]

  static let columns: [FurtherSheet.Column] = [
    .text("Question", 60), .text("Compared by", 22), .text("Answer", 40), .text("Group", 30),
  ]

  func cells(_ key: FigureKey) -> [Cell] {
    [titles[key.question] ?? key.question, words.banner(key.banner), key.row.text, key.group].map {
      .text($0, .paragraph)
    }
  }
}

/// The sheets of how shares differ from others: of the rest, or of an earlier wave.
extension FurtherSheet {
  /// What stands in one row.
  private struct Compared {
    var row: ReleasedRow
    var otherBase: Int
    /// In tenths.
    var otherPercent: Int
    var contrast: Contrast
    /// What else is told in words, in columns of its own.
    var remarks: [Cell] = []

    /// As tables.csv marks a share of so few people.
    var isOfFew: Bool { row.figure.marker == "u" || otherBase < 30 }
  }

  /// - Parameter changes: Since the wave before, as `waveChanges` gives them.
  static func changes(
    _ changes: [WaveChange], from earlier: String, to wave: String, _ names: ShareNames
  ) -> FurtherSheet {
    var sheet = FurtherSheet(
      kind: .changes, title: "Changes: how shares have changed since wave \(earlier)",
      remark:
        "Each row is one answer in one group. Now is wave \(wave), then is wave \(earlier) as it was published.",
      lines: ["What either wave withholds, or did not ask, has no row."],
      notes: [.base, .count, .confidentiality, .total, .contrast, .changes],
      columns: columns(
        "Base now", "Per cent now", "Base then", "Per cent then", "Change in points",
        remarks: [.text("Not the same as then", 30)]))
    // Groups of one answer follow one another, as on the sheets of questions.
    let ordered = changes.together { change in
      var key = change.row.key
      key.group = ""
      return key
    }
    let compared = ordered.map { change in
      Compared(
        row: change.row, otherBase: change.before.base, otherPercent: change.percentBefore,
        contrast: change.contrast, remarks: [.text(WorkbookWords.altered(change.altered), .paragraph)])
    }
    sheet.append(compared, names)
    return sheet
  }

  /// - Parameter differences: As `groupDifferences` gives them; those from the rest are told.
  static func differences(_ differences: [GroupDifference], _ names: ShareNames) -> FurtherSheet {
    var sheet = FurtherSheet(
      kind: .differences, title: "Differences: each group against the rest",
      remark:
        "Each row is one answer in one group. The rest is everyone else of the pack who is in the base.",
      lines: ["Where the share of the group or that of the rest is withheld there is no row."],
      notes: [.base, .count, .confidentiality, .contrast, .differences],
      columns: columns("Base", "Per cent", "Base of the rest", "Per cent of the rest", "Difference in points")
    )
    let compared = differences.filter { $0.other == .rest }.map { difference in
      Compared(
        row: difference.row, otherBase: difference.otherBase, otherPercent: difference.otherPercent,
        contrast: difference.contrast)
    }
    sheet.append(compared, names)
    return sheet
  }

  /// Words stand before numbers: beside a number, which stands to the right, a text would run into it.
  private static func columns(_ figures: String..., remarks: [Column] = []) -> [Column] {
    ShareNames.columns + [.text("In words", 17)] + remarks
      + (figures + ["Lower bound", "Upper bound"]).map { .number($0) }
  }

  private mutating func append(_ compared: [Compared], _ names: ShareNames) {
    let tellsReliability = compared.contains(where: \.isOfFew)
    if tellsReliability { columns.append(.reliability) }
    rows.reserveCapacity(compared.count)
    for share in compared {
      guard let base = share.row.base, case .share(_, let percent, _, _, _) = share.row.figure else {
        continue
      }
      let contrast = share.contrast
      let figures: [Measure.Entry] = [
        .whole(base), .tenths(percent), .whole(share.otherBase), .tenths(share.otherPercent),
        .tenths(contrast.points), .tenths(contrast.lower), .tenths(contrast.upper),
      ]
      var cells = names.cells(share.row.key)
      cells.append(.text(WorkbookWords.verdict(contrast.verdict), .paragraph))
      cells += share.remarks + figures.map(\.cell)
      if tellsReliability { cells.append(cell(share.isOfFew ? .shorthand(.lowReliability) : .usual)) }
      append(cells, banner: names.words.banner(share.row.key.banner))
    }
  }
}
