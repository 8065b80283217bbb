extension SPSSValue {
  /// The text of a cell that holds the value; nil for none.
  func text(_ form: SPSSNumberForm) -> String? {
    switch self {
    case .systemMissing: nil
    case .number(let number): number.isFinite ? form.text(number) : nil
    case .string(let text): text
    }
  }

  fileprivate var number: Double? {
    if case .number(let number) = self { number } else { nil }
  }
}

/// A value's label.
struct SPSSLabel {
  var value: SPSSValue
  var label: String

  /// Nil for a label of no value.
  func answer(_ form: SPSSNumberForm) -> DictionaryAnswer? {
    value.text(form).map { DictionaryAnswer(text: $0, label: label.isEmpty ? $0 : label) }
  }
}

extension DictionaryColumn {
  /// What an SPSS file says of a variable.
  ///
  /// Labels alone do not make a question of answers: where all of them are of missing values, such as 999 "Refused" of
  /// an age, the rest are numbers. So they are where the measure is a scale.
  init(_ variable: SPSSVariable, form: SPSSNumberForm, labels: [SPSSLabel], answers: [DictionaryAnswer]) {
    let ranges = variable.missing.compactMap { $0.low.missingRange(to: $0.high) }
    var missing = variable.missing.compactMap { range in
      range.low.missingRange(to: range.high) == nil ? range.low.text(form) : nil
    }
    missing.removeAll(where: \.isEmpty)
    let inRanges = labels.filter { label in
      label.value.number.map { number in ranges.contains { $0.contains(number) } } ?? false
    }
    for text in inRanges.compactMap({ $0.value.text(form) }) where !missing.contains(text) {
      missing.append(text)
    }
    let known = Set(missing)
    let isLabelled = answers.contains { !known.contains($0.text) }
    let isCategory = variable.measure == .nominal || variable.measure == .ordinal
    let kind: Kind =
      if form != .number {
        .date
      } else if isLabelled, variable.measure != .scale || variable.isString {
        .single
      } else if variable.isString {
        .text
      } else {
        isCategory ? .single : .number
      }
    let label = collapsed(variable.label)
    self.init(
      name: variable.name, question: label.isEmpty ? nil : label, kind: kind, answers: answers,
      missing: missing,
      missingRanges: ranges, isOrdered: variable.measure == .ordinal)
  }
}

extension SPSSValue {
  /// The range of missing numbers from this one to another; nil where the two are one value, or no numbers.
  fileprivate func missingRange(to high: SPSSValue) -> ClosedRange<Double>? {
    // The lowest and highest values of SPSS come as infinities.
    guard let low = number, let top = high.number, low < top else { return nil }
    return low...top
  }
}

extension SPSSLayout {
  /// The columns with what sets of multiple answers say of them: the set is the question, and the variable's own label
  /// is the option.
  func columnsWithSets(_ columns: [DictionaryColumn]) -> [DictionaryColumn] {
    guard !multipleSets.isEmpty else { return columns }
    var columns = columns
    var positions: [[UInt8]: Int] = [:]
    for (position, column) in columns.enumerated() { positions[upperCased(column.name.utf8)] = position }
    for set in multipleSets where set.variables.count > 1 {
      for variable in set.variables {
        guard let position = positions[upperCased(longNames[variable] ?? variable)] else { continue }
        // A variable in several sets stays with the first.
        guard columns[position].group == nil else { continue }
        columns[position].group = set.name
        guard let counted = set.countedValue else { continue }
        let item = columns[position].question ?? columns[position].name
        columns[position].item = item
        if !set.label.isEmpty { columns[position].question = set.label }
        columns[position].kind = .multipleOption
        columns[position].answers = [DictionaryAnswer(text: counted, label: item)]
      }
    }
    return columns
  }
}
