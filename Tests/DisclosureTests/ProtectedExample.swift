import ReleaseModel
import SurveyDefinition
import Tabulation
import Testing

@testable import Disclosure

/// A made-up survey with what is published of it, protected and at thresholds of 1: made once for all tests.
struct ProtectedExample: Sendable, CustomTestStringConvertible {
  let seed: UInt64
  let made: MadeUpSurvey
  let protected: ExampleRelease
  let open: ExampleRelease

  var testDescription: String { "seed \(seed), \(made.respondents) respondents" }

  /// Counts that must not be shown.
  var small: Range<Int> { 1..<made.thresholds.minimumCell }

  static let all: [ProtectedExample] = [
    ProtectedExample(seed: 1, respondents: 80, areas: 3, scales: 1),
    ProtectedExample(seed: 2, respondents: 150, areas: 4, scales: 2),
    ProtectedExample(seed: 3, respondents: 250, areas: 5, scales: 2),
    ProtectedExample(seed: 4, respondents: 400, areas: 8, scales: 2),
    ProtectedExample(seed: 5, respondents: 300, areas: 5, scales: 1, minimumCell: 3),
  ]

  init(seed: UInt64, respondents: Int, areas: Int, scales: Int, minimumCell: Int = 5) {
    var made = MadeUpSurvey(areas: areas, scales: scales, respondents: respondents)
    made.thresholds = ProtectionThresholds(minimumCell: minimumCell, minimumBase: 2 * minimumCell)
    var open = made
    open.thresholds = ProtectionThresholds(minimumCell: 1, minimumBase: 1)
    let responses = made.responses(seed: seed)
    self.seed = seed
    self.made = made
    protected = ExampleRelease(made, responses)
    self.open = ExampleRelease(open, responses)
  }

  /// Some counts taken from the responses themselves, not from a tally.
  var ownCounts: [(key: FigureKey, count: Int)] {
    let survey = made.definition()
    let layout = CodeLayout(survey)
    let responses = made.responses(seed: seed)
    func count(_ pack: String, _ label: String, _ banner: String, _ group: String, _ holds: ([Int32]) -> Bool)
      -> (key: FigureKey, count: Int)
    {
      let key = FigureKey(
        pack: pack, question: "scale0", row: .answer(label), banner: banner, group: group)
      return (key, responses.count { holds($0.codes) })
    }
    guard let slot = layout.questions[0] else { preconditionFailure("a scale has a code") }
    let role = layout.variables[0]
    let area = layout.variables[1]
    return survey.questions[0].answerLabels.enumerated().flatMap { answer, label in
      [
        count("all", label, "total", "Total") { $0[slot] == Int32(answer) },
        count("staff", label, "total", "Total") { $0[slot] == Int32(answer) && $0[role] == 1 },
        count("all", label, "area", "Area 0") { $0[slot] == Int32(answer) && $0[area] == 0 },
        count("officers", label, "area", "Area 1") {
          $0[slot] == Int32(answer) && $0[role] == 0 && $0[area] == 1
        },
      ]
    }
  }
}

/// The rows of a release, and the ways in which a reader adds them up.
struct ExampleRelease: Sendable {
  let packs: [ReleasedPack]

  init(_ made: MadeUpSurvey, _ responses: [CodedResponse]) {
    let survey = made.definition()
    var tally = Tally(TabulationPlan(survey))
    for response in responses { tally.add(response) }
    packs = protect(tally, of: Wave(id: "w", survey: survey)).release.packs
  }

  var rows: [ReleasedRow] { packs.flatMap { $0.tables.flatMap(\.rows) } }

  var comparable: [ComparableRow] { rows.map { ComparableRow($0) } }

  func rows(ofKind kind: String) -> [ReleasedRow] {
    packs.flatMap { $0.tables.filter { $0.kind == kind }.flatMap(\.rows) }
  }

  func pack(_ id: String) -> [ComparableRow] {
    packs.filter { $0.id == id }.flatMap { $0.tables.flatMap(\.rows) }.map { row in
      var row = ComparableRow(row)
      row.key.pack = ""
      return row
    }
  }

  /// Every group of every question, base first.
  var columns: [ExampleColumn] {
    packs.flatMap(\.tables).flatMap { table in
      var columns: [ExampleColumn] = []
      for row in table.rows {
        if row.key.row == .base { columns.append(ExampleColumn(kind: table.kind, rows: [])) }
        columns[columns.count - 1].rows.append(row)
      }
      return columns
    }
  }

  /// One row of a question over all groups of a banner, with the same row under `total`.
  var lines: [(groups: [ReleasedRow], total: ReleasedRow)] {
    var lines: [(groups: [ReleasedRow], total: ReleasedRow)] = []
    for table in packs.flatMap(\.tables) where table.banner != "total" {
      for total in totals(of: table) where total.key.row != .mean && total.key.row != .median {
        lines.append((table.rows.filter { $0.key.row == total.key.row }, total))
      }
    }
    return lines
  }

  private func totals(of table: ReleasedTable) -> [ReleasedRow] {
    guard let pack = table.rows.first?.key.pack else { return [] }
    return packs.filter { $0.id == pack }.flatMap(\.tables)
      .first { $0.question == table.question && $0.banner == "total" }?.rows ?? []
  }
}

/// The figures of one group on one question.
struct ExampleColumn {
  let kind: String
  var rows: [ReleasedRow]

  var key: FigureKey { rows[0].key }
  var base: Int? { rows[0].base }
  var answers: [ReleasedRow] { rows.filter { if case .answer = $0.key.row { true } else { false } } }

  /// Whether each respondent of the base gave exactly one of the answers.
  var isDivided: Bool { ["single", "scale", "number"].contains(kind) && !answers.isEmpty }
}

/// A row that can be compared with another run's.
struct ComparableRow: Hashable {
  var key: FigureKey
  var base: Int?
  var figure: ReleasedFigure

  init(_ row: ReleasedRow) {
    key = row.key
    base = row.base
    figure = row.figure
  }
}

extension ReleasedRow {
  /// The count beside a percentage; nil in a base row and where none is shown.
  var shownCount: Int? { if case .share(let count, _, _, _, _) = figure { count } else { nil } }

  /// What a reader knows the count to be: also 0 where the base is.
  var knownCount: Int? {
    switch figure {
    case .base(let base): base
    case .share(let count, _, _, _, _): count
    case .notApplicable: 0
    case .withheld, .sessions, .value: nil
    }
  }

  var isKnown: Bool { knownCount != nil }
}
