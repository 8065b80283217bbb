/// One row of a tables.csv: any number that stands in it is known to a reader, whatever its marker says.
struct PublishedRow {
  /// Where the row stands, for messages: the pack and the line of its tables.csv, counted from 1 for the heading.
  var pack: String
  var line: Int
  var question: String
  var answer: String
  var banner: String
  var group: String
  var base: Int?
  var count: Int?
  /// In tenths.
  var percent: Int?
  var lower: Int?
  var upper: Int?
  /// In hundredths, with the interval of a mean in the same form.
  var value: Int?
  var valueLower: Int?
  var valueUpper: Int?
  var marker: String
  /// Of a weighted percentage, in tenths.
  var effectiveBase: Int?

  /// The columns that every tables.csv starts with.
  static let columns = [
    "pack", "wave", "question", "kind", "source", "answer", "banner", "group", "base", "count", "percent",
    "lower",
    "upper", "marker",
  ]

  var isNumberRow: Bool { answer == "(mean)" || answer == "(median)" }

  /// The row without what is weighted, which says nothing of its count.
  var unweighted: PublishedRow {
    var row = self
    (row.percent, row.lower, row.upper) = (nil, nil, nil)
    return row
  }

  /// - Returns: nil and a sentence where the row cannot be read.
  static func read(_ fields: [String], columns: [String: Int], pack: String, line: Int) -> Result<
    PublishedRow, UnreadableRelease
  > {
    func text(_ column: String) -> String { columns[column].map { label(fields[$0]) } ?? "" }
    var wrong: String?
    func number(_ column: String, decimals: Int) -> Int? {
      let field = text(column)
      if field.isEmpty { return nil }
      if let number = scaled(field, decimals: decimals) { return number }
      wrong = wrong ?? column
      return nil
    }
    let answer = text("answer")
    let isNumberRow = answer == "(mean)" || answer == "(median)"
    let row = PublishedRow(
      pack: pack, line: line, question: text("question"), answer: answer, banner: text("banner"),
      group: text("group"), base: number("base", decimals: 0), count: number("count", decimals: 0),
      percent: isNumberRow ? nil : number("percent", decimals: 1),
      lower: isNumberRow ? nil : number("lower", decimals: 1),
      upper: isNumberRow ? nil : number("upper", decimals: 1), value: number("value", decimals: 2),
      valueLower: isNumberRow ? number("lower", decimals: 2) : nil,
      valueUpper: isNumberRow ? number("upper", decimals: 2) : nil, marker: text("marker"),
      effectiveBase: number("effective_base", decimals: 1))
    if let wrong {
      return .failure(.init("\(pack)/tables.csv:\(line): `\(wrong)` is not a number as canvass writes it"))
    }
    return .success(row)
  }

  /// A label without the apostrophe that keeps a spreadsheet from running it: one before any others and one of the characters
  /// that formulas begin with.
  static func label(_ field: String) -> String {
    guard field.unicodeScalars.first == "'", let first = field.unicodeScalars.first(where: { $0 != "'" }),
      "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first)
    else { return field }
    return String(String.UnicodeScalarView(field.unicodeScalars.dropFirst()))
  }

  /// A decimal number times a power of ten, exactly; nil for any other text.
  static func scaled(_ text: String, decimals: Int) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    // Written in one way only: neither a sign nor a zero more.
    let digits = text.hasPrefix("-") ? parts[0].dropFirst() : parts[0]
    guard digits.utf8.allSatisfy({ (48...57).contains($0) }), digits == "0" || !digits.hasPrefix("0"),
      !text.hasPrefix("-") || text.contains(where: { ("1"..."9").contains($0) })
    else { return nil }
    guard parts.count == (decimals == 0 ? 1 : 2), let whole = Int(parts[0]) else { return nil }
    if decimals == 0 { return whole }
    guard parts[1].utf8.count == decimals, parts[1].utf8.allSatisfy({ (48...57).contains($0) }),
      let fraction = Int(parts[1])
    else { return nil }
    // Larger than any figure, and small enough to be reckoned with.
    guard whole.magnitude < 1_000_000_000_000 else { return nil }
    let scale = (0..<decimals).reduce(1) { scale, _ in 10 * scale }
    return parts[0].hasPrefix("-") ? whole * scale - fraction : whole * scale + fraction
  }
}

/// A release folder that is not one, or not one that this auditor understands: it must not be called safe.
public struct UnreadableRelease: Error, Sendable {
  public var sentence: String
  init(_ sentence: String) { self.sentence = sentence }
}
