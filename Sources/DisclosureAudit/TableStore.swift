/// The whole-number tables found so far, as what they say of each target and which kinds of respondents they have.
struct TableStore {
  private var values: [[Int32]] = []
  /// By table: one bit a kind.
  private var masks: [[UInt64]] = []
  private var highest: [Int] = []
  private var lowest: [Int] = []
  private var impossible = Set<Int>()

  var count: Int { values.count }

  mutating func add(targets: [Int], kinds: [Bool]) {
    if values.isEmpty {
      highest = targets
      lowest = targets
    }
    for index in targets.indices {
      highest[index] = max(highest[index], targets[index])
      lowest[index] = min(lowest[index], targets[index])
    }
    values.append(targets.map(Int32.init))
    var mask = Array(repeating: UInt64(0), count: (kinds.count + 63) / 64)
    for (kind, isPresent) in kinds.enumerated() where isPresent { mask[kind / 64] |= 1 << UInt64(kind % 64) }
    masks.append(mask)
  }

  func range(ofTarget target: Int) -> ClosedRange<Int>? {
    values.isEmpty ? nil : lowest[target]...highest[target]
  }

  func range(ofTarget target: Int, kind: Int) -> ClosedRange<Int>? {
    var range: ClosedRange<Int>?
    for table in values.indices where masks[table][kind / 64] & (1 << UInt64(kind % 64)) != 0 {
      let value = Int(values[table][target])
      range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
    return range
  }

  /// The range of one target over the tables that have each kind of respondent.
  func ranges(ofTarget target: Int, kinds: Int) -> [ClosedRange<Int>?] {
    let order = values.indices.sorted { (values[$0][target], $0) < (values[$1][target], $1) }
    let least = firstValues(ofTarget: target, kinds: kinds, order)
    let most = firstValues(ofTarget: target, kinds: kinds, order.reversed())
    return (0..<kinds).map { kind in
      guard let least = least[kind], let most = most[kind] else { return nil }
      return least...most
    }
  }

  /// By kind: the target's value in the first table, in an order, that has the kind.
  private func firstValues(ofTarget target: Int, kinds: Int, _ order: some Sequence<Int>) -> [Int?] {
    var found = Array(repeating: Int?.none, count: kinds)
    var missing = Array(repeating: UInt64.max, count: (kinds + 63) / 64)
    if kinds % 64 != 0 { missing[missing.count - 1] = (1 << UInt64(kinds % 64)) - 1 }
    for table in order {
      var isDone = true
      for word in missing.indices {
        var new = missing[word] & masks[table][word]
        missing[word] &= ~new
        isDone = isDone && missing[word] == 0
        while new != 0 {
          found[word * 64 + new.trailingZeroBitCount] = Int(values[table][target])
          new &= new - 1
        }
      }
      if isDone { break }
    }
    return found
  }

  func isImpossible(_ kind: Int) -> Bool { impossible.contains(kind) }
  /// No table has such a respondent.
  mutating func markImpossible(_ kind: Int) { impossible.insert(kind) }
}
