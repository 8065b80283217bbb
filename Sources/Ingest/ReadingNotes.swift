import SurveyDefinition

/// What is noted while records are read: counts and faults, apart from the response that is being coded.
struct ReadingNotes {
  let file: String
  var report = ResponseReport()
  var faults = FaultLog()
  var undeclaredAnswers = UndeclaredAnswers(itemCount: 0)

  /// - Parameter column: The position of the cell, from 0.
  func place(_ head: RecordHead, column: Int? = nil) -> Place {
    Place(file: file, line: head.line, column: column.map { $0 + 1 })
  }

  /// Notes a text that no answer declares; blanks at both ends do not count.
  @inline(never)
  mutating func undeclared(
    _ cell: CellRange, in bytes: RawSpan, item: Int, _ head: RecordHead, column: Int32
  ) {
    undeclaredAnswers.note(
      cell.trimmed(in: bytes), in: bytes, item: item, record: report.recordsRead,
      at: place(head, column: Int(column)))
  }
}
