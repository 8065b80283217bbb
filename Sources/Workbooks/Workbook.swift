/// A workbook as both formats write it: sheets of cells, and what the file says of itself.
///
/// There are no formulas, merged cells, hidden parts, filters, frozen panes or macros, since the model has no place for
/// them. The look is fixed: a sans-serif font of 12 points or more, no fill and no borders.
public struct Workbook: Sendable {
  /// What the file says of itself. It holds no clock: the same workbook gives the same bytes.
  public struct Properties: Sendable {
    public var title: String
    public var subject: String
    /// The organisation that publishes; nil: the property is left out.
    public var author: String?
    /// A BCP 47 tag with a region, such as `en-GB`.
    public var language: String
    public var keywords: [String]
    public var description: String

    public init(
      title: String, subject: String, author: String?, language: String, keywords: [String],
      description: String
    ) {
      self.title = title
      self.subject = subject
      self.author = author
      self.language = language
      self.keywords = keywords
      self.description = description
    }
  }

  public var properties: Properties
  public var sheets: [Sheet]

  public init(properties: Properties, sheets: [Sheet]) {
    self.properties = properties
    self.sheets = sheets
  }
}

/// One sheet. Its first cell is its title.
public struct Sheet: Sendable {
  /// As `SheetNames` gives it: letters, digits and underscores, at most 31, unlike every other whatever the case.
  public var name: String
  /// Widths of the columns from the first, in digits of the body's font.
  public var widths: [Int]
  public var rows: [[Cell]]
  /// The rows from here to the last are one table, of as many columns as the row has; nil: there is none.
  public var headerRow: Int?

  public init(name: String, widths: [Int], rows: [[Cell]], headerRow: Int?) {
    self.name = name
    self.widths = widths
    self.rows = rows
    self.headerRow = headerRow
  }

  /// The height of a row of heads in points: they stand apart from what is above them, without empty rows, at which
  /// screen readers stop. Nil for other rows.
  func headHeight(ofRow row: Int) -> Int? {
    guard case .text(_, let style)? = rows[row].first else { return nil }
    return switch style {
    case .heading1: 26
    case .heading2: 32
    case .textHeader: 38
    case .line, .paragraph, .numberHeader, .shorthand: nil
    }
  }

  /// The name of the table. A prefix keeps it from looking like the address of a cell, as `q1` would.
  var tableName: String { "table_\(name)" }
  /// The header row's texts, which name the table's columns.
  var columnNames: [String] { headerRow.map { rows[$0].map(\.text) } ?? [] }
}

/// One cell. Text is never taken for a formula, whatever it begins with.
public enum Cell: Sendable {
  case text(String, TextStyle)
  /// A number as decimal digits with a point, as `1186` or `-0.05`.
  case number(String, NumberStyle)
  /// A link to the first cell of another sheet.
  case link(String, sheet: String)

  public var text: String {
    switch self {
    case .text(let text, _), .number(let text, _), .link(let text, _): text
    }
  }

  /// The place of its style among `CellStyle.all`.
  var style: Int {
    switch self {
    case .text(_, let style): style.rawValue
    case .number(_, let style): TextStyle.allCases.count + style.rawValue
    case .link: TextStyle.allCases.count + NumberStyle.allCases.count
    }
  }
}

/// How text looks.
public enum TextStyle: Int, Sendable, CaseIterable {
  /// The title of a sheet, tagged `Heading 1`.
  case heading1
  /// A head within a sheet, tagged `Heading 2`.
  case heading2
  /// A line that may run over the columns beside it.
  case line
  /// A text that is broken to the width of its column.
  case paragraph
  /// A column's head over text.
  case textHeader
  /// A column's head over numbers.
  case numberHeader
  /// Shorthand in the place of a number.
  case shorthand
}

/// How numbers look; thousands are parted by commas.
public enum NumberStyle: Int, Sendable, CaseIterable {
  case whole
  case tenths
  case hundredths
}

/// What the two formats need to know of a style.
struct CellStyle {
  var name: String
  /// The tag that a screen reader and an outline know; nil: ordinary text.
  var heading: Int?
  var size = 12
  var isBold = false
  var isLink = false
  var isRight = false
  var wraps = false
  /// Heads stand at the bottom of their row, all else at the top.
  var isAtBottom = false
  /// The decimals of a number; nil: text.
  var decimals: Int?

  /// In the order of `Cell.style`.
  static let all: [CellStyle] =
    TextStyle.allCases.map { style in
      switch style {
      case .heading1: CellStyle(name: "Heading 1", heading: 1, size: 16, isBold: true, isAtBottom: true)
      case .heading2: CellStyle(name: "Heading 2", heading: 2, size: 14, isBold: true, isAtBottom: true)
      case .line: CellStyle(name: "line")
      case .paragraph: CellStyle(name: "paragraph", wraps: true)
      case .textHeader: CellStyle(name: "text_header", isBold: true, wraps: true, isAtBottom: true)
      case .numberHeader:
        CellStyle(name: "number_header", isBold: true, isRight: true, wraps: true, isAtBottom: true)
      case .shorthand: CellStyle(name: "shorthand", isRight: true)
      }
    }
    + NumberStyle.allCases.map { style in
      CellStyle(name: "decimals_\(style.rawValue)", isRight: true, decimals: style.rawValue)
    } + [CellStyle(name: "link", isLink: true)]

  static let font = "Arial"
}

/// In how many lines the texts of rows stand, by the widths of Arial's letters; where a program has another font it may be one
/// more or less. A text that comes again is not measured again, as long ones do in each row of a question.
struct RowLines {
  /// In digits, column by column.
  private let widths: [Int]
  /// Column by column, the lines of the texts that were measured.
  private var known: [[String: Int]]

  init(widths: [Int]) {
    self.widths = widths
    known = widths.map { _ in [:] }
  }

  mutating func lines(in cells: [Cell]) -> Int {
    var most = 1
    for (column, (cell, digits)) in zip(cells, widths).enumerated() {
      guard case .text(let text, .paragraph) = cell, text.utf8.count > digits || text.utf8.contains(10) else {
        continue
      }
      if let lines = known[column][text] {
        most = max(most, lines)
        continue
      }
      let lines = linesOfText(text, width: digits)
      known[column][text] = lines
      most = max(most, lines)
    }
    return most
  }
}

/// How many lines a text takes when it is broken between words.
/// - Parameter width: Of the column, in digits.
func linesOfText(_ text: String, width: Int) -> Int {
  let most = width * digitWidth
  var lines = 0
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    var used = 0
    lines += 1
    for word in paragraph.split(separator: " ") {
      let length = word.unicodeScalars.reduce(0) { $0 + widthOfLetter($1) }
      if used > 0, used + blankWidth + length <= most {
        used += blankWidth + length
      } else {
        // A word that is longer than the column is broken.
        lines += (used > 0 ? 1 : 0) + max(0, length - 1) / most
        used = length % most
      }
    }
  }
  return lines
}

private let digitWidth = 10
private let blankWidth = 5

/// About how wide a letter is in Arial, where a digit is 10 wide.
private func widthOfLetter(_ scalar: Unicode.Scalar) -> Int {
  switch scalar {
  case "i", "j", "l", "'", "|": 4
  case "f", "t", ".", ",", ":", ";", "/", "!", "[", "]": 5
  case "r", "-", "(", ")": 6
  case "c", "k", "s", "v", "x", "y", "z": 9
  case "m", "M", "W", "%", "@": 17
  case "w", "A"..."Z", "&": 14
  case _ where scalar.value >= 0x1100: 18
  default: digitWidth
  }
}
