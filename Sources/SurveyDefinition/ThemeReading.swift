extension SurveyReader {
  /// Reads `themes:`, the codebook.
  func themes(_ fields: Fields) -> [Theme] {
    guard let entry = fields.entry("themes"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`themes`", keys: nil, log: log)
    else { return [] }
    var lines: [String: Int] = [:]
    var paths: Set<String> = []
    return themes(map, under: "", &lines, &paths)
  }

  private func themes(
    _ map: Fields, under path: String, _ lines: inout [String: Int], _ paths: inout Set<String>
  ) -> [Theme] {
    map.entries.compactMap { entry in
      checkID(entry.key, at: entry.keyPlace)
      if let line = lines[entry.key] {
        log.fault(
          "duplicate-id", at: entry.keyPlace, "the theme id `\(entry.key)` is taken on line \(line)",
          remedy: "theme ids are unique over the whole tree")
      }
      lines[entry.key] = lines[entry.key] ?? entry.keyPlace.line ?? 0
      guard
        let fields = Fields(
          entry.value, at: entry.keyPlace, what: "a theme", keys: DefinitionKeys.theme, log: log)
      else { return nil }
      var theme = Theme(id: entry.key, label: fields.text("label") ?? entry.key)
      checkLabel(theme.label, at: fields.entry("label")?.value.place ?? entry.keyPlace, log: log)
      let ownPath = path + theme.label
      // The form in which tables name a theme: `PARENT / CHILD`.
      if !paths.insert(ownPath).inserted {
        log.fault(
          "duplicate-label", at: fields.entry("label")?.value.place ?? entry.keyPlace,
          "tables would name two themes `\(ownPath)`", remedy: "choose another label")
      }
      if let below = fields.entry("themes"),
        let map = Fields(below.value, at: below.keyPlace, what: "`themes`", keys: nil, log: log)
      {
        theme.themes = themes(map, under: ownPath + " / ", &lines, &paths)
      }
      return theme
    }
  }

  /// Reads what only a theme question has.
  func themeCoding(_ fields: Fields, themes: [Theme]) -> ThemeCoding {
    var coding = ThemeCoding()
    fields.exclude(["coder", "agreed"], because: "one of them says whose codes count")
    if let coder = fields.text("coder") { coding.coders = .coder(coder) }
    if let agreed = fields.word("agreed", among: ["any", "all"]) {
      coding.coders = agreed == "any" ? .agreedByAny : .agreedByAll
    }
    let ids = allIDs(themes)
    if ids.isEmpty {
      log.remark(
        "no-themes", at: fields.place, "this theme question has no codebook to be coded with",
        remedy: "list the themes under `themes:` at the top level")
    }
    guard let entry = fields.entry("themes") else { return coding }
    let known = Set(ids)
    var listed: [String] = []
    var seen: Set<String> = []
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
      } else if !seen.insert(text.text).inserted {
        log.fault(
          "listed-twice", at: text.place, "`\(text.text)` is listed twice", remedy: "keep one of them")
      } else {
        listed.append(text.text)
      }
    }
    if entry.value.content == .list([]) {
      log.fault(
        "empty-list", at: entry.keyPlace, "`themes` lists nothing", remedy: "without it all themes are meant")
    }
    coding.themes = listed
    return coding
  }

  private func allIDs(_ themes: [Theme]) -> [String] { themes.flatMap { [$0.id] + allIDs($0.themes) } }
}
