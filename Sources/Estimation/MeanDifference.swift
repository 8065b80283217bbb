/// How two means of respondents without weights are compared.
public enum MeanComparison: Sendable, CaseIterable {
  /// Each group has a variance of its own.
  ///
  /// Source: Welch (1947), Biometrika 34(1/2), 28-35; as R's `t.test`.
  case welch
  /// Both groups have one variance.
  ///
  /// Source: Student (1908), Biometrika 6(1), 1-25; as R's `t.test(var.equal = TRUE)`.
  case pooled
}

extension WeightedMoments {
  /// The difference of two means without weights, this less the other, by Student's t.
  ///
  /// Nil for fewer than two respondents in a group, and where neither group shows spread. For weights see
  /// `RatioEstimate.difference(_:_:strata:)`.
  public func difference(from other: WeightedMoments, _ comparison: MeanComparison) -> EstimatedDifference? {
    precondition(
      weight == Double(respondents) && other.weight == Double(other.respondents),
      "a t test of weighted respondents takes their design")
    guard let mean, let otherMean = other.mean, let variance, let otherVariance = other.variance else {
      return nil
    }
    let (size, otherSize) = (weight, other.weight)
    let (square, otherSquare): (Double, Double)
    let degrees: Double
    switch comparison {
    case .welch:
      (square, otherSquare) = (variance / size, otherVariance / otherSize)
      let parts = square * square / (size - 1) + otherSquare * otherSquare / (otherSize - 1)
      degrees = (square + otherSquare) * (square + otherSquare) / parts
    case .pooled:
      degrees = size + otherSize - 2
      let pooled = ((size - 1) * variance + (otherSize - 1) * otherVariance) / degrees
      (square, otherSquare) = (pooled / size, pooled / otherSize)
    }
    return EstimatedDifference(
      value: mean - otherMean, standardError: (square + otherSquare).squareRoot(), degreesOfFreedom: degrees)
  }
}
