/// The whole-number tables found so far, as what they say of each target and which kinds of respondents they have.
struct TableStore {
  /// By target, then table.
  private var values: [[Int32]] = []
  /// By table.
  private var kinds: [BitSet] = []
  /// By kind: the tables that have it, ascending.
  private var tablesOfKind: [[Int32]]
  private var highest: [Int] = []
  private var lowest: [Int] = []
  /// Kinds that some table has.
  private(set) var present: BitSet

  private let kindCount: Int

  init(kindCount: Int) {
    self.kindCount = kindCount
    present = BitSet(count: kindCount)
    tablesOfKind = Array(repeating: [], count: kindCount)
  }

  var count: Int { kinds.count }

  mutating func add(targets: [Int], kinds: BitSet) {
    if count == 0 {
      highest = targets
      lowest = targets
      values = Array(repeating: [], count: targets.count)
    }
    for index in targets.indices {
      highest[index] = max(highest[index], targets[index])
      lowest[index] = min(lowest[index], targets[index])
      values[index].append(Int32(targets[index]))
    }
    for kind in kinds.positions { tablesOfKind[kind].append(Int32(count)) }
    self.kinds.append(kinds)
    present.formUnion(kinds)
  }

  func range(ofTarget target: Int) -> ClosedRange<Int>? {
    count == 0 ? nil : lowest[target]...highest[target]
  }

  func range(ofTarget target: Int, kind: Int) -> ClosedRange<Int>? {
    let own = tablesOfKind[kind]
    guard let first = own.first else { return nil }
    let values = values[target]
    var (least, most) = (values[Int(first)], values[Int(first)])
    for table in own {
      let value = values[Int(table)]
      least = min(least, value)
      most = max(most, value)
    }
    return Int(least)...Int(most)
  }

  /// By kind: what a target is in the tables that have it; nil where none has.
  func rangesByKind(ofTarget target: Int) -> [ClosedRange<Int>?] {
    if present.isEmpty { return Array(repeating: nil, count: kindCount) }
    let order = order(ofTarget: target)
    let least = firstValues(ofTarget: target, present, order)
    let most = firstValues(ofTarget: target, present, order.reversed())
    var ranges: [ClosedRange<Int>?] = Array(repeating: nil, count: kindCount)
    for (index, kind) in present.positions.enumerated() {
      if let least = least[index], let most = most[index] { ranges[kind] = least...most }
    }
    return ranges
  }

  /// Of some kinds, those for which the tables that have them do not show a target open.
  func unsettled(_ target: Int, _ wanted: BitSet, isOpen: (ClosedRange<Int>) -> Bool) -> BitSet {
    if wanted.isEmpty { return wanted }
    let order = order(ofTarget: target)
    let least = firstValues(ofTarget: target, wanted, order)
    let most = firstValues(ofTarget: target, wanted, order.reversed())
    var left = BitSet(count: wanted.words.count * 64)
    for (index, kind) in wanted.positions.enumerated() {
      if let least = least[index], let most = most[index], isOpen(least...most) { continue }
      left[kind] = true
    }
    return left
  }

  /// Tables by a target's value in them, the least first.
  private func order(ofTarget target: Int) -> [Int] {
    guard count > 0 else { return [] }
    let values = values[target]
    return values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  }

  /// By wanted kind: the target's value in the first table, in an order, that has the kind.
  private func firstValues(ofTarget target: Int, _ wanted: BitSet, _ order: some Sequence<Int>) -> [Int?] {
    var found: [Int?] = Array(repeating: nil, count: wanted.words.count * 64)
    var missing = wanted
    for table in order {
      guard missing.intersects(kinds[table]) else { continue }
      var new = missing
      new.formIntersection(kinds[table])
      for kind in new.positions { found[kind] = Int(values[target][table]) }
      missing.subtract(new)
      if missing.isEmpty { break }
    }
    return wanted.positions.map { found[$0] }
  }
}
