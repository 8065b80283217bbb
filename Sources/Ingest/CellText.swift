/// Where a cell, or a part of one, lies in the bytes of the records. Says nothing of the text itself.
struct CellRange {
  var start: Int
  var end: Int

  var count: Int { end - start }
  var isEmpty: Bool { start == end }

  /// Without blanks at both ends: space, tab, breaks, no-break space (C2 A0) and U+FEFF (EF BB BF).
  @inline(__always)
  func trimmed(in bytes: RawSpan) -> CellRange {
    if isEmpty { return self }
    let first = bytes.byte(at: start)
    let last = bytes.byte(at: end - 1)
    // Most cells: neither end can belong to a blank.
    if first > 0x20, first != 0xC2, first != 0xEF, last > 0x20, last != 0xA0, last != 0xBF { return self }
    return trimmedSlowly(in: bytes)
  }

  @inline(never)
  private func trimmedSlowly(in bytes: RawSpan) -> CellRange {
    var range = self
    while !range.isEmpty {
      let width = range.blankWidthAtStart(in: bytes)
      if width == 0 { break }
      range.start += width
    }
    while !range.isEmpty {
      let width = range.blankWidthAtEnd(in: bytes)
      if width == 0 { break }
      range.end -= width
    }
    return range
  }

  /// Bytes of the blank at the start; 0 where there is none.
  func blankWidthAtStart(in bytes: RawSpan) -> Int {
    if isEmpty { return 0 }
    switch bytes.byte(at: start) {
    case 0x20, 0x09, 0x0A, 0x0D: return 1
    case 0xC2: return count >= 2 && bytes.byte(at: start + 1) == 0xA0 ? 2 : 0
    case 0xEF:
      guard count >= 3 else { return 0 }
      return bytes.byte(at: start + 1) == 0xBB && bytes.byte(at: start + 2) == 0xBF ? 3 : 0
    default: return 0
    }
  }

  private func blankWidthAtEnd(in bytes: RawSpan) -> Int {
    switch bytes.byte(at: end - 1) {
    case 0x20, 0x09, 0x0A, 0x0D: return 1
    case 0xA0: return count >= 2 && bytes.byte(at: end - 2) == 0xC2 ? 2 : 0
    case 0xBF:
      guard count >= 3 else { return 0 }
      return bytes.byte(at: end - 2) == 0xBB && bytes.byte(at: end - 3) == 0xEF ? 3 : 0
    default: return 0
    }
  }

  /// A copy of at most `limit` bytes.
  func copy(of bytes: RawSpan, limit: Int = .max) -> [UInt8] {
    let length = Swift.min(count, limit)
    return (0..<length).map { bytes.byte(at: start + $0) }
  }
}

/// The bytes of a text of the definition without blanks at both ends, as cells are compared.
func trimmedBytes(_ text: String) -> [UInt8] {
  let bytes = Array(text.utf8)
  return bytes.withRawSpan { CellRange(start: 0, end: bytes.count).trimmed(in: $0).copy(of: $0) }
}
