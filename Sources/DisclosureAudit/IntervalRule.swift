import Estimation
import Glibc

/// How definition.json says that the intervals of a release were found.
struct IntervalRule {
  private enum Method { case wilson, logit, clopperPearson }

  private let method: Method
  /// Which part of the population responded, where that was a random sample of it; else 0.
  let sampledFraction: Double
  let isOfRandomSample: Bool
  /// Whether percentages are weighted, and rest on an effective base.
  let isWeighted: Bool
  /// All responses of the wave.
  private let responses: Int

  static let quantile = 1.959963984540054

  init(_ definition: PublishedDefinition, responses: Int) {
    switch definition.intervals {
    case "logit": method = .logit
    case "clopper-pearson": method = .clopperPearson
    default: method = .wilson
    }
    self.responses = responses
    isWeighted = definition.weighting != nil
    isOfRandomSample = definition.sampling == "random" && definition.population != nil
    if definition.sampling == "random", let population = definition.population, population > 0 {
      sampledFraction = min(1, Double(responses) / Double(population))
    } else {
      sampledFraction = 0
    }
  }

  /// The interval of 95% of a share, in thousandths.
  func thousandths(_ count: Int, _ base: Int) -> (lower: Double, upper: Double) {
    thousandths(share: count == base ? 1 : Double(count) / Double(base), size: Double(base))
  }

  /// The same of a share that tells as much as that of so many respondents.
  func thousandths(share: Double, size: Double) -> (lower: Double, upper: Double) {
    if sampledFraction == 1 { return (1_000 * share, 1_000 * share) }
    let size = size / (1 - sampledFraction)
    switch method {
    case .logit where share > 0 && share < 1:
      // Korn and Graubard (1999), Analysis of Health Surveys, section 3.2.
      let centre = log(share / (1 - share))
      let half = Self.quantile / (size * share * (1 - share)).squareRoot()
      return (1_000 / (1 + exp(half - centre)), 1_000 / (1 + exp(-centre - half)))
    case .wilson, .logit: return wilsonThousandths(share, size: size)
    case .clopperPearson:
      guard let interval = Share.interval(of: share, effectiveBase: size, .clopperPearson, level: 0.95) else {
        return (0, 1_000)
      }
      return (1_000 * interval.lowerBound, 1_000 * interval.upperBound)
    }
  }

  /// The sum of squares round their mean that an interval of a mean, so wide to either side, tells of the values of a base.
  ///
  /// By linearisation the standard error is √((1 - f) N/(N - 1) S) / n for the sum of squares S of n of N responses; the
  /// interval is Student's with n - 1 degrees of freedom.
  func squares(half: Double, base: Int) -> Double {
    guard sampledFraction < 1, base > 1 else { return 0 }
    let reach = studentReach(level: 0.95, degreesOfFreedom: base - 1)
    let (n, all) = (Double(base), Double(max(responses, base, 2)))
    let error = half / reach
    return error * error * n * n * (all - 1) / all / (1 - sampledFraction)
  }

  /// The same the other way round: how wide to either side the interval of a mean is; nil where it has none.
  func half(squares: Double, base: Int) -> Double? {
    guard sampledFraction < 1, base > 1 else { return nil }
    let (n, all) = (Double(base), Double(max(responses, base, 2)))
    let error = (squares * (1 - sampledFraction) * all / (all - 1)).squareRoot() / n
    return studentReach(level: 0.95, degreesOfFreedom: base - 1) * error
  }
}

/// The interval of 95% of a share by the score method of Wilson (1927, JASA 22, 209-212), in thousandths.
/// - Parameter size: How many respondents the share rests on.
func wilsonThousandths(_ share: Double, size: Double) -> (lower: Double, upper: Double) {
  let z = IntervalRule.quantile
  let middle = share + z * z / (2 * size)
  let half = z * (share * (1 - share) / size + z * z / (4 * size * size)).squareRoot()
  let scale = 1 + z * z / size
  return (
    share == 0 ? 0 : 1_000 * max(0, (middle - half) / scale),
    share == 1 ? 1_000 : 1_000 * min(1, (middle + half) / scale)
  )
}
