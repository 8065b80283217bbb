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

  /// The same of respondents who weigh something: the weighted mean, and the value below and above which lies at most half of the
  /// weight, or the mean of the two where just half lies on either side. Nil where all weights are 0.
  public init?(_ values: [(value: Decimal6, count: WeightSum)]) {
    let values = values.filter { $0.count.units > 0 }
    let weight = values.reduce(Int128(0)) { $0 + $1.count.units }
    guard weight > 0 else { return nil }
    var sum: Int128 = 0
    var isExact = true
    for (value, weights) in values {
      let (product, overflows) = weights.units.multipliedReportingOverflow(by: Int128(value.millionths))
      let (more, carries) = sum.addingReportingOverflow(product)
      sum = more
      isExact = isExact && !overflows && !carries && more.magnitude < 1 << 125
    }
    if isExact, weight < 1 << 110 {
      mean = Self.hundredths(sum, over: weight)
    } else {
      // Weights of expansion times numbers of many digits.
      let mean = values.reduce(0) { $0 + Double($1.value.millionths) * Double($1.count.units) }
      self.mean = Int64((mean / Double(weight) / 10_000).rounded(.toNearestOrAwayFromZero))
    }
    var passed: Int128 = 0
    var middle: [Int64] = []
    for (value, weights) in values {
      let isMiddle = 2 * passed <= weight && 2 * (passed + weights.units) >= weight
      if isMiddle { middle.append(value.millionths) }
      passed += weights.units
    }
    median = Self.hundredths(Int128(middle[0]) + Int128(middle[middle.count - 1]), over: 2)
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
