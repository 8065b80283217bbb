extension SurveyReader {
  /// Reads `themes:`, the codebook.
  func themes(_ fields: Fields) -> [Theme] {
    guard let entry = fields.entry("themes"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`themes`", keys: nil, log: log)
    else { return [] }
    var names = CodebookNames()
    let themes = themes(map, under: "", [], &names)
    checkAliases(names)
    checkEarlierIDs(names)
    return themes
  }

  private func themes(
    _ map: Fields, under path: String, _ above: [String], _ names: inout CodebookNames
  ) -> [Theme] {
    map.entries.compactMap { entry in
      checkID(entry.key, at: entry.keyPlace)
      if let place = names.places[entry.key] {
        log.fault(
          "duplicate-id", at: entry.keyPlace,
          "the theme id `\(entry.key)` is taken on \(place.line(from: entry.keyPlace))",
          remedy: "theme ids are unique over the whole tree")
      }
      names.places[entry.key] = names.places[entry.key] ?? entry.keyPlace
      guard
        let fields = Fields(
          entry.value, at: entry.keyPlace, what: "a theme", keys: DefinitionKeys.theme, log: log)
      else { return nil }
      var theme = Theme(
        id: entry.key, label: fields.text("label") ?? entry.key, definition: fields.text("definition"))
      checkLabel(theme.label, at: fields.entry("label")?.value.place ?? entry.keyPlace, log: log)
      let ownPath = path + theme.label
      if !names.paths.insert(ownPath).inserted {
        log.fault(
          "duplicate-label", at: fields.entry("label")?.value.place ?? entry.keyPlace,
          "tables would name two themes `\(ownPath)`", remedy: "choose another label")
      }
      for alias in fields.entry("aliases")?.located(log) ?? [] {
        names.aliases.append((alias, entry.key))
        theme.aliases.append(alias.text)
      }
      for earlier in fields.entry("was")?.located(log) ?? [] {
        names.earlierIDs.append((earlier, entry.key, above))
        theme.was.append(earlier.text)
      }
      if let below = fields.entry("themes"),
        let map = Fields(below.value, at: below.keyPlace, what: "`themes`", keys: nil, log: log)
      {
        theme.themes = themes(map, under: ownPath + " / ", above + [entry.key], &names)
      }
      return theme
    }
  }

  /// Reads what only a theme question has.
  func themeCoding(_ fields: Fields, themes: [Theme]) -> ThemeCoding {
    let codebook = themes.coded
    var coding = ThemeCoding(themes: codebook, coders: coderRule(fields))
    if codebook.isEmpty {
      log.remark(
        "no-themes", at: fields.place, "this theme question has no codebook to be coded with",
        remedy: "list the themes under `themes:` at the top level")
    }
    if let listed = listedThemes(fields, "themes", ids: codebook.map(\.id)) {
      coding.themes = codebook.limited(to: Set(listed.keys))
    }
    coding.coOccurring = coOccurring(fields, among: coding.themes)
    return coding
  }

  /// Reads of which themes it is to be told how many raised two of them.
  private func coOccurring(_ fields: Fields, among themes: [CodedTheme]) -> [Int] {
    guard let entry = fields.entry("co_occurrence") else { return [] }
    let listed = listedThemes(fields, "co_occurrence", ids: themes.map(\.id)) ?? [:]
    for id in listed.keys.sorted() where themes.contains(where: { $0.id == id && $0.parent != nil }) {
      log.fault(
        "theme-below-another", at: listed[id] ?? entry.keyPlace,
        "`\(id)` lies below another theme of this question: who raised it raised that one too",
        remedy: "list themes at the top of the codebook only")
    }
    var isOne = true
    if case .list(let items) = entry.value.content { isOne = items.count == 1 }
    if isOne {
      log.fault(
        "too-few-themes", at: entry.keyPlace, "one theme alone does not occur together with another",
        remedy: "list two themes or more, or leave `co_occurrence` out")
    }
    if listed.count > ThemeCoding.coOccurrenceLimit {
      log.fault(
        "too-many-themes", at: entry.keyPlace,
        "\(listed.count) themes have too many combinations to be protected together",
        remedy: "list at most \(ThemeCoding.coOccurrenceLimit), those that readers ask about most")
    }
    return themes.indices.filter { listed[themes[$0].id] != nil && themes[$0].parent == nil }
  }

  /// Reads whose codes count.
  func coderRule(_ fields: Fields) -> CoderRule? {
    fields.exclude(["coder", "agreed"], because: "one of them says whose codes count")
    if let agreed = fields.word("agreed", among: ["any", "all"]) {
      return agreed == "any" ? .agreedByAny : .agreedByAll
    }
    return fields.text("coder").map { .coder($0) }
  }

  /// The ids of the themes that a key lists, with their places; nil where it is not there.
  private func listedThemes(_ fields: Fields, _ key: String, ids: [String]) -> [String: Place]? {
    guard let entry = fields.entry(key) else { return nil }
    let known = Set(ids)
    var listed: [String: Place] = [:]
    for text in entry.located(log) ?? [] {
      if text.place.file == surveyFile, overlay.removed["themes"]?[text.text] != nil,
        !known.contains(text.text)
      {
        continue
      }
      if !known.contains(text.text) {
        log.fault(
          "unknown-id", at: text.place, "there is no theme `\(text.text)`",
          remedy: log.suggestion(for: text.text, among: ids))
      } else if listed.updateValue(text.place, forKey: text.text) != nil {
        log.fault(
          "listed-twice", at: text.place, "`\(text.text)` is listed twice", remedy: "keep one of them")
      }
    }
    if entry.value.content == .list([]) {
      log.fault(
        "empty-list", at: entry.keyPlace, "`\(key)` lists nothing",
        remedy: key == "themes" ? "without it all themes are meant" : "name the themes, or leave it out")
    }
    return listed
  }
}

extension [CodedTheme] {
  /// Those of some ids, with all that lie below them.
  fileprivate func limited(to ids: Set<String>) -> [CodedTheme] {
    var isKept: [Bool] = []
    var kept: [CodedTheme] = []
    var position: [Int: Int] = [:]
    for (index, theme) in enumerated() {
      isKept.append(ids.contains(theme.id) || (theme.parent.map { isKept[$0] } ?? false))
      guard isKept[index] else { continue }
      position[index] = kept.count
      var theme = theme
      // One between the two may not be among them.
      var above = theme.parent
      while let parent = above, position[parent] == nil { above = self[parent].parent }
      theme.parent = above.flatMap { position[$0] }
      kept.append(theme)
    }
    return kept
  }
}
