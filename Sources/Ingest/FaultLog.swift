import SurveyDefinition

/// Faults in records, told at their first places and counted beyond, so that a million bad rows stay a page.
struct FaultLog {
  /// Places kept of each kind.
  static let placesPerKind = 20

  /// What is counted together: a code, and the position of a question in `ColumnPlan.items` where it has one.
  struct Kind: Hashable {
    var code: String
    var item = -1
  }

  private struct Entry {
    var kept: [Finding] = []
    var more = 0
    var firstMore: Place
  }

  private var entries: [Kind: Entry] = [:]

  /// Notes one more fault of a kind; the words are only made where its place is kept.
  mutating func add(_ kind: Kind, at place: Place, _ message: () -> (String, remedy: String?)) {
    var entry = entries[kind] ?? Entry(firstMore: place)
    if entry.kept.count < FaultLog.placesPerKind {
      let (text, remedy) = message()
      entry.kept.append(Finding(.fault, code: kind.code, at: place, text, remedy: remedy))
    } else {
      if entry.more == 0 { entry.firstMore = place }
      entry.more += 1
    }
    entries[kind] = entry
  }

  /// All of them; of each kind with more places than are kept, one says how many.
  func findings() -> [Finding] {
    entries.flatMap { kind, entry in
      guard entry.more > 0 else { return entry.kept }
      let rest = Finding(
        .fault, code: kind.code, at: entry.firstMore,
        "and \(counted(entry.more, "more fault", "more faults")) of this kind from here on")
      return entry.kept + [rest]
    }
  }
}
