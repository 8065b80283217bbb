/// The mean and spread of a number over respondents: sums that add up, part by part.
///
/// As of `RatioSums`, numbers far from 0 for their spread are better told from a number near their mean.
public struct WeightedMoments: Sendable, Equatable {
  public private(set) var respondents = 0
  /// ∑w.
  public private(set) var weight = 0.0
  /// ∑wy.
  public private(set) var sum = 0.0
  /// ∑wy².
  public private(set) var squares = 0.0

  /// Sums of nobody.
  public init() {}

  /// Adds a respondent, or several of the same number and weight, which is above 0.
  public mutating func add(_ value: Double, weight: Double = 1, times: Int = 1) {
    precondition(weight > 0 && weight.isFinite, "a respondent's weight is above 0")
    precondition(times >= 0, "respondents are counted")
    respondents += times
    self.weight += weight * Double(times)
    sum += weight * value * Double(times)
    squares += weight * value * value * Double(times)
  }

  /// Adds the respondents of another part of the sample.
  public mutating func merge(_ other: WeightedMoments) {
    respondents += other.respondents
    weight += other.weight
    sum += other.sum
    squares += other.squares
  }

  /// ∑wy / ∑w; nil for nobody.
  public var mean: Double? { respondents == 0 ? nil : sum / weight }

  /// n/(n - 1) ∑w(y - m)² / ∑w with n respondents: without weights the usual variance with divisor n - 1, and the same
  /// whatever the weights add up to. Nil for fewer than two respondents; 0 where it cannot be told from rounding.
  ///
  /// Source: Lumley (2010), Complex Surveys, section 2.2; as R's `svyvar` for a sample without clusters.
  public var variance: Double? {
    guard respondents > 1 else { return nil }
    let spread = squares - sum * sum / weight
    guard spread > 1e-13 * squares else { return 0 }
    return spread / weight * Double(respondents) / Double(respondents - 1)
  }

  /// The root of `variance`, in the unit of the number.
  public var standardDeviation: Double? { variance?.squareRoot() }
}
