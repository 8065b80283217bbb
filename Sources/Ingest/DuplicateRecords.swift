/// Records that are the same as an earlier one, cell for cell: 16 bytes a record are kept, and no text.
///
/// Only records with at least `leastCells` texts are looked at: those of people who gave up early are often the same.
struct DuplicateRecords {
  /// How many cells have to hold a text for two records to be the same by more than chance.
  static let leastCells = 3

  private var seen = RespondentIDs()
  /// From how many texts on two records are hardly the same by chance.
  static let manyCells = 8

  /// Records that are the same as an earlier one.
  private(set) var count = 0
  /// Those of them with many texts.
  private(set) var countOfLong = 0
  /// The line of the first of them, and of the record that it repeats.
  private(set) var first: RepeatedRecord?

  /// Takes note of a record.
  /// - Parameter left: The position of a column that does not count, as the respondent's id does not.
  mutating func add(_ head: RecordHead, _ bytes: RawSpan, _ bounds: Span<UInt32>, without left: Int?) {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var texts = 0
    for column in 0..<head.cellCount where column != left {
      let bound = head.firstBound + column
      let cell = CellRange(start: Int(bounds[bound]), end: Int(bounds[bound + 1])).trimmed(in: bytes)
      if !cell.isEmpty { texts += 1 }
      let hash = sipHash128(cell, in: bytes)
      // In the order of the columns: the same texts in others are another record.
      low = (low &* 0x9E37_79B9_7F4A_7C15) ^ hash.low
      high = (high &* 0xC2B2_AE3D_27D4_EB4F) ^ hash.high
    }
    guard texts >= Self.leastCells else { return }
    if let original = seen.insert(low: low, high: high, line: head.line) {
      count += 1
      if texts >= Self.manyCells { countOfLong += 1 }
      first = first ?? RepeatedRecord(line: head.line, original: original)
    }
  }
}
