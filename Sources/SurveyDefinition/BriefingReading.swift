extension SurveyReader {
  /// Reads `briefing:` of a survey, or of a pack, which has no language of its own.
  func briefing(_ fields: Fields, ofPack: Bool) -> BriefingSettings? {
    let keys = ofPack ? DefinitionKeys.packBriefing : DefinitionKeys.briefing
    guard let entry = fields.entry("briefing"),
      let briefing = Fields(entry.value, at: entry.keyPlace, what: "`briefing`", keys: keys, log: log)
    else { return nil }
    var settings = BriefingSettings()
    // The words of other languages are still to be written.
    if !ofPack { _ = briefing.word("language", among: ["en-GB"]) }
    settings.title = briefing.text("title")
    settings.contact = briefing.text("contact")
    settings.notes = notes(briefing)
    if let order = briefing.entry("order") { settings.order = questionsInOrder(order) }
    settings.accent = accent(briefing)
    settings.logo = logo(briefing)
    if let words = briefing.entry("words") { settings.words = wording(words) }
    return settings
  }

  private func notes(_ briefing: Fields) -> [String] {
    guard let entry = briefing.entry("notes"), let texts = entry.located(log) else { return [] }
    return texts.compactMap { text in
      guard text.text.isEmpty else { return text.text }
      log.fault("empty-value", at: text.place, "a note has no text", remedy: "leave it out")
      return nil
    }
  }

  private func questionsInOrder(_ entry: YAMLEntry) -> [Int] {
    var order: [Int] = []
    for position in questionReferences(entry) where !order.contains(position) { order.append(position) }
    return order
  }

  private func wording(_ entry: YAMLEntry) -> [String: String] {
    guard
      let fields = Fields(
        entry.value, at: entry.keyPlace, what: "`words`", keys: BriefingWords.names, log: log)
    else { return [:] }
    var words: [String: String] = [:]
    for name in BriefingWords.names {
      guard let entry = fields.entry(name), let text = entry.text(log), hasSlots(text, entry) else {
        continue
      }
      words[name] = text
    }
    return words
  }

  /// Whether a wording has each of its slots once, and no other.
  private func hasSlots(_ text: String, _ entry: YAMLEntry) -> Bool {
    let known = BriefingWords.slots[entry.key] ?? []
    let found = BriefingWords.slots(in: text)
    if let other = found.first(where: { !known.contains($0) }) {
      log.fault(
        "wrong-slot", at: entry.value.place, "`\(entry.key)` has no slot `{\(other)}`",
        remedy: known.isEmpty
          ? "it has none: take the braces off" : log.suggestion(for: other, among: known))
      return false
    }
    if let slot = known.first(where: { slot in found.count { $0 == slot } != 1 }) {
      log.fault(
        "wrong-slot", at: entry.value.place, "`\(entry.key)` needs `{\(slot)}` once",
        remedy: "write it where that is to stand")
      return false
    }
    return true
  }

  // MARK: The logo

  /// Only what the definition says of it; the file itself is read by whoever knows where the definition lies.
  private func logo(_ briefing: Fields) -> BriefingSettings.Logo? {
    guard let entry = briefing.entry("logo"),
      let fields = Fields(
        entry.value, at: entry.keyPlace, what: "`logo`", keys: DefinitionKeys.logo, log: log)
    else { return nil }
    let alt = fields.required(
      "alt", remedy: "say what it shows, such as \"West Midlands Police\", for whoever does not see it"
    )?.text(log)
    guard let file = fields.required("file"), let name = file.text(log) else { return nil }
    guard !name.contains(where: { "/\\".contains($0) }), !name.hasPrefix("."),
      name.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }), name.utf8.count <= 255
    else {
      log.fault(
        "bad-logo", at: file.value.place,
        "`file` of a logo is the name of a file beside survey.yaml, not a path",
        remedy: "copy the picture there and write its name, such as `logo.svg`")
      return nil
    }
    return alt.map { BriefingSettings.Logo(file: name, alt: $0, place: file.value.place) }
  }

  // MARK: Colours

  private func accent(_ briefing: Fields) -> BriefingSettings.Accent? {
    guard let entry = briefing.entry("accent"),
      let fields = Fields(
        entry.value, at: entry.keyPlace, what: "`accent`", keys: DefinitionKeys.accent, log: log)
    else { return nil }
    let light = colour("light", of: fields, on: .lightPage)
    let dark = colour("dark", of: fields, on: .darkPage)
    guard let light, let dark else { return nil }
    return BriefingSettings.Accent(light: light, dark: dark)
  }

  private func colour(_ key: String, of fields: Fields, on page: ScreenColour) -> String? {
    guard let entry = fields.required(key, remedy: "a colour for light and one for dark pages are needed"),
      let text = entry.text(log)
    else { return nil }
    guard let colour = ScreenColour(text) else {
      log.fault(
        "bad-colour", at: entry.value.place, "`\(key)` is no colour",
        remedy: "write # and six hexadecimal digits, in quotes, such as \"#0b4f8a\"")
      return nil
    }
    let contrast = colour.contrast(with: page)
    guard contrast >= ScreenColour.enoughContrast else {
      let tenths = Int(contrast * 10)
      log.fault(
        "low-contrast", at: entry.value.place,
        "`\(text)` has a contrast of \(tenths / 10).\(tenths % 10) to 1 with the \(key) page, and text needs 4.5",
        remedy: "`\(colour.readable(on: page).text)` is the nearest of its kind that has it")
      return nil
    }
    return colour.text
  }
}
