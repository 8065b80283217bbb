/// What identifies a thing in a REFI-QDA file: 128 bits, written with or without braces, in either case.
///
/// Source: `GUIDType` in Project.xsd, QDA-XML version 1.0 (18 March 2019).
public struct GUID: Sendable, Hashable, CustomStringConvertible {
  let high: UInt64
  let low: UInt64

  /// Stands where a file gave none; such a file has a fault, and nothing of it is returned.
  static let zero = GUID(high: 0, low: 0)

  private init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Nil unless `text` is 8-4-4-4-12 hexadecimal digits, in braces or not; blanks around it do not matter, as in the
  /// schema's `token`.
  public init?(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    if bytes.first == UInt8(ascii: "{"), bytes.last == UInt8(ascii: "}") {
      bytes = bytes.dropFirst().dropLast()
    }
    guard bytes.count == 36 else { return nil }
    var halves: [UInt64] = [0, 0]
    var digits = 0
    for (offset, byte) in bytes.enumerated() {
      if GUID.dashes.contains(offset) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = hexadecimalDigit(byte) else { return nil }
      halves[digits / 16] = halves[digits / 16] << 4 | digit
      digits += 1
    }
    high = halves[0]
    low = halves[1]
  }

  /// Without braces, in capitals.
  public var description: String {
    let digits = Array(padded(high) + padded(low))
    let groups = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32]
    return groups.map { String(digits[$0]) }.joined(separator: "-")
  }

  private static let dashes = [8, 13, 18, 23]
}

private func padded(_ half: UInt64) -> String {
  let digits = String(half, radix: 16, uppercase: true)
  return String(repeating: "0", count: 16 - digits.count) + digits
}

private func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\n")
    || byte == UInt8(ascii: "\r")
}

private func hexadecimalDigit(_ byte: UInt8) -> UInt64? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): return UInt64(byte - UInt8(ascii: "0"))
  case UInt8(ascii: "a")...UInt8(ascii: "f"): return UInt64(byte - UInt8(ascii: "a")) + 10
  case UInt8(ascii: "A")...UInt8(ascii: "F"): return UInt64(byte - UInt8(ascii: "A")) + 10
  default: return nil
  }
}
