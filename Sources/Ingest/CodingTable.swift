import SurveyDefinition

/// Reads one table of codings: a row per code that somebody gave to a unit.
struct CodingTable: TableReading {
  /// Which themes a cell of the table may name, and which questions.
  struct Vocabulary {
    let themes: ThemeNames
    /// The theme questions by id, with their positions; empty for focus groups.
    let questions: [(id: String, position: Int)]
    /// What the coded units are called: `respondent`.
    let unit: String
  }

  let file: String
  let content = "codings"
  let hasDeclaredText = false
  private(set) var records: CodingRecords
  private let layout: CodingFile
  private let vocabulary: Vocabulary
  private var faults = FaultLog()
  private(set) var hasStopped = false
  private var columns: Columns?
  private var isRead = false
  private var width = 0
  private var separator: [UInt8]

  private struct Columns {
    var unit: Int
    var question: Int?
    var theme: Int
    var coder: Int?
  }

  /// - Parameter records: What other files held; the codings of this one are added.
  init(_ layout: CodingFile, file: String, _ vocabulary: Vocabulary, adding records: CodingRecords) {
    self.layout = layout
    self.file = file
    self.vocabulary = vocabulary
    self.records = records
    self.records.begin(file)
    separator = Array((layout.themeSeparator ?? "").utf8)
  }

  var hasHeader: Bool { isRead }
  var isFull: Bool { records.isFull }

  mutating func stop(_ code: String, at place: Place, _ message: String, remedy: String?) {
    hasStopped = true
    records.findings.append(Finding(.fault, code: code, at: place, message, remedy: remedy))
  }

  mutating func remark(_ code: String, at place: Place, _ message: String, remedy: String?) {
    records.findings.append(Finding(.remark, code: code, at: place, message, remedy: remedy))
  }

  /// All that was read, with what was found.
  mutating func finish() -> CodingRecords {
    records.findings += faults.findings()
    return records
  }

  /// Reads the records of one chunk.
  mutating func read(_ bytes: RawSpan, _ bounds: Span<UInt32>, _ heads: Span<RecordHead>) {
    for index in 0..<heads.count {
      let head = heads[index]
      if !isRead {
        readHeader(bytes, bounds, head)
      } else if let columns {
        if records.isFull { return }
        read(head, columns, bytes, bounds)
        if records.isFull {
          hasStopped = true
          records.tellFull(at: Place(file: file, line: head.line))
        }
      }
    }
  }

  private func cell(_ column: Int, of head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>)
    -> CellRange
  {
    let bound = head.firstBound + column
    return CellRange(start: Int(bounds[bound]), end: Int(bounds[bound + 1])).trimmed(in: bytes)
  }

  private mutating func readHeader(_ bytes: RawSpan, _ bounds: Span<UInt32>, _ head: RecordHead) {
    isRead = true
    width = head.cellCount
    var header = Headings(
      rows: [
        (0..<head.cellCount).map {
          String(decoding: cell($0, of: head, bytes, bounds).copy(of: bytes), as: UTF8.self)
        }
      ], at: Place(file: file, line: head.line),
      columnsKey: "`columns` of `\(vocabulary.unit == "session" ? "focus_groups" : "open_text")` in `codings`"
    )
    func position(_ column: CodingFile.Column?, _ what: String) -> Int? {
      guard let column else { return nil }
      if !column.isNeeded, case .heading(let name) = column.reference, !header.holds(name) {
        return nil
      }
      return header.position(of: column.reference, for: "the column of the \(what)")
    }
    let unit = position(layout.unit, vocabulary.unit)
    // With one theme question it is plain which one is meant.
    let question = position(
      layout.question.map { .init($0.reference, isNeeded: $0.isNeeded && vocabulary.questions.count > 1) },
      "question")
    let theme = position(layout.theme, "theme")
    let coder = position(layout.coder, "coder")
    records.findings += header.findings
    if !header.findings.isEmpty { hasStopped = true }
    records.setCoderColumn(coder.map { $0 + 1 })
    guard let unit, let theme else { return }
    columns = Columns(unit: unit, question: question, theme: theme, coder: coder)
  }

