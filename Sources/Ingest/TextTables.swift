/// Where in `TextTables` the table of one question or column lies.
struct TableRange {
  var firstSlot: Int32
  /// The number of slots is two to the power of 64 less this.
  var shift: UInt64
  var mask: Int32
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
    var bits: UInt64 = 2
    while (1 << bits) < 2 * entries.count { bits += 1 }
    let count = 1 << Int(bits)
    let range = TableRange(firstSlot: Int32(slots.count), shift: 64 - bits, mask: Int32(count - 1))
    let empty = TextSlot(first: 0, last: 0, length: -1, code: TextTables.undeclared, firstWord: 0)
    slots += Array(repeating: empty, count: count)
    var seen: Set<[UInt8]> = []
    for entry in entries where seen.insert(entry.text).inserted { insert(entry.text, entry.code, range) }
    return range
  }

  private mutating func insert(_ text: [UInt8], _ code: Int32, _ range: TableRange) {
    let padded = text + Array(repeating: 0, count: 8)
    let key = padded.withRawSpan { TextKey(CellRange(start: 0, end: text.count), in: $0) }
    let slot = TextSlot(
      first: key.first, last: key.last, length: Int32(text.count), code: code, firstWord: Int32(words.count))
    words += padded.withRawSpan { span in
      stride(from: 8, to: text.count - 8, by: 8).map { span.word(at: $0) }
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

/// What a cell's text is looked up by.
struct TextKey {
  var first: UInt64
  var last: UInt64
  var length: Int32

  /// `bytes` needs eight bytes of room after the cell.
  @inline(__always)
  init(_ cell: CellRange, in bytes: RawSpan) {
    let word = bytes.word(at: cell.start)
    let count = cell.count
    if count > 8 {
      first = word
      last = bytes.word(at: cell.end - 8)
    } else {
      first = count == 8 ? word : word & ((1 << UInt64(truncatingIfNeeded: 8 * count)) &- 1)
      last = 0
    }
    length = Int32(truncatingIfNeeded: count)
  }

  @inline(__always)
  func index(_ range: TableRange) -> Int32 {
    let mixed = (first ^ (last &* 0x9E37_79B9_7F4A_7C15) ^ UInt64(truncatingIfNeeded: length))
    let spread = (mixed ^ (mixed &>> 32)) &* 0xD6E8_FEB8_6659_FD93
    return Int32(truncatingIfNeeded: spread &>> range.shift)
  }
}

extension TableRange {
  /// What a trimmed cell means, or `TextTables.undeclared`.
  @inline(__always)
  func code(
    of cell: CellRange, in bytes: RawSpan, _ slots: Span<TextSlot>, _ words: Span<UInt64>
  ) -> Int32 {
    let key = TextKey(cell, in: bytes)
    var index = key.index(self)
    while true {
      let slot = slots[Int(firstSlot + index)]
      if slot.length == key.length, slot.first == key.first, slot.last == key.last {
        if key.length <= 16 || middleEquals(slot, cell, bytes, words) { return slot.code }
      } else if slot.length < 0 {
        return TextTables.undeclared
      }
      index = (index + 1) & mask
    }
  }

  @inline(__always)
  private func middleEquals(
    _ slot: TextSlot, _ cell: CellRange, _ bytes: RawSpan, _ words: Span<UInt64>
  ) -> Bool {
    var word = Int(slot.firstWord)
    var offset = cell.start + 8
    while offset < cell.end - 8 {
      if words[word] != bytes.word(at: offset) { return false }
      word += 1
      offset += 8
    }
    return true
  }
}
