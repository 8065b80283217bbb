@_spi(Protection) import ReleaseModel
import Testing

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
        askedIf: [[.init(item: "role", answers: ["Staff"])]], base: "answered", sensitive: false,
        scores: [.init(answer: awkwardLabel, score: "1"), .init(answer: "No", score: "-0.5")]),
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
    sameAnswers: [.init(items: ["role", "tools"], combinations: [["role": "Staff", "tools": "No"], [:]])],
    packs: [
      .init(
        id: "all", title: "Everyone", who: nil, banners: ["role"], questions: ["tools"],
        briefing: .init(order: ["years"]))
    ],
    briefing: .init(
      title: "What you said", contact: "us", notes: ["A note"],
      accent: .init(light: "#000000", dark: "#ffffff"),
      words: ["findings": "Key messages"]))

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

  /// A release with a name, for tests that go through several.
  struct Named: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let release: Release
  }

  static let all = [
    Named(testDescription: "every kind of row", release: release),
    Named(testDescription: "hostile labels", release: hostile),
    Named(testDescription: "everything withheld", release: allWithheld),
    Named(testDescription: "focus groups", release: sessions),
    Named(testDescription: "groups and waves compared", release: compared),
  ]

  /// Labels that try markup, formulas, the direction of writing, length and what formats fold or cannot hold.
  static let hostileLabels = [
    "<b>&amp;</b>]]>", "=cmd()", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''@", "'plain",
    "=HYPERLINK(\"x\")",
    "\u{202E}desrever", "\u{200F}\u{5D0}", "👩‍👩‍👧‍👦 🇬🇧", String(repeating: "long ", count: 100) + "end",
    String(repeating: "x", count: 500), "_x0041_", "_x005F_x0041_", " two  blanks ", "line\nbreak",
    "tab\there", "bell\u{7}",
    "1186", "48.3%", "2012-12-20", "TRUE", "１２", "＝1", "[c]", "A1",
  ]

  private static let hostile: Release = {
    let rows = hostileLabels.enumerated().flatMap { index, label in
      [
        row(
          .answer(label), "Total", base: 2000,
          .share(
            count: 1000 + index, percent: 500 + index, lower: 480 + index, upper: 520 + index,
            isUnreliable: false)),
        row(.net(label), "Total", base: 2000, .withheld),
        row(.answer("No"), label, base: 100 + index, .base(100 + index)),
      ]
    }
    return made(rows)
  }()

  private static let allWithheld = made(
    rows.map { ReleasedRow(key: $0.key, base: nil, figure: .withheld) })

  private static let sessions: Release = {
    let rows = [
      row(.base, "Total", base: 4, .base(4), question: "focus-groups"),
      row(.answer("ICT"), "Total", base: 4, .sessions(3), question: "focus-groups"),
      row(.answer("ICT / Slow"), "Total", base: nil, .withheld, question: "focus-groups"),
    ]
    return made(rows, question: "focus-groups", kind: "theme", source: "focus-group")
  }()

  /// A release of one pack with these rows.
  static func made(
    _ rows: [ReleasedRow], question: String = "tools", kind: String = "single", source: String = "survey"
  ) -> Release {
    let tables = ["total", "role"].map { banner in
      ReleasedTable(
        question: question, kind: kind, source: source, banner: banner,
        rows: rows.filter { $0.key.banner == banner })
    }
    return Release(
      survey: "tiny", wave: "2026", responses: 1200, definition: definition,
      packs: [
        ReleasedPack(id: "all", title: "Everyone", tables: tables.filter { !$0.rows.isEmpty })
      ])
  }
}
