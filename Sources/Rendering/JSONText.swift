/// A JSON value whose text is always the same: keys sorted by their bytes, two spaces an indent, whole numbers only.
///
/// A release's figures are whole numbers, so there is no case for a fraction, whose text would depend on a formatter.
public indirect enum JSONText: Sendable, Hashable {
  case text(String)
  case number(Int)
  case boolean(Bool)
  case list([JSONText])
  case object([String: JSONText])

  /// The file: UTF-8, ended by a line feed.
  public var bytes: [UInt8] {
    var buffer = ByteBuffer()
    append(to: &buffer, indent: 0)
    buffer.append("\n")
    return buffer.bytes
  }

  func append(to buffer: inout ByteBuffer, indent: Int = 0) {
    switch self {
    case .text(let text): Self.append(text, to: &buffer)
    case .number(let number): buffer.append(number)
    case .boolean(let flag): buffer.append(flag ? "true" : "false")
    case .list(let items):
      let isPlain = items.allSatisfy(\.isScalar)
      Self.appendItems(items.count, "[", "]", isPlain ? nil : indent, to: &buffer) { index, buffer in
        items[index].append(to: &buffer, indent: indent + 1)
      }
    case .object(let fields):
      let keys = fields.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      Self.appendItems(keys.count, "{", "}", indent, to: &buffer) { index, buffer in
        Self.append(keys[index], to: &buffer)
        buffer.append(": ")
        fields[keys[index]]?.append(to: &buffer, indent: indent + 1)
      }
    }
  }

  private var isScalar: Bool {
    switch self {
    case .text, .number, .boolean: true
    case .list, .object: false
    }
  }

  /// Items between brackets, each on a line of its own; on one line where `indent` is nil.
  private static func appendItems(
    _ count: Int, _ open: String, _ close: String, _ indent: Int?, to buffer: inout ByteBuffer,
    item: (Int, inout ByteBuffer) -> Void
  ) {
    buffer.append(open)
    for index in 0..<count {
      if index > 0 { buffer.append(indent == nil ? ", " : ",") }
      if let indent { buffer.append("\n" + String(repeating: "  ", count: indent + 1)) }
      item(index, &buffer)
    }
    if let indent, count > 0 { buffer.append("\n" + String(repeating: "  ", count: indent)) }
    buffer.append(close)
  }

  private static func append(_ text: String, to buffer: inout ByteBuffer) {
    buffer.append("\"")
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": buffer.append("\\\"")
      case "\\": buffer.append("\\\\")
      case "\n": buffer.append("\\n")
      case "\r": buffer.append("\\r")
      case "\t": buffer.append("\\t")
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        buffer.append("\\u" + String(repeating: "0", count: 4 - digits.count) + digits)
      default: buffer.append(String(scalar))
      }
    }
    buffer.append("\"")
  }
}

extension JSONText: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  public init(stringLiteral text: String) { self = .text(text) }
  public init(integerLiteral number: Int) { self = .number(number) }
  public init(booleanLiteral flag: Bool) { self = .boolean(flag) }
}

extension JSONText {
  /// A list of texts.
  public static func texts(_ texts: [String]) -> JSONText { .list(texts.map(JSONText.text)) }

  /// An object of the fields that have a value.
  public static func fields(_ fields: [String: JSONText?]) -> JSONText {
    .object(fields.compactMapValues { $0 })
  }
}
