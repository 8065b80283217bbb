/// How many different audiences a wave may have, everyone included: tallies keep a bit for each in one word.
private let audienceLimit = 64

extension SurveyReader {
  /// Reads `packs:`, what each audience receives.
  func packs(_ fields: Fields, questions: [Question]) -> [Pack] {
    let banners = fields.entry("banners").map(banners) ?? []
    let remedy = "write `packs: { all: { title: Everyone, who: everyone } }`"
    guard let entry = fields.required("packs", remedy: remedy),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`packs`", keys: nil, log: log)
    else { return [] }
    if map.entries.isEmpty {
      log.fault("empty-list", at: entry.keyPlace, "`packs` lists nothing", remedy: remedy)
    }
    let all = Array(questions.indices)
    var packs = map.entries.map { pack($0, banners: banners, questions: all) }
    for entry in map.entries {
      places.packs[entry.key] =
        entry.value.entries?.first { $0.key == "who" }?.keyPlace ?? entry.keyPlace
    }
    joinSamePeople(&packs, map.entries)
    reportPartsOfPacks(packs)
    reportUnseenSensitive(packs, questions)
    return packs
  }

  /// - Parameter questions: The positions of all questions; packs that show them all share the array.
  private func pack(_ entry: YAMLEntry, banners: [Item], questions: [Int]) -> Pack {
    checkID(entry.key, at: entry.keyPlace)
    var pack = Pack(
      id: entry.key, title: entry.key, who: nil, banners: banners, questions: questions)
    guard
      let fields = Fields(
        entry.value, at: entry.keyPlace, what: "a pack", keys: DefinitionKeys.pack, log: log)
    else { return pack }
    pack.title = fields.text("title") ?? entry.key
    if let who = fields.entry("who"), who.value.rawText.map(trimmed) != "everyone" {
      pack.who = self.who(who)
    }
    if let entry = fields.entry("banners") { pack.banners = self.banners(entry) }
    if let entry = fields.entry("questions") { pack.questions = questionPositions(entry) }
    pack.briefing = briefing(fields, ofPack: true)
    return pack
  }

  private func who(_ entry: YAMLEntry) -> Condition? {
    if let text = entry.value.rawText, !entry.isEmpty {
      log.fault(
        "unknown-word", at: entry.value.place, "`who` may not be `\(trimmed(text))`",
        remedy: "write `everyone`, or a condition such as { role: [Police staff] }")
      return nil
    }
    return condition(entry)
  }

  /// What stands across the top of tables; `total` always does.
  private func banners(_ entry: YAMLEntry) -> [Item] {
    var texts = entry
    let items: [YAMLNode]
    if case .list(let listed) = entry.value.content { items = listed } else { items = [entry.value] }
    if items.contains(where: { $0.rawText == "total" }) {
      for item in items where item.rawText == "total" {
        log.remark(
          "total-is-there", at: item.place, "the banner `total` is always there",
          remedy: "leave it out of the list")
      }
      texts.value.content = .list(items.filter { $0.rawText != "total" })
    }
    return references(texts).compactMap { text, item in
      guard item.isBanner else {
        log.fault(
          "not-a-banner", at: text.place, "`\(text.text)` is \(item.what), which cannot stand across the top",
          remedy: "a banner is a variable, a single or scale question, or a number with bands")
        return nil
      }
      return item.item
    }
  }

  /// The questions of a list of ids, in the survey's order.
  private func questionPositions(_ entry: YAMLEntry) -> [Int] {
    let before = log.findings.count
    let positions = questionReferences(entry).sorted()
    if positions.isEmpty, log.findings.count == before {
      log.fault(
        "empty-list", at: entry.keyPlace, "`questions` lists none that this wave asks",
        remedy: "without `questions` a pack shows all")
    }
    return positions
  }

  func questionReferences(_ entry: YAMLEntry) -> [Int] {
    references(entry).compactMap { text, item in
      if case .question(let index) = item.item { return index }
      log.fault(
        "not-a-question", at: text.place, "`\(text.text)` is a variable, and `\(entry.key)` lists questions")
      return nil
    }
  }

