import SurveyDefinition

extension ColumnPlan {
  /// Works out the plan; what cannot be found in the header is a finding there, and its cells are passed over.
  init(_ survey: Survey, layout: CodeLayout, header: inout Headings) {
    self.init(width: header.width)
    let input = survey.input
    items =
      survey.variables.map { variable in
        let words = variable.groups.flatMap { [$0.label] + $0.texts }
        return ItemWords(
          name: "variable `\(variable.id)`", declared: words, remedy: ItemWords.remedy(for: variable.source))
      } + survey.questions.map { ItemWords($0) }

    if let respondent = input.respondent {
      respondentColumn = header.position(of: respondent, for: "`respondent`", isCounted: false)
    }
    if case .column(let weights) = survey.weights {
      weightColumn = header.position(of: weights, for: "`weights`", isCounted: false)
    }
    for rule in input.keep {
      guard let column = header.position(of: rule.column, for: "`keep`", isCounted: false) else { continue }
      keep.append(cellStep(column, rule.texts.map { (trimmedBytes($0), 0) }))
    }
    for (index, variable) in survey.variables.enumerated() {
      let silent = SilentTexts(own: (variable.missing, variable.notAsked), input: input)
      let choice = Choice(source: variable.source, answers: variable.groups, other: variable.other)
      addChoice(
        choice, labels: variable.groupLabels, silent, target: layout.variables[index], item: index,
        header: &header)
    }
    for (index, question) in survey.questions.enumerated() {
      addQuestion(
        question, at: index, item: survey.variables.count + index,
        SilentTexts(own: (question.missing, question.notAsked), input: input), layout: layout, header: &header
      )
    }
  }

  private mutating func addQuestion(
    _ question: Question, at index: Int, item: Int, _ silent: SilentTexts, layout: CodeLayout,
    header: inout Headings
  ) {
    guard let target = layout.questions[index] else { return }
    switch question.kind {
    case .single(let choice), .scale(let choice):
      addChoice(
        choice, labels: question.answerLabels, silent, target: target, item: item, header: &header)
    case .multiple(let multiple):
      switch multiple.source {
      case .columns(let columns):
        addOptions(
          columns, of: multiple, silent, target: target, item: item, question: index, header: &header)
      case .joined(let column, let separator):
        guard let column = header.position(of: column, for: items[item].name) else { return }
        // An option stands before the missing texts of the input, so that one named “None” can be chosen.
        let entries = silent.own + joinedTexts(of: multiple).map { ($0.text, 0) } + silent.inputs
        let cell = cellStep(column, entries, target: target)
        let rule = JoinedRule(multiple, separator: separator, firstOption: target + 1, tables: &tables)
        joined.append(JoinedStep(cell: cell, rule: rule, item: item, question: index))
      }
    case .number(let number):
      guard let column = header.position(of: number.column, for: items[item].name) else { return }
      guard let value = layout.numbers[index] else { return }
      let firstBand = numberBands.count
      numberBands += number.bands.map { NumberBand(from: $0.from.millionths, upTo: $0.upTo.millionths) }
      numbers.append(
        NumberStep(
          cell: cellStep(column, silent.own + silent.inputs, target: target),
          valid: number.valid.map { $0.lowerBound.millionths...$0.upperBound.millionths }, value: value,
          bands: firstBand..<numberBands.count, item: item, question: index))
    case .ranking(let ranking):
      addRanking(
        ranking, silent: silent.own + silent.inputs, target: target, item: item, question: index,
        header: &header)
    case .theme:
      return
    }
  }

  private mutating func addChoice(
    _ choice: Choice, labels: [String], _ silent: SilentTexts, target: Int, item: Int,
    header: inout Headings
  ) {
    let reference: ColumnReference
    switch choice.source {
    case .column(let column): reference = column
    case .columnPerAnswer(let columns):
      addAnswerColumns(
        columns, of: choice, labels: labels, silent, target: target, item: item, header: &header)
      return
    }
    guard let column = header.position(of: reference, for: items[item].name) else { return }
    let entries = silent.own + SpreadsheetDamage.marking(declaredTexts(of: choice.answers)) + silent.inputs
    var step = cellStep(column, entries, target: target)
    if let other = choice.other, let code = labels.firstIndex(of: other) { step.other = Int32(code) }
    choices.append(step)
    choiceItems.append(item)
  }

  private mutating func addAnswerColumns(
    _ columns: [OptionColumn], of choice: Choice, labels: [String], _ silent: SilentTexts, target: Int,
    item: Int,
    header: inout Headings
  ) {
    let first = answerColumns.count
    let other = choice.other.flatMap(labels.firstIndex).map(Int32.init)
    for (index, answer) in columns.enumerated() {
      let user = "\(items[item].name), answer “\(shown(answer.label, limit: 60))”"
      guard let column = header.position(of: answer.column, for: user) else { continue }
      let texts = optionTexts(answer, chosen: nil, notChosen: nil, silent, headings: header.cells[column])
      var cell = cellStep(column, texts, target: index)
      if answer.chosen == .any { cell.other = 1 }
      answerColumns.append(cell)
    }
    answerGroups.append(
      AnswerGroup(columns: first..<answerColumns.count, target: target, other: other, item: item))
  }

