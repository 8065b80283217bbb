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
    case _
    where scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}":
      let digits = String(scalar.value, radix: 16, uppercase: true)
      quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: quoted.unicodeScalars.append(scalar)
    }
  }
  return quoted + "\""
}