  /// Two packs of the same people are allowed, count once, and may be a slip. They get one and the same condition,
  /// however it is written, so that comparing conditions tells audiences apart.
  private func joinSamePeople(_ packs: inout [Pack], _ entries: [YAMLEntry]) {
    var first: [Set<Set<Condition.Clause>>: (id: String, who: Condition?)] = [:]
    // Everyone is an audience whether or not there is a pack for it, because every other is part of it.
    var audiences = 1
    for (index, entry) in entries.enumerated() {
      let pack = packs[index]
      let who = entry.value.entries?.first { $0.key == "who" }
      // A condition that could not be read says nothing about whom the pack is for.
      guard isReadable(pack.who, from: who) else { continue }
      let people = Set((pack.who?.alternatives ?? []).map { Set($0) })
      if let other = first[people] {
        packs[index].who = other.who
        log.remark(
          "same-people", at: who?.keyPlace ?? entry.keyPlace,
          "the pack `\(pack.id)` is for the same people as `\(other.id)`",
          remedy: "that is allowed, and their counts are protected once; see whether `who` is what you meant")
      } else {
        first[people] = (pack.id, pack.who)
        guard pack.who != nil else { continue }
        audiences += 1
        if audiences == audienceLimit + 1 {
          log.fault(
            "too-many-audiences", at: who?.keyPlace ?? entry.keyPlace,
            "the pack `\(pack.id)` is for one audience too many: everyone and \(audienceLimit - 1) others can be told apart",
            remedy: "give packs of the same people the same `who`, or leave some out of this wave")
        }
      }
    }
  }

  private func isReadable(_ condition: Condition?, from entry: YAMLEntry?) -> Bool {
    guard let entry, entry.value.rawText.map(trimmed) != "everyone" else { return true }
    guard let condition, !condition.alternatives.isEmpty else { return false }
    return condition.alternatives.allSatisfy { clauses in
      !clauses.isEmpty && clauses.allSatisfy { !$0.accepted.isEmpty }
    }
  }

  private func reportUnseenSensitive(_ packs: [Pack], _ questions: [Question]) {
    guard !packs.contains(where: { $0.questions.count == questions.count }) else { return }
    let shown = Set(packs.flatMap(\.questions))
    for (index, question) in questions.enumerated() where question.isSensitive && !shown.contains(index) {
      guard let place = known[question.id]?.place else { continue }
      log.remark(
        "sensitive-in-no-pack", at: place, "the sensitive question `\(question.id)` is in no pack",
        remedy: "that is safe; leave it out of the definition if nobody needs it read")
    }
  }

  /// Reads `blocks:`, questions that are shown together because they share one scale.
  func blocks(_ fields: Fields, questions: [Question]) -> [Block] {
    guard let entry = fields.entry("blocks"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`blocks`", keys: nil, log: log)
    else { return [] }
    var blockOf: [Int: String] = [:]
    return map.entries.compactMap { block in
      checkID(block.key, at: block.keyPlace)
      guard
        let fields = Fields(
          block.value, at: block.keyPlace, what: "a block", keys: DefinitionKeys.block, log: log)
      else { return nil }
      let text = fields.text("text") ?? block.key
      guard let entry = fields.required("questions") else { return nil }
      if entry.value.content == .list([]) {
        log.fault("empty-list", at: entry.keyPlace, "the block `\(block.key)` lists nothing")
      }
      let members = questionReferences(entry)
      for member in members {
        if let other = blockOf[member] {
          log.fault(
            "listed-twice", at: entry.keyPlace,
            "`\(questions[member].id)` is in the block `\(other)` already",
            remedy: "keep it in one of them")
        }
        blockOf[member] = block.key
      }
      checkScale(of: members, in: entry, questions: questions)
      // All its questions may be out of this wave.
      return members.isEmpty ? nil : Block(id: block.key, text: text, questions: members)
    }
  }

  private func checkScale(of members: [Int], in entry: YAMLEntry, questions: [Question]) {
    let readable = members.filter { known[questions[$0].id]?.labels != nil }
    guard let first = readable.first else { return }
    for member in readable {
      let question = questions[member]
      switch question.kind {
      case .single, .scale:
        guard
          question.kindName != questions[first].kindName
            || question.answerLabels != questions[first].answerLabels
        else { continue }
        log.fault(
          "block-scales", at: entry.keyPlace,
          "`\(question.id)` does not have the answers of `\(questions[first].id)`, and a block has one scale",
          remedy: "give both the same answers in the same order, best under a name in `scales`")
      default:
        log.fault(
          "block-scales", at: entry.keyPlace,
          "`\(question.id)` is \(known[question.id]?.what ?? "another kind"), and a block has one scale",
          remedy: "a block holds scale or single questions")
      }
    }
  }
}
