/// What spreadsheets make of texts that look like dates or long numbers when a file is opened and saved.
enum SpreadsheetDamage {
  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// The declared text that became a date such as `01-May`; nil where the text is no such date, or no declared text could
  /// have become it.
  static func original(of text: String, among declared: [String]) -> String? {
    guard let (first, second) = dayAndMonth(text) else { return nil }
    return declared.first { candidate in
      let numbers = candidate.split(whereSeparator: { !$0.isNumber || !$0.isASCII }).map { Int($0) }
      let rest = candidate.filter { !$0.isNumber && !$0.isWhitespace }
      guard numbers.count == 2, ["-", "–", "/", "."].contains(rest) else { return false }
      return numbers == [first, second] || numbers == [second, first]
    }
  }

  /// What is added to the code of an answer whose text is one that a spreadsheet made of another, so that the cells which
  /// hold it can be counted.
  static let repaired: Int32 = 1 << 24

  /// Texts of answers with their codes, those that repair damage marked.
  static func marking(_ entries: [(text: [UInt8], code: Int32)]) -> [(text: [UInt8], code: Int32)] {
    let texts = entries.map { String(decoding: $0.text, as: UTF8.self) }
    return zip(entries, texts).map { entry, text in
      guard entry.code >= 0, dayAndMonth(text) != nil else { return entry }
      let others = zip(entries, texts).filter { $0.0.code == entry.code && $0.1 != text }.map(\.1)
      return original(of: text, among: others) == nil ? entry : (entry.text, entry.code + repaired)
    }
  }

  /// Day or year, and month, of `01-May`, `1-May`, `May-01` or `Jan-05`.
  private static func dayAndMonth(_ text: String) -> (Int, Int)? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    for (number, word) in [(parts[0], parts[1]), (parts[1], parts[0])] {
      guard (1...2).contains(number.count), let day = Int(number), word.count == 3,
        let month = months.firstIndex(of: word.lowercased())
      else { continue }
      return (day, month + 1)
    }
    return nil
  }

  /// Whether a cell is a long number in the short form of spreadsheets, `6.35E+17`, whose last digits are lost.
  static func isShortened(_ cell: CellRange, in bytes: RawSpan) -> Bool {
    var offset = cell.start
    guard cell.count >= 5, cell.count <= 24, isDigit(bytes.byte(at: offset)) else { return false }
    offset += 1
    while offset < cell.end, isDigit(bytes.byte(at: offset)) || [0x2E, 0x2C].contains(bytes.byte(at: offset))
    { offset += 1 }
    guard offset + 2 < cell.end, bytes.byte(at: offset) | 0x20 == UInt8(ascii: "e"),
      bytes.byte(at: offset + 1) == UInt8(ascii: "+")
    else { return false }
    return (offset + 2..<cell.end).allSatisfy { isDigit(bytes.byte(at: $0)) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
