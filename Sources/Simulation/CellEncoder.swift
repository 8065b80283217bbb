import SurveyDefinition

/// Turns texts into the bytes of cells, in the encoding and with the separator of the definition.
struct CellEncoder: Sendable {
  let encoding: InputLayout.Encoding
  let separator: UInt8
  let quoting: Bool

  init(input: InputLayout) {
    encoding = input.encoding
    separator = input.separator
    quoting = input.quoting
  }

  /// The bytes of a text, still without quotes.
  /// - Parameter quotable: True where what cannot stand without quotes is none of this function's business.
  func encode(_ text: String, quotable: Bool = false) throws(SimulationFailure) -> [UInt8] {
    let bytes: [UInt8]
    switch encoding {
    case .utf8: bytes = Array(text.utf8)
    case .iso88591, .windows1252:
      // The two differ only in 0x80 to 0x9F, which Unicode gives to control characters.
      bytes = try text.unicodeScalars.map { scalar throws(SimulationFailure) in
        guard scalar.value < 0x80 || (0xA0...0xFF).contains(scalar.value) else {
          throw .encoding(encoding.rawValue)
        }
        return UInt8(scalar.value)
      }
    case .macintosh:
      guard text.utf8.allSatisfy({ $0 < 0x80 }) else { throw .encoding(encoding.rawValue) }
      bytes = Array(text.utf8)
    case .utf16: throw .encoding(encoding.rawValue)
    }
    if !quoting && !quotable && needsQuotes(bytes) { throw .quoting }
    return bytes
  }

  func encode(_ texts: [String]) throws(SimulationFailure) -> [[UInt8]] {
    let encoded = try texts.map { text throws(SimulationFailure) in try encode(text) }
    return encoded.isEmpty ? [[]] : encoded
  }

  /// Open text, which gives up what cannot be written rather than stop the wave.
  func encodeFreely(_ text: String) throws(SimulationFailure) -> [UInt8] {
    let bytes = try encode(text, quotable: true)
    guard !quoting else { return bytes }
    return bytes.map { needsQuotes([$0]) ? UInt8(ascii: " ") : $0 }
  }

  /// RFC 4180, section 2, rules 6 and 7.
  func needsQuotes(_ bytes: [UInt8]) -> Bool {
    bytes.contains {
      $0 == separator || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r")
    }
  }
}
