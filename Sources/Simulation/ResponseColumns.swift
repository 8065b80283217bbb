import SurveyDefinition

/// One column of a made-up responses file: its heading and what its cells hold.
struct ResponseColumn: Sendable {
  enum Content: Sendable {
    /// The number of the response.
    case respondent
    /// The same in every record.
    case constant([UInt8])
    case choice(item: Int, ClosedTexts)
    /// Whether one answer was given; `no` is for a respondent who answered, but not this.
    case option(item: Int, position: Int, yes: CellTexts, no: CellTexts, ClosedTexts)
    case joined(item: Int, separator: [UInt8], ClosedTexts)
    case number(item: Int, beyond: Decimal6?, ClosedTexts)
    case rank(item: Int, position: Int, ClosedTexts)
    /// By place in the shares' list.
    case freeText(Int)
    case nothing
  }

  var heading: [UInt8]
  var content: Content
}

/// The texts that mean one thing.
///
/// A class, as the texts of every cell are looked up once more for every respondent: to hand on one reference is
/// measurably cheaper than to hand on the arrays.
final class CellTexts: Sendable {
  let variants: [[UInt8]]
  /// True where people write what they like, so that no text is more usual than another; otherwise the first is
  /// usual and the others are dirt.
  let areFree: Bool

  init(variants: [[UInt8]], areFree: Bool = false) {
    self.variants = variants
    self.areFree = areFree
  }
}

/// The texts of an item's cells: by position of the answer, and for those who gave none.
final class ClosedTexts: Sendable {
  let answers: [CellTexts]
  let unanswered: CellTexts
  let notAsked: CellTexts

  /// For a column that says nothing about a respondent who answered in another.
  var blank: CellTexts { CellTexts(variants: [unanswered.variants[0]]) }

  init(answers: [CellTexts], unanswered: CellTexts, notAsked: CellTexts) {
    self.answers = answers
    self.unanswered = unanswered
    self.notAsked = notAsked
  }
}

/// Lays out the columns: those that the definition numbers where it says, all others in the order of the definition,
/// with open text last.
func responseColumns(of survey: Survey, shares: Shares) throws(SimulationFailure) -> [ResponseColumn] {
  var layout = ColumnLayout(encoder: CellEncoder(input: survey.input))
  if let respondent = survey.input.respondent { try layout.add(respondent, .respondent) }
  for rule in survey.input.keep {
    try layout.add(rule.column, .constant(layout.encoder.encode(rule.texts.first ?? "")))
  }
  if case .column(let reference)? = survey.weights {
    try layout.add(reference, .constant(layout.encoder.encode("1")))
  }
  for (index, variable) in survey.variables.enumerated() {
    let texts = try closedTexts(
      variable.groups, other: variable.other, free: shares.variables[index].texts, missing: variable.missing,
      notAsked: variable.notAsked, of: survey, encoder: layout.encoder)
    try layout.add(variable.source, item: index, texts)
  }
  for (index, question) in survey.questions.enumerated() {
    try layout.add(question, item: survey.variables.count + index, shares.questions[index], of: survey)
  }
  for (index, column) in shares.freeText.enumerated() {
    try layout.add(.heading(column.heading), .freeText(index))
  }
  return try layout.columns()
}

private struct ColumnLayout {
  let encoder: CellEncoder
  private var numbered: [Int: ResponseColumn.Content] = [:]
  private var named: [(heading: String, content: ResponseColumn.Content)] = []

  init(encoder: CellEncoder) { self.encoder = encoder }

  mutating func add(_ reference: ColumnReference, _ content: ResponseColumn.Content) throws(SimulationFailure)
  {
    switch reference {
    case .number(let number):
      guard numbered.updateValue(content, forKey: number) == nil else { throw .sharedColumn("#\(number)") }
    case .heading(let heading):
      guard !named.contains(where: { $0.heading == heading }) else { throw .sharedColumn("\"\(heading)\"") }
      named.append((heading, content))
    }
  }

  mutating func add(_ source: ChoiceSource, item: Int, _ texts: ClosedTexts) throws(SimulationFailure) {
    switch source {
    case .column(let reference): try add(reference, .choice(item: item, texts))
    case .columnPerAnswer(let options):
      for (position, option) in options.enumerated() {
        let yes = try chosenTexts(of: option, among: nil, free: nil)
        try add(
          option.column, .option(item: item, position: position, yes: yes, no: texts.blank, texts))
      }
    }
  }

