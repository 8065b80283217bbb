/// An expression of Typst's language.
///
/// A text gets into one only through `string`, as a literal, and names are fixed in the program: no label of a survey can become
/// code or markup.
struct TypstCode {
  let text: String

  private init(_ text: String) { self.text = text }

  static let none = TypstCode("none")

  static func number(_ number: Int) -> TypstCode { TypstCode(String(number)) }

  static func truth(_ value: Bool) -> TypstCode { TypstCode(value ? "true" : "false") }

  /// A string literal. Whatever is not plainly visible is written by its number.
  static func string(_ text: String) -> TypstCode {
    var literal = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": literal += "\\\""
      case "\\": literal += "\\\\"
      default:
        if scalar.isPlain {
          literal.unicodeScalars.append(scalar)
        } else {
          literal += "\\u{" + String(scalar.value, radix: 16) + "}"
        }
      }
    }
    return TypstCode(literal + "\"")
  }

  static func bytes(_ bytes: [UInt8]) -> TypstCode {
    TypstCode("bytes((" + bytes.map { "\($0)," }.joined() + "))")
  }

  /// Of one element, too, an array and not the element in brackets.
  static func array(_ elements: [TypstCode]) -> TypstCode {
    TypstCode("(" + elements.map { $0.text + "," }.joined() + ")")
  }

  static func call(
    _ function: StaticString, _ arguments: [TypstCode] = [],
    _ named: KeyValuePairs<StaticString, TypstCode> = [:]
  ) -> TypstCode {
    let all = arguments.map(\.text) + named.map { "\($0.key): \($0.value.text)" }
    return TypstCode("\(function)(" + all.joined(separator: ", ") + ")")
  }

  /// One after another, as one piece of content.
  static func joined(_ parts: [TypstCode]) -> TypstCode {
    parts.count == 1
      ? parts[0] : TypstCode(parts.isEmpty ? "\"\"" : parts.map(\.text).joined(separator: " + "))
  }

  /// A template's own text, which holds nothing of a survey, with what is set by it.
  static func document(_ template: StaticString, show: TypstCode, statements: [TypstCode]) -> String {
    "\(template)\n#show: \(show.text)\n#{\n" + statements.map { $0.text + "\n" }.joined() + "}\n"
  }
}

extension Unicode.Scalar {
  /// Whether it stands for itself in a line of source.
  fileprivate var isPlain: Bool {
    if isASCII { return (0x20...0x7E).contains(value) }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned,
      .nonspacingMark, .enclosingMark, .spacingMark:
      return false
    case .spaceSeparator: return false
    default: return !properties.isDefaultIgnorableCodePoint
    }
  }
}
