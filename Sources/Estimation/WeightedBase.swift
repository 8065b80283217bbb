/// Who a figure rests on: how many respondents, and the sums of their weights and of the squares of their weights.
public struct WeightedBase: Sendable, Equatable {
  public private(set) var respondents: Int
  /// ∑w, in the unit of the weights.
  public private(set) var weight: Double
  /// ∑w².
  public private(set) var squaredWeight: Double

  /// A base without respondents.
  public init() { self.init(respondents: 0) }

  /// Respondents who count one each.
  public init(respondents: Int) {
    self.init(respondents: respondents, weight: Double(respondents), squaredWeight: Double(respondents))
  }

  /// A base from sums that are at hand.
  public init(respondents: Int, weight: Double, squaredWeight: Double) {
    precondition(respondents >= 0, "respondents are counted")
    precondition((respondents > 0) == (weight > 0), "a respondent's weight is above 0")
    precondition((respondents > 0) == (squaredWeight > 0), "a respondent's weight is above 0")
    self.respondents = respondents
    self.weight = weight
    self.squaredWeight = squaredWeight
  }

  /// Adds a respondent, or several of the same weight. Whoever has a weight of 0 is no part of any base.
  public mutating func add(weight: Double, times: Int = 1) {
    precondition(weight > 0 && weight.isFinite, "a respondent's weight is above 0")
    precondition(times >= 0, "respondents are counted")
    respondents += times
    self.weight += weight * Double(times)
    squaredWeight += weight * weight * Double(times)
  }

  /// Adds the respondents of another part of the sample.
  public mutating func merge(_ other: WeightedBase) {
    respondents += other.respondents
    weight += other.weight
    squaredWeight += other.squaredWeight
  }

  /// The base without the respondents of a part of it, exact where sums are.
  public func subtracting(_ part: WeightedBase) -> WeightedBase {
    let rest = respondents - part.respondents
    precondition(rest >= 0, "a part has no more respondents than the whole")
    guard rest > 0 else { return WeightedBase() }
    return WeightedBase(
      respondents: rest, weight: weight - part.weight, squaredWeight: squaredWeight - part.squaredWeight)
  }

  /// How many respondents of equal weight would carry as much: (∑w)² / ∑w². As many as there are where the weights are
  /// equal, fewer where not; 0 for an empty base.
  ///
  /// Source: Kish (1965), Survey Sampling, section 11.7.
  public var effectiveSize: Double {
    respondents == 0 ? 0 : weight * weight / squaredWeight
  }

  /// By how much unequal weights inflate the variance: respondents / effective size, at least 1 but for rounding. Nil
  /// for an empty base.
  ///
  /// Source: Kish (1965), Survey Sampling, section 11.7.
  public var designEffect: Double? {
    respondents == 0 ? nil : Double(respondents) / effectiveSize
  }
}
