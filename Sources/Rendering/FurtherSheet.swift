import Comparison
import ReleaseModel
import Workbooks

/// A sheet after those of the questions, with one table of what the pack's figures tell.
struct FurtherSheet {
  /// The sheets that there may be, in their order.
  enum Kind: String, CaseIterable {
    case rates = "Response_rates"
    case weighted = "Weighted"
    case changes = "Changes"
    case differences = "Differences"
    case letters = "Column_letters"
    case scores = "Scores"
  }

  /// A column of its table.
  struct Column {
    var head: String
    /// In digits.
    var width: Int
    var style = TextStyle.numberHeader

    static func text(_ head: String, _ width: Int) -> Column {
      Column(head: head, width: width, style: .textHeader)
    }

    static func number(_ head: String, _ width: Int = 13) -> Column { Column(head: head, width: width) }

    static let reliability = number(WorkbookWords.column(.reliability), Measure.reliability.width)
  }

  let kind: Kind
  let title: String
  /// What a row of its table is.
  let remark: String
  /// What else stands above the table, beside what all tables have.
  let lines: [String]
  let notes: [WorkbookNote]
  var columns: [Column]
  var rows: [[Cell]] = []
  /// The shorthand that stands in the table.
  var shorthand: Set<Measure.Shorthand> = []
  /// What its groups are groups of, in the order of the rows.
  var banners: [String] = []

  /// Those that the pack has figures for.
  /// - Parameter titles: Of the sheets of questions, by the question's id.
  static func sheets(
    of pack: ReleasedPack, in release: Release, _ words: WorkbookWords, titles: [String: String]
  ) -> [FurtherSheet] {
    let names = ShareNames(words: words, titles: titles)
    var sheets = [rates(of: pack, words), weighted(weightedShares(of: pack, in: release), names)]
    if let earlier = release.earlierWaves.last {
      let changes = waveChanges(of: pack, in: release, since: earlier)
      sheets.append(self.changes(changes, from: earlier.wave, to: release.wave, names))
    }
    sheets.append(differences(groupDifferences(of: pack, in: release), names))
    sheets.append(letters(ColumnLetters(of: pack, in: release), names))
    sheets.append(scores(groupScores(of: pack, in: release), release.definition.indices ?? [], names))
    return sheets.filter { !$0.rows.isEmpty }
  }

  /// Adds a row.
  /// - Parameter banner: What its group is a group of, in words.
  mutating func append(_ cells: [Cell], banner: String) {
    rows.append(cells)
    if banners.last != banner, !banners.contains(banner) { banners.append(banner) }
  }
}

// MARK: Response rates

extension FurtherSheet {
  static func rates(of pack: ReleasedPack, _ words: WorkbookWords) -> FurtherSheet {
    var sheet = FurtherSheet(
      kind: .rates, title: "Response rates: who responded, of those who could have",
      remark:
        "Each row is one group. Respondents are people who responded, people are all who could have taken part.",
      lines: ["A group is listed where it is known and told how many people it has and how many responded."],
      notes: [.confidentiality, .total, .rates],
      columns: [.text("Compared by", 30), .text("Group", 40)]
        + [
          "Respondents", "People", "Response rate", "Share of respondents", "Share of people",
        ].map { .number($0, 15) })
    let total = pack.populations.first { $0.row.key.banner == "total" }
    for rate in pack.responseRates {
      let key = rate.group.row.key
      let banner = words.banner(key.banner)
      // Of what a share would be is not known, or is withheld.
      let noShare: Measure.Entry =
        total.map { .shorthand($0.row.base == nil ? .withheld : .notApplicable) } ?? .shorthand(.notAvailable)
      let entries: [Measure.Entry] = [
        rate.group.row.base.map(Measure.Entry.whole) ?? .shorthand(.withheld), .whole(rate.group.people),
        .tenths(rate.responseRate), rate.shareOfResponses.map(Measure.Entry.tenths) ?? noShare,
        rate.shareOfPopulation.map(Measure.Entry.tenths) ?? noShare,
      ]
      sheet.append(
        [.text(banner, .paragraph), .text(key.group, .paragraph)] + entries.map { sheet.cell($0) },
        banner: banner)
    }
    return sheet
  }

  /// A number, or shorthand that is then explained above the table.
  mutating func cell(_ entry: Measure.Entry) -> Cell {
    if case .shorthand(let found) = entry { shorthand.insert(found) }
    return entry.cell
  }
}
