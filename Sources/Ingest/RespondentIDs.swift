/// Which respondent ids were seen, without keeping one: 96 bits of hash and a line each, 16 bytes in all.
///
/// Two different ids of a million share a hash with probability 6e-18 (n squared / 2 to the 97th), so a repeated
/// hash is taken for a repeated id. An open-addressing table: a set of strings would hold the ids themselves, at
/// some ten times the memory.
struct RespondentIDs {
  private struct Slot {
    var low: UInt64 = 0
    /// 32 more bits of the hash above 32 bits of line; 0 is an empty slot, as lines count from 1.
    var highAndLine: UInt64 = 0

    var line: UInt64 { highAndLine & 0xFFFF_FFFF }
    var high: UInt64 { highAndLine >> 32 }
  }

  private var slots = Array(repeating: Slot(), count: 1 << 10)
  private var count = 0

  /// Takes note of an id, and tells the line of its first record where it was seen before.
  mutating func insert(_ id: CellRange, in bytes: RawSpan, line: Int) -> Int? {
    let hash = sipHash128(id, in: bytes)
    return insert(low: hash.low, high: hash.high, line: line)
  }

  /// The same by the hash of what is kept in mind.
  mutating func insert(low: UInt64, high: UInt64, line: Int) -> Int? {
    if 4 * count >= 3 * slots.count { grow() }
    // Lines past four thousand million are told as that many.
    let slot = Slot(low: low, highAndLine: high << 32 | UInt64(min(line, 0xFFFF_FFFF)))
    let index = place(of: slot)
    if slots[index].line != 0 { return Int(slots[index].line) }
    slots[index] = slot
    count += 1
    return nil
  }

  /// Takes note of all ids of another part of the file.
  /// - Returns: False where one of them was seen before: then not all were taken.
  mutating func join(_ other: RespondentIDs) -> Bool {
    for slot in other.slots where slot.line != 0 {
      if insert(low: slot.low, high: slot.high, line: Int(slot.line)) != nil { return false }
    }
    return true
  }

  /// The hash of each, 12 bytes one after the other, ascending.
  var listed: [UInt8] {
    let seen = slots.filter { $0.line != 0 }.sorted { ($0.low, $0.high) < ($1.low, $1.high) }
    return seen.flatMap { slot in
      (0..<8).map { UInt8(truncatingIfNeeded: slot.low >> (56 - 8 * $0)) }
        + (0..<4).map { UInt8(truncatingIfNeeded: slot.high >> (24 - 8 * $0)) }
    }
  }

  /// Two such lists as one; nil where an id is in both, or they are no lists.
  static func joined(_ first: [UInt8], _ second: [UInt8]) -> [UInt8]? {
    let length = 12
    guard first.count % length == 0, second.count % length == 0 else { return nil }
    var both: [UInt8] = []
    both.reserveCapacity(first.count + second.count)
    var (one, other) = (first[...], second[...])
    while !one.isEmpty, !other.isEmpty {
      let (own, others) = (one.prefix(length), other.prefix(length))
      if own.elementsEqual(others) { return nil }
      if own.lexicographicallyPrecedes(others) {
        both += own
        one = one.dropFirst(length)
      } else {
        both += others
        other = other.dropFirst(length)
      }
    }
    return both + one + other
  }

  private func place(of slot: Slot) -> Int {
    let mask = slots.count - 1
    var index = Int(truncatingIfNeeded: slot.low) & mask
    while slots[index].line != 0, slots[index].low != slot.low || slots[index].high != slot.high {
      index = (index + 1) & mask
    }
    return index
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: Slot(), count: 2 * old.count)
    for slot in old where slot.line != 0 { slots[place(of: slot)] = slot }
  }
}
