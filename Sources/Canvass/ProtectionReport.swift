import Disclosure
import SurveyDefinition

/// What `check --protection` tells the analyst about one wave: what protecting it would withhold, where and why.
///
/// It shows small counts, so it goes to standard output alone and says what it is.
struct ProtectionReport {
  let defined: DefinedWave
  let losses: ProtectionLosses
  let differences: [PackDifference]
  /// What the audit of such a release led to.
  let notes: [String]
  let console: Console

  func tell() {
    let survey = defined.wave.survey
    console.output("")
    console.output(console.title("\(survey.title), wave \(defined.wave.id)".truncated(console.width)))
    paragraph(
      """
      Confidential: for the analyst alone, before anything is published. What follows tells small counts and \
      why cells are withheld; do not pass it on. Nothing was written.
      """)
    console.output("")
    let rules = survey.protection
    guard rules.minimumCell > 1 || rules.minimumBase > 1 else {
      console.output("Nothing would be withheld: minimum_cell and minimum_base are 1.")
      return
    }
    grid("Cells", losses.packs.map(\.id), cellRows)
    console.output("")
    grid("Why withheld, in cells", losses.packs.map(\.id), reasonRows)
    paragraph(
      "(People are counted as often as withheld cells count them. Groups withheld whole are listed below.)")
    if !notes.isEmpty { console.output("") }
    for note in notes { paragraph(note) }
    for packs in packsTogether { tell(packs) }
    tellGroups()
    tellDifferences()
  }

  private func paragraph(_ text: String) {
    for line in text.wrapped(console.width) { console.output(line) }
  }

  private func grid(_ title: String, _ headings: [String], _ rows: [CellGrid.Row]) {
    for line in CellGrid(title: title, headings: headings, rows: rows).lines(on: console) {
      console.output(line)
    }
  }

  private var cellRows: [CellGrid.Row] {
    func row(_ label: String, _ number: (ProtectionLosses.Pack) -> Int) -> CellGrid.Row {
      (label, losses.packs.map { CellGrid.text(number($0)) })
    }
    return [
      row("printed", \.cells.printed), row("withheld", \.cells.withheld),
      row("people in withheld cells", \.people),
    ]
  }

  private var reasonRows: [CellGrid.Row] {
    LossReason.allCases.compactMap { reason in
      let cells = losses.packs.map { $0.reasons[reason] ?? 0 }
      guard cells.contains(where: { $0 > 0 }) else { return nil }
      return (reason.words(defined.wave.survey.protection), cells.map(CellGrid.text))
    }
  }

  /// Packs that lose the same in every table, as those of the same people do, are told together.
  private var packsTogether: [[ProtectionLosses.Pack]] {
    var together: [[ProtectionLosses.Pack]] = []
    for pack in losses.packs where pack.cells.withheld > 0 {
      if let known = together.firstIndex(where: { $0[0].tables == pack.tables }) {
        together[known].append(pack)
      } else {
        together.append([pack])
      }
    }
    return together
  }

  /// The withheld cells of one pack by question and banner: those of the questions that have any.
  private func tell(_ packs: [ProtectionLosses.Pack]) {
    let tables = packs[0].tables
    var banners: [String] = []
    var questions: [String] = []
    var cells: [String: [String: ProtectionLosses.Cells]] = [:]
    for table in tables {
      if !banners.contains(table.banner) { banners.append(table.banner) }
      if !questions.contains(table.question) { questions.append(table.question) }
      cells[table.question, default: [:]][table.banner] = table.cells
    }
    let rows = questions.compactMap { question -> CellGrid.Row? in
      let ofQuestion = cells[question] ?? [:]
      let withheld = ofQuestion.values.reduce(0) { $0 + $1.withheld }
      guard withheld > 0 else { return nil }
      let printed = ofQuestion.values.reduce(0) { $0 + $1.printed }
      return (
        question,
        banners.map { CellGrid.text(ofQuestion[$0]?.withheld) } + [
          "\(grouped(withheld)) of \(grouped(printed))"
        ]
      )
    }
    console.output("")
    grid("Withheld, " + packs.map(\.id).joined(separator: ", "), banners + ["all"], rows)
  }

  private func tellGroups() {
    let groups = losses.packs.flatMap { pack in pack.groups.filter(\.losesMost).map { (pack.id, $0) } }
    guard !groups.isEmpty else { return }
    let cells = groups.map { "\(grouped($1.cells.withheld)) of \(grouped($1.cells.printed))" }
    func width(_ texts: [String], atMost limit: Int) -> Int {
      min(texts.map(\.columns).max() ?? 0, limit) + 2
    }
    let pack = width(groups.map(\.0), atMost: 15)
    let banner = width(groups.map(\.1.banner), atMost: 12)
    let people = 8
    let withheld = width(cells + ["withheld"], atMost: 18)
    let note = groups.contains { $0.1.isSizeWithheld } ? "  size too" : ""
    let label = console.width - 2 - pack - banner - people - withheld - note.columns
    console.output("")
    console.output(
      console.title(
        "Groups that lose most".fitted(2 + pack + banner + label) + "people".right(people)
          + "withheld".right(withheld)))
    for ((id, group), cells) in zip(groups, cells) {
      console.output(
        "  " + id.truncated(pack - 2).fitted(pack) + group.banner.truncated(banner - 2).fitted(banner)
          + group.label.fitted(label) + grouped(group.people).right(people) + cells.right(withheld)
          + (group.isSizeWithheld ? note : ""))
    }
  }

  private func tellDifferences() {
    guard !differences.isEmpty else { return }
    console.output("")
    console.output(console.title("Packs that differ by few people"))
    for difference in differences {
      let without = difference.without.joined(separator: " and ")
      console.output(
        "  \(difference.pack ?? "all responses") without \(without): "
          + (difference.people == 1 ? "1 person" : "\(grouped(difference.people)) people"))
    }
  }
}

extension LossReason {
  fileprivate func words(_ rules: ProtectionThresholds) -> String {
    switch self {
    case .smallBase: "base below \(rules.minimumBase)"
    case .smallCount: "count of 1 to \(rules.minimumCell - 1)"
    case .smallComplement: "all but 1 to \(rules.minimumCell - 1)"
    case .sameAnswer: "sensitive, all the same"
    case .group: "group withheld whole"
    case .others: "to protect others"
    }
  }
}
