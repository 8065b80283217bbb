extension Survey {
  /// The key `groups` of a variable, or `bands` of a number, with all that it holds, as YAML that stands in the place of
  /// what the definition has there.
  ///
  /// It is in braces, one entry a line, so that it may stand in a map that is in braces itself.
  public func groupsYAML(of item: Item) -> String {
    let key: String
    let entries: [(label: String, value: String)]
    switch item {
    case .variable(let index):
      key = "groups"
      entries = variables[index].groups.map { group in
        // The label is a text by itself, and stands only where it is the only one.
        let isImplied = group.texts.count > 1 && group.texts.last == group.label
        let texts = (isImplied ? group.texts.dropLast() : group.texts).map(yamlText)
        return (group.label, texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]")
      }
    case .question(let index):
      key = "bands"
      guard case .number(let number) = questions[index].kind else {
        preconditionFailure("of questions only numbers have bands")
      }
      entries = number.bands.map { ($0.label, "[\(yamlNumber($0.from)), \(yamlNumber($0.upTo))]") }
    }
    return "\(key): {\n" + entries.map { "  \(yamlText($0.label)): \($0.value)" }.joined(separator: ",\n")
      + " }"
  }
}

private func yamlNumber(_ number: Decimal6) -> String {
  let (whole, rest) = number.millionths.magnitude.quotientAndRemainder(dividingBy: UInt64(Decimal6.scale))
  let sign = number.millionths < 0 ? "-" : ""
  guard rest > 0 else { return "\(sign)\(whole)" }
  let digits = String(rest)
  let decimals = String(repeating: "0", count: 6 - digits.count) + digits
  return "\(sign)\(whole).\(decimals.reversed().drop { $0 == "0" }.reversed().map(String.init).joined())"
}
