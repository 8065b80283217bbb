/// A variable as its elements tell it, before all of it is known.
struct TripleSDraft {
  var kind: TripleSVariable.Kind
  var isLiteral: Bool
  var name = ""
  var label: String?
  var start: Int?
  var finish: Int?
  var subfields: Int?
  var width: Int?
  var range: (from: String, to: String)?
  var values: [(code: String, label: String?)] = []

  init(_ attributes: [String: String]) throws(ExportFault) {
    guard let kind = attributes["type"].flatMap(TripleSVariable.Kind.init(rawValue:)) else {
      throw ExportFault(
        .malformedValue, "a variable's type is missing, or none that Triple-S has",
        remedy: "Export the survey anew")
    }
    self.kind = kind
    isLiteral = kind == .single && attributes["format"]?.lowercased() == "literal"
  }
}

/// Makes variables and dictionary columns of drafts, and holds them to the limits.
struct TripleSAssembly {
  private let limits: ExportLimits
  private(set) var variables: [TripleSVariable] = []
  private(set) var columns: [DictionaryColumn] = []
  private var names: Set<String> = []
  private var answerCount = 0

  init(limits: ExportLimits) { self.limits = limits }

  mutating func countAnswer() throws(ExportFault) {
    answerCount += 1
    guard answerCount <= limits.maximumAnswers else { throw .tooManyAnswers(limit: limits.maximumAnswers) }
  }

  mutating func add(_ draft: TripleSDraft, layout: TripleSSurvey.Layout) throws(ExportFault) {
    guard !draft.name.isEmpty else {
      throw ExportFault(.missingValue, "a variable has no name", remedy: "Export the survey anew")
    }
    guard let start = draft.start, let finish = draft.finish, finish >= start else {
      throw ExportFault(
        .missingValue, "the variable \(shownName(draft.name)) has no position in the data file",
        remedy: "Export the survey anew")
    }
    var variable = TripleSVariable(name: draft.name, kind: draft.kind)
    variable.isLiteral = draft.isLiteral
    variable.start = start
    variable.finish = layout == .csv ? start : finish
    if draft.kind == .multiple {
      variable.codes = try codes(of: draft)
      variable.spread = try spread(of: draft, layout: layout)
    }
    variables.append(variable)
    for column in describe(draft, codes: variable.codes) {
      guard columns.count < limits.maximumColumns else { throw .tooManyColumns(limit: limits.maximumColumns) }
      guard names.insert(column.name).inserted else {
        throw ExportFault(
          .duplicateName, "two columns would have the name \(shownName(column.name))",
          remedy: "Rename one of the variables, and export the survey anew")
      }
      columns.append(column)
    }
  }

  /// The numbers of a multiple's answers: those that have a label, and those of a range.
  private func codes(of draft: TripleSDraft) throws(ExportFault) -> [Int] {
    var codes: [Int] = []
    if let range = draft.range {
      guard let from = Int(plainCode(range.from)), let to = Int(plainCode(range.to)), from >= 1, from <= to
      else {
        throw malformedCode(draft)
      }
      guard to - from < limits.maximumColumns else { throw .tooManyColumns(limit: limits.maximumColumns) }
      codes += from...to
    }
    var known = Set(codes)
    for value in draft.values {
      guard let code = Int(plainCode(value.code)), 1...10_000_000 ~= code else { throw malformedCode(draft) }
      if known.insert(code).inserted { codes.append(code) }
    }
    return codes
  }

  private func malformedCode(_ draft: TripleSDraft) -> ExportFault {
    ExportFault(
      .malformedValue, "a code of the multiple \(shownName(draft.name)) is no positive number",
      remedy: "Export the survey anew")
  }

  private func spread(
    of draft: TripleSDraft, layout: TripleSSurvey.Layout
  ) throws(ExportFault) -> TripleSVariable.Spread? {
    guard let subfields = draft.subfields, let start = draft.start, let finish = draft.finish else {
      return nil
    }
    let space = finish - start + 1
    let isFixed = layout == .fixed
    guard let width = draft.width ?? (isFixed && space % subfields == 0 ? space / subfields : nil),
      !isFixed || subfields * width <= space
    else {
      throw ExportFault(
        .malformedValue, "the spread of \(shownName(draft.name)) does not fit into its position",
        remedy: "Export the survey anew")
    }
    return TripleSVariable.Spread(subfields: subfields, width: width)
  }

  private func describe(_ draft: TripleSDraft, codes: [Int]) -> [DictionaryColumn] {
    if draft.kind == .multiple { return describeOptions(of: draft, codes: codes) }
    var column = DictionaryColumn(name: draft.name, question: draft.label, kind: .single)
    column.answers = draft.values.map { value in
      let text = draft.isLiteral ? literalCode(value.code) : plainCode(value.code)
      return DictionaryAnswer(text: text, label: value.label ?? text)
    }
    switch draft.kind {
    case .quantity: column.kind = .number
    case .character: column.kind = .text
    case .date, .time: column.kind = .date
    case .logical:
      column.answers = [DictionaryAnswer(text: "1", label: "Yes"), DictionaryAnswer(text: "0", label: "No")]
    case .single, .multiple: break
    }
    return [column]
  }

  private func describeOptions(of draft: TripleSDraft, codes: [Int]) -> [DictionaryColumn] {
    var labels: [Int: String] = [:]
    for value in draft.values {
      if let code = Int(plainCode(value.code)), let label = value.label { labels[code] = label }
    }
    return codes.map { code in
      let label = labels[code] ?? String(code)
      return DictionaryColumn(
        name: "\(draft.name)_\(code)", question: draft.label, item: label, group: draft.name,
        kind: .multipleOption,
        answers: [DictionaryAnswer(text: "1", label: label)])
    }
  }
}
