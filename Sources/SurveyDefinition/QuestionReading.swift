extension SurveyReader {
  /// Reads `questions:`, all but whom they were asked; one that cannot be read keeps its position.
  func questions(_ fields: Fields, themes: [Theme]) -> [Question] {
    guard let entry = fields.required("questions"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`questions`", keys: nil, log: log)
    else { return [] }
    if map.entries.isEmpty { log.fault("empty-list", at: entry.keyPlace, "`questions` lists nothing") }
    var questions: [Question] = []
    for entry in map.entries {
      checkItemID(entry)
      let read = question(entry, themes: themes)
      let question =
        read ?? Question(id: entry.key, text: entry.key, kind: .theme(ThemeCoding()))
      // The first of two items with one id is the one that references mean.
      if known[entry.key] == nil {
        known[entry.key] = knownItem(
          question, isRead: read != nil, at: questions.count, place: entry.keyPlace)
      }
      questions.append(question)
    }
    return questions
  }

  private func knownItem(_ question: Question, isRead: Bool, at index: Int, place: Place) -> KnownItem {
    var known = KnownItem(
      item: .question(index), place: place, what: "a \(question.kindName) question", labels: nil,
      nets: LabelPositions(question.nets.map(\.label)), members: question.nets.map(\.members),
      isBanner: true)
    guard isRead else { return known }
    known.labels = LabelPositions(question.answerLabels)
    switch question.kind {
    case .single, .scale: break
    case .multiple(let choice):
      known.exclusive = Set(choice.exclusive)
      known.isBanner = false
    case .number(let number):
      known.isBanner = !number.bands.isEmpty
      if number.bands.isEmpty { known.what = "a number question without bands" }
    case .ranking, .theme:
      known.labels = LabelPositions([])
      known.isBanner = false
    }
    return known
  }

  private func question(_ entry: YAMLEntry, themes: [Theme]) -> Question? {
    guard
      let fields = Fields(
        entry.value, at: entry.keyPlace, what: "a question", keys: DefinitionKeys.question, log: log)
    else { return nil }
    var question = Question(
      id: entry.key, text: fields.text("text") ?? entry.key, kind: .theme(ThemeCoding()),
      isSensitive: fields.flag("sensitive") ?? false,
      base: fields.word("base", of: BaseRule.self) ?? .answered)
    let absent = absentTexts(fields)
    question.missing = absent.missing
    question.notAsked = absent.notAsked
    checkAbsentTexts(absent, in: fields)
    let kinds = "one of " + DefinitionKeys.kinds.map { "`\($0)`" }.joined(separator: ", ")
    let remedy = fields.has("kind") ? nil : slipInWave(entry, among: "questions") ?? kinds
    guard fields.required("kind", remedy: remedy) != nil,
      let word = fields.word("kind", among: DefinitionKeys.kinds)
    else { return nil }
    refuseKeysOfOtherKinds(fields, kind: word)
    guard let kind = kind(word, of: question, fields, themes: themes) else { return nil }
    question.kind = kind
    question.nets = nets(fields, of: question)
    return question
  }

  /// What wave.yaml describes under an id of its own is new, or is an old one misspelt.
  func slipInWave(_ entry: YAMLEntry, among key: String) -> String? {
    guard entry.keyPlace.file != surveyFile else { return nil }
    func ids() -> [String] {
      overlay.root.entries?.first { $0.key == key }?.value.entries?.map(\.key) ?? []
    }
    return log.nearest(to: entry.key, among: ids()).map {
      "this makes a new one of \(key); did you mean `\($0)`?"
    }
  }

  private func kind(_ word: String, of question: Question, _ fields: Fields, themes: [Theme]) -> Question
    .Kind?
  {
    switch word {
    case "single", "scale":
      let choice = choice(
        fields, id: question.id, listedIn: "answers", missing: question.missing, notAsked: question.notAsked)
      return choice.map { scored($0, ofQuestion: question.id, fields) }.map {
        word == "single" ? .single($0) : .scale($0)
      }
    case "multiple": return multipleChoice(fields, of: question).map { .multiple($0) }
    case "number": return numberEntry(fields, id: question.id).map { .number($0) }
    case "ranking": return ranking(fields).map { .ranking($0) }
    default: return .theme(themeCoding(fields, themes: themes))
    }
  }

  private func refuseKeysOfOtherKinds(_ fields: Fields, kind: String) {
    let allowed = DefinitionKeys.questionOfAnyKind + (DefinitionKeys.questionOfKind[kind] ?? [])
    for entry in fields.entries
    where DefinitionKeys.question.contains(entry.key) && !allowed.contains(entry.key) {
      let owners = DefinitionKeys.kinds.filter {
        DefinitionKeys.questionOfKind[$0]?.contains(entry.key) == true
      }
      log.fault(
        "key-of-other-kind", at: entry.keyPlace, "a question of kind `\(kind)` has no key `\(entry.key)`",
        remedy: "it belongs to " + owners.map { "`\($0)`" }.joined(separator: ", "))
    }
  }

  /// Reads nets: a label and the answers it counts together, or `any` of a multiple question.
  private func nets(_ fields: Fields, of question: Question) -> [Net] {
    guard let entry = fields.entry("nets"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`nets`", keys: nil, log: log)
    else { return [] }
    let labels = LabelPositions(question.answerLabels)
    return map.entries.compactMap { net in
      checkLabel(net.key, at: net.keyPlace, log: log)
      if labels[net.key] != nil {
        log.fault(
          "net-is-answer", at: net.keyPlace,
          "the net `\(net.key)` has the label of an answer of its question",
          remedy: "choose another label for the net")
      }
      if case .multiple = question.kind, net.value.rawText == "any" {
        return Net(label: net.key, members: .any)
      }
      guard let members = net.located(log) else { return nil }
      if members.isEmpty { log.fault("empty-list", at: net.keyPlace, "the net `\(net.key)` counts nothing") }
      return Net(label: net.key, members: .answers(positions(of: members, among: labels, as: "answer")))
    }
  }

  /// The positions of some labels, ascending; an unknown one and a repeated one are faults.
  func positions(of texts: [LocatedText], among labels: LabelPositions, as what: String) -> [Int] {
    var positions: Set<Int> = []
    for text in texts {
      guard let position = labels[text.text] else {
        log.fault(
          "unknown-answer", at: text.place, "there is no \(what) `\(text.text)` here",
          remedy: log.suggestion(for: text.text, among: labels.labels))
        continue
      }
      if !positions.insert(position).inserted {
        log.fault(
          "listed-twice", at: text.place, "`\(text.text)` is listed twice", remedy: "keep one of them")
      }
    }
    return positions.sorted()
  }
}