  private mutating func read(
    _ head: RecordHead, _ columns: Columns, _ bytes: RawSpan, _ bounds: Span<UInt32>
  ) {
    let isEmpty = (0..<head.cellCount).allSatisfy { cell($0, of: head, bytes, bounds).isEmpty }
    if isEmpty { return }
    guard head.cellCount == width else {
      let cells = counted(head.cellCount, "cell", "cells")
      faults.add(.init(code: "wrong-width"), at: Place(file: file, line: head.line)) { [width] in
        (
          "the record has \(cells) where the header has \(width)",
          "quote cells that hold a separator, a quotation mark or a line break"
        )
      }
      return
    }
    func place(_ column: Int) -> Place { Place(file: file, line: head.line, column: column + 1) }
    let unit = cell(columns.unit, of: head, bytes, bounds)
    if unit.isEmpty {
      faults.add(.init(code: "empty-unit"), at: place(columns.unit)) { [vocabulary] in
        ("the \(vocabulary.unit) is empty", "say whose text was coded")
      }
    }
    let question = question(head, columns, bytes, bounds)
    // Whoever coded a file that names nobody is somebody else than the coders of other files.
    let coder = records.coder(columns.coder.map { cell($0, of: head, bytes, bounds).copy(of: bytes) } ?? [])
    let names = themes(cell(columns.theme, of: head, bytes, bounds).copy(of: bytes))
    guard !unit.isEmpty, let question else { return }
    let position = records.unit(UnitKey(unit, in: bytes))
    for name in names {
      var theme = -1
      if !name.isEmpty {
        guard let known = vocabulary.themes[name] else {
          addUnknownTheme(name, at: place(columns.theme))
          continue
        }
        records.note(known, at: place(columns.theme))
        theme = known.theme
      }
      records.add(
        unit: position, question: question, theme: theme, coder: coder, at: place(columns.unit))
    }
  }

  /// The names in a cell, without blanks; one empty name where there are none.
  private func themes(_ cell: [UInt8]) -> [[UInt8]] {
    guard !separator.isEmpty else { return [cell] }
    var names: [[UInt8]] = []
    var name: [UInt8] = []
    var next = 0
    while next < cell.count {
      if cell[next...].starts(with: separator) {
        names.append(name)
        name = []
        next += separator.count
      } else {
        name.append(cell[next])
        next += 1
      }
    }
    names.append(name)
    let trimmed = names.map { name in
      name.withRawSpan { CellRange(start: 0, end: name.count).trimmed(in: $0).copy(of: $0) }
    }
    let filled = trimmed.filter { !$0.isEmpty }
    return filled.isEmpty ? [[]] : filled
  }

  private mutating func addUnknownTheme(_ name: [UInt8], at place: Place) {
    faults.add(.init(code: "unknown-theme"), at: place) { [vocabulary] in
      let near = vocabulary.themes.nearest(to: name).map { "did you mean “\(shown($0, limit: 60))”? " } ?? ""
      return (
        "the theme is not in the codebook",
        near + "name one of its ids, or declare this name under the `aliases` of one"
      )
    }
  }

  /// The position of the question that a record is of; nil, with a fault, for none.
  private mutating func question(
    _ head: RecordHead, _ columns: Columns, _ bytes: RawSpan, _ bounds: Span<UInt32>
  ) -> Int? {
    if vocabulary.questions.isEmpty { return 0 }
    guard let column = columns.question else {
      let only = vocabulary.questions.count == 1 ? vocabulary.questions.first : nil
      return (vocabulary.questions.first { $0.id == layout.questionID } ?? only)?.position
    }
    let text = cell(column, of: head, bytes, bounds).copy(of: bytes)
    if let known = vocabulary.questions.first(where: { Array($0.id.utf8) == text }) { return known.position }
    faults.add(.init(code: "unknown-question"), at: Place(file: file, line: head.line, column: column + 1)) {
      [vocabulary] in
      let ids = vocabulary.questions.map(\.id)
      let near = Ingest.nearest(to: String(decoding: text, as: UTF8.self), among: ids)
      return (
        "there is no theme question of that id",
        near.map { "did you mean `\($0)`?" } ?? "name one of " + ids.map { "`\($0)`" }.joined(separator: ", ")
      )
    }
    return nil
  }
}
