extension SurveyReader {
  /// Reads `fieldwork:`, the first and the last day.
  func fieldwork(_ fields: Fields) -> Fieldwork? {
    guard let entry = fields.entry("fieldwork"),
      let map = Fields(
        entry.value, at: entry.keyPlace, what: "`fieldwork`", keys: DefinitionKeys.fieldwork, log: log)
    else { return nil }
    let from = map.required("from").flatMap(date)
    let to = map.required("to").flatMap(date)
    guard let from, let to else { return nil }
    // Dates of this form sort as texts.
    if from > to {
      log.fault(
        "range-reversed", at: entry.keyPlace, "`fieldwork` ends on \(to), before it begins on \(from)",
        remedy: "write the earlier date under `from`")
    }
    return Fieldwork(from: from, to: to)
  }

  private func date(_ entry: YAMLEntry) -> String? {
    guard let text = entry.text(log) else { return nil }
    if isDate(text) { return text }
    log.fault(
      "bad-date", at: entry.value.place, "`\(text)` is no date",
      remedy: "write year, month and day, as 2012-12-20")
    return nil
  }

  private func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.joined().utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }

  /// Reads `sessions:`, the focus groups. Their ids are those of the transcripts, so any text will do.
  func sessions(_ fields: Fields) -> [FocusGroupSession] {
    guard let entry = fields.entry("sessions"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`sessions`", keys: nil, log: log)
    else { return [] }
    return map.entries.compactMap { session in
      if session.key.isEmpty { log.fault("bad-id", at: session.keyPlace, "a session needs an id") }
      guard
        let fields = Fields(
          session.value, at: session.keyPlace, what: "a session", keys: DefinitionKeys.session, log: log),
        let entry = fields.required("audience"), let audience = entry.text(log)
      else { return nil }
      checkLabel(audience, at: entry.value.place, log: log)
      return FocusGroupSession(
        id: session.key, label: fields.text("label") ?? session.key, audience: audience)
    }
  }

  /// Reads `audiences:`, which respondents the audiences of the sessions stand for.
  func audiences(_ fields: Fields, of sessions: [FocusGroupSession]) -> [FocusGroupAudience] {
    guard let entry = fields.entry("audiences"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`audiences`", keys: nil, log: log)
    else { return [] }
    let labels = sessions.map(\.audience)
    return map.entries.compactMap { audience in
      if !labels.contains(audience.key) {
        log.fault(
          "unknown-id", at: audience.keyPlace, "no session has the audience `\(audience.key)`",
          remedy: log.suggestion(for: audience.key, among: Array(Set(labels)).sorted()))
      }
      return condition(audience).map { FocusGroupAudience(label: audience.key, who: $0) }
    }
  }
}
