import CRmath
import Glibc

/// How an interval of a share is found.
///
/// Every method takes p, the share, n, how many respondents it rests on, which need not be whole, and z, the quantile
/// of the normal or Student's distribution.
public enum ShareIntervalMethod: String, Sendable, CaseIterable {
  /// The score interval (p + z²/2n ± z √(p(1 - p)/n + z²/4n²)) / (1 + z²/n). Defined at 0 and 1, where it begins or
  /// ends exactly there.
  ///
  /// Source: Wilson (1927), JASA 22(158), 209-212.
  case wilson

  /// The score interval for counts with continuity correction. Never narrower than `wilson`; it begins at 0 where the
  /// share is 0, and ends at 1 where it is 1.
  ///
  /// Source: Newcombe (1998), Statistics in Medicine 17(8), 857-872, method 4.
  case continuityCorrectedWilson

  /// p̃ ± z √(p̃(1 - p̃)/ñ) with ñ = n + z² and p̃ = (np + z²/2) / ñ. May reach beyond 0 and 1.
  ///
  /// Source: Agresti and Coull (1998), The American Statistician 52(2), 119-126.
  case agrestiCoull

  /// Quantiles of beta distributions, which for counts give the exact interval: never covers less often than its level
  /// says. Defined at 0 and 1. For an estimate of a design, n is adjusted for its degrees of freedom as Korn and
  /// Graubard do.
  ///
  /// Source: Clopper and Pearson (1934), Biometrika 26(4), 404-413; Korn and Graubard (1998), Survey Methodology 24(2),
  /// 193-201.
  case clopperPearson

  /// Quantiles of the beta distribution of np + 1/2 and n(1 - p) + 1/2; it begins at 0 where the share is 0, and ends
  /// at 1 where it is 1.
  ///
  /// Source: Brown, Cai and DasGupta (2001), Statistical Science 16(2), 101-133, section 4.1.2.
  case jeffreys

  /// log(p/(1 - p)) ± z / √(np(1 - p)), turned back. Nil at 0 and 1, where no logarithm exists.
  ///
  /// Source: Korn and Graubard (1999), Analysis of Health Surveys, section 3.2; R's `svyciprop(method = "xlogit")`.
  case logit

  /// p ± z √(p(1 - p)/n). May reach beyond 0 and 1. Nil at 0 and 1, where it would have no width and so claim
  /// certainty.
  ///
  /// Source: Cochran (1977), Sampling Techniques, section 3.6.
  case wald
}

extension Share {
  /// The interval that holds the share, as fractions of the base, with the normal quantile and Kish's effective size
  /// for n: of equal weights, the respondents.
  ///
  /// Publish what reaches beyond 0 and 1 as `interval.clamped(to: 0...1)`. Nil for an empty base, and where a method
  /// says so.
  /// - Parameters:
  ///   - level: How often such intervals are to hold the true share, between 0 and 1: 0.95.
  ///   - sampledFraction: f, which part of a population was drawn at random, `0...1`: its variance is 1 - f times that of
  ///     one without end (Cochran, 1977, Sampling Techniques, section 2.6), as if n were n/(1 - f). Of a whole population
  ///     the share is certain.
  public func interval(
    _ method: ShareIntervalMethod, level: Double, sampledFraction: Double = 0
  ) -> ClosedRange<Double>? {
    precondition((0...1).contains(sampledFraction), "no more of a population is drawn than there is")
    guard let value else { return nil }
    if sampledFraction == 1 { return value...value }
    return shareInterval(
      value, base: base.effectiveSize / (1 - sampledFraction), .normal, method, level: level)
  }
}

extension Share {
  /// The same of a share that was found otherwise, as of a stratified sample, and tells as much as that of so many respondents of
  /// equal weight.
  /// - Parameters:
  ///   - value: The share, `0...1`.
  ///   - effectiveBase: Above 0; it need not be whole.
  public static func interval(
    of value: Double, effectiveBase: Double, _ method: ShareIntervalMethod, level: Double,
    sampledFraction: Double = 0
  ) -> ClosedRange<Double>? {
    precondition((0...1).contains(sampledFraction), "no more of a population is drawn than there is")
    if sampledFraction == 1 { return value...value }
    return shareInterval(value, base: effectiveBase / (1 - sampledFraction), .normal, method, level: level)
  }
}

/// The interval of a share that rests on so many respondents, above 0; nil where the method has none.
func shareInterval(
  _ share: Double, base: Double, _ distribution: ReferenceDistribution, _ method: ShareIntervalMethod,
  level: Double
) -> ClosedRange<Double>? {
  let reach = distribution.reach(level: level)
  let tail = (1 - level) / 2
  switch method {
  case .wilson: return wilson(share, base: base, reach: reach)
  case .continuityCorrectedWilson: return continuityCorrectedWilson(share, base: base, reach: reach)
  case .agrestiCoull:
    let size = base + reach * reach
    let centre = (base * share + reach * reach / 2) / size
    return interval(around: centre, by: reach * (centre * (1 - centre) / size).squareRoot())
  case .clopperPearson: return clopperPearson(share, base: base, tail: tail)
  case .jeffreys:
    let (first, second) = (base * share + 0.5, base * (1 - share) + 0.5)
    let lower = share == 0 ? 0 : canvass_beta_quantile(tail, first, second)
    return lower...(share == 1 ? 1 : canvass_beta_quantile(1 - tail, first, second))
  case .logit:
    guard share > 0, share < 1 else { return nil }
    let centre = log(share / (1 - share))
    let half = reach / (base * share * (1 - share)).squareRoot()
    return logistic(centre - half)...logistic(centre + half)
  case .wald:
    guard share > 0, share < 1 else { return nil }
    return interval(around: share, by: reach * (share * (1 - share) / base).squareRoot())
  }
}

func interval(around centre: Double, by half: Double) -> ClosedRange<Double> {
  centre - half...centre + half
}

/// Wilson's score interval, as `ShareIntervalMethod.wilson` says.
func wilson(_ share: Double, base: Double, reach: Double) -> ClosedRange<Double> {
  let square = reach * reach / base
  let centre = (share + square / 2) / (1 + square)
  let half = (share * (1 - share) * square + square * square / 4).squareRoot() / (1 + square)
  // At 0 and 1 the formula ends there, but for rounding.
  let lower = share == 0 ? 0 : max(0, centre - half)
  return lower...(share == 1 ? 1 : min(1, centre + half))
}

private func continuityCorrectedWilson(_ share: Double, base: Double, reach: Double) -> ClosedRange<Double> {
  let square = reach * reach
  let centre = 2 * base * share + square
  let size = 2 * (base + square)
  /// What Newcombe's formula takes the root of, for the limit on the side of those who gave the answer, or did not.
  func root(_ sign: Double, _ share: Double) -> Double {
    max(0, square - sign * 2 - 1 / base + 4 * share * (base * (1 - share) + sign)).squareRoot()
  }
  let lower = share == 0 ? 0 : max(0, (centre - 1 - reach * root(1, share)) / size)
  let upper = share == 1 ? 1 : min(1, (centre + 1 + reach * root(-1, share)) / size)
  return lower...upper
}

private func clopperPearson(_ share: Double, base: Double, tail: Double) -> ClosedRange<Double> {
  let (given, other) = (base * share, base * (1 - share))
  let lower = share == 0 ? 0 : canvass_beta_quantile(tail, given, other + 1)
  return lower...(share == 1 ? 1 : canvass_beta_quantile(1 - tail, given + 1, other))
}

private func logistic(_ value: Double) -> Double { 1 / (1 + exp(-value)) }
