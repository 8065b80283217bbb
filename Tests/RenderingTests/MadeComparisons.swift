@_spi(Protection) @_spi(Published) import ReleaseModel

extension MadeRelease {
  /// More groups than there are letters, the population of some of them, and a wave before.
  static let compared = Release(
    survey: "tiny", wave: "2026", responses: 1_240, definition: definition, packs: [comparedPack],
    earlierWaves: [before("2022", offset: 9), before("2024", offset: 4)])

  /// A group is withheld, one has few people, one nobody; and people did not state theirs.
  static let withheldGroup = "Withheld"
  static let manyGroups = (1...27).map { "Group \($0)" } + ["=Last", "Few", withheldGroup, "Nobody"]

  /// So many of so many; nil: withheld.
  private static func share(_ group: String, _ index: Int) -> (count: Int, base: Int)? {
    switch group {
    case withheldGroup: nil
    case "Nobody": (0, 0)
    case "Few": (9, 12)
    default: (index * 40 / 29, 40)
    }
  }

  private static func figure(_ count: Int, of base: Int) -> ReleasedFigure {
    if base == 0 { return .notApplicable }
    let percent = (2_000 * count + base) / (2 * base)
    return .share(
      count: count, percent: percent, lower: max(0, percent - 100), upper: min(1_000, percent + 100),
      isUnreliable: base < 30)
  }

  /// The rows of both answers in a group.
  private static func answers(_ group: String, _ share: (count: Int, base: Int)?) -> [ReleasedRow] {
    [awkwardLabel, "No"].enumerated().map { index, answer in
      guard let share else { return row(.answer(answer), group, base: nil, .withheld) }
      let count = index == 0 ? share.count : share.base - share.count
      return row(.answer(answer), group, base: share.base, figure(count, of: share.base))
    }
  }

  private static let comparedPack: ReleasedPack = {
    let groups = manyGroups.enumerated().flatMap { answers($1, share($1, $0)) }
    let tables = [
      ("total", [row(.base, "Total", base: 1_240, .base(1_240))] + answers("Total", (620, 1_240))),
      ("role", groups + answers("Not stated", (20, 40))),
    ]
    func responded(_ group: String, _ people: Int, of population: Int) -> GroupPopulation {
      GroupPopulation(
        row: row(.base, group, base: people, .base(people), question: "respondents"), people: population)
    }
    return ReleasedPack(
      id: "all", title: "Everyone",
      tables: tables.map {
        ReleasedTable(question: "tools", kind: "single", source: "survey", banner: $0.0, rows: $0.1)
      },
      populations: [
        responded("Total", 1_240, of: 11_700), responded("Group 1", 40, of: 9_412),
        responded("=Last", 40, of: 41),
      ])
  }()

  /// Another wording, and shares that are some people higher or lower.
  private static func before(_ wave: String, offset: Int) -> PublishedShares {
    var question = definition.questions[0]
    question.text = "Tools then?"
    let shares = comparedPack.tables.flatMap(\.rows).compactMap {
      row -> (place: PublishedShares.Place, share: PublishedShares.Share)? in
      guard case .share(let count, _, _, _, _) = row.figure, let base = row.base else { return nil }
      let moved = row.key.row == .answer("No") ? count - offset : count + offset
      return (
        .init(question: "tools", answer: row.key.row.text, banner: row.key.banner, group: row.key.group),
        .init(count: min(max(moved, 0), base), base: base)
      )
    }
    return PublishedShares(
      wave: wave, responses: 1_240, fieldwork: nil, isMadeUp: true, digest: "",
      questions: ["tools": AskedQuestion(question)],
      packs: ["all": .init(who: nil, respondents: 1_240, shares: shares)])
  }
}