  mutating func add(
    _ question: Question, item: Int, _ shares: ItemShares, of survey: Survey
  ) throws(SimulationFailure) {
    func texts(_ options: [AnswerOption], other: String?) throws(SimulationFailure) -> ClosedTexts {
      try closedTexts(
        options, other: other, free: shares.texts, missing: question.missing, notAsked: question.notAsked,
        of: survey, encoder: encoder)
    }
    switch question.kind {
    case .single(let choice), .scale(let choice):
      try add(choice.source, item: item, texts(choice.answers, other: choice.other))
    case .number(let entry):
      try add(entry.column, .number(item: item, beyond: entry.valid?.upperBound, texts([], other: nil)))
    case .ranking(let ranking):
      for (position, option) in ranking.options.enumerated() {
        try add(option.column, .rank(item: item, position: position, texts([], other: nil)))
      }
    case .multiple(let choice):
      let texts = try texts(choice.options, other: choice.other)
      switch choice.source {
      case .joined(let reference, let separator):
        try add(reference, .joined(item: item, separator: encoder.encode(separator, quotable: true), texts))
      case .columns(let options):
        for (position, option) in options.enumerated() {
          let yes = try chosenTexts(of: option, among: choice.chosen, free: shares.texts[position])
          let no =
            option.chosen == .any
            ? texts.blank : CellTexts(variants: try encoder.encode(choice.notChosen ?? ["0", "no"]))
          try add(option.column, .option(item: item, position: position, yes: yes, no: no, texts))
        }
      }
    case .theme: break
    }
  }

  private func chosenTexts(
    of option: OptionColumn, among chosen: [String]?, free: [String]?
  ) throws(SimulationFailure) -> CellTexts {
    switch option.chosen {
    case .any: CellTexts(variants: try encoder.encode(free ?? [option.label]), areFree: true)
    case .texts(let texts): CellTexts(variants: try encoder.encode(texts))
    case .inherited: CellTexts(variants: try encoder.encode(chosen ?? ["1", "yes", "x"]))
    }
  }

  /// Every column in its place; a number that nothing is read from gets a column that nobody reads.
  func columns() throws(SimulationFailure) -> [ResponseColumn] {
    var waiting = named[...]
    var columns: [ResponseColumn] = []
    let last = numbered.keys.max() ?? 0
    while !waiting.isEmpty || columns.count < last {
      let number = columns.count + 1
      if let content = numbered[number] {
        columns.append(ResponseColumn(heading: try unusedHeading(for: number), content: content))
      } else if let next = waiting.popFirst() {
        columns.append(ResponseColumn(heading: try encoder.encode(next.heading), content: next.content))
      } else {
        columns.append(ResponseColumn(heading: try unusedHeading(for: number), content: .nothing))
      }
    }
    return columns
  }

  private func unusedHeading(for number: Int) throws(SimulationFailure) -> [UInt8] {
    var heading = "Column \(number)"
    while named.contains(where: { $0.heading == heading }) { heading += " bis" }
    return try encoder.encode(heading)
  }
}

private func closedTexts(
  _ options: [AnswerOption], other: String?, free: [Int: [String]], missing: [String]?, notAsked: [String]?,
  of survey: Survey, encoder: CellEncoder
) throws(SimulationFailure) -> ClosedTexts {
  var answers: [CellTexts] = []
  for (position, option) in options.enumerated() {
    // The label first where it is one of the texts: a person reads the file too.
    let usual = option.texts.contains(option.label) ? option.label : option.texts.first ?? option.label
    let texts = free[position] ?? [usual] + option.texts.filter { $0 != usual }
    answers.append(CellTexts(variants: try encoder.encode(texts), areFree: free[position] != nil))
  }
  if let other, !options.contains(where: { $0.label == other }) {
    let texts = free[options.count] ?? ["Something else"]
    answers.append(CellTexts(variants: try encoder.encode(texts), areFree: true))
  }
  let missing = try encoder.encode(blankFirst(missing ?? survey.input.missing))
  let notAsked = try encoder.encode(blankFirst(notAsked ?? survey.input.notAsked))
  return ClosedTexts(
    answers: answers, unanswered: CellTexts(variants: missing),
    // Where no text means "not asked", the cell of a question that was not asked is like one not answered.
    notAsked: CellTexts(variants: [notAsked.first ?? missing[0]]))
}

/// An empty cell before any word for it; no words at all leave an empty cell.
private func blankFirst(_ texts: [String]) -> [String] {
  texts.contains("") ? [""] + texts.filter { !$0.isEmpty } : texts
}
