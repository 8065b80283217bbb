@_spi(Protection) import ReleaseModel

/// A pack of made-up figures, as protection would make it.
enum MadeUpPack {
  /// So many of so many people; nil: withheld.
  typealias Cells = [(group: String, share: (count: Int, base: Int)?)]

  static let question = "tools"

  /// The table of one answer under a banner, `total` or `area`.
  static func table(
    _ banner: String, _ answers: [(row: FigureRow, cells: Cells)], question: String = question,
    kind: String = "single"
  ) -> ReleasedTable {
    ReleasedTable(
      question: question, kind: kind, source: "survey", banner: banner,
      rows: answers.flatMap { row, cells in
        cells.map { group, share in
          let key = FigureKey(pack: "force", question: question, row: row, banner: banner, group: group)
          guard let share else { return ReleasedRow(key: key, base: nil, figure: .withheld) }
          return ReleasedRow(
            key: key, base: share.base,
            figure: share.base == 0
              ? .notApplicable
              : .share(
                count: share.count, percent: (2_000 * share.count + share.base) / (2 * share.base), lower: 0,
                upper: 1_000, isUnreliable: share.base < 30))
        }
      })
  }

  static func release(
    _ tables: [ReleasedTable], comparisons: String = "holm", questions: [PublicDefinition.Question] = [],
    themes: [PublicDefinition.Theme] = [], who: [[PublicDefinition.Clause]]? = nil, sampling: String? = nil,
    population: Int? = nil
  ) -> Release {
    let definition = PublicDefinition(
      survey: "staff", wave: "2013", title: "Staff", publisher: nil, contact: nil, invited: nil, mode: nil,
      sampling: sampling, population: population, comparisons: comparisons, fieldwork: nil, madeUp: false,
      protection: .init(minimumCell: 5, minimumBase: 10), variables: [], questions: questions, blocks: [],
      themes: themes,
      packs: [.init(id: "force", title: "Force", who: who, banners: ["area"], questions: [question])])
    return Release(
      survey: "staff", wave: "2013", responses: 1_000, definition: definition,
      packs: [ReleasedPack(id: "force", title: "Force", tables: tables)])
  }

  static func asked(
    _ id: String = question, text: String = "Do you have the tools?", kind: String = "single",
    answers: [String] = ["Yes", "No"], nets: [PublicDefinition.Net] = [],
    askedIf: [[PublicDefinition.Clause]]? = nil, base: String = "answered", sensitive: Bool = false,
    themes: [PublicDefinition.QuestionTheme]? = nil
  ) -> PublicDefinition.Question {
    PublicDefinition.Question(
      id: id, text: text, kind: kind, answers: answers, exclusive: [], nets: nets, askedIf: askedIf,
      base: base,
      sensitive: sensitive, themes: themes)
  }
}
