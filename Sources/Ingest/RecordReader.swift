import SurveyDefinition

/// Turns records into coded responses, and keeps count of what is wrong with them.
///
/// The first records are the header; the plan that it gives is followed for all others.
struct RecordReader: TableReading {
  private let survey: Survey
  private let layout: CodeLayout
  private var header: Headings?
  /// Header records that were read while more of them are to come.
  private var headerRows: [[String]] = []
  private var headerPlace: Place?
  private var plan = ColumnPlan(width: 0)
  private var notes: ReadingNotes
  private(set) var respondents: RespondentIDs?
  private var response: CodedResponse
  private let codings: OpenTextCodings?
  /// By unit of the codings: whether a record has its respondent.
  private(set) var isCodedKnown: [Bool]

  private var duplicates: DuplicateRecords?

  init(_ survey: Survey, file: String, codings: OpenTextCodings? = nil, findsDuplicates: Bool = false) {
    if findsDuplicates { duplicates = DuplicateRecords() }
    self.survey = survey
    self.codings = codings
    isCodedKnown = Array(repeating: false, count: codings?.unitCount ?? 0)
    notes = ReadingNotes(file: file)
    layout = CodeLayout(survey)
    response = CodedResponse(layout)
    notes.report.outOfRange = Array(repeating: 0, count: survey.questions.count)
    notes.report.repairs = Array(repeating: 0, count: survey.variables.count + survey.questions.count)
    notes.report.contradictions = Array(repeating: 0, count: survey.questions.count)
  }

  mutating func stop(_ code: String, at place: Place, _ message: String, remedy: String?) {
    hasStopped = true
    notes.report.findings.append(Finding(.fault, code: code, at: place, message, remedy: remedy))
  }

  mutating func remark(_ code: String, at place: Place, _ message: String, remedy: String?) {
    notes.report.findings.append(Finding(.remark, code: code, at: place, message, remedy: remedy))
  }

  mutating func count(bytes: Int, stored: Int) {
    notes.report.bytesRead = bytes
    notes.report.storedBytesRead = stored
  }

  /// Whether a record had a fault.
  var hasRejected: Bool { notes.report.recordsRejected > 0 }
  /// How many cells the header has.
  var width: Int { plan.width }
  /// A file that ends within its header is told of by `finish`.
  var hasHeader: Bool { header != nil || headerPlace != nil }
  private(set) var hasStopped = false
  var file: String { notes.file }
  var content: String { "responses" }
  var hasDeclaredText: Bool { true }

  /// Everything that was found, sorted.
  mutating func finish() -> ResponseReport {
    var report = finishPart()
    // Of responses with faults not every respondent may have been read.
    if let codings, report.findings.allSatisfy(\.isRemark) {
      report.findings = (report.findings + codings.unknown(isCodedKnown)).sorted()
    }
    return report
  }

  /// The same of what may be a part of a file, in which not every respondent who was coded needs to be.
  mutating func finishPart() -> ResponseReport {
    if header == nil, let headerPlace, !hasStopped {
      stop(
        "empty-file", at: headerPlace, "the file ends before its \(survey.input.headerRows) header rows do",
        remedy: "see whether `header_rows` is right, or export the responses again")
    }
    notes.report.findings += header?.findings ?? []
    notes.report.duplicateRecords = duplicates?.count ?? 0
    notes.report.longDuplicateRecords = duplicates?.countOfLong ?? 0
    notes.report.firstDuplicate = duplicates?.first
    var ofRecords = notes.faults.findings()
    ofRecords += notes.undeclaredAnswers.findings(of: plan.items, minimumCell: survey.protection.minimumCell)
    if survey.input.excludesInvalid {
      for index in ofRecords.indices { ofRecords[index].severity = .remark }
    }
    notes.report.findings += ofRecords
    notes.report.findings.sort()
    return notes.report
  }

