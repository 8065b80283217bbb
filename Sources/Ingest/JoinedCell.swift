import SurveyDefinition

/// How the options of a multiple question stand joined in one cell.
///
/// The longest declared text that ends at a separator wins. Only a text that itself holds the separator can be longer
/// than the part up to the next separator; those few are tried first, and all others are one look-up of that part.
struct JoinedRule {
  let separator: [UInt8]
  /// The separator without blanks, for the end of a cell, where blanks have been lost.
  let bareSeparator: [UInt8]
  /// The separator without blanks in front, for the start of a cell.
  let cutSeparator: ArraySlice<UInt8>
  private let firstByte: UInt8
  private let bareFirstByte: UInt8
  let table: TableRange
  /// Texts that hold the separator, the longest first, with the position of their option.
  let longTexts: [(text: [UInt8], code: Int32)]
  /// The code of the first option.
  let firstOption: Int
  let isExclusive: [Bool]
  /// The option of every undeclared part; `TextTables.undeclared` where such a part is a fault.
  let other: Int32

  init(_ multiple: MultipleChoice, separator: String, firstOption: Int, tables: inout TextTables) {
    let whole = Array(separator.utf8)
    let bare = trimmedBytes(separator)
    self.separator = whole
    bareSeparator = bare
    precondition(!whole.isEmpty, "an empty separator is a fault of the definition")
    firstByte = whole[0]
    bareFirstByte = bare.first ?? whole[0]
    cutSeparator = bare.first.map { first in whole.drop { $0 != first } } ?? []
    let texts = declaredTexts(of: multiple.options).filter { !$0.text.isEmpty }
    table = tables.add(texts)
    let sought = bare.isEmpty ? whole : bare
    longTexts = texts.filter { contains($0.text, sought) }.sorted { $0.text.count > $1.text.count }
    self.firstOption = firstOption
    isExclusive = multiple.options.indices.map(multiple.exclusive.contains)
    other =
      multiple.other.flatMap { label in multiple.options.firstIndex { $0.label == label } }.map(Int32.init)
      ?? TextTables.undeclared
  }

  /// The next part of a cell.
  struct Part {
    var range: CellRange
    /// The position of the option, or `TextTables.undeclared`.
    var code: Int32
    /// Where the part after it begins.
    var next: Int
  }

  /// The part that begins at `start`, or nil where none does. Empty parts are passed over.
  func part(
    from start: Int, of cell: CellRange, in bytes: RawSpan, _ slots: Span<TextSlot>, _ words: Span<UInt64>
  ) -> Part? {
    var start = start
    if start == cell.start, cutSeparator.count < separator.count,
      starts(cutSeparator, at: start, cell.end, bytes)
    {
      start += cutSeparator.count
    }
    while true {
      var rest = CellRange(start: start, end: cell.end)
      while !rest.isEmpty {
        let width = rest.blankWidthAtStart(in: bytes)
        if width == 0 { break }
        rest.start += width
      }
      if rest.isEmpty { return nil }
      for long in longTexts {
        guard starts(long.text, at: rest.start, cell.end, bytes) else { continue }
        let end = rest.start + long.text.count
        if let next = boundary(at: end, cell.end, bytes) {
          return Part(range: CellRange(start: rest.start, end: end), code: long.code, next: next)
        }
      }
      // From where blanks were passed over: they may belong to the separator.
      var end = start
      var next: Int? = nil
      while next == nil, end < cell.end {
        let byte = bytes.byte(at: end)
        // Few bytes can begin a separator; only those are looked at closely.
        if byte == firstByte || byte == bareFirstByte { next = separatorEnd(at: end, cell.end, bytes) }
        if next == nil { end &+= 1 }
      }
      let range = CellRange(start: min(rest.start, end), end: end).trimmed(in: bytes)
      if !range.isEmpty {
        return Part(
          range: range, code: table.code(of: range, in: bytes, slots, words), next: next ?? cell.end)
      }
      start = next ?? cell.end
    }
  }

  /// Where the next part begins, if the text before `offset` ends there: blanks, then a separator or the end.
  private func boundary(at offset: Int, _ end: Int, _ bytes: RawSpan) -> Int? {
    var rest = CellRange(start: offset, end: end)
    while true {
      if let next = separatorEnd(at: rest.start, end, bytes) { return next }
      let width = rest.blankWidthAtStart(in: bytes)
      if width == 0 { return nil }
      rest.start += width
    }
  }

  /// The end of the separator at `offset`; the end of the cell counts as one.
  private func separatorEnd(at offset: Int, _ end: Int, _ bytes: RawSpan) -> Int? {
    if offset >= end { return end }
    if starts(separator, at: offset, end, bytes) { return offset + separator.count }
    if !bareSeparator.isEmpty, end - offset == bareSeparator.count,
      starts(bareSeparator, at: offset, end, bytes)
    {
      return end
    }
    return nil
  }

  private func starts(
    _ text: some RandomAccessCollection<UInt8>, at offset: Int, _ end: Int, _ bytes: RawSpan
  ) -> Bool {
    guard text.count <= end - offset else { return false }
    return zip(text, offset...).allSatisfy { $0 == bytes.byte(at: $1) }
  }
}

private func contains(_ text: [UInt8], _ sought: [UInt8]) -> Bool {
  guard !sought.isEmpty, text.count >= sought.count else { return false }
  return (0...(text.count - sought.count)).contains { text[$0...].starts(with: sought) }
}
