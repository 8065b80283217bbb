public import SurveyDefinition

/// Mean and median of a number within one group.
public struct NumberSummary: Sendable, Equatable {
  /// In hundredths, rounded half away from zero from the exact value.
  public let mean: Int64
  /// In hundredths: the middle value, or the mean of the middle two.
  public let median: Int64

  /// Summarises distinct values with how many gave each, ascending; nil where nobody answered.
  public init?(_ values: [(value: Decimal6, count: Int)]) {
    var count: Int64 = 0
    var sum: Int128 = 0
    for (value, respondents) in values {
      count += Int64(respondents)
      sum += Int128(value.millionths) * Int128(respondents)
    }
    guard count > 0 else { return nil }
    mean = Self.hundredths(sum, over: Int128(count))

    func value(atRank rank: Int64) -> Int64 {
      var passed: Int64 = 0
      for (value, respondents) in values {
        passed += Int64(respondents)
        if rank < passed { return value.millionths }
      }
      preconditionFailure("a rank lies below the number of respondents")
    }
    let middle = Int128(value(atRank: (count - 1) / 2)) + Int128(value(atRank: count / 2))
    median = Self.hundredths(middle, over: 2)
  }

  /// A quotient of millionths as hundredths, half away from zero, from the exact fraction.
  static func hundredths(_ millionths: Int128, over divisor: Int128) -> Int64 {
    let denominator = divisor * 10_000
    let magnitude = (2 * millionths.magnitude + denominator.magnitude) / (2 * denominator.magnitude)
    return Int64(magnitude) * (millionths < 0 ? -1 : 1)
  }
}

/// A percentage in tenths, rounded half away from zero from the exact fraction: `percentTenths(1, of: 16)` is 63.
public func percentTenths(_ count: Int, of base: Int) -> Int {
  precondition(base > 0 && count >= 0, "a percentage needs a base")
  return (2_000 * count + base) / (2 * base)
}
