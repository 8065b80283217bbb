import Foundation

/// Reads the statements of a document's source back: calls of functions with texts, numbers and arrays, and nothing else.
///
/// A second reading, so that what is written as text is not judged by the writer. What a label had slipped into the code
/// would be something that this cannot read, or a function that the template does not have.
struct TypstReader {
  indirect enum Value: Equatable {
    case text(String)
    case number(Int)
    /// `true`, `false` or `none`.
    case word(String)
    case array([Value])
    case call(String, [Value])
    case named(String, Value)

    /// All of it that a reader sees, without what is text for the program.
    var shown: String {
      switch self {
      case .text(let text): text
      case .number, .word: ""
      case .array(let values), .call(_, let values): values.map(\.shown).joined(separator: " ")
      case .named(_, let value): value.shown
      }
    }
  }

  struct Fault: Error {
    let words: String
    let place: String
  }

  /// The call that sets the document up, then its statements in order.
  static func statements(of source: String) throws -> [Value] {
    guard let start = source.range(of: "\n#show: ")?.upperBound else {
      throw Fault(words: "no document", place: String(source.prefix(40)))
    }
    var reader = TypstReader(Array(source[start...].unicodeScalars))
    var statements = [try reader.sum()]
    try reader.take("#")
    try reader.take("{")
    while !reader.comes("}") { statements.append(try reader.sum()) }
    try reader.take("}")
    guard reader.isAtEnd else { throw reader.fault("more than a document") }
    return statements
  }

  private let scalars: [Unicode.Scalar]
  private var place = 0

  private init(_ scalars: [Unicode.Scalar]) { self.scalars = scalars }

  private mutating func skipBlanks() {
    while place < scalars.count, scalars[place] == " " || scalars[place] == "\n" { place += 1 }
  }

  private var isAtEnd: Bool {
    mutating get {
      skipBlanks()
      return place == scalars.count
    }
  }

  private mutating func comes(_ scalar: Unicode.Scalar) -> Bool {
    skipBlanks()
    return place < scalars.count && scalars[place] == scalar
  }

  private mutating func take(_ scalar: Unicode.Scalar) throws {
    guard comes(scalar) else { throw fault("no \(scalar)") }
    place += 1
  }

  private func fault(_ words: String) -> Fault {
    Fault(words: words, place: String(String.UnicodeScalarView(scalars[place...].prefix(60))))
  }

  private mutating func sum() throws -> Value {
    var values = [try value()]
    while comes("+") {
      place += 1
      values.append(try value())
    }
    return values.count == 1 ? values[0] : .call("+", values)
  }

  private mutating func list() throws -> [Value] {
    try take("(")
    var values: [Value] = []
    while !comes(")") {
      values.append(try sum())
      if comes(",") { place += 1 }
    }
    try take(")")
    return values
  }

  private mutating func value() throws -> Value {
    if comes("(") { return .array(try list()) }
    if comes("\"") { return .text(try text()) }
    var word = String.UnicodeScalarView()
    while place < scalars.count, scalars[place].isASCII,
      scalars[place].properties.isAlphabetic || ("0"..."9").contains(scalars[place])
        || "-._".unicodeScalars.contains(scalars[place])
    {
      word.append(scalars[place])
      place += 1
    }
    guard !word.isEmpty else { throw fault("neither text, number nor call") }
    if comes("(") { return .call(String(word), try list()) }
    if comes(":") {
      place += 1
      return .named(String(word), try sum())
    }
    return Int(String(word)).map { .number($0) } ?? .word(String(word))
  }

  private mutating func text() throws -> String {
    try take("\"")
    var text = String.UnicodeScalarView()
    while place < scalars.count, scalars[place] != "\"" {
      guard scalars[place] == "\\" else {
        text.append(scalars[place])
        place += 1
        continue
      }
      place += 1
      guard place < scalars.count else { break }
      if scalars[place] != "u" {
        text.append(scalars[place])
        place += 1
        continue
      }
      place += 1
      try take("{")
      var digits = ""
      while place < scalars.count, scalars[place] != "}" {
        digits.unicodeScalars.append(scalars[place])
        place += 1
      }
      try take("}")
      guard let number = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(number) else {
        throw fault("no number of a sign")
      }
      text.append(scalar)
    }
    guard place < scalars.count else { throw fault("a text without end") }
    place += 1
    return String(text)
  }
}
