/// The whole-number tables found so far, as what they say of each target and which kinds of respondents they have.
struct TableStore {
  private var values: [[Int32]] = []
  /// By table.
  private var kinds: [BitSet] = []
  private var highest: [Int] = []
  private var lowest: [Int] = []
  /// Kinds that some table has.
  private(set) var present: BitSet

  init(kindCount: Int) { present = BitSet(count: kindCount) }

  var count: Int { values.count }

  mutating func add(targets: [Int], kinds: BitSet) {
    if values.isEmpty {
      highest = targets
      lowest = targets
    }
    for index in targets.indices {
      highest[index] = max(highest[index], targets[index])
      lowest[index] = min(lowest[index], targets[index])
    }
    values.append(targets.map(Int32.init))
    self.kinds.append(kinds)
    present.formUnion(kinds)
  }

  func range(ofTarget target: Int) -> ClosedRange<Int>? {
    values.isEmpty ? nil : lowest[target]...highest[target]
  }

  func range(ofTarget target: Int, kind: Int) -> ClosedRange<Int>? {
    var range: ClosedRange<Int>?
    for table in values.indices where kinds[table][kind] {
      let value = Int(values[table][target])
      range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
    return range
  }

  /// Of some kinds, those for which the tables that have them do not show a target open.
  func unsettled(_ target: Int, _ wanted: BitSet, isOpen: (ClosedRange<Int>) -> Bool) -> BitSet {
    let order = values.indices.sorted { (values[$0][target], $0) < (values[$1][target], $1) }
    let least = firstValues(ofTarget: target, wanted, order)
    let most = firstValues(ofTarget: target, wanted, order.reversed())
    var left = BitSet(count: wanted.words.count * 64)
    for (index, kind) in wanted.positions.enumerated() {
      if let least = least[index], let most = most[index], isOpen(least...most) { continue }
      left[kind] = true
    }
    return left
  }

  /// By wanted kind: the target's value in the first table, in an order, that has the kind.
  private func firstValues(ofTarget target: Int, _ wanted: BitSet, _ order: some Sequence<Int>) -> [Int?] {
    var found: [Int: Int] = [:]
    var missing = wanted
    for table in order {
      var new = missing
      new.formIntersection(kinds[table])
      if new.isEmpty { continue }
      for kind in new.positions { found[kind] = Int(values[table][target]) }
      missing.subtract(new)
      if missing.isEmpty { break }
    }
    return wanted.positions.map { found[$0] }
  }
}
