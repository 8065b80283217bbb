extension SurveyReader {
  /// Reads `codings:`, where the codings of open text and of focus groups are.
  func codings(_ fields: Fields, questions: [Question]) -> Codings {
    var codings = Codings()
    guard let entry = fields.entry("codings"),
      let map = Fields(
        entry.value, at: entry.keyPlace, what: "`codings`", keys: DefinitionKeys.codings, log: log)
    else { return codings }
    if let entry = map.entry("open_text") {
      codings.openText = codingMaps(entry, keys: DefinitionKeys.openTextCodings).map {
        openTextCodings($0, questions: questions)
      }
    }
    if let entry = map.entry("focus_groups") {
      let maps = codingMaps(entry, keys: DefinitionKeys.focusGroupCodings)
      codings.focusGroups = maps.map { fields in
        codingFile(fields, usual: .focusGroups, unit: "session", columns: DefinitionKeys.focusGroupColumns)
      }
      for (position, fields) in maps.enumerated() {
        guard let rule = coderRule(fields) else { continue }
        if position > 0, rule != codings.focusGroupCoders {
          log.fault(
            "conflicting-keys", at: fields.place,
            "the files of `focus_groups` say differently whose codes count",
            remedy: "say it once, under the first")
        }
        codings.focusGroupCoders = rule
      }
    }
    return codings
  }

  /// One file, or a list of them.
  private func codingMaps(_ entry: YAMLEntry, keys: [String]) -> [Fields] {
    let nodes: [YAMLNode]
    if case .list(let items) = entry.value.content { nodes = items } else { nodes = [entry.value] }
    if nodes.isEmpty { log.fault("empty-list", at: entry.keyPlace, "`\(entry.key)` lists nothing") }
    return nodes.compactMap { Fields($0, at: $0.place, what: "`\(entry.key)`", keys: keys, log: log) }
  }

  private func openTextCodings(_ fields: Fields, questions: [Question]) -> CodingFile {
    var file = codingFile(
      fields, usual: .openText, unit: "respondent", columns: DefinitionKeys.openTextColumns)
    guard let entry = fields.entry("question"), let id = entry.text(log) else { return file }
    let ids = questions.filter { if case .theme = $0.kind { true } else { false } }.map(\.id)
    if ids.contains(id) {
      file.questionID = id
    } else {
      log.fault(
        "unknown-id", at: entry.value.place, "there is no theme question `\(id)`",
        remedy: log.suggestion(for: id, among: ids))
    }
    if let columns = fields.entry("columns"),
      columns.value.entries?.contains(where: { $0.key == "question" }) == true
    {
      log.fault(
        "conflicting-keys", at: entry.keyPlace, "`question` cannot stand beside a column of that name",
        remedy: "keep one of them")
    }
    file.question = nil
    return file
  }

  private func codingFile(
    _ fields: Fields, usual: CodingFile, unit: String, columns known: [String]
  ) -> CodingFile {
    var file = usual
    file.file = fields.text("file") ?? file.file
    file.isDeclared = fields.has("file")
    note(files: ["file"], of: fields)
    file.separator = cellSeparator(fields) ?? file.separator
    file.themeSeparator = themeSeparator(fields)
    guard let entry = fields.entry("columns"),
      let columns = Fields(
        entry.value, at: entry.keyPlace, what: "`columns` of codings", keys: known, log: log)
    else { return file }
    func column(_ key: String) -> CodingFile.Column? {
      columns.column(key).map { CodingFile.Column($0, isNeeded: true) }
    }
    file.unit = column(unit) ?? file.unit
    file.question = column("question") ?? file.question
    file.theme = column("theme") ?? file.theme
    file.coder = column("coder") ?? file.coder
    return file
  }

  private func themeSeparator(_ fields: Fields) -> String? {
    guard let entry = fields.entry("theme_separator") else { return nil }
    guard let text = entry.value.rawText, !text.isEmpty, !entry.value.isBlank else {
      log.fault(
        "bad-separator", at: entry.keyPlace, "`theme_separator` has no value",
        remedy: #"write what stands between two themes of one cell, such as ";""#)
      return nil
    }
    return text
  }
}
