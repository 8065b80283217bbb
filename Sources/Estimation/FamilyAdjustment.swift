/// How p values of several tests are raised, so that many tests do not make for findings by chance alone.
public enum FamilyAdjustment: String, Sendable, CaseIterable {
  /// Left as they are.
  case unadjusted
  /// Times the number of tests. Holds the probability of any false finding.
  ///
  /// Source: Dunn (1961), JASA 56(293), 52-64.
  case bonferroni
  /// The smallest times the number of tests, the next times one less, and so on, never falling. Holds the probability
  /// of any false finding, and finds no less than `bonferroni`.
  ///
  /// Source: Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70.
  case holm
  /// Times the number of tests over the rank, never rising towards the smallest. Holds the expected share of false ones
  /// among findings.
  ///
  /// Source: Benjamini and Hochberg (1995), Journal of the Royal Statistical Society B 57(1), 289-300.
  case benjaminiHochberg

  /// The p values of a family, adjusted, in their order and at most 1, as R's `p.adjust`. Where a test was not defined,
  /// nil stays nil and does not count.
  public func adjust(_ values: [Double?]) -> [Double?] {
    var ranked: [(index: Int, p: Double)] = []
    for case (let index, let p?) in values.enumerated() {
      precondition(p >= 0 && p <= 1, "a p value lies between 0 and 1")
      ranked.append((index, p))
    }
    ranked.sort { ($0.p, $0.index) < ($1.p, $1.index) }
    let tests = ranked.count
    var adjusted = values
    switch self {
    case .unadjusted: break
    case .bonferroni:
      for (index, p) in ranked { adjusted[index] = min(1, p * Double(tests)) }
    case .holm:
      var highest = 0.0
      for (rank, (index, p)) in ranked.enumerated() {
        highest = max(highest, min(1, p * Double(tests - rank)))
        adjusted[index] = highest
      }
    case .benjaminiHochberg:
      var lowest = 1.0
      for (rank, (index, p)) in ranked.enumerated().reversed() {
        lowest = min(lowest, Double(tests) / Double(rank + 1) * p)
        adjusted[index] = lowest
      }
    }
    return adjusted
  }
}