  private mutating func addOptions(
    _ columns: [OptionColumn], of multiple: MultipleChoice, _ silent: SilentTexts, target: Int, item: Int,
    question: Int, header: inout Headings
  ) {
    let first = options.count
    for (index, option) in columns.enumerated() {
      let user = "\(items[item].name), option “\(shown(option.label, limit: 60))”"
      guard let column = header.position(of: option.column, for: user) else { continue }
      let texts = optionTexts(
        option, chosen: multiple.chosen, notChosen: multiple.notChosen, silent, headings: header.cells[column]
      )
      var cell = cellStep(column, texts, target: target + 1 + index)
      if option.chosen == .any { cell.other = 1 }
      options.append(OptionStep(cell: cell, isExclusive: multiple.exclusive.contains(index)))
    }
    optionGroups.append(
      OptionGroup(options: first..<options.count, target: target, item: item, question: question))
  }

  mutating func cellStep(
    _ column: Int, _ entries: [(text: [UInt8], code: Int32)], target: Int = 0
  ) -> CellStep {
    CellStep(column: Int32(column), target: Int32(target), table: tables.add(entries))
  }
}

/// What the texts of an option's column mean: 1 chosen, 0 not chosen. What somebody declared stands before what is
/// only the default.
private func optionTexts(
  _ option: OptionColumn, chosen inherited: [String]?, notChosen: [String]?, _ silent: SilentTexts,
  headings: [String]
) -> [(text: [UInt8], code: Int32)] {
  let chosen: [String]?
  switch option.chosen {
  case .any: return silent.own + silent.inputs
  case .texts(let texts): chosen = texts
  case .inherited: chosen = inherited
  }
  var entries = (chosen ?? []).map { (text: trimmedBytes($0), code: Int32(1)) }
  entries += (notChosen ?? []).map { (trimmedBytes($0), 0) }
  entries += silent.own
  if chosen == nil {
    // An empty heading is no word for chosen.
    entries += ([option.label] + headings).map(trimmedBytes).filter { !$0.isEmpty }.map { ($0, 1) }
  }
  entries += silent.inputs
  if chosen == nil { entries += everyCase(of: ["1", "x", "yes", "true"]).map { (Array($0.utf8), 1) } }
  if notChosen == nil { entries += everyCase(of: ["0", "no", "false"]).map { (Array($0.utf8), 0) } }
  return entries
}

/// The texts that mean missing and not asked: a question's own instead of the input's, list by list.
private struct SilentTexts {
  var own: [(text: [UInt8], code: Int32)] = []
  var inputs: [(text: [UInt8], code: Int32)] = []

  init(own lists: (missing: [String]?, notAsked: [String]?), input: InputLayout) {
    if let missing = lists.missing { add(missing, AnswerCode.missing, to: \.own) }
    if let notAsked = lists.notAsked { add(notAsked, AnswerCode.notAsked, to: \.own) }
    if lists.missing == nil { add(input.missing, AnswerCode.missing, to: \.inputs) }
    if lists.notAsked == nil { add(input.notAsked, AnswerCode.notAsked, to: \.inputs) }
  }

  private mutating func add(
    _ texts: [String], _ code: Int32, to list: WritableKeyPath<SilentTexts, [(text: [UInt8], code: Int32)]>
  ) {
    self[keyPath: list] += texts.map { (trimmedBytes($0), code) }
  }
}

/// The texts of all answers with their positions; labels last, as a label is no text where another answer's text is
/// the same.
func declaredTexts(of answers: [AnswerOption]) -> [(text: [UInt8], code: Int32)] {
  var entries: [(text: [UInt8], code: Int32)] = []
  for (code, answer) in answers.enumerated() {
    entries += answer.texts.map { (trimmedBytes($0), Int32(code)) }
  }
  for (code, answer) in answers.enumerated() { entries.append((trimmedBytes(answer.label), Int32(code))) }
  return entries
}

private func joinedTexts(of multiple: MultipleChoice) -> [(text: [UInt8], code: Int32)] {
  declaredTexts(of: multiple.options).filter { !$0.text.isEmpty }
}

/// Every way to write words in capital and small letters.
private func everyCase(of words: [String]) -> [String] {
  words.flatMap { word in
    word.reduce([""]) { starts, letter in
      let lower = letter.lowercased()
      let upper = letter.uppercased()
      return starts.flatMap { lower == upper ? [$0 + lower] : [$0 + lower, $0 + upper] }
    }
  }
}

extension ItemWords {
  /// What to do about a text in one of the columns of a single answer.
  fileprivate static let ofAnswerColumns =
    "give the column as { column: …, chosen: [texts] }, or add the text under `missing`"

  fileprivate static func remedy(for source: ChoiceSource) -> String {
    if case .columnPerAnswer = source { return ofAnswerColumns }
    return "add it under `groups`, or declare `other:`"
  }

  fileprivate init(_ question: Question) {
    name = "question `\(question.id)`"
    switch question.kind {
    case .single(let choice), .scale(let choice):
      declared = choice.answers.flatMap { [$0.label] + $0.texts }
      remedy = "add it under `answers`, or declare `other:`"
      if case .columnPerAnswer = choice.source { remedy = ItemWords.ofAnswerColumns }
    case .multiple(let multiple):
      declared = multiple.options.flatMap { [$0.label] + $0.texts }
      remedy = "add it under `answers`, or declare `other:`"
      if case .columns = multiple.source {
        declared = (multiple.chosen ?? ["1", "yes"]) + (multiple.notChosen ?? ["0", "no"])
        remedy = "add it under `chosen`, `not_chosen` or `missing`"
      }
    case .number, .ranking, .theme:
      declared = []
      remedy = ""
    }
  }
}
