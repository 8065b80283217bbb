import SurveyDefinition

/// What is noted while records are read: counts and faults, apart from the response that is being coded.
struct ReadingNotes {
  let file: String
  var report = ResponseReport()
  var faults = FaultLog()
  var undeclaredAnswers = UndeclaredAnswers(itemCount: 0)

  /// Whether the record that is being read has a fault.
  private(set) var isRejected = false
  /// What counts once the record turns out to be a response.
  var pending: [PendingNote] = []

  /// What is worth counting of a response that has no fault.
  enum PendingNote {
    case contradiction(question: Int)
    case outOfRange(question: Int)
    case repair(item: Int)
  }

  /// Begins a record.
  @inline(__always)
  mutating func beginRecord() {
    isRejected = false
    if !pending.isEmpty { pending.removeAll(keepingCapacity: true) }
  }

  /// Counts what was noted of a record that is a response.
  @inline(__always)
  mutating func countPending() {
    for note in pending {
      switch note {
      case .contradiction(let question): report.contradictions[question] += 1
      case .outOfRange(let question): report.outOfRange[question] += 1
      case .repair(let item): report.repairs[item] += 1
      }
    }
  }

  /// Notes a fault of the record that is being read, which is then no response.
  mutating func reject(_ kind: FaultLog.Kind, at place: Place, _ message: () -> (String, remedy: String?)) {
    isRejected = true
    faults.add(kind, at: place, message)
  }

  /// - Parameter column: The position of the cell, from 0.
  func place(_ head: RecordHead, column: Int? = nil) -> Place {
    Place(file: file, line: head.line, column: column.map { $0 + 1 })
  }

  /// Notes a text that no answer declares; blanks at both ends do not count.
  @inline(never)
  mutating func undeclared(
    _ cell: CellRange, in bytes: RawSpan, item: Int, _ head: RecordHead, column: Int32
  ) {
    isRejected = true
    undeclaredAnswers.note(
      cell.trimmed(in: bytes), in: bytes, item: item, record: report.recordsRead,
      at: place(head, column: Int(column)))
  }
}
