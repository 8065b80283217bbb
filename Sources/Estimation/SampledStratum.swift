/// A stratum of the sample: how many were drawn from it, whether or not they belong to the group or base in question.
///
/// A sample without strata is a single stratum.
public struct SampledStratum: Sendable, Equatable {
  /// Respondents of the whole sample who belong to the stratum.
  public let sampled: Int
  /// How many people the stratum has; nil where respondents are taken as drawn with replacement, as from a population
  /// without end.
  public let population: Double?

  public init(sampled: Int, population: Double? = nil) {
    precondition(sampled >= 0, "respondents are counted")
    if let population { precondition(population >= Double(sampled), "a stratum has room for its sample") }
    self.sampled = sampled
    self.population = population
  }

  /// Which part of its people responded, `0...1`; 0 of a population without end.
  public var sampledFraction: Double { population.map { Double(sampled) / max($0, 1) } ?? 0 }

  /// What sums of squares around the stratum's mean are multiplied with: (1 - n/N) n/(n - 1). Nil where a single
  /// respondent of several people shows no spread.
  ///
  /// Source: Cochran (1977), Sampling Techniques, sections 2.6 and 5.3.
  var varianceFactor: Double? {
    let rest = population.map { 1 - Double(sampled) / $0 } ?? 1
    if rest == 0 { return 0 }
    return sampled > 1 ? rest * Double(sampled) / Double(sampled - 1) : nil
  }
}
