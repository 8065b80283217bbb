extension SurveyReader {
  /// Reads whom each question was asked, once all questions are known.
  func routeQuestions(_ questions: inout [Question], _ fields: Fields) {
    let entries = fields.entry("questions")?.value.entries ?? []
    var routes: [Int: (place: Place, asks: Set<Int>)] = [:]
    for (index, entry) in entries.enumerated() where index < questions.count {
      guard let route = entry.value.entries?.first(where: { $0.key == "asked_if" }) else { continue }
      questions[index].askedIf = condition(route)
      places.routes[questions[index].id] = route.keyPlace
      let clauses = questions[index].askedIf?.alternatives.flatMap { $0 } ?? []
      let asks = clauses.compactMap { clause -> Int? in
        if case .question(let question) = clause.item { return question }
        return nil
      }
      routes[index] = (route.keyPlace, Set(asks))
    }
    let inCircle = positionsInCircles(questions.indices.map { routes[$0]?.asks ?? [] })
    for index in inCircle {
      guard let route = routes[index] else { continue }
      log.fault(
        "asked-in-a-circle", at: route.place,
        "whether `\(questions[index].id)` was asked depends on its own answer",
        remedy: "`asked_if` names questions that were asked before")
    }
  }

  /// Reads `asked_if` or `who`: a map from ids to answers, nets or groups, all of which must hold, or a list of such
  /// maps, any of which may.
  func condition(_ entry: YAMLEntry) -> Condition? {
    let maps: [YAMLNode]
    switch entry.value.content {
    case .map: maps = [entry.value]
    case .list(let items): maps = items
    case .scalar:
      log.fault(
        entry.isEmpty ? "empty-value" : "wrong-type", at: entry.isEmpty ? entry.keyPlace : entry.value.place,
        "`\(entry.key)` is a map from ids to answers, not \(entry.value.shape)",
        remedy: "write { question: [Answer, Another] }")
      return nil
    }
    if maps.isEmpty { log.fault("empty-list", at: entry.keyPlace, "`\(entry.key)` lists nothing") }
    var alternatives: [[Condition.Clause]] = []
    for map in maps {
      guard let fields = Fields(map, what: "a condition of `\(entry.key)`", keys: nil, log: log) else {
        continue
      }
      if fields.entries.isEmpty { log.fault("empty-list", at: map.place, "this condition names nothing") }
      alternatives.append(fields.entries.compactMap(clause))
    }
    return Condition(alternatives: alternatives)
  }

  private func clause(_ entry: YAMLEntry) -> Condition.Clause? {
    guard let item = reference(entry.key, at: entry.keyPlace), let texts = entry.located(log) else {
      return nil
    }
    guard let labels = item.labels else { return nil }
    if labels.labels.isEmpty {
      log.fault(
        "no-answers", at: entry.keyPlace, "`\(entry.key)` is \(item.what), which has no answers to name",
        remedy: item.what.contains("number") ? "give it `bands`" : nil)
      return nil
    }
    if texts.isEmpty { log.fault("empty-list", at: entry.keyPlace, "no answer of `\(entry.key)` is named") }
    var accepted: Set<Int> = []
    for text in texts {
      if let position = labels[text.text] {
        accepted.insert(position)
      } else if let net = item.nets[text.text] {
        let members = item.positions(of: net)
        guard writeOut(members.count, at: text.place) else { return nil }
        accepted.formUnion(members)
      } else {
        reportUnknownAnswer(text, of: entry.key, item, labels.labels + item.nets.labels)
      }
    }
    return Condition.Clause(item: item.item, accepted: accepted.sorted())
  }

  /// Says where the groups stand if that is another file: wave.yaml replaces them whole, and what survey.yaml names of
  /// them may be gone.
  private func reportUnknownAnswer(_ text: LocatedText, of id: String, _ item: KnownItem, _ known: [String]) {
    var message = "`\(id)` has no \(item.isVariable ? "group" : "answer") `\(text.text)`"
    if let place = places.groups[id], place.file != text.place.file {
      message += " in this wave: its groups stand in \(place.file) on line \(place.line ?? 0)"
    }
    log.fault(
      "unknown-answer", at: text.place, message, remedy: log.suggestion(for: text.text, among: known))
  }

  /// What an id means; a fault, with the nearest id, where it means nothing.
  func reference(_ id: String, at place: Place) -> KnownItem? {
    if let item = known[id] { return item }
    if let removal = removal(of: id) {
      log.fault(
        "unknown-id", at: place,
        "`\(id)` is taken out of this wave in \(removal.file) on line \(removal.line ?? 0)",
        remedy: "say in wave.yaml what holds without it")
    } else {
      log.fault(
        "unknown-id", at: place, "there is no variable or question `\(id)`",
        remedy: log.suggestion(for: id, among: known.keys.sorted()))
    }
    return nil
  }

  /// Reads a list of ids. What wave.yaml takes out of the wave falls out of the lists of survey.yaml by itself.
  func references(_ entry: YAMLEntry) -> [(text: LocatedText, item: KnownItem)] {
    var references: [(text: LocatedText, item: KnownItem)] = []
    var seen: Set<String> = []
    for text in entry.located(log) ?? [] {
      if text.place.file == surveyFile, known[text.text] == nil, removal(of: text.text) != nil { continue }
      guard let item = reference(text.text, at: text.place) else { continue }
      if seen.insert(text.text).inserted {
        references.append((text, item))
      } else {
        log.fault(
          "listed-twice", at: text.place, "`\(text.text)` is listed twice", remedy: "keep one of them")
      }
    }
    return references
  }

  /// Whether a list of survey.yaml names something that wave.yaml takes out of the wave.
  func namesWhatIsTakenOut(_ entry: YAMLEntry) -> Bool {
    var items: [YAMLNode] = []
    if case .list(let listed) = entry.value.content { items = listed }
    return items.contains { item in
      guard item.place.file == surveyFile, let id = item.rawText.map(trimmed) else { return false }
      return known[id] == nil && removal(of: id) != nil
    }
  }

  private func removal(of id: String) -> Place? {
    overlay.removed["questions"]?[id] ?? overlay.removed["variables"]?[id]
  }
}
