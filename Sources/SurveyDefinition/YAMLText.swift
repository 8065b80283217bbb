/// A text as YAML reads it anywhere: in quotes but where it plainly needs none.
public func yamlText(_ text: String) -> String {
  let isPlain =
    text.first.map { $0.isLetter || $0.isNumber } == true && text.last?.isWhitespace == false
    && text.allSatisfy { $0.isLetter || $0.isNumber || " _-&'./+".contains($0) }
    && !["null", "true", "false", "yes", "no", "on", "off"].contains(text.lowercased())
  if isPlain { return text }
  var quoted = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": quoted += "\\\""
    case "\\": quoted += "\\\\"
    case _ where isEscaped(scalar):
      let digits = String(scalar.value, radix: 16, uppercase: true)
      let length = scalar.value > 0xFFFF ? 8 : 4
      quoted += (length == 8 ? "\\U" : "\\u") + String(repeating: "0", count: length - digits.count) + digits
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}

/// Whether YAML, or a terminal, takes a character for something else than itself.
private func isEscaped(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse, .format: true
  default: false
  }
}
