/// A variable's value whose element is open.
struct OpenValue {
  /// The variable's position in the references.
  var variable: Int?
  var hasText = false
  private var bytes: [UInt8] = []
  private var isTooLong = false

  mutating func append(_ piece: borrowing XMLText, limit: Int) {
    if bytes.count + piece.count > limit { isTooLong = true }
    if !isTooLong { piece.append(to: &bytes) }
  }

  /// Nil where there is none, or prose.
  var text: ConfidentialText? {
    hasText && !isTooLong ? ConfidentialText(String(decoding: bytes, as: UTF8.self)) : nil
  }
}

extension DocumentReader {
  func startValue() -> Level {
    openValue = OpenValue()
    return .variableValue
  }

  func startInValue(_ name: String, _ tag: borrowing XMLTag) -> Level {
    if ElementName.variableTexts.contains(name) {
      openValue?.hasText = true
      return .variableText
    }
    if name == "VariableRef", let guid = target(tag) {
      openValue?.variable = variableReferences.add(guid, at: tag.place)
    }
    if name == "Coding" { addMisplacedCoding(at: tag.place) }
    return .passedOver
  }

  /// Gives the value to the case or source that it stands in. One that names no variable says nothing.
  func endValue(of owner: Level?) {
    defer { openValue = nil }
    guard let openValue, let variable = openValue.variable else { return }
    let value = VariableValue(variable: variable, text: openValue.text)
    switch owner {
    case .projectCase(let position): project.cases[position].values.append(value)
    case .coded: project.sources[project.sources.count - 1].values.append(value)
    default: preconditionFailure("a value stands in a case or a source")
    }
  }
}
