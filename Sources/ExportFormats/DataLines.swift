/// The lines of a file of fixed columns. The first line break tells which kind the file uses: LF, CR, CR LF or LF CR.
struct DataLines {
  private let bytes: [UInt8]
  private let lineBreak: [UInt8]
  private var index = 0
  private let end: Int
  /// Of the line read last, from 1.
  private(set) var number = 0

  /// - Parameter bytes: UTF-8.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lineBreak = DataLines.lineBreak(of: bytes)
    // Empty lines at the end are no respondents.
    var end = bytes.count
    while end > 0, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    self.end = end
  }

  private static func lineBreak(of bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) else { return [0x0A] }
    let second = first + 1 < bytes.count ? bytes[first + 1] : 0
    let isPair = (second == 0x0A || second == 0x0D) && second != bytes[first]
    return isPair ? [bytes[first], second] : [bytes[first]]
  }

  /// The next line, without its break; nil at the end.
  mutating func next() -> ArraySlice<UInt8>? {
    guard index < end else { return nil }
    number += 1
    let start = index
    while index < end {
      if bytes[index] == lineBreak[0], bytes[index...].starts(with: lineBreak) { break }
      index += 1
    }
    defer { index += lineBreak.count }
    return bytes[start..<index]
  }
}

/// A line whose fields are found by the positions of their characters.
struct FixedFields {
  private let bytes: ArraySlice<UInt8>
  /// Nil where each byte is a character.
  private let scalars: [Unicode.Scalar]?

  init(_ line: ArraySlice<UInt8>) {
    bytes = line
    scalars =
      line.allSatisfy { $0 < 0x80 } ? nil : Array(String(decoding: line, as: UTF8.self).unicodeScalars)
  }

  /// The characters from position `start` to `finish`, both from 1: as many as the line has of them.
  func text(from start: Int, to finish: Int) -> String {
    let end = min(finish, scalars?.count ?? bytes.count)
    guard start <= end else { return "" }
    if let scalars { return String(String.UnicodeScalarView(scalars[(start - 1)..<end])) }
    return String(decoding: bytes[(bytes.startIndex + start - 1)..<(bytes.startIndex + end)], as: UTF8.self)
  }
}
