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

  /// The interval of a share of a base above 0, in tenths of a percent. Where the method has none, which is logit at 0% and 100%,
  /// it is Wilson's.
  func share(_ count: Int, of base: Int) -> (lower: Int, upper: Int) {
    let share = Share(count: count, of: base)
    func interval(_ method: ShareIntervalMethod) -> ClosedRange<Double>? {
      share.interval(method, level: Self.level, sampledFraction: sampledFraction)
    }
    let found = interval(method) ?? interval(.wilson) ?? 0...1
    func tenths(_ end: Double) -> Int { Int((end * 1_000).rounded(.toNearestOrAwayFromZero)) }
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
}
