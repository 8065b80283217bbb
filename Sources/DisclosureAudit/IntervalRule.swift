import Estimation
import Glibc

/// How definition.json says that the intervals of a release were found.
struct IntervalRule {
  private enum Method { case wilson, logit, clopperPearson }

  private let method: Method
  /// Which part of the population responded, where that was a random sample of it; else 0.
  let sampledFraction: Double
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
    if definition.sampling == "random", let population = definition.population, population > 0 {
      sampledFraction = min(1, Double(responses) / Double(population))
    } else {
      sampledFraction = 0
    }
  }

  /// The interval of 95% of a share, in thousandths.
  func thousandths(_ count: Int, _ base: Int) -> (lower: Double, upper: Double) {
    if sampledFraction == 1 {
      let share = 1_000 * Double(count) / Double(base)
      return (share, share)
    }
    let size = Double(base) / (1 - sampledFraction)
    switch method {
    case .logit where count > 0 && count < base:
      // Korn and Graubard (1999), Analysis of Health Surveys, section 3.2.
      let p = Double(count) / Double(base)
      let centre = log(p / (1 - p))
      let half = Self.quantile / (size * p * (1 - p)).squareRoot()
      return (1_000 / (1 + exp(half - centre)), 1_000 / (1 + exp(-centre - half)))
    case .wilson, .logit: return wilsonThousandths(count, base, size: size)
    case .clopperPearson:
      guard
        let interval = Share(count: count, of: base)
          .interval(.clopperPearson, level: 0.95, sampledFraction: sampledFraction)
      else { return (0, 1_000) }
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
/// - Parameter size: How many respondents the share rests on; the base where nothing else is said.
func wilsonThousandths(_ count: Int, _ base: Int, size: Double? = nil) -> (lower: Double, upper: Double) {
  let z = IntervalRule.quantile
  let n = size ?? Double(base)
  let p = Double(count) / Double(base)
  let middle = p + z * z / (2 * n)
  let half = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
  let scale = 1 + z * z / n
  return (
    count == 0 ? 0 : 1_000 * max(0, (middle - half) / scale),
    count == base ? 1_000 : 1_000 * min(1, (middle + half) / scale)
  )
}
