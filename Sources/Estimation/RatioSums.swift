/// What one stratum adds to a ratio ∑wy / ∑wx, over those who belong to the base: sums that add up, part by part.
///
/// Shares, nets, means and differences of nets are all such ratios. x is 1 for a share or mean; y is then 0 or 1, or
/// the number that is averaged. Products of sums are subtracted to find a variance: numbers whose distance from 0 is a
/// thousand times their spread cost six of sixteen digits and are better told from a number near their mean.
public struct RatioSums: Sendable, Equatable {
  /// The respondents added.
  public private(set) var base: WeightedBase
  /// ∑wy.
  public private(set) var numerator: Double
  /// ∑wx.
  public private(set) var denominator: Double
  /// ∑w²y².
  public private(set) var squaredNumerator: Double
  /// ∑w²xy.
  public private(set) var product: Double
  /// ∑w²x².
  public private(set) var squaredDenominator: Double

  /// Sums of nobody.
  public init() {
    self.init(
      base: WeightedBase(), numerator: 0, denominator: 0, squaredNumerator: 0, product: 0,
      squaredDenominator: 0)
  }

  /// Sums that are at hand.
  public init(
    base: WeightedBase, numerator: Double, denominator: Double, squaredNumerator: Double, product: Double,
    squaredDenominator: Double
  ) {
    self.base = base
    self.numerator = numerator
    self.denominator = denominator
    self.squaredNumerator = squaredNumerator
    self.product = product
    self.squaredDenominator = squaredDenominator
  }

  /// The sums of a share, where x is 1 and y is 1 for those who gave the answer.
  public init(_ share: Share) {
    self.init(
      base: share.base, numerator: share.given.weight, denominator: share.base.weight,
      squaredNumerator: share.given.squaredWeight, product: share.given.squaredWeight,
      squaredDenominator: share.base.squaredWeight)
  }

  /// Adds a respondent, or several who look the same.
  /// - Parameters:
  ///   - numerator: The respondent's y.
  ///   - denominator: The respondent's x.
  ///   - weight: Above 0.
  public mutating func add(
    numerator: Double, denominator: Double = 1, weight: Double = 1, times: Int = 1
  ) {
    base.add(weight: weight, times: times)
    let (y, x, count) = (weight * numerator, weight * denominator, Double(times))
    self.numerator += y * count
    self.denominator += x * count
    squaredNumerator += y * y * count
    product += y * x * count
    squaredDenominator += x * x * count
  }

  /// Adds the respondents of another part of the stratum.
  public mutating func merge(_ other: RatioSums) {
    base.merge(other.base)
    numerator += other.numerator
    denominator += other.denominator
    squaredNumerator += other.squaredNumerator
    product += other.product
    squaredDenominator += other.squaredDenominator
  }

  /// ∑w²(y - rx)², 0 where it cannot be told from rounding.
  func squaredResiduals(_ ratio: Double) -> Double {
    let scale = squaredNumerator + ratio * ratio * squaredDenominator
    let squares = squaredNumerator - 2 * ratio * product + ratio * ratio * squaredDenominator
    return squares > 1e-13 * scale ? squares : 0
  }

  /// ∑w(y - rx).
  func residual(_ ratio: Double) -> Double { numerator - ratio * denominator }
}
