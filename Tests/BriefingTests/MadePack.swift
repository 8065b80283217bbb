@_spi(Protection) import ReleaseModel

/// Small packs, put together by hand.
enum MadePack {
  static let scale = ["Agree", "Neither", "Disagree"]

  /// A question of a scale whose answers have these counts; nil: withheld.
  static func table(
    _ question: String, _ counts: [Int?], kind: String = "scale", answers: [String] = scale,
    interval: Int = 20,
    net: Int? = nil
  ) -> ReleasedTable {
    let base = counts.reduce(0) { $0 + ($1 ?? 7) }
    func row(_ row: FigureRow, _ figure: ReleasedFigure) -> ReleasedRow {
      ReleasedRow(
        key: FigureKey(pack: "all", question: question, row: row, banner: "total", group: "Total"),
        base: base,
        figure: figure)
    }
    func share(_ count: Int?) -> ReleasedFigure {
      guard let count else { return .withheld }
      let percent = count * 1000 / base
      return .share(
        count: count, percent: percent, lower: max(0, percent - interval),
        upper: min(1000, percent + interval),
        isUnreliable: base < 30)
    }
    var rows = [row(.base, .base(base))]
    rows += zip(answers, counts).map { row(.answer($0), share($1)) }
    if let net { rows.append(row(.net("Net"), share(net))) }
    return ReleasedTable(
      question: question, kind: kind, source: kind == "theme" ? "open-text" : "survey", banner: "total",
      rows: rows)
  }

  static func release(_ tables: [ReleasedTable], blocks: [[String]] = [], ranks: [RankedTheme] = [])
    -> Release
  {
    let questions = tables.map { table in
      let answers = table.rows.compactMap { if case .answer(let label) = $0.key.row { label } else { nil } }
      return PublicDefinition.Question(
        id: table.question, text: "Question \(table.question).", kind: table.kind, answers: answers,
        exclusive: [],
        nets: [], askedIf: nil, base: "answered", sensitive: false,
        themes: table.kind == "theme"
          ? answers.map { .init(id: $0.lowercased(), answer: $0, within: nil) } : nil)
    }
    let definition = PublicDefinition(
      survey: "made", wave: "w1", title: "Made", publisher: nil, contact: nil, invited: nil, mode: nil,
      sampling: nil,
      fieldwork: nil, madeUp: false, protection: .init(minimumCell: 5, minimumBase: 10), variables: [],
      questions: questions,
      blocks: blocks.enumerated().map { .init(id: "b\($0)", text: "Block", questions: $1) }, themes: [],
      packs: [.init(id: "all", title: "Everyone", who: nil, banners: [], questions: questions.map(\.id))])
    return Release(
      survey: "made", wave: "w1", responses: 1000, definition: definition,
      packs: [ReleasedPack(id: "all", title: "Everyone", tables: tables, rankedThemes: ranks)])
  }
}
