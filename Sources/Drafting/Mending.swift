public import SurveyDefinition

extension SurveyDraft {
  /// Mends a draft by the faults that reading the whole export with it gave: what the texts that were kept did not show.
  /// - Returns: Whether anything was changed.
  public mutating func mend(by findings: [Finding]) -> Bool {
    var isChanged = false
    for index in items.indices.reversed() {
      let name = "`\(items[index].id)`"
      let codes = findings.filter { !$0.isRemark && $0.message.contains(name) }.map(\.code)
      guard let code = codes.first else { continue }
      isChanged = true
      switch (items[index].kind, code) {
      case (.choice(let column, var answers, let isScale), "undeclared-answer") where !answers.hasOthers:
        answers.hasOthers = true
        items[index].kind = .choice(column: column, answers, isScale: isScale)
      case (.joined(let column, let separator, var answers, let exclusive), "undeclared-answer")
      where !answers.hasOthers:
        answers.hasOthers = true
        items[index].kind = .joined(column: column, separator: separator, answers, exclusive: exclusive)
      case (.answerColumns(let columns), "two-answers"):
        items[index].kind = .optionColumns(columns, chosen: nil, notChosen: nil, exclusive: [])
        items[index].comment = "sure: one column per option, filled where it was chosen"
      default: leaveOut(index, because: "its cells fit no kind of question")
      }
    }
    return isChanged
  }

  /// Takes out what makes the draft no definition: the items in whose lines the faults are.
  /// - Parameter yaml: The draft as it was read.
  /// - Returns: Whether anything was changed.
  public mutating func mend(definition yaml: String, by findings: [Finding]) -> Bool {
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false)
    var ids: Set<String> = []
    for finding in findings where !finding.isRemark {
      guard let line = finding.place.line, line <= lines.count else { continue }
      let above = lines[..<line].last { $0.hasPrefix("  ") && !$0.hasPrefix("   ") && $0.hasSuffix(":") }
      if let above { ids.insert(above.dropLast().filter { $0 != " " && $0 != "\"" }) }
    }
    var isChanged = false
    for index in items.indices.reversed() where ids.contains(items[index].id) {
      leaveOut(index, because: "its answers cannot be told apart in a definition")
      isChanged = true
    }
    return isChanged
  }

  /// Takes an item out, with the routing that leans on it.
  private mutating func leaveOut(_ index: Int, because reason: String) {
    let item = items.remove(at: index)
    leftOut += item.columns.map { LeftOut(column: $0, reason: reason, isPersonal: false) }
    // A survey asks something.
    if !items.isEmpty, items.allSatisfy(\.isVariable) { items[0].isVariable = false }
    for other in items.indices where items[other].routing?.id == item.id { items[other].routing = nil }
  }
}
