/// Where in `TextTables` the table of one question or column lies.
struct TableRange {
  var firstSlot: Int32
  /// The number of slots less one, all ones in binary.
  var mask: Int32
  /// How far a hash is shifted to become the number of a slot.
  var shift: Int32
  /// What a hash is multiplied by, chosen so that every declared text finds its slot at once.
  var multiplier: UInt64
}

/// One declared text and what it means.
struct TextSlot {
  /// The first and last eight bytes of the text; `last` is 0 for a text of eight or fewer.
  var first: UInt64
  var last: UInt64
  /// -1: an empty slot.
  var length: Int32
  var code: Int32
  /// Where its middle words begin, for a text of more than sixteen bytes.
  var firstWord: Int32
}

/// All declared texts of a survey in hash tables, one per question, in two flat arrays.
///
/// A cell is compared as it lies in memory, eight bytes at a time: no string, no dictionary and no allocation per
/// cell, which would cost 5 to 14 times the whole pass. Flat, because an array inside each table would be retained
/// and released at every look-up.
struct TextTables {
  /// What a look-up gives for a text that is in no slot; below every `AnswerCode`.
  static let undeclared: Int32 = -100

  private(set) var slots: [TextSlot] = []
  private(set) var words: [UInt64] = []

  /// Makes a table; where a text comes twice, the first meaning stands.
  mutating func add(_ entries: [(text: [UInt8], code: Int32)]) -> TableRange {
    var seen: Set<[UInt8]> = []
    let distinct = entries.filter { seen.insert($0.text).inserted }
    let keys = distinct.map { entry in
      (entry.text + [0, 0, 0, 0, 0, 0, 0, 0]).withRawSpan { bytes in
        TextKey(CellRange(start: 0, end: entry.text.count), in: bytes)
      }
    }
    let range = TextTables.perfectRange(for: keys, firstSlot: Int32(slots.count))
    let empty = TextSlot(first: 0, last: 0, length: -1, code: TextTables.undeclared, firstWord: 0)
    slots += Array(repeating: empty, count: Int(range.mask) + 1)
    for (entry, key) in zip(distinct, keys) { insert(entry.text, entry.code, key, range) }
    return range
  }

  /// A range and multiplier under which no two keys share a slot. Texts that differ in their middle alone always
  /// share one, so the search ends, and such texts stand in the slots after it.
  private static func perfectRange(for keys: [TextKey], firstSlot: Int32) -> TableRange {
    var bits: Int32 = 2
    while (1 << Int(bits)) < 2 * keys.count { bits += 1 }
    var multiplier: UInt64 = 0xD6E8_FEB8_6659_FD93
    var range = TableRange(firstSlot: firstSlot, mask: 0, shift: 0, multiplier: 0)
    for attempt in 0..<400 {
      let size = Int(bits) + attempt / 100
      range = TableRange(
        firstSlot: firstSlot, mask: Int32(1 << size) - 1, shift: Int32(64 - size), multiplier: multiplier)
      if Set(keys.map { $0.index(range) }).count == keys.count { break }
      multiplier = multiplier &* 0x5851_F42D_4C95_7F2D &+ 2
    }
    return range
  }

  private mutating func insert(_ text: [UInt8], _ code: Int32, _ key: TextKey, _ range: TableRange) {
    let slot = TextSlot(
      first: key.first, last: key.last, length: Int32(text.count), code: code, firstWord: Int32(words.count))
    words += text.withRawSpan { bytes in
      stride(from: 8, to: text.count - 8, by: 8).map { bytes.word(at: $0) }
    }
    var index = key.index(range)
    while slots[range.firstSlot + index].length >= 0 { index = (index + 1) & range.mask }
    slots[range.firstSlot + index] = slot
  }
}

extension Array {
  fileprivate subscript(index: Int32) -> Element {
    get { self[Int(index)] }
    set { self[Int(index)] = newValue }
  }
}

/// What a cell's text is looked up by: all of it, for a text of at most sixteen bytes.
struct TextKey {
  var first: UInt64
  var last: UInt64
  var length: Int32

  /// `bytes` needs eight bytes of room after the cell.
  @inline(__always)
  init(_ cell: CellRange, in bytes: RawSpan) {
    let word = bytes.word(at: cell.start)
    let count = cell.end &- cell.start
    length = Int32(truncatingIfNeeded: count)
    if count > 8 {
      first = word
      last = bytes.word(at: cell.end &- 8)
    } else {
      first = count == 0 ? 0 : word & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count))
      last = 0
    }
  }

  @inline(__always)
  func index(_ range: TableRange) -> Int32 {
    let mixed = first ^ (last &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(truncatingIfNeeded: length)
    let spread = mixed &* range.multiplier
    return Int32(truncatingIfNeeded: spread &>> UInt64(truncatingIfNeeded: range.shift))
  }
}

extension TableRange {
  /// What a cell means without blanks at both ends, or `TextTables.undeclared`.
  @inline(__always)
  func code(
    of cell: CellRange, in bytes: RawSpan, _ slots: Span<TextSlot>, _ words: Span<UInt64>
  ) -> Int32 {
    // Declared texts have no blanks at their ends, so a cell that is one as it stands needs no trimming.
    let key = TextKey(cell, in: bytes)
    let slot = slots[Int(firstSlot &+ key.index(self))]
    if slot.length == key.length, slot.first == key.first, slot.last == key.last,
      key.length <= 16 || middleEquals(slot, cell, bytes, words)
    {
      return slot.code
    }
    return codeOfAny(cell, in: bytes, slots, words)
  }

  /// The same for a cell that has blanks, is long, or is not in the first slot.
  @inline(never)
  private func codeOfAny(
    _ cell: CellRange, in bytes: RawSpan, _ slots: Span<TextSlot>, _ words: Span<UInt64>
  ) -> Int32 {
    let cell = cell.trimmed(in: bytes)
    let key = TextKey(cell, in: bytes)
    var index = key.index(self)
    while true {
      let slot = slots[Int(firstSlot &+ index)]
      if slot.length < 0 { return TextTables.undeclared }
      if slot.length == key.length, slot.first == key.first, slot.last == key.last,
        middleEquals(slot, cell, bytes, words)
      {
        return slot.code
      }
      index = (index &+ 1) & mask
    }
  }

  @inline(never)
  private func middleEquals(
    _ slot: TextSlot, _ cell: CellRange, _ bytes: RawSpan, _ words: Span<UInt64>
  ) -> Bool {
    var word = Int(slot.firstWord)
    var offset = cell.start &+ 8
    let end = cell.end &- 8
    while offset < end {
      if words[word] != bytes.word(at: offset) { return false }
      word &+= 1
      offset &+= 8
    }
    return true
  }
}
