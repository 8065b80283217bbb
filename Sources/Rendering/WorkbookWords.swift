import Comparison
import ReleaseModel
import Workbooks

/// What a workbook says in words, in one place.
struct WorkbookWords {
  static let language = "en-GB"
  static let keywords = ["survey", "staff consultation", "tables"]
  static let madeUp = "Made-up responses: nobody answered this."
  static let about = "Every published figure of one pack, the same as in tables.csv."
  static let sheetsHead = "Sheets"
  static let contentsHead = "Contents"
  static let contentsRemark = "\(oneTable) Each name in its first column links to that sheet."
  static let contentsColumns = ["Sheet", "Title", "Compared by"]
  static let notesTitle = "Notes"
  static let notesRemark = "This worksheet contains one table: what the notes on other sheets refer to."
  static let notesColumns = ["Note", "Text"]
  static let noBanner = "[z]"
  static let oneTable = "This worksheet contains one table."
  static let tableRemark =
    "\(oneTable) Each row is one answer in one group; groups of one answer follow one another."
  static let backToContents = "Back to contents"
  static let keyColumns = ["Compared by", "Answer", "Group"]
  static let usualReliability = "usual"
  /// In the place of column letters.
  static let noLetters = "none"

  let definition: PublicDefinition
  private let questions: [String: PublicDefinition.Question]
  private let banners: [String: String]

