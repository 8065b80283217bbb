import SurveyDefinition

/// The headings of the responses, and which column a reference means.
struct HeaderRow {
  let headings: [String]
  /// Under which key the definition names columns, for remedies; nil for responses, whose questions and variables name their
  /// own, which the finding says.
  private let columnsKey: String?
  private let place: Place
  /// Columns that something refers to.
  private(set) var isRead: [Bool]
  private(set) var findings: [Finding] = []
  private var namedHeadings = 0
  private var foundHeadings = 0

  /// - Parameter headings: Without blanks at both ends.
  init(headings: [String], at place: Place, columnsKey: String? = nil) {
    self.columnsKey = columnsKey
    self.headings = headings
    self.place = place
    isRead = Array(repeating: false, count: headings.count)
  }

  /// The position of the column, from 0; a fault and nil where there is not exactly one.
  /// - Parameter user: Who refers to it, as a finding names it.
  mutating func position(of reference: ColumnReference, for user: String) -> Int? {
    switch reference {
    case .number(let number):
      guard number >= 1, number <= headings.count else {
        fault(
          "no-such-column",
          "\(user): there is no column `#\(number)`; the header has \(counted(headings.count, "column", "columns"))",
          remedy: wrongSeparatorHint)
        return nil
      }
      isRead[number - 1] = true
      return number - 1
    case .heading(let name):
      namedHeadings += 1
      let wanted = trimmedBytes(name)
      let positions = headings.indices.filter { Array(headings[$0].utf8) == wanted }
      for position in positions { isRead[position] = true }
      if !positions.isEmpty { foundHeadings += 1 }
      if positions.count == 1 { return positions[0] }
      if positions.isEmpty { missing(name, user) } else { repeated(name, positions, user) }
      return nil
    }
  }

  /// Positions of columns that nothing refers to; none where the first row looks like no header at all, as it would
  /// then be somebody's response.
  var unread: [Int] {
    if namedHeadings > 0, foundHeadings == 0 { return [] }
    return headings.indices.filter { !isRead[$0] }
  }

  private mutating func missing(_ name: String, _ user: String) {
    let near = nearest(to: name, among: headings).map { "did you mean “\(shown($0, limit: 60))”" }
    fault(
      "no-such-column", "\(user): no column has the heading “\(shown(name, limit: 60))”",
      remedy: near ?? wrongSeparatorHint
        ?? "name a heading of the first row, or the column's number, such as `#1`"
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
    guard headings.count == 1 else { return nil }
    let candidates: [(Character, String)] = [("\t", "\\t"), (";", ";"), (",", ","), ("|", "|")]
    let counts = candidates.map { candidate in headings[0].count { $0 == candidate.0 } }
    guard let most = counts.max(), most > 0, let index = counts.firstIndex(of: most) else { return nil }
    return "the header is one cell; is `separator: \"\(candidates[index].1)\"` meant"
  }

  private mutating func fault(_ code: String, _ message: String, remedy: String?) {
    findings.append(Finding(.fault, code: code, at: place, message, remedy: remedy))
  }
}
