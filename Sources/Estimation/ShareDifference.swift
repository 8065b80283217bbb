/// The difference of two shares of bases that have no respondent in common: the first less the second.
public struct ShareDifference: Sendable, Equatable {
  public let first: Share
  public let second: Share
  private let shares: (first: Double, second: Double)

  /// Nil where a base is empty.
  public init?(_ first: Share, minus second: Share) {
    guard let one = first.value, let other = second.value else { return nil }
    self.first = first
    self.second = second
    shares = (one, other)
  }

  /// As a fraction, `-1...1`.
  public var value: Double { shares.first - shares.second }

  /// The interval that holds the difference, from the Wilson intervals of both shares with Kish's effective sizes: of
  /// equal weights, the respondents. Defined for every share, 0 and 1 included, and never beyond -1 and 1.
  ///
  /// With l and u for the limits of each: d - √((p₁ - l₁)² + (u₂ - p₂)²) to d + √((u₁ - p₁)² + (p₂ - l₂)²).
  ///
  /// Source: Newcombe (1998), Statistics in Medicine 17(8), 873-890, method 10.
  /// - Parameter level: How often such intervals are to hold the true difference, between 0 and 1: 0.95.
  public func newcombeInterval(level: Double) -> ClosedRange<Double> {
    let reach = ReferenceDistribution.normal.reach(level: level)
    let one = wilson(shares.first, base: first.base.effectiveSize, reach: reach)
    let other = wilson(shares.second, base: second.base.effectiveSize, reach: reach)
    let below = length(shares.first - one.lowerBound, other.upperBound - shares.second)
    let above = length(one.upperBound - shares.first, shares.second - other.lowerBound)
    return value - below...value + above
  }

  /// With standard error √(p₁(1 - p₁)/n₁ + p₂(1 - p₂)/n₂), n being Kish's effective sizes, and the normal distribution.
  /// Nil where both shares are 0 or 1, as there it would have no width.
  ///
  /// Source: Newcombe (1998), Statistics in Medicine 17(8), 873-890, method 1.
  public var wald: EstimatedDifference? {
    func variance(_ share: Double, _ base: WeightedBase) -> Double {
      share * (1 - share) / base.effectiveSize
    }
    let error = (variance(shares.first, first.base) + variance(shares.second, second.base)).squareRoot()
    return EstimatedDifference(value: value, standardError: error, degreesOfFreedom: nil)
  }

  /// The z test of two counts, weights left out: d / √(p(1 - p)(1/n₁ + 1/n₂)) with p the share of both bases together,
  /// without continuity correction. Its square is Pearson's chi-squared of the two by two table.
  ///
  /// Nil where nobody in either base, or everybody in both, gave the answer.
  ///
  /// Source: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and Proportions, section 3.1.
  public func pooledTest() -> SignificanceTest? {
    let (first, second) = (first.unweighted, second.unweighted)
    guard let difference = ShareDifference(first, minus: second) else { return nil }
    return difference.pooledStatistic().map { SignificanceTest(statistic: $0, .normal) }
  }

  /// The test of column proportions with effective bases: d / √(p(1 - p)(1/e₁ + 1/e₂)) with p the weighted share of
  /// both bases together and e Kish's effective sizes, by Student's t with e₁ + e₂ - 2 degrees of freedom.
  ///
  /// The weighted bases themselves would not do for e: weights that add up to a population make any difference
  /// significant. Nil where nobody in either base, or everybody in both, gave the answer, and without degrees of
  /// freedom.
  ///
  /// Source: UNICOM Intelligence, Desktop User Guides, column proportions test.
  public func effectiveBaseTest() -> SignificanceTest? {
    let degrees = first.base.effectiveSize + second.base.effectiveSize - 2
    guard degrees > 0 else { return nil }
    return pooledStatistic().map { SignificanceTest(statistic: $0, .student(degreesOfFreedom: degrees)) }
  }

  private func pooledStatistic() -> Double? {
    var both = first
    both.merge(second)
    guard let pooled = both.value, pooled > 0, pooled < 1 else { return nil }
    let inverse = 1 / first.base.effectiveSize + 1 / second.base.effectiveSize
    return value / (pooled * (1 - pooled) * inverse).squareRoot()
  }

  public static func == (one: ShareDifference, other: ShareDifference) -> Bool {
    one.first == other.first && one.second == other.second
  }
}

private func length(_ x: Double, _ y: Double) -> Double { (x * x + y * y).squareRoot() }
