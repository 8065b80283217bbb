/// XML as it grows. Text goes in by one call, which leaves no markup in it and nothing that XML 1.0 cannot hold.
struct XMLBuffer {
  private(set) var bytes: [UInt8] = Array(
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n".utf8)

  init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

  /// Markup, as it stands.
  mutating func append(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  mutating func append(_ markup: [UInt8]) { bytes.append(contentsOf: markup) }

  mutating func append(_ number: Int) {
    if number >= 0, number < 10 {
      bytes.append(UInt8(ascii: "0") + UInt8(number))
    } else {
      append(String(number))
    }
  }

  /// Text, or the value of an attribute in double quotes.
  mutating func append(text: String) {
    // Most text needs nothing.
    if text.utf8.allSatisfy({ !Self.isMarkup($0) }) { return append(text) }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): append("&amp;")
      case UInt8(ascii: "<"): append("&lt;")
      case UInt8(ascii: ">"): append("&gt;")
      case UInt8(ascii: "\""): append("&quot;")
      default: bytes.append(byte)
      }
    }
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "&") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
      || byte == UInt8(ascii: "\"")
  }
}

/// A text as XML 1.0 can hold it: a control character is shown by its picture (U+2400 and on), and the two code points that
/// are no characters by U+FFFD. Ends of lines are line feeds. A tab counts as a control character, since a cell of
/// OpenDocument loses it in LibreOffice.
func shownInXML(_ text: String) -> String {
  let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0xEF }
  if isPlain { return text }
  var shown = String.UnicodeScalarView()
  for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
    switch scalar.value {
    case 0x0A: shown.append(scalar)
    case 0..<0x20: shown.append(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}")
    case 0xFFFE, 0xFFFF: shown.append("\u{FFFD}")
    default: shown.append(scalar)
    }
  }
  return String(shown)
}
