import SurveyDefinition

/// Writes a table of codings, one row per theme, as RFC 4180 has it.
struct CodingTableWriter {
  private enum Content { case unit, question, theme, coder }

  private let columns: [Content]
  private let separator: UInt8
  private(set) var bytes: [UInt8] = []

  /// - Throws: Where the definition names columns by their number.
  init(_ layout: CodingFile, hasCoders: Bool) throws(SimulationFailure) {
    var columns: [Content] = []
    var headings: [String] = []
    func add(_ column: CodingFile.Column, _ content: Content) throws(SimulationFailure) {
      guard case .heading(let heading) = column.reference else { throw .numberedCodings(layout.file) }
      columns.append(content)
      headings.append(heading)
    }
    try add(layout.unit, .unit)
    if let question = layout.question { try add(question, .question) }
    try add(layout.theme, .theme)
    if hasCoders || layout.coder.isNeeded { try add(layout.coder, .coder) }
    self.columns = columns
    separator = layout.separator
    appendRecord(headings)
  }

  mutating func append(unit: String, question: String, themes: [String], coder: String?) {
    for theme in themes.isEmpty ? [""] : themes {
      appendRecord(
        columns.map { content in
          switch content {
          case .unit: unit
          case .question: question
          case .theme: theme
          case .coder: coder ?? ""
          }
        })
    }
  }

  private mutating func appendRecord(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(separator) }
      let needsQuotes = cell.utf8.contains { $0 == separator || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }
      let text = cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      bytes += needsQuotes ? Array("\"\(text)\"".utf8) : Array(cell.utf8)
    }
    bytes.append(0x0A)
  }
}
