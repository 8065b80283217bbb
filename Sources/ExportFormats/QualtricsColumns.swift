/// The columns that a question has in an export.
/// Source: https://www.qualtrics.com/support/survey-platform/data-and-analysis-module/data/download-data/understanding-your-dataset.
func describe(_ question: QualtricsQuestion) -> [DictionaryColumn] {
  let columns = QualtricsColumns(question)
  guard !columns.names.isEmpty else { return [] }
  switch question.type {
  case "MC": return columns.multipleChoice()
  case "Matrix": return columns.matrix()
  case "TE": return columns.textEntry()
  case "RO", "PGR": return columns.perChoice(.ranking)
  case "Slider", "CS": return columns.perChoice(.number)
  case "SBS": return columns.sideBySide()
  // Texts, pictures, timers and the like have no responses that could be tabulated.
  default: return []
  }
}

private struct QualtricsColumns {
  let question: QualtricsQuestion
  /// The tag and the id, of which headings are made.
  let names: [String]
  private let wording: String?

  init(_ question: QualtricsQuestion) {
    self.question = question
    var names: [String] = []
    for name in [question.tag, question.id].map(collapsed) where !name.isEmpty && !names.contains(name) {
      names.append(name)
    }
    self.names = names
    let wording = plainText(html: question.text)
    self.wording = wording.isEmpty ? nil : wording
  }

  // MARK: Kinds of questions

  func multipleChoice() -> [DictionaryColumn] {
    let answers = answers(of: question.choices)
    let takesSeveral = question.selector.hasPrefix("MA") || question.selector == "MSB"
    guard takesSeveral else {
      let isOrdered = question.isScale || question.selector == "NPS"
      return [column("", .single, answers, isOrdered: isOrdered)] + entries(of: question.choices)
    }
    return [column("", .multipleJoined(separator: ","), answers)]
      + zip(question.choices.items, answers).map { choice, answer in
        column("_\(choice.number)", .multipleOption, [answer], item: answer.label)
      } + entries(of: question.choices)
  }

  func matrix() -> [DictionaryColumn] {
    let answers = answers(of: question.answers)
    let rows = question.choices.items.flatMap { choice in
      row(choice.number, item: plainText(html: choice.value.display), answers)
    }
    return rows + entries(of: question.choices)
  }

  /// One row of a matrix: a column, or one for each of its answers.
  private func row(_ number: String, item: String, _ answers: [DictionaryAnswer]) -> [DictionaryColumn] {
    let tag = question.rowTags[number].map(collapsed) ?? ""
    let special = tag.isEmpty ? [] : [tag]
    func part(_ answer: Int, _ kind: DictionaryColumn.Kind) -> DictionaryColumn {
      let (name, label) = (question.answers.items[answer].number, answers[answer].label)
      let texts = kind == .multipleOption ? [answers[answer]] : []
      let item = kind == .multipleOption ? label : "\(item): \(label)"
      var column = column(
        "_\(number)_\(name)", kind, texts, item: item, special: special.map { "\($0)_\(name)" })
      if kind == .multipleOption { column.group = "\(names[0])_\(number)" }
      return column
    }
    switch (question.selector, question.subSelector) {
    case ("TE", _): return answers.indices.map { part($0, contentKind) }
    case ("CS", _): return answers.indices.map { part($0, .number) }
    case (_, "MultipleAnswer"):
      let joined = column(
        "_\(number)", .multipleJoined(separator: ","), answers, item: item, special: special)
      return [joined]
        + answers.indices.map { answer in
          var column = part(answer, .multipleOption)
          // The row is the question here.
          column.question = [wording, item].compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " ")
          return column
        }
    case ("RO", _): return [column("_\(number)", .ranking, answers, item: item, special: special)]
    default:
      let isOrdered = question.isScale || question.selector == "Bipolar"
      return [column("_\(number)", .single, answers, item: item, isOrdered: isOrdered, special: special)]
    }
  }

  func textEntry() -> [DictionaryColumn] {
    if question.selector == "FORM" { return perChoice(contentKind) }
    var column = column("", contentKind, [])
    column.otherNames += names.map { "\($0)_TEXT" }
    return [column]
  }

  /// A column for each choice: a rank, a number or a text.
  func perChoice(_ kind: DictionaryColumn.Kind) -> [DictionaryColumn] {
    question.choices.items.map { choice in
      let tag = question.rowTags[choice.number].map(collapsed) ?? ""
      return column(
        "_\(choice.number)", kind, [], item: plainText(html: choice.value.display),
        special: tag.isEmpty ? [] : [tag])
    } + entries(of: question.choices)
  }

  /// Each column of the table is a question over the same rows.
  func sideBySide() -> [DictionaryColumn] {
    question.parts.items.flatMap { number, part in
      var part = part
      part.tag = question.tag.isEmpty ? "" : "\(question.tag)#\(number)"
      part.id = question.id.isEmpty ? "" : "\(question.id)#\(number)"
      part.text = "\(question.text) \(part.text)"
      if part.choices.items.isEmpty { part.choices = question.choices }
      // A file could nest them without end.
      return part.type == "SBS" ? [] : describe(part)
    }
  }

  // MARK: Parts of columns

  private var contentKind: DictionaryColumn.Kind {
    switch question.contentType {
    case "ValidNumber": .number
    case "ValidDate": .date
    default: .text
    }
  }

  /// The texts that were entered beside choices.
  private func entries(of choices: Numbered<QualtricsQuestion.Choice>) -> [DictionaryColumn] {
    choices.items.filter(\.value.hasTextEntry).map { choice in
      var column = column("_\(choice.number)_TEXT", .text, [], item: plainText(html: choice.value.display))
      column.group = nil
      return column
    }
  }

  private func answers(of choices: Numbered<QualtricsQuestion.Choice>) -> [DictionaryAnswer] {
    choices.items.map { number, choice in
      let label = plainText(html: choice.display)
      let text = question.recodes[number] ?? number
      return DictionaryAnswer(text: text, label: label.isEmpty ? text : label)
    }
  }

  /// A column of the question, whose name ends in `ending`.
  /// - Parameter special: Names that the author gave.
  private func column(
    _ ending: String, _ kind: DictionaryColumn.Kind, _ answers: [DictionaryAnswer], item: String? = nil,
    isOrdered: Bool = false, special: [String] = []
  ) -> DictionaryColumn {
    let all = special + names.map { $0 + ending }
    return DictionaryColumn(
      name: all[0], otherNames: Array(all.dropFirst()), question: wording, item: item == "" ? nil : item,
      group: ending.isEmpty ? nil : names[0], kind: kind, answers: answers, isOrdered: isOrdered)
  }
}
