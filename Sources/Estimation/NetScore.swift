/// The share of a base that answered on one side less the share that answered on the other, as agree less disagree.
///
/// Both shares are of the same respondents, so they do not vary independently: the variance of the difference is
/// (p₁ + p₂ - (p₁ - p₂)²)/n.
public struct NetScore: Sendable, Equatable {
  /// Respondents on the side that counts up.
  public let above: Int
  /// Respondents on the side that counts down.
  public let below: Int
  /// All respondents, above 0; those on neither side among them.
  public let base: Int

  public init(above: Int, below: Int, base: Int) {
    precondition(base > 0 && above >= 0 && below >= 0, "a net score is of somebody")
    precondition(above + below <= base, "nobody answers on both sides")
    self.above = above
    self.below = below
    self.base = base
  }

  /// As a fraction, `-1...1`.
  public var value: Double { Double(above - below) / Double(base) }

  /// The score interval of the difference: every d for which |x₁ - x₂ - nd| is at most z √(n(2q + d - d²)), x being the counts
  /// and q the likeliest share of those who count down, given that the shares differ by d. Never beyond -1 and 1; where nobody is
  /// on either side it reaches to ±z²/(n + z²), as Wilson's does at 0.
  ///
  /// It was made for two shares of paired answers, of which only the pairs that differ, to one side or the other, count: three
  /// shares of one sample, as here. An interval by the variance of the shares found has no width where nobody is on either
  /// side, and too little where nearly everybody is.
  ///
  /// Source: Tango (1998), Statistics in Medicine 17(8), 891-908.
  /// - Parameters:
  ///   - level: How often such intervals are to hold the true net score, between 0 and 1: 0.95.
  ///   - sampledFraction: f, which part of a population was drawn at random, `0...1`; as for a share, n is then n/(1 - f).
  public func interval(level: Double, sampledFraction: Double = 0) -> ClosedRange<Double> {
    precondition((0...1).contains(sampledFraction), "no more of a population is drawn than there is")
    if sampledFraction == 1 { return value...value }
    let (up, down) = (Double(above) / (1 - sampledFraction), Double(below) / (1 - sampledFraction))
    let size = Double(base) / (1 - sampledFraction)
    let reach = ReferenceDistribution.normal.reach(level: level)
    return -upperEnd(down, up, size, reach)...upperEnd(up, down, size, reach)
  }
}

/// The largest difference that counts on both sides leave possible; the smallest is the same with the sides changed.
private func upperEnd(_ up: Double, _ down: Double, _ size: Double, _ reach: Double) -> Double {
  /// Whether a difference, not below the one found, is within reach.
  func isWithin(_ difference: Double) -> Bool {
    // The likeliest share of those who count down solves Aq² + Bq + C = 0, by its larger root.
    let b = (2 * size - up + down) * difference - up - down
    let c = -down * difference * (1 - difference)
    let share = ((b * b - 8 * size * c).squareRoot() - b) / (4 * size)
    let variance = size * (2 * share + difference * (1 - difference))
    return size * difference - (up - down) <= reach * max(0, variance).squareRoot()
  }
  var (within, beyond) = ((up - down) / size, 1.0)
  // The statistic falls as the difference grows, so halving finds its end to the last bit that counts.
  for _ in 0..<60 {
    let middle = (within + beyond) / 2
    if isWithin(middle) { within = middle } else { beyond = middle }
  }
  return (within + beyond) / 2
}
