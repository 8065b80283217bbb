extension SurveyReader {
  /// Reads what only a multiple question has: one column per option, or all options joined in one cell.
  func multipleChoice(_ fields: Fields, of question: Question) -> MultipleChoice? {
    let joinedKeys = ["column", "separator", "answers", "other"]
    var choice: MultipleChoice?
    if let entry = fields.entry("columns") {
      for key in joinedKeys {
        fields.exclude(["columns", key], because: "options have one column each, or are joined in one cell")
      }
      choice = oneColumnPerOption(entry, fields)
    } else if joinedKeys.contains(where: fields.has) {
      for key in ["chosen", "not_chosen"] {
        fields.exclude(["column", key], because: "a joined cell names the options that were chosen")
      }
      choice = joined(fields, of: question)
    } else {
      _ = fields.required(
        "columns", remedy: "`columns` with one column per option, or `column`, `separator` and `answers`")
    }
    guard var choice else { return nil }
    if let exclusive = fields.entry("exclusive")?.located(log) {
      choice.exclusive = positions(
        of: exclusive, among: LabelPositions(choice.options.map(\.label)), as: "option")
    }
    return choice
  }

  private func oneColumnPerOption(_ entry: YAMLEntry, _ fields: Fields) -> MultipleChoice? {
    let chosen = chosenTexts(fields)
    let notChosen = fields.texts("not_chosen")
    guard var columns = optionColumns(entry) else { return nil }
    var choice = MultipleChoice(
      source: .columns(columns), options: columns.map { AnswerOption(label: $0.label, texts: [$0.label]) },
      notChosen: notChosen)
    switch chosen {
    case .any?:
      for index in columns.indices where columns[index].chosen == .inherited { columns[index].chosen = .any }
      choice.source = .columns(columns)
    case .texts(let texts)?:
      choice.chosen = texts
      let refused = Set(notChosen ?? [])
      for text in texts where refused.contains(text) {
        log.fault(
          "text-claimed-twice", at: fields.entry("not_chosen")?.keyPlace ?? fields.place,
          "the text `\(text)` means both `chosen` and `not_chosen`", remedy: "leave it with one of them")
      }
    case .inherited?, nil: break
    }
    return choice
  }

  private func joined(_ fields: Fields, of question: Question) -> MultipleChoice? {
    let column = fields.has("column") ? fields.column("column") : .heading(question.id)
    let separator = joinSeparator(fields)
    let other = other(fields)
    guard let listed = fields.required("answers"), var options = options(listed) else { return nil }
    checkAnswersAgainstAbsent(options, missing: question.missing, notAsked: question.notAsked)
    if let other, let entry = fields.entry("other"), !options.labels.contains(other) {
      options.options.append(AnswerOption(label: other, texts: []))
      options.places.append(entry.value.place)
    }
    guard let column, let separator else { return nil }
    return MultipleChoice(
      source: .joined(column, separator: separator), options: options.options, other: other)
  }

  /// What separates the options in a cell: as written, blanks included.
  private func joinSeparator(_ fields: Fields) -> String? {
    let remedy = #"write the text between two options, such as ";" or ", ""#
    guard let entry = fields.required("separator", remedy: remedy) else { return nil }
    guard let text = entry.value.rawText, !text.isEmpty else {
      log.fault(
        "bad-separator", at: entry.keyPlace, "`separator` is a text of at least one character", remedy: remedy
      )
      return nil
    }
    return text == "\\t" ? "\t" : text
  }
}
