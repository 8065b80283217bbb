@_spi(Protection) import ReleaseModel

/// A small release with every kind of row, and labels that try a writer.
enum MadeRelease {
  static let awkwardLabel = "Yes, \"always\"\nor nearly"

  static let definition = PublicDefinition(
    survey: "tiny", wave: "2026", title: "A tiny survey", publisher: "Tester", contact: nil, invited: 40,
    mode: "online", sampling: "open", fieldwork: .init(from: "2026-01-01", to: "2026-01-31"), madeUp: true,
    protection: .init(minimumCell: 5, minimumBase: 10),
    variables: [.init(id: "role", label: "Role", groups: ["Staff", "Officer, other"])],
    questions: [
      .init(
        id: "tools", text: "Tools?", kind: "single", answers: [awkwardLabel, "No"], exclusive: [],
        nets: [.init(label: "Any", answers: [awkwardLabel, "No"])],
        askedIf: [[.init(item: "role", answers: ["Staff"])]], base: "answered", sensitive: false),
      .init(
        id: "years", text: "Years?", kind: "number", answers: ["Under 5", "5 or more"], exclusive: [],
        nets: [],
        askedIf: nil, base: "asked", sensitive: false,
        bands: [.init(from: "0", to: "5"), .init(from: "5", to: "49.5")]),
    ],
    blocks: [.init(id: "block", text: "A block", questions: ["tools"])],
    themes: [
      .init(
        id: "ict", label: "ICT", themes: [.init(id: "slow", label: "Slow", was: ["lagging"], themes: [])])
    ],
    packs: [.init(id: "all", title: "Everyone", who: nil, banners: ["role"], questions: ["tools"])])

  static func row(
    _ row: FigureRow, _ group: String, base: Int?, _ figure: ReleasedFigure, question: String = "tools"
  ) -> ReleasedRow {
    let key = FigureKey(
      pack: "all", question: question, row: row, banner: group == "Total" ? "total" : "role", group: group)
    return ReleasedRow(key: key, base: base, figure: figure)
  }

  static let rows: [ReleasedRow] = [
    row(.base, "Total", base: 1200, .base(1200)),
    row(
      .answer(awkwardLabel), "Total", base: 1200,
      .share(count: 580, percent: 483, lower: 455, upper: 512, isUnreliable: false)),
    row(
      .net("Any"), "Total", base: 1200,
      .share(count: 1200, percent: 1000, lower: 997, upper: 1000, isUnreliable: false)),
    row(
      .noAnswer, "Total", base: 1200, .share(count: 0, percent: 0, lower: 0, upper: 3, isUnreliable: false)),
    row(.base, "Staff", base: 16, .base(16)),
    row(
      .answer("No"), "Staff", base: 16,
      .share(count: 9, percent: 563, lower: 332, upper: 769, isUnreliable: true)),
    row(.base, "Officer, other", base: nil, .withheld),
    row(.answer("No"), "Officer, other", base: nil, .withheld),
    row(.answer(awkwardLabel), "Officer, other", base: 14, .withheld),
    row(.base, "Nobody", base: 0, .base(0)),
    row(.answer("No"), "Nobody", base: 0, .notApplicable),
    row(.mean, "Nobody", base: 0, .notApplicable),
    row(.mean, "Total", base: 1200, .value(-5, lower: -107, upper: 1234, isUnreliable: false)),
    row(.median, "Total", base: 1200, .value(700, lower: nil, upper: nil, isUnreliable: false)),
  ]

  static let pack = ReleasedPack(
    id: "all", title: "Everyone",
    tables: [
      ReleasedTable(
        question: "tools", kind: "single", source: "survey", banner: "total",
        rows: rows.filter { $0.key.banner == "total" }),
      ReleasedTable(
        question: "tools", kind: "single", source: "survey", banner: "role",
        rows: rows.filter { $0.key.banner == "role" }),
    ])

  static let release = Release(
    survey: "tiny", wave: "2026", responses: 1200, definition: definition, packs: [pack])
}
