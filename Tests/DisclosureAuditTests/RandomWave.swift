/// Tiny waves with holes in their releases, from a seed.
struct RandomWave {
  /// What a wave is made of, so that every kind of constraint is met on its own.
  enum Theme: String, CaseIterable, Sendable {
    case oneBanner, twoBanners, packs, routed, multiple, nets, subnets, sensitive, notStated
    /// A theme with two below it; one below one below one; in a second pack.
    case themes, subthemes, themePacks
    /// Of most groups nothing is printed.
    case hidden
  }

  private var state: UInt64
  init(seed: UInt64) { state = seed }

  /// Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA.
  private mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }

  private static let areas = ["North", "South", "East"]
  private static let answers = ["Yes", "No", "Maybe"]

  /// - Parameter most: Counts are below this where they are not small; above 4, thresholds are those of a real survey.
  mutating func release(_ theme: Theme, most: Int = 4) -> PrintedRelease {
    if theme == .hidden { return releaseOfHiddenGroups() }
    var wave = wave(theme)
    // Neighbours in a group next to each other: enumeration turns back sooner.
    wave.kinds.sort { ($0.answers["area"]?[0] ?? "") < ($1.answers["area"]?[0] ?? "") }
    wave.minimumCell = 2 + next(below: 2)
    wave.minimumBase = wave.minimumCell + next(below: 3)
    if most > 4 { (wave.minimumCell, wave.minimumBase) = (5, 10) }
    for index in wave.kinds.indices {
      wave.kinds[index].count =
        next(below: 3) == 0 ? next(below: wave.minimumCell == 5 ? 6 : 2) : next(below: most)
    }
    // A banner has a group `Not stated` in the release only where somebody is in it.
    if theme == .notStated, let index = wave.kinds.firstIndex(where: { $0.answers["area"] == nil }) {
      wave.kinds[index].count = 1 + next(below: 3)
    }
    var release = PrintedRelease(wave)
    // Small counts are withheld, and others with them, as a protector would that stops too early.
    let share = 1 + next(below: 5)
    for row in release.rows where row.answer != "(base)" {
      let count = Int(row.count) ?? 0
      let base = Int(row.base) ?? 0
      let isSmall = (1..<wave.minimumCell).contains(count) || (1..<wave.minimumBase).contains(base)
      guard isSmall || next(below: 5) < share else { continue }
      release = release.withholding(
        [row.answer], of: row.question, in: [row.group], banner: row.banner,
        pack: next(below: 6) == 0 ? row.pack : nil)
    }
    for row in release.rows where row.answer == "(base)" && row.question != "respondents" {
      guard (1..<wave.minimumCell).contains(Int(row.base) ?? 0) || next(below: 8) == 0,
        ![.packs, .themePacks].contains(theme)
      else { continue }
      release = release.withholdingAll(of: row.question, in: [row.group], banner: row.banner)
    }
    return release
  }

  /// Some groups are shown, or one of their answers only; of the others nothing is, and few people are in all of these together.
  private mutating func releaseOfHiddenGroups() -> PrintedRelease {
    let areas = ["North", "South", "East", "West", "Centre", "Coast"]
    let hidden = Array(areas.suffix(4 + next(below: 2)))
    let shown = areas.filter { !hidden.contains($0) }
    let answers = ["Yes", "No"]
    // Everyone answered, as the totals show.
    var kinds = areas.flatMap { area in answers.map { MadeUpWave.Kind(0, ["area": area, "tools": $0]) } }
    for answer in answers {
      for area in shown { kinds[place(area, answer)].count = 4 + next(below: 3) }
      for _ in 0..<(1 + next(below: 3)) { kinds[place(hidden[next(below: hidden.count)], answer)].count += 1 }
    }
    func place(_ area: String, _ answer: String) -> Int {
      kinds.firstIndex { $0.answers == ["area": [area], "tools": [answer]] } ?? 0
    }
    var wave = MadeUpWave(
      variables: [(id: "area", groups: areas)],
      questions: [MadeUpWave.Question(id: "tools", answers: answers)],
      packs: [MadeUpWave.Pack(id: "force", banners: ["area"], questions: ["tools"])], kinds: kinds)
    (wave.minimumCell, wave.minimumBase) = (2, 2)
    let release = PrintedRelease(wave)
      .withholdingAll(in: hidden, banner: "area")
      .withholdingAll(of: "respondents", in: hidden, banner: "area")
    return next(below: 2) == 0
      ? release : release.withholding([answers[next(below: 2)]], in: shown, banner: "area")
  }

  private mutating func wave(_ theme: Theme) -> MadeUpWave {
    let areas = Array(
      Self.areas[..<([.oneBanner, .nets, .sensitive].contains(theme) ? 2 + next(below: 2) : 2)])
    let answers = Array(Self.answers[..<([.oneBanner, .nets, .routed].contains(theme) ? 3 : 2)])
    var tools = MadeUpWave.Question(id: "tools", answers: answers)
    // Whatever a reader cannot rule out is a kind of its own, also where nobody is of that kind.
    var kinds = areas.flatMap { area in
      [MadeUpWave.Kind(0, ["area": area])] + answers.map { MadeUpWave.Kind(0, ["area": area, "tools": $0]) }
    }
    var variables = [(id: "area", groups: areas)]
    var packs = [MadeUpWave.Pack(id: "force", banners: ["area"], questions: ["tools"])]
    var others: [MadeUpWave.Question] = []
    switch theme {
    case .oneBanner, .hidden: break
    case .twoBanners:
      variables.append((id: "rank", groups: ["High", "Low"]))
      packs[0].banners.append("rank")
      kinds = times(kinds, "rank", ["High", "Low"])
    case .packs:
      variables.append((id: "role", groups: ["Staff", "Officer"]))
      packs.append(
        .init(
          id: "staff", who: [.init(item: "role", answers: ["Staff"])], banners: ["area"],
          questions: ["tools"]))
      if next(below: 3) == 0 {
        packs.append(
          .init(
            id: "officers", who: [.init(item: "role", answers: ["Officer"])], banners: ["area"],
            questions: ["tools"]))
      }
      kinds += times(kinds, "role", packs.count == 2 ? ["Staff"] : ["Staff", "Officer"])
    case .routed:
      others.append(
        .init(id: "why", answers: ["Cost", "Time"], askedIf: [.init(item: "tools", answers: ["No"])]))
      others[0].base = next(below: 2) == 0 ? "asked" : "answered"
      kinds += times(kinds.filter { $0.answers["tools"] == ["No"] }, "why", ["Cost", "Time"])
      packs[0].questions.append("why")
    case .multiple, .subnets:
      let options = theme == .multiple ? ["Phone", "Laptop"] : ["Phone", "Laptop", "Camera"]
      others.append(.init(id: "items", kind: "multiple", answers: options, nets: [("Any", options)]))
      if theme == .subnets { others[0].nets.append(("Desk", ["Phone", "Laptop"])) }
      packs[0].questions = ["items"]
      let chosen = (0..<(1 << options.count)).map { bits in
        options.indices.filter { bits & (1 << $0) != 0 }.map { options[$0] }
      }
      if theme == .subnets { packs[0].banners = [] }
      kinds = (theme == .subnets ? ["North"] : areas).flatMap { area in
        [MadeUpWave.Kind(0, ["area": area])]
          + chosen.map { MadeUpWave.Kind(0, ["area": area], chose: ["items": $0]) }
      }
    case .themes, .subthemes, .themePacks:
      let ways: [[String]] =
        theme == .subthemes
        ? [[], ["ICT"], ["ICT / Crashes"], ["ICT / Crashes / Login"]]
        : theme == .themePacks
          ? [[], ["ICT"], ["ICT / Crashes"]]
          : [[], ["ICT"], ["ICT / Crashes"], ["ICT / Mobile"], ["ICT / Crashes", "ICT / Mobile"]]
      others.append(
        .init(id: "hindrances", kind: "theme", answers: ways.filter { $0.count == 1 }.map { $0[0] }))
      others[0].base = next(below: 3) == 0 ? "asked" : "answered"
      others[0].isSensitive = next(below: 4) == 0
      packs[0].questions = ["hindrances"]
      if theme != .subthemes { packs[0].banners = [] }
      kinds = (theme == .subthemes ? areas : ["North"]).flatMap { area in
        [MadeUpWave.Kind(0, ["area": area])]
          + ways.map { MadeUpWave.Kind(0, ["area": area], chose: ["hindrances": $0]) }
      }
      if theme == .themePacks {
        variables.append((id: "role", groups: ["Staff"]))
        packs.append(
          .init(
            id: "staff", who: [.init(item: "role", answers: ["Staff"])], banners: [],
            questions: ["hindrances"]))
        kinds += times(kinds, "role", ["Staff"])
      }
    case .nets: tools.nets = [("Certain", ["Yes", "No"])]
    case .sensitive:
      tools.isSensitive = true
      tools.base = next(below: 2) == 0 ? "asked" : "answered"
    case .notStated:
      kinds += [MadeUpWave.Kind(0, [:])] + answers.map { MadeUpWave.Kind(0, ["tools": $0]) }
    }
    return MadeUpWave(variables: variables, questions: [tools] + others, packs: packs, kinds: kinds)
  }

  private func times(_ kinds: [MadeUpWave.Kind], _ item: String, _ answers: [String]) -> [MadeUpWave.Kind] {
    kinds.flatMap { kind in
      answers.map { answer in
        var copy = kind
        copy.answers[item] = [answer]
        return copy
      }
    }
  }
}