  init(_ definition: PublicDefinition) {
    self.definition = definition
    questions = Dictionary(definition.questions.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    let known = [("total", "Everyone"), ("audience", "Audience of focus groups")]
    let labels =
      definition.variables.map { ($0.id, $0.label) } + definition.questions.map { ($0.id, $0.text) }
    let uses = Dictionary((known + labels).map { ($0.1, 1) }, uniquingKeysWith: +)
    banners = Dictionary(
      known + labels.map { ($0.0, uses[$0.1] == 1 ? $0.1 : "\($0.1) (\($0.0))") },
      uniquingKeysWith: { first, _ in first })
  }

  // MARK: Columns and shorthand

  static func column(_ measure: Measure) -> String {
    switch measure {
    case .base: "Base"
    case .count: "Count"
    case .percent: "Per cent"
    case .value: "Value (mean or median)"
    case .lower: "Lower bound"
    case .upper: "Upper bound"
    case .reliability: "Reliability"
    }
  }

  static func shorthand(_ shorthand: Measure.Shorthand) -> String {
    switch shorthand {
    case .withheld:
      "[c] is confidential: withheld, so that nobody can be told from it. It does not mean none."
    case .notApplicable: "[z] is not applicable: the column has no figure in such a row, or nobody was asked."
    case .lowReliability: "[u] is of low reliability: shown, but from fewer than 30 people."
    case .notAvailable: "[x] is not available: nobody knows how many people there are in all."
    }
  }

  static func verdict(_ verdict: Contrast.Verdict) -> String {
    switch verdict {
    case .higher: "higher"
    case .lower: "lower"
    case .unclear: "may be chance"
    }
  }

  /// What is not as it was in the earlier wave.
  static func altered(_ altered: [Alteration]) -> String {
    altered.isEmpty
      ? "nothing"
      : altered.map { alteration in
        switch alteration {
        case .wording: "the wording"
        case .answers: "the answers that could be given"
        case .route: "who was asked"
        case .base: "who is in the base"
        case .net: "what the net joins"
        case .groups: "the groups that are compared"
        case .pack: "whom the pack is about"
        }
      }.joined(separator: ", ")
  }

  /// What the groups of a table are groups of; an id that two labels share is named too.
  func banner(_ id: String) -> String { banners[id] ?? id }

  // MARK: Questions

  static func wholeTitle(_ title: String) -> String { "The whole title: \(title)" }

  func title(of sheet: QuestionSheet) -> String {
    if sheet.question == "respondents" { return "respondents: How many people responded" }
    if sheet.source == Measure.sessionSource {
      return "\(sheet.question): In how many focus groups each theme was raised"
    }
    return "\(sheet.question): \(questions[sheet.question]?.text ?? sheet.kind)"
  }

  /// Where a table's figures are from.
  func source(_ pack: ReleasedPack, in release: Release) -> String {
    let publisher = definition.publisher.map { ", \($0)" } ?? ""
    let made = definition.madeUp ? " \(Self.madeUp)" : ""
    return "Source: \(definition.title)\(publisher). Pack: \(pack.title). Wave: \(release.wave).\(made)"
  }

  /// What is said of a question above its table.
  func lines(on sheet: QuestionSheet) -> [String] {
    if sheet.source == Measure.sessionSource {
      return ["Base and count are sessions of focus groups, not people."]
    }
    guard let question = questions[sheet.question] else {
      return ["Base and count are people who responded."]
    }
    var lines: [String] = []
    if let block = definition.blocks.first(where: { $0.questions.contains(question.id) }) {
      lines.append("One of several under: \(block.text)")
    }
    if let condition = question.askedIf {
      lines.append("Asked only of people \(text(condition)).")
    }
    lines.append(base(of: question, kind: sheet.kind))
    lines += question.nets.map { "(net) \($0.label) counts together: \($0.answers.joined(separator: "; "))." }
    lines += Self.scores(of: question)
    return lines
  }

  private func base(of question: PublicDefinition.Question, kind: String) -> String {
    if kind == "theme" { return "Base: people whose answer in their own words was read and coded." }
    if question.base == "asked" { return "Base: everyone who was asked." }
    if kind == "ranking" {
      return """
        Base: people who ranked any answer. Count is who placed the answer first; value is its mean place among those who \
        ranked it, where that tells of no few people.
        """
    }
    return kind == "multiple"
      ? "Base: people who were asked and answered. They could choose several answers."
      : "Base: people who were asked and answered."
  }

  private func text(_ condition: [[PublicDefinition.Clause]]) -> String {
    condition.map { clauses in
      clauses.map { clause in
        let answers = clause.answers.joined(separator: " or ")
        if let variable = definition.variables.first(where: { $0.id == clause.item }) {
          return "whose \(variable.label) is \(answers)"
        }
        return "who answered \u{201C}\(questions[clause.item]?.text ?? clause.item)\u{201D} with \(answers)"
      }.joined(separator: " and ")
    }.joined(separator: "; or ")
  }

  // MARK: Cover

  /// Heads with their lines.
  /// - Parameter further: Titles of the sheets after those of the questions.
  func cover(of pack: ReleasedPack, in release: Release, further: [String]) -> [(
    head: String, lines: [String]
  )] {
    var who = ["Survey: \(definition.title)", "Pack: \(pack.title)", "Wave: \(release.wave)"]
    if let condition = definition.packs.first(where: { $0.id == pack.id }) {
      who.append(
        condition.who.map { "Who is in it: people \(text($0))" }
          ?? "Who is in it: everyone who responded")
    }
    if let dates = definition.fieldwork {
      who.append("Fieldwork: \(Self.date(dates.from)) to \(Self.date(dates.to))")
    }
    if let mode = definition.mode { who.append("How people were asked: \(mode)") }
    if let sampling = definition.sampling { who.append("Sampling: \(sampling)") }
    if let invited = definition.invited { who.append("Invited: \(groupingThousands(String(invited)))") }
    let cells = groupingThousands(String(pack.rowCount))
    let withheld = groupingThousands(String(pack.withheldRows))
    return [
      (
        "What this is",
        [
          Self.about,
          "Each question has a sheet with one table: first everyone, then the groups, answer by answer.",
          further.isEmpty
            ? "" : "After them come sheets on what these figures tell. \(further.joined(separator: ". ")).",
          further.contains { $0.hasPrefix(FurtherSheet.Kind.weighted.rawValue) }
            ? "Figures are not weighted, except those on the sheet \(FurtherSheet.Kind.weighted.rawValue). What the columns mean is in the notes."
            : "Figures are not weighted. What the columns mean is in the notes.",
        ].filter { !$0.isEmpty }
      ),
      ("Release", who),
      (
        "Confidentiality",
        [
          "\(smallCounts) Further figures are withheld so that those cannot be worked out.",
          "\(withheld) of \(cells) rows are withheld, and marked [c].",
        ]
      ),
      (
        "Publisher and contact",
        [definition.publisher.map { "Publisher: \($0)" }, definition.contact.map { "Contact: \($0)" }]
          .compactMap { $0 }
      ),
    ]
  }

  /// A date of the form 2012-12-20 as people write it; any other text as it stands.
  static func date(_ text: String) -> String {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      months.indices.contains(month - 1)
    else { return text }
    return "\(day) \(months[month - 1]) \(year)"
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]
}