  /// Reads the records of one chunk.
  mutating func read(
    _ bytes: RawSpan, _ bounds: Span<UInt32>, _ heads: Span<RecordHead>,
    _ body: (borrowing CodedResponse) -> Void
  ) {
    var next = readHeader(bytes, bounds, heads)
    guard header != nil else { return }
    // A copy keeps the loop's spans apart from the counts that it changes; it is one retain per chunk.
    let plan = self.plan
    while next < heads.count {
      let head = heads[next]
      next += 1
      notes.beginRecord()
      if duplicates != nil { duplicates?.add(head, bytes, bounds, without: plan.respondentColumn) }
      guard accepts(head, plan, bytes, bounds) else { continue }
      if codings != nil { writeCodings(of: head, plan, bytes, bounds) }
      if let column = plan.weightColumn { readWeight(column, head, bytes, bounds) }
      plan.decode(head, bytes, bounds, codes: &response.codes, values: &response.numbers, notes: &notes)
      if notes.isRejected {
        notes.report.recordsRejected += 1
        continue
      }
      notes.countPending()
      notes.report.responses += 1
      body(response)
    }
  }

  /// Reads the header from the first records, where it was not read yet.
  /// - Returns: How many of the records belong to it.
  mutating func readHeader(_ bytes: RawSpan, _ bounds: Span<UInt32>, _ heads: Span<RecordHead>) -> Int {
    var next = 0
    while header == nil, !hasStopped, next < heads.count {
      if readHeader(bytes, bounds, heads[next]) { next += 1 }
    }
    return next
  }

  /// Takes a record for the header; false where the file has no header and the record is the first response.
  private mutating func readHeader(_ bytes: RawSpan, _ bounds: Span<UInt32>, _ head: RecordHead) -> Bool {
    let wanted = survey.input.headerRows
    if wanted > 0 {
      let cells = (0..<head.cellCount).map { column in
        String(decoding: cell(column, of: head, bounds).trimmed(in: bytes).copy(of: bytes), as: UTF8.self)
      }
      if let first = headerRows.first, first.count != cells.count {
        stop(
          "wrong-width", at: notes.place(head),
          "this header row has \(counted(cells.count, "cell", "cells")) where the first has \(grouped(first.count))",
          remedy: "see whether `header_rows: \(wanted)` is right")
        return true
      }
      headerRows.append(cells)
      headerPlace = headerPlace ?? notes.place(head)
      guard headerRows.count == wanted else { return true }
    }
    var header = Headings(rows: headerRows, width: head.cellCount, at: headerPlace ?? notes.place(head))
    plan = ColumnPlan(survey, layout: layout, header: &header)
    notes.report.headerRows = header.shownRows
    let unread = header.unread
    notes.report.unreadColumns = unread.map { shown($0.heading, limit: 1000) }
    notes.report.unreadColumnNumbers = unread.map { $0.position + 1 }
    notes.undeclaredAnswers = UndeclaredAnswers(itemCount: plan.items.count)
    if plan.respondentColumn != nil { respondents = RespondentIDs() }
    self.header = header
    return wanted > 0
  }

  @inline(__always)
  private func cell(_ column: Int, of head: RecordHead, _ bounds: Span<UInt32>) -> CellRange {
    let bound = head.firstBound + column
    return CellRange(start: Int(bounds[bound]), end: Int(bounds[bound + 1]))
  }

