extension SurveyReader {
  /// Reads `variables:`; one that cannot be read keeps its position.
  func variables(_ fields: Fields) -> [Variable] {
    guard let entry = fields.entry("variables"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`variables`", keys: nil, log: log)
    else { return [] }
    var variables: [Variable] = []
    for entry in map.entries {
      checkItemID(entry)
      let read = variable(entry)
      known[entry.key] = KnownItem(
        item: .variable(variables.count), place: entry.keyPlace, what: "a variable",
        labels: (read?.groupLabels).map(LabelPositions.init), isBanner: true)
      variables.append(
        read ?? Variable(id: entry.key, label: entry.key, source: .column(.heading(entry.key)), groups: []))
    }
    return variables
  }

  private func variable(_ entry: YAMLEntry) -> Variable? {
    guard
      let fields = Fields(
        entry.value, at: entry.keyPlace, what: "a variable", keys: DefinitionKeys.variable, log: log)
    else { return nil }
    let absent = absentTexts(fields)
    let choice = choice(
      fields, id: entry.key, listedIn: "groups",
      remedy: fields.has("groups") ? nil : slipInWave(entry, among: "variables"),
      missing: absent.missing, notAsked: absent.notAsked)
    checkAbsentTexts(absent, in: fields)
    places.groups[entry.key] = fields.entry("groups")?.keyPlace
    let label = fields.text("label") ?? entry.key
    guard let choice else { return nil }
    return Variable(
      id: entry.key, label: label, source: choice.source, groups: choice.answers, other: choice.other,
      missing: absent.missing, notAsked: absent.notAsked)
  }

  /// Reads where one answer is read from and which there are: of a variable, a single or a scale question.
  func choice(
    _ fields: Fields, id: String, listedIn key: String, remedy: String? = nil, missing: [String]?,
    notAsked: [String]?
  ) -> Choice? {
    fields.exclude(
      ["column", "columns"], because: "an answer is read from one column, or from one column per answer")
    fields.exclude(["columns", key], because: "`columns` lists the labels itself")
    let other = other(fields)
    if let entry = fields.entry("columns") {
      guard let columns = optionColumns(entry) else { return nil }
      let answers = columns.map { AnswerOption(label: $0.label, texts: []) }
      return Choice(source: .columnPerAnswer(columns), answers: answers, other: other)
    }
    // Where no column is named, the heading is the id, as a question's text is.
    let column = fields.has("column") ? fields.column("column") : .heading(id)
    let remedy = remedy ?? "list the labels, with the texts of their cells where those differ"
    guard let listed = fields.required(key, remedy: remedy), let options = options(listed) else { return nil }
    checkAnswersAgainstAbsent(options, missing: missing, notAsked: notAsked)
    guard let column else { return nil }
    return Choice(source: .column(column), answers: options.options, other: other)
  }

  /// Ids are unique over variables, questions and indices together, and some are reserved.
  func checkItemID(_ entry: YAMLEntry) {
    checkID(entry.key, at: entry.keyPlace)
    if ["respondents", "focus-groups", "total"].contains(entry.key) {
      log.fault(
        "reserved-id", at: entry.keyPlace, "the id `\(entry.key)` is reserved: tables use it",
        remedy: "choose another")
    }
    if let first = known[entry.key] {
      log.fault(
        "duplicate-id", at: entry.keyPlace,
        "the id `\(entry.key)` is taken by \(first.what) on line \(first.place.line ?? 0)",
        remedy: "ids are unique over variables, questions and indices together")
    }
  }
}
