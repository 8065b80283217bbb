extension RatioEstimate {
  /// The difference to an estimate from another sample, as of an earlier wave: this less the other, with standard error
  /// √(s₁² + s₂²) and the normal distribution.
  ///
  /// Nil where a standard error is not known, and where neither sample shows spread. Not for groups of one stratified
  /// sample: see `difference(_:_:strata:)`.
  ///
  /// Source: Cochran (1977), Sampling Techniques, section 2.14; as R's `survey` for independent samples.
  public func difference(from other: RatioEstimate) -> EstimatedDifference? {
    guard let error = standardError, let otherError = other.standardError else { return nil }
    return EstimatedDifference(
      value: value - other.value, standardError: (error * error + otherError * otherError).squareRoot(),
      degreesOfFreedom: nil)
  }

  /// The difference of two groups of one sample that share no respondent, the first less the second, by Student's t
  /// with the respondents of both less the strata they belong to less 1 for degrees of freedom.
  ///
  /// Residuals that a stratum has in both groups go together: their covariance within strata is taken off. Nil where
  /// a group is empty, a standard error is not known, and without spread or degrees of freedom.
  ///
  /// Source: Lumley (2010), Complex Surveys, section 2.3 and chapter 5; as R's `svyttest`.
  /// - Parameters:
  ///   - first: Sums of one group by stratum.
  ///   - second: Sums of the other group by stratum.
  ///   - strata: All strata in the same order.
  public static func difference(
    _ first: [RatioSums], _ second: [RatioSums], strata: [SampledStratum]
  ) -> EstimatedDifference? {
    precondition(first.count == second.count, "both groups have the same strata")
    guard let one = RatioEstimate(first, strata: strata), let other = RatioEstimate(second, strata: strata),
      let error = one.standardError, let otherError = other.standardError
    else { return nil }
    var covariance = 0.0
    var occupied = 0
    for ((first, second), stratum) in zip(zip(first, second), strata) {
      if first.base.respondents + second.base.respondents > 0 { occupied += 1 }
      guard let factor = stratum.varianceFactor, stratum.sampled > 0 else { continue }
      covariance -=
        factor * first.residual(one.value) * second.residual(other.value) / Double(stratum.sampled)
    }
    covariance /= first.reduce(0) { $0 + $1.denominator } * second.reduce(0) { $0 + $1.denominator }
    let variance = error * error + otherError * otherError - 2 * covariance
    let respondents = one.base.respondents + other.base.respondents
    return EstimatedDifference(
      value: one.value - other.value, standardError: max(0, variance).squareRoot(),
      degreesOfFreedom: Double(respondents - occupied - 1))
  }
}
