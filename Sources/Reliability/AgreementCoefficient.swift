/// How well coders agree: an estimate with its uncertainty, as a fraction where 1 is full agreement.
///
/// The uncertainty is that of the units, taken as a simple random sample of all that could have been coded; the
/// coders are taken as given.
public struct AgreementCoefficient: Sendable, Equatable {
  /// 1 where coders agree throughout. Coefficients that allow for chance are 0 where coders agree no more often than
  /// chance would have it, and negative where less often.
  public let value: Double

  /// Of `value`, in the same unit; nil for a single unit, whose spread is not known.
  public let standardError: Double?

  /// The interval of 95%: value ± t · standard error, t being the quantile 0.975 of Student's t. It ends at 1 at most,
  /// and that of percent agreement at 0 at least.
  ///
  /// Nil where the units show no spread, as where coders agree throughout: the formula then gives an interval of no
  /// width, which would claim certainty.
  ///
  /// Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition; computed as the package irrCAC 1.4 for R
  /// computes it (https://github.com/kgwet/irrCAC).
  public let interval: ClosedRange<Double>?

  /// - Parameters:
  ///   - variance: Of `value`; nil where it is not known.
  ///   - units: Units that the interval counts; degrees of freedom are one less.
  ///   - least: The smallest value that the coefficient can have, where that is so for any ratings.
  init(value: Double, variance: Double?, units: Int, least: Double = -.infinity) {
    self.value = value
    guard let variance, units >= 2 else {
      standardError = nil
      interval = nil
      return
    }
    // One unit that differs among a thousand million gives units a variance of 1e-9; rounding, where all contribute the
    // same, less than 1e-14.
    let isSpread = variance * Double(units) > 1e-12
    let error = isSpread ? variance.squareRoot() : 0
    standardError = error
    guard isSpread else {
      interval = nil
      return
    }
    let reach = studentQuantile975(degreesOfFreedom: units - 1) * error
    interval = max(least, value - reach)...min(1, value + reach)
  }
}

/// The variance of a mean over units, ∑(x - centre)² / (n(n - 1)): nil for fewer than two units.
///
/// Source: Cochran (1977), Sampling Techniques, section 2.4.
func varianceOfMean(_ contributions: [(value: Double, units: Int)], around centre: Double) -> Double? {
  var squares = 0.0
  var units = 0
  for (value, count) in contributions {
    squares += Double(count) * (value - centre) * (value - centre)
    units += count
  }
  guard units >= 2 else { return nil }
  return squares / (Double(units) * Double(units - 1))
}
