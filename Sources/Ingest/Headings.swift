import SurveyDefinition

/// The headings of a table, in as many rows as it has, and which column a reference means.
///
/// With several rows a heading is any one cell of a column's header rows.
struct Headings {
  /// By column: its cells in the header rows, from the top; the same cell twice counts once.
  let cells: [[String]]
  /// The cells by row, which all have the same width.
  private let rows: [[String]]
  /// Under which key the definition names columns, for remedies; nil for responses, whose questions and variables name their
  /// own, which the finding says.
  private let columnsKey: String?
  private let place: Place
  /// Columns that something refers to.
  private(set) var isRead: [Bool]
  private(set) var findings: [Finding] = []
  private var namedHeadings = 0
  /// By row: whether a heading that something refers to stands in it.
  private var isFoundIn: [Bool]
  /// Headings that may still be compared with misspelt ones: all of a thousand columns for a hundred of them. Beyond,
  /// the findings come without a suggestion, as nobody mends a definition of another survey word by word.
  private var comparisonsLeft = 100_000
  /// By column that is counted: who first named it, and how.
  private var references: [Int: (reference: ColumnReference, user: String)] = [:]
  /// By heading, its columns.
  private let positions: [[UInt8]: [Int]]

  /// - Parameters:
  ///   - rows: The header rows without blanks at both ends of a cell; all of one width.
  ///   - width: The number of columns, for a table without header rows.
  init(rows: [[String]], width: Int? = nil, at place: Place, columnsKey: String? = nil) {
    self.columnsKey = columnsKey
    self.rows = rows
    self.place = place
    let width = rows.first?.count ?? width ?? 0
    cells = (0..<width).map { column in
      var cells: [String] = []
      for row in rows where !cells.contains(row[column]) { cells.append(row[column]) }
      return cells
    }
    var positions: [[UInt8]: [Int]] = [:]
    for (column, cells) in cells.enumerated() {
      for cell in cells { positions[Array(cell.utf8), default: []].append(column) }
    }
    self.positions = positions
    isRead = Array(repeating: false, count: width)
    isFoundIn = Array(repeating: false, count: rows.count)
  }

  /// The number of columns.
  var width: Int { cells.count }

  /// Whether a heading stands over some column.
  func holds(_ name: String) -> Bool { positions[trimmedBytes(name)] != nil }

  /// The position of the column, from 0; a fault and nil where there is not exactly one.
  /// - Parameters:
  ///   - user: Who refers to it, as a finding names it.
  ///   - isCounted: Whether what stands in it is counted. What reads the same column must name it in the same way, as the
  ///     definition alone has to tell which items share one.
  mutating func position(of reference: ColumnReference, for user: String, isCounted: Bool = true) -> Int? {
    guard let position = located(reference, for: user) else { return nil }
    guard isCounted, columnsKey == nil else { return position }
    if let first = references[position], first.reference != reference {
      fault(
        "column-named-twice", "\(user) and \(first.user) name one column in two ways",
        remedy: "name it in one way, so that it can be seen that they share it")
    }
    if references[position] == nil { references[position] = (reference, user) }
    return position
  }

  private mutating func located(_ reference: ColumnReference, for user: String) -> Int? {
    switch reference {
    case .number(let number):
      guard number >= 1, number <= width else {
        fault(
          "no-such-column",
          "\(user): there is no column `#\(number)`; the \(rows.isEmpty ? "first record" : "header") has "
            + counted(width, "column", "columns"), remedy: wrongSeparatorHint)
        return nil
      }
      isRead[number - 1] = true
      return number - 1
    case .heading(let name):
      guard !rows.isEmpty else {
        fault(
          "no-such-column",
          "\(user): the file has no headings, so “\(shown(name, limit: 60))” names no column",
          remedy: "name the column by its number, such as `\"#1\"`, or say how many `header_rows` there are")
        return nil
      }
      namedHeadings += 1
      let wanted = trimmedBytes(name)
      let found = positions[wanted] ?? []
      for position in found {
        isRead[position] = true
        for (row, cells) in rows.enumerated() where Array(cells[position].utf8) == wanted {
          isFoundIn[row] = true
        }
      }
      if found.count == 1 { return found[0] }
      if found.isEmpty { missing(name, user) } else { repeated(name, found, user) }
      return nil
    }
  }

  /// The rows that may be shown as headings: none that could be somebody's response.
  var shownRows: [[String]] {
    rows.indices.filter { (namedHeadings == 0 && rows.count == 1) || isFoundIn[$0] }.map { rows[$0] }
  }

  /// Columns that nothing refers to, by position and heading; none where the first row looks like no header at all, as
  /// it would then be somebody's response. Of several rows, only those in which something was found are told.
  var unread: [(position: Int, heading: String)] {
    guard !rows.isEmpty, namedHeadings == 0 || isFoundIn.contains(true) else { return [] }
    return cells.indices.filter { !isRead[$0] }.map { column in
      let row = rows.indices.first { (isFoundIn[$0] || rows.count == 1) && !rows[$0][column].isEmpty }
      return (column, row.map { rows[$0][column] } ?? "")
    }
  }

  /// Headings that may stand in a finding: those of the first row, and of rows in which something was found. Where too
  /// many `header_rows` are declared, the others are somebody's response.
  private var tellable: [String] {
    rows.indices.filter { $0 == 0 || isFoundIn[$0] }.flatMap { rows[$0] }
  }

  private mutating func missing(_ name: String, _ user: String) {
    let tellable = comparisonsLeft > 0 ? self.tellable : []
    comparisonsLeft -= tellable.count
    let near = nearest(to: name, among: tellable).map { "did you mean “\(shown($0, limit: 60))”" }
    fault(
      "no-such-column", "\(user): no column has the heading “\(shown(name, limit: 60))”",
      remedy: near ?? wrongSeparatorHint
        ?? "name a heading of the \(rows.count > 1 ? "header rows" : "first row"), or the column's number, such as `#1`"
        + (columnsKey.map { ", under \($0)" } ?? ""))
  }

  private mutating func repeated(_ name: String, _ positions: [Int], _ user: String) {
    let numbers = positions.prefix(6).map { "`#\($0 + 1)`" }
    let list = numbers.joined(separator: ", ") + (positions.count > 6 ? ", …" : "")
    fault(
      "repeated-heading",
      "\(user): the heading “\(shown(name, limit: 60))” stands over \(positions.count) columns",
      remedy: "name the column by its number, one of \(list)")
  }

  /// A header in one piece means that the separator is another.
  private var wrongSeparatorHint: String? {
    guard width == 1, let heading = cells[0].first else { return nil }
    let candidates: [(Character, String)] = [("\t", "\\t"), (";", ";"), (",", ","), ("|", "|")]
    let counts = candidates.map { candidate in heading.count { $0 == candidate.0 } }
    guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else { return nil }
    return "the header is one cell; is `separator: \"\(candidates[index].1)\"` meant"
  }

  private mutating func fault(_ code: String, _ message: String, remedy: String?) {
    findings.append(Finding(.fault, code: code, at: place, message, remedy: remedy))
  }
}
