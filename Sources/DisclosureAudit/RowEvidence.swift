/// What the numbers of one row say of its count and its base, each known to within its rounding.
struct RowEvidence {
  var base: ClosedRange<Int>
  var count: ClosedRange<Int>

  /// nil where no count and base go with the numbers.
  init?(_ row: PublishedRow, isBase: Bool, responses: Int, _ intervals: IntervalRule) {
    if isBase {
      let known = row.count ?? row.base
      if let count = row.count, let base = row.base, count != base { return nil }
      if let known, !(0...responses).contains(known) { return nil }
      count = known.map { $0...$0 } ?? 0...responses
      base = count
      return
    }
    if let base = row.base, let count = row.count {
      guard (0...responses).contains(base), (0...base).contains(count) else { return nil }
      self.base = base...base
      self.count = count...count
      return
    }
    let tellsShare = row.percent != nil || row.lower != nil || row.upper != nil
    guard tellsShare else {
      if let base = row.base, !(0...responses).contains(base) { return nil }
      if let count = row.count, !(0...responses).contains(count) { return nil }
      base = row.base.map { $0...$0 } ?? (row.count ?? 0)...responses
      count = row.count.map { $0...$0 } ?? 0...(row.base ?? responses)
      return
    }
    var bases = Extent()
    var counts = Extent()
    for base in row.base.map({ $0...$0 }) ?? 1...max(1, responses) where base > 0 && base <= responses {
      for count in Self.candidates(row, base) where Self.fits(row, count, base, intervals) {
        bases.add(base)
        counts.add(count)
      }
    }
    guard let base = bases.range, let count = counts.range else { return nil }
    self.base = base
    self.count = count
  }

  /// Counts that may go with a row's percentage, or all where it has none.
  private static func candidates(_ row: PublishedRow, _ base: Int) -> ClosedRange<Int> {
    if let count = row.count { return count...max(count, min(count, base)) }
    guard let percent = row.percent else { return 0...base }
    let lowest = max(0, (percent - 1) * base / 1_000 - 1)
    let highest = min(base, (percent + 1) * base / 1_000 + 1)
    return min(lowest, highest)...highest
  }

  private static func fits(
    _ row: PublishedRow, _ count: Int, _ base: Int, _ intervals: IntervalRule
  ) -> Bool {
    guard count <= base else { return false }
    if let percent = row.percent, percent != percentTenths(count, base) { return false }
    if row.lower == nil && row.upper == nil { return true }
    let interval = intervals.thousandths(count, base)
    return (row.lower.map { isRounded($0, interval.lower) } ?? true)
      && (row.upper.map { isRounded($0, interval.upper) } ?? true)
  }

  private struct Extent {
    var range: ClosedRange<Int>?
    mutating func add(_ value: Int) {
      range = range.map { min($0.lowerBound, value)...max($0.upperBound, value) } ?? value...value
    }
  }
}

/// A percentage in tenths, half away from zero from the exact fraction.
func percentTenths(_ count: Int, _ base: Int) -> Int { (2_000 * count + base) / (2 * base) }

/// Whether a whole number is a value rounded, with a tie and the last bits of a double given either way.
func isRounded(_ number: Int, _ value: Double) -> Bool { abs(Double(number) - value) <= 0.5 + 1e-6 }

extension PublishedRow {
  /// Whether its percentage and the interval are those of a count of a base.
  func isShare(_ count: Int, of base: Int, _ intervals: IntervalRule) -> Bool {
    // What a pair or a place weighs stands beside no effective base.
    if intervals.isWeighted {
      guard let percent, let lower, let upper, count <= base else { return false }
      return lower <= percent && percent <= upper && (count > 0 || percent == 0)
        && (count < base || percent == 1_000)
    }
    let interval = intervals.thousandths(count, base)
    return percent == percentTenths(count, base) && lower.map { isRounded($0, interval.lower) } ?? false
      && upper.map { isRounded($0, interval.upper) } ?? false
  }
}
