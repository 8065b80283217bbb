/// How the characters of a file are written as bytes.
public enum TextEncoding: Sendable, Hashable {
  case utf8
  /// Windows-1252, which also reads ISO 8859-1: the two differ only in what the latter leaves to control characters.
  /// Source: the Encoding Standard, https://encoding.spec.whatwg.org/#names-and-labels.
  case windows1252
  /// In the order of its mark of byte order, or little-endian without one.
  case utf16

  /// The encoding that goes by a name, whether it is written `ISO-8859-1` or `iso8859-1`; nil for any other.
  init?(named name: String) {
    let plain = name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    switch plain {
    case "utf8", "usascii", "ascii": self = .utf8
    case "utf16", "utf16le", "utf16be", "unicode", "ucs2": self = .utf16
    case "iso88591", "latin1", "windows1252", "cp1252", "ansi", "ansix341968": self = .windows1252
    default: return nil
    }
  }

  /// The encoding that a file's mark of byte order tells; nil where it has none.
  init?(markOf bytes: [UInt8]) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      self = .utf8
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16
    } else {
      return nil
    }
  }

  /// The same text in UTF-8, without a mark of byte order; nil where the bytes are none of this encoding.
  func utf8(_ bytes: [UInt8]) -> [UInt8]? {
    switch self {
    case .utf8:
      let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
      return isValidUTF8(text) ? text : nil
    case .windows1252:
      guard bytes.contains(where: { $0 >= 0x80 }) else { return bytes }
      var result = String.UnicodeScalarView()
      for byte in bytes { result.append(windows1252Scalar(byte)) }
      return Array(String(result).utf8)
    case .utf16:
      return utf16(bytes)
    }
  }

  private func utf16(_ bytes: [UInt8]) -> [UInt8]? {
    guard bytes.count.isMultiple(of: 2) else { return nil }
    let isBig = bytes.starts(with: [0xFE, 0xFF])
    let hasMark = isBig || bytes.starts(with: [0xFF, 0xFE])
    let units = stride(from: hasMark ? 2 : 0, to: bytes.count, by: 2).lazy.map { offset in
      let (first, second) = (UInt16(bytes[offset]), UInt16(bytes[offset + 1]))
      return isBig ? first << 8 | second : second << 8 | first
    }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count / 2)
    let isBroken = transcode(
      units.makeIterator(), from: UTF16.self, to: UTF8.self, stoppingOnError: true,
      into: { result.append($0) })
    return isBroken ? nil : result
  }
}

/// The character that a byte is in windows-1252; the five that are none stay control characters, as in browsers.
func windows1252Scalar(_ byte: UInt8) -> Unicode.Scalar {
  0x80...0x9F ~= byte ? windows1252High[Int(byte) - 0x80] : Unicode.Scalar(byte)
}

private let windows1252High = Array(
  "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

func isValidUTF8(_ bytes: [UInt8]) -> Bool { String(validating: bytes, as: UTF8.self) != nil }
