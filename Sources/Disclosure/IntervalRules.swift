import Estimation
import SurveyDefinition
import Tabulation

/// How the intervals of a wave's figures are found: each is a function of figures that stand beside it and of what is told of
/// the whole wave, so that it says nothing of its own.
struct IntervalRules: Sendable {
  private static let level = 0.95

  private let method: ShareIntervalMethod
  /// All responses; of so many people only where these are a random sample of them.
  private let sample: SampledStratum
  private let sampledFraction: Double

  init(_ tally: Tally) {
    self.init(tally.plan.survey, responses: tally.responses)
  }

  init(_ survey: Survey, responses: Int) {
    method =
      switch survey.intervals {
      case .wilson: .wilson
      case .logit: .logit
      case .clopperPearson: .clopperPearson
      }
    let population = survey.sampling == .random ? survey.population?.people : nil
    sample = SampledStratum(
      sampled: responses, population: population.map { Double(max($0, responses)) })
    sampledFraction = population.map { min(1, Double(responses) / Double(max($0, 1))) } ?? 0
  }

  /// The same of a weighted share, which rests on Kish's effective size of the base: that of a base of nothing but weights of 0 is
  /// no share. The percentage and the effective size in tenths, too.
  ///
  /// Source: Kish (1965), Survey Sampling, section 11.7; the intervals as of `ShareIntervalMethod`, with the effective size for n.
  func share(_ given: WeightSum, of base: WeightSum) -> (
    percent: Int, lower: Int, upper: Int, effectiveBase: Int
  )? {
    guard base.units > 0 else { return nil }
    let value = given.units == base.units ? 1 : given.weight / base.weight
    let size = base.effectiveSize
    func interval(_ method: ShareIntervalMethod) -> ClosedRange<Double>? {
      Share.interval(
        of: value, effectiveBase: size, method, level: Self.level, sampledFraction: sampledFraction)
    }
    let found = interval(method) ?? interval(.wilson) ?? 0...1
    return (
      Int(RoundedFraction(given.units, over: base.units, decimals: 3).units), tenths(found.lowerBound),
      tenths(found.upperBound), effectiveBase(of: base)
    )
  }

  /// Kish's effective size of a base, in tenths.
  func effectiveBase(of base: WeightSum) -> Int {
    Int((base.effectiveSize * 10).rounded(.toNearestOrAwayFromZero))
  }

  private func tenths(_ end: Double) -> Int { Int((end * 1_000).rounded(.toNearestOrAwayFromZero)) }

  /// The interval of a share of a base above 0, in tenths of a percent. Where the method has none, which is logit at 0% and 100%,
  /// it is Wilson's.
  func share(_ count: Int, of base: Int) -> (lower: Int, upper: Int) {
    let share = Share(count: count, of: base)
    func interval(_ method: ShareIntervalMethod) -> ClosedRange<Double>? {
      share.interval(method, level: Self.level, sampledFraction: sampledFraction)
    }
    let found = interval(method) ?? interval(.wilson) ?? 0...1
    return (tenths(found.lowerBound), tenths(found.upperBound))
  }

  /// The interval of a mean in hundredths, by Student's t; nil for a single respondent and where all gave the same number, as
  /// their spread is not known.
  /// - Parameter values: Distinct values with how many gave each.
  func mean(of values: [(value: Decimal6, count: Int)]) -> (lower: Int64, upper: Int64)? {
    let numbers = values.map { (value: $0.value.millionths, respondents: $0.count) }
    guard let interval = meanInterval(of: numbers, sample: sample, level: Self.level) else { return nil }
    func hundredths(_ end: Double) -> Int64 { Int64((end / 10_000).rounded(.toNearestOrAwayFromZero)) }
    return (hundredths(interval.lowerBound), hundredths(interval.upperBound))
  }

  /// The interval of a weighted mean in hundredths, linearised, by Student's t; nil where there is none for an unweighted one.
  /// - Parameter values: Distinct values with how many gave each and what these weigh.
  func weightedMean(of values: [(value: Decimal6, count: Int, weights: WeightSum)]) -> (
    lower: Int64, upper: Int64
  )? {
    let values = values.filter { $0.weights.units > 0 }
    guard values.reduce(0, { $0 + $1.count }) > 1 else { return nil }
    let weight = values.reduce(0) { $0 + $1.weights.weight }
    // From the mean, so that no digits are lost to what all values have in common.
    let centre = values.reduce(0) { $0 + $1.weights.weight * Double($1.value.millionths) } / weight
    var sums = RatioSums()
    for (value, count, weights) in values {
      let distance = Double(value.millionths) - centre
      let base = WeightedBase(respondents: count, weight: weights.weight, squaredWeight: weights.squares)
      sums.merge(
        RatioSums(
          base: base, numerator: distance * base.weight, denominator: base.weight,
          squaredNumerator: distance * distance * base.squaredWeight, product: distance * base.squaredWeight,
          squaredDenominator: base.squaredWeight))
    }
    guard let interval = RatioEstimate(sums, sample: sample)?.interval(level: Self.level) else { return nil }
    func hundredths(_ end: Double) -> Int64 { Int64((end / 10_000).rounded(.toNearestOrAwayFromZero)) }
    return (hundredths(centre + interval.lowerBound), hundredths(centre + interval.upperBound))
  }
}