  /// Whether a record is a response, or else the count or fault that it is.
  private mutating func accepts(
    _ head: RecordHead, _ plan: ColumnPlan, _ bytes: RawSpan, _ bounds: Span<UInt32>
  ) -> Bool {
    if isEmpty(head, bytes, bounds) {
      notes.report.emptyRecords += 1
      return false
    }
    notes.report.recordsRead += 1
    guard head.cellCount == plan.width else {
      addWrongWidth(head, expected: plan.width)
      notes.report.recordsRejected += 1
      return false
    }
    for step in plan.keep {
      let cell = cell(Int(step.column), of: head, bounds)
      let code = step.table.code(of: cell, in: bytes, plan.tables.slots.span, plan.tables.words.span)
      if code == TextTables.undeclared {
        notes.report.recordsNotKept += 1
        // Codings of somebody who is left out are left out with them.
        if codings != nil { _ = codedUnit(of: head, plan, bytes, bounds) }
        return false
      }
    }
    guard let column = plan.respondentColumn else { return true }
    // A respondent who comes twice would also count twice towards telling an undeclared text: no second reading.
    if acceptsRespondent(cell(column, of: head, bounds).trimmed(in: bytes), column, head, bytes) {
      return true
    }
    notes.report.recordsRejected += 1
    return false
  }

  /// The unit of the codings that is a record's respondent, which is then known to have a record.
  private mutating func codedUnit(
    of head: RecordHead, _ plan: ColumnPlan, _ bytes: RawSpan, _ bounds: Span<UInt32>
  ) -> Int? {
    let key =
      if let column = plan.respondentColumn {
        UnitKey(cell(column, of: head, bounds).trimmed(in: bytes), in: bytes)
      } else {
        UnitKey(Array(String(notes.report.recordsRead).utf8))
      }
    guard let unit = codings?.unit(key) else { return nil }
    isCodedKnown[unit] = true
    return unit
  }

  private mutating func writeCodings(
    of head: RecordHead, _ plan: ColumnPlan, _ bytes: RawSpan, _ bounds: Span<UInt32>
  ) {
    let unit = codedUnit(of: head, plan, bytes, bounds)
    codings?.write(unit, to: &response)
  }

  private mutating func readWeight(
    _ column: Int, _ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>
  ) {
    let weight = WeightReading(cell(column, of: head, bounds).trimmed(in: bytes), in: bytes)
    if case .units(let units) = weight { response.weight = units }
    guard let fault = weight.fault else { return }
    notes.reject(.init(code: fault.code), at: notes.place(head, column: column)) {
      ("the weight \(fault.problem)", fault.remedy)
    }
  }

  private func isEmpty(_ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>) -> Bool {
    for column in 0..<head.cellCount {
      if !cell(column, of: head, bounds).trimmed(in: bytes).isEmpty { return false }
    }
    return true
  }

  private mutating func acceptsRespondent(
    _ id: CellRange, _ column: Int, _ head: RecordHead, _ bytes: RawSpan
  ) -> Bool {
    let place = notes.place(head, column: column)
    if id.isEmpty {
      notes.reject(.init(code: "empty-respondent"), at: place) {
        ("the respondent id is empty", "give every record an id, or leave `respondent` out to number them")
      }
      return false
    }
    let isShortened = SpreadsheetDamage.isShortened(id, in: bytes)
    if isShortened { notes.report.shortenedIDs += 1 }
    if let line = respondents?.insert(id, in: bytes, line: head.line) {
      notes.reject(.init(code: "duplicate-respondent"), at: place) {
        (
          "the respondent id is that of line \(line)",
          isShortened
            ? "a spreadsheet has shortened the ids (`6.35E+17`), and their ends are lost: export them again"
            : "keep one record of each respondent"
        )
      }
      return false
    }
    return true
  }

  private mutating func addWrongWidth(_ head: RecordHead, expected: Int) {
    let found = head.cellCount
    let breaks = head.innerBreaks
    notes.reject(.init(code: "wrong-width"), at: notes.place(head)) {
      let spans = breaks > 0 ? " and spans \(grouped(breaks + 1)) lines" : ""
      // Free text has breaks of its own; a record of many lines and the wrong width is most likely several.
      let hint =
        breaks >= 5
        ? "a quotation mark left open joins records: look for one on the first of these lines"
        : "quote cells that hold a separator, a quotation mark or a line break"
      return (
        "the record has \(counted(found, "cell", "cells")) where the header has \(grouped(expected))\(spans)",
        hint
      )
    }
  }
}
