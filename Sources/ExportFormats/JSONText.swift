import FoundationEssentials

/// Decodes a description written in JSON.
///
/// How deep lists and objects stand inside one another is looked at first, and how much there is: a decoder goes as
/// deep as its input, and a file of a million brackets would exhaust its stack; and a decoder holds some 50 bytes for
/// each value, which may be two bytes in the file.
func decodeJSON<Content: Decodable>(
  _ type: Content.Type, from bytes: [UInt8], limits: ExportLimits
) throws(ExportFault) -> Content {
  guard bytes.count <= limits.maximumDescriptionBytes else {
    throw .tooLarge(limit: limits.maximumDescriptionBytes)
  }
  let plain = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
  let extent = JSONExtent(plain)
  guard extent.valueCount <= limits.maximumJSONValues else {
    throw ExportFault(
      .tooLarge, "the file holds more than \(grouped(limits.maximumJSONValues)) values",
      remedy: "Give the description of the survey, not its responses")
  }
  guard extent.depth <= limits.maximumDepth else {
    throw ExportFault(
      .nestedTooDeep, "lists and objects stand inside one another more than \(limits.maximumDepth) deep",
      remedy: "Export the file anew")
  }
  do {
    return try JSONDecoder().decode(type, from: Data(plain))
  } catch {
    // The decoder's own words may quote the file.
    throw ExportFault(
      .notJSON, "the file is not JSON of the form that it should have",
      remedy: "Export it anew; it may be cut off, or changed by hand")
  }
}

/// How deep JSON goes, and how many values it has, found without a stack.
private struct JSONExtent {
  /// The most brackets and braces that are open at once.
  var depth = 0
  /// Keys included.
  var valueCount = 1

  init(_ bytes: [UInt8]) {
    var open = 0
    var isString = false
    var isEscaped = false
    for byte in bytes {
      if isString {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isString = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isString = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        open += 1
        depth = max(depth, open)
        valueCount += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): open -= 1
      case UInt8(ascii: ","), UInt8(ascii: ":"): valueCount += 1
      default: break
      }
    }
  }
}

/// A string, number or truth value, as the text of a cell would have it: `3`, `0.5`, `true`.
struct JSONScalar: Decodable, Hashable {
  var text: String

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let string = try? container.decode(String.self) {
      text = string
    } else if let whole = try? container.decode(Int.self) {
      text = String(whole)
    } else if let number = try? container.decode(Double.self) {
      text = decimalText(number)
    } else {
      text = String(try container.decode(Bool.self))
    }
  }
}

/// A value where it has the form that is expected, and nothing where it has another. Programs write `false` or `[]`
/// for an object that is empty.
struct Lenient<Value: Decodable>: Decodable {
  var value: Value?

  init(from decoder: any Decoder) throws {
    value = try? decoder.singleValueContainer().decode(Value.self)
  }
}

/// Any key of an object, as it is written there.
struct JSONKey: CodingKey, ExpressibleByStringLiteral {
  var stringValue: String
  var intValue: Int? { nil }

  init(stringLiteral value: String) { stringValue = value }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension KeyedDecodingContainer<JSONKey> {
  /// The object that stands under a key; nil where there is none.
  func object(_ key: JSONKey) -> KeyedDecodingContainer<JSONKey>? {
    try? nestedContainer(keyedBy: JSONKey.self, forKey: key)
  }
}

extension KeyedDecodingContainer {
  /// The value of a key; nil where it is absent, null, or of another form.
  func lenient<Value: Decodable>(_ type: Value.Type, _ key: Key) -> Value? {
    (try? decodeIfPresent(Lenient<Value>.self, forKey: key))?.value
  }
}
