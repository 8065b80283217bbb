/// The share of a base that gave an answer, or one of several: sums that add up, part by part.
public struct Share: Sendable, Equatable {
  /// Who could have given the answer.
  public private(set) var base: WeightedBase
  /// Who did, a part of the base.
  public private(set) var given: WeightedBase

  /// A share of nobody.
  public init() { self.init(given: WeightedBase(), base: WeightedBase()) }

  /// A share without weights.
  public init(count: Int, of base: Int) {
    self.init(given: WeightedBase(respondents: count), base: WeightedBase(respondents: base))
  }

  /// A share from the sums of those who gave the answer and of the whole base.
  public init(given: WeightedBase, base: WeightedBase) {
    precondition(given.respondents <= base.respondents, "who gave the answer belongs to the base")
    self.given = given
    self.base = base
  }

  /// Adds a respondent, or several who look the same.
  public mutating func add(gaveAnswer: Bool, weight: Double = 1, times: Int = 1) {
    base.add(weight: weight, times: times)
    if gaveAnswer { given.add(weight: weight, times: times) }
  }

  /// Adds the respondents of another part of the sample.
  public mutating func merge(_ other: Share) {
    base.merge(other.base)
    given.merge(other.given)
  }

  /// The share among the base's other respondents: exact where sums are, as of whole weights. Where a few respondents
  /// of small weights are left of very many, add them up by themselves.
  public func subtracting(_ part: Share) -> Share {
    Share(given: given.subtracting(part.given), base: base.subtracting(part.base))
  }

  /// The same respondents, counting one each.
  public var unweighted: Share { Share(count: given.respondents, of: base.respondents) }

  /// Weight of those who gave the answer / weight of the base, `0...1`; nil for an empty base. Exactly 0 where nobody
  /// gave the answer and exactly 1 where all did, in whatever order sums were taken.
  public var value: Double? {
    if base.respondents == 0 { return nil }
    if given.respondents == 0 { return 0 }
    if given.respondents == base.respondents { return 1 }
    return min(1, given.weight / base.weight)
  }
}
