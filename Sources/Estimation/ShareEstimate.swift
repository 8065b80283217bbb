/// A share of a base within a sample, with the standard error that the sample's design gives it.
public struct ShareEstimate: Sendable, Equatable {
  /// The share's sums over all strata.
  public let share: Share
  /// The share as a ratio; its value is that of `share`.
  public let ratio: RatioEstimate

  /// Nil for an empty base.
  /// - Parameters:
  ///   - shares: The share's sums by stratum.
  ///   - strata: All strata in the same order.
  public init?(_ shares: [Share], strata: [SampledStratum]) {
    guard let ratio = RatioEstimate(shares.map(RatioSums.init), strata: strata) else { return nil }
    share = shares.reduce(into: Share()) { $0.merge($1) }
    self.ratio = ratio
  }

  /// An estimate from a sample without strata.
  /// - Parameter sample: The whole sample; its size counts those outside the base, too.
  public init?(_ share: Share, sample: SampledStratum) {
    self.init([share], strata: [sample])
  }

  /// How many respondents of a simple random sample would carry as much: p(1 - p) / variance. Nil where the share is 0
  /// or 1, and where the standard error is not known or is 0.
  ///
  /// Source: Kish (1965), Survey Sampling, section 8.2.
  public var effectiveBase: Double? {
    guard let error = ratio.standardError, error > 0, let value = share.value, value > 0, value < 1 else {
      return nil
    }
    return value * (1 - value) / (error * error)
  }

  /// By how much the design inflates the variance: respondents / `effectiveBase`, with its nils.
  ///
  /// Source: Kish (1965), Survey Sampling, section 8.2.
  public var designEffect: Double? {
    effectiveBase.map { Double(share.base.respondents) / $0 }
  }

  /// The interval that holds the share, as fractions of the base, with Student's t and `effectiveBase` for n.
  ///
  /// Nil where the effective base is, so at 0 and 1: there `share.interval(.wilson, level:)` is defined. Nil without
  /// degrees of freedom.
  /// - Parameter level: How often such intervals are to hold the true share, between 0 and 1: 0.95.
  public func interval(_ method: ShareIntervalMethod, level: Double) -> ClosedRange<Double>? {
    guard var size = effectiveBase, ratio.degreesOfFreedom > 0, let value = share.value else { return nil }
    let design = ReferenceDistribution.student(degreesOfFreedom: Double(ratio.degreesOfFreedom))
    if method == .clopperPearson {
      // The beta distribution knows no degrees of freedom: the size gives way for them.
      let simple = ReferenceDistribution.student(degreesOfFreedom: Double(share.base.respondents - 1))
      let adjustment = simple.reach(level: level) / design.reach(level: level)
      size *= adjustment * adjustment
    }
    return shareInterval(value, base: size, design, method, level: level)
  }
}
