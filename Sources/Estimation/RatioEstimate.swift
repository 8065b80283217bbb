/// A ratio ∑wy / ∑wx of a base within a sample, with the standard error that the sample's design gives it.
///
/// The base can be any part of the sample, a domain: respondents outside it count as drawn, with residuals of 0.
public struct RatioEstimate: Sendable, Equatable {
  public let value: Double

  /// Of `value`, in its unit, by linearisation. Nil where a stratum of several people has a single respondent, whose
  /// spread is not known. 0 where respondents show no spread, which says nothing of certainty.
  ///
  /// Residuals z = w(y - rx) / ∑wx give the variance ∑ₕ (1 - nₕ/Nₕ) nₕ/(nₕ - 1) ∑(z - z̄ₕ)², nₕ being all respondents
  /// of stratum h.
  ///
  /// Source: Woodruff (1971), JASA 66(334), 411-414; for domains Särndal, Swensson and Wretman (1992), Model Assisted
  /// Survey Sampling, section 5.8. As R's `survey` computes `svymean` of a `subset`.
  public let standardError: Double?

  /// The base's respondents less the strata that they belong to, as R's `degf` of a `subset`; 0 where the base has one
  /// respondent in each stratum.
  public let degreesOfFreedom: Int

  /// Whom the ratio is of.
  public let base: WeightedBase

  /// Nil where ∑wx is 0, as for an empty base.
  /// - Parameters:
  ///   - sums: Of the base, by stratum.
  ///   - strata: All strata in the same order.
  public init?(_ sums: [RatioSums], strata: [SampledStratum]) {
    precondition(sums.count == strata.count, "each stratum has its sums")
    let total = sums.reduce(into: RatioSums()) { $0.merge($1) }
    guard total.denominator != 0 else { return nil }
    let ratio = total.numerator / total.denominator
    value = ratio
    base = total.base
    degreesOfFreedom = total.base.respondents - sums.count { $0.base.respondents > 0 }
    standardError = linearisedVariance(sums, strata, ratio: ratio).map { variance in
      variance.squareRoot() / total.denominator.magnitude
    }
  }

  /// An estimate from a sample without strata.
  /// - Parameter sample: The whole sample; its size counts those outside the base, too.
  public init?(_ sums: RatioSums, sample: SampledStratum) {
    self.init([sums], strata: [sample])
  }

  /// Value ± t · standard error with Student's t. Nil where the standard error is not known or is 0, and without
  /// degrees of freedom.
  /// - Parameter level: How often such intervals are to hold the true value, between 0 and 1: 0.95.
  public func interval(level: Double) -> ClosedRange<Double>? {
    guard let standardError, standardError > 0, degreesOfFreedom > 0 else { return nil }
    let reach = ReferenceDistribution.student(degreesOfFreedom: Double(degreesOfFreedom)).reach(level: level)
    return Estimation.interval(around: value, by: reach * standardError)
  }
}

/// The variance of ∑z for z = w(y - rx); nil where a stratum leaves it unknown.
private func linearisedVariance(_ sums: [RatioSums], _ strata: [SampledStratum], ratio: Double) -> Double? {
  var variance = 0.0
  for (sums, stratum) in zip(sums, strata) where sums.base.respondents > 0 {
    precondition(sums.base.respondents <= stratum.sampled, "a base is a part of the sample")
    guard let factor = stratum.varianceFactor else { return nil }
    let residual = sums.residual(ratio)
    let squares = sums.squaredResiduals(ratio) - residual * residual / Double(stratum.sampled)
    variance += factor * max(0, squares)
  }
  return variance
}
