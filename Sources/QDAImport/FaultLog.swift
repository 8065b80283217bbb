/// Faults of one file, told at their first places and counted beyond, so that a million of them stay a page.
struct FaultLog {
  /// Places kept of each kind.
  static let placesPerKind = 20

  private struct Entry {
    var kept: [ImportFault] = []
    var more = 0
    var firstMore: XMLPlace?
  }

  private var entries: [ImportFault.Code: Entry] = [:]

  var isEmpty: Bool { entries.isEmpty }

  /// Notes one more fault; the words are only made where its place is kept.
  mutating func add(
    _ code: ImportFault.Code, at place: XMLPlace?, _ words: () -> (message: String, remedy: String?)
  ) {
    var entry = entries[code] ?? Entry()
    if entry.kept.count < FaultLog.placesPerKind {
      let (message, remedy) = words()
      entry.kept.append(ImportFault(code, at: place, message, remedy: remedy))
    } else {
      if entry.more == 0 { entry.firstMore = place }
      entry.more += 1
    }
    entries[code] = entry
  }

  mutating func add(_ code: ImportFault.Code, at place: XMLPlace?, _ message: String, remedy: String? = nil) {
    add(code, at: place) { (message, remedy) }
  }

  /// All of them in order; of each kind with more places than are kept, one says how many.
  /// - Parameter entry: The entry of the archive that their lines count in.
  func faults(entry name: String?) -> [ImportFault] {
    let all = entries.flatMap { code, entry in
      guard entry.more > 0 else { return entry.kept }
      let rest = ImportFault(
        code, at: entry.firstMore,
        "and \(counted(entry.more, "more fault", "more faults")) of this kind from here on")
      return entry.kept + [rest]
    }
    return all.map { fault in
      var fault = fault
      if fault.line != nil { fault.entry = name }
      return fault
    }.sorted()
  }
}
