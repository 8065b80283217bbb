import CRmath

/// How far the items of a scale go together: Cronbach's alpha, k/(k - 1) · (1 - ∑ variances / variance of the sum).
///
/// At most 1; negative where items go against each other, as where one is scored the wrong way round.
///
/// Source: Cronbach (1951), Psychometrika 16(3), 297-334.
public struct CronbachAlpha: Sendable, Equatable {
  public let value: Double
  /// k, at least 2.
  public let items: Int
  /// Respondents who answered all items; nil where only covariances are known.
  public let respondents: Int?
  /// What alpha would be without each item in turn; nil for two items, and where what is left shows no spread.
  public let withoutItem: [Double?]

  /// Nil where the sum of the items has no variance.
  /// - Parameter covariances: Square and symmetric, of at least two items.
  public init?(covariances: [[Double]], respondents: Int? = nil) {
    let items = covariances.count
    precondition(items >= 2, "a scale has at least two items")
    precondition(covariances.allSatisfy { $0.count == items }, "a matrix of covariances is square")
    guard let value = alpha(covariances, of: Array(0..<items)) else { return nil }
    self.value = value
    self.items = items
    self.respondents = respondents
    withoutItem = (0..<items).map { item in
      items == 2 ? nil : alpha(covariances, of: (0..<items).filter { $0 != item })
    }
  }

  /// The interval that holds alpha: 1 - (1 - alpha) F, with the quantiles of F for n - 1 and (n - 1)(k - 1) degrees of
  /// freedom.
  ///
  /// Nil where respondents are not known or fewer than two, and at 1, where it would have no width.
  ///
  /// Source: Feldt (1965), Psychometrika 30(3), 357-370; Feldt, Woodruff and Salih (1987), Applied Psychological
  /// Measurement 11(1), 93-103, formulas 6 and 7. It supposes items that differ by a constant at most, and normal ones.
  /// - Parameter level: How often such intervals are to hold the true alpha, between 0 and 1: 0.95.
  public func interval(level: Double) -> ClosedRange<Double>? {
    guard let respondents, respondents > 1, value < 1 else { return nil }
    return feldtInterval(value, items: items, respondents: respondents, level: level)
  }
}

extension CronbachAlpha {
  /// The same with so many decimals, rounded once from its exact fraction, half away from zero; nil where the sum of the items has
  /// no variance.
  ///
  /// Only numbers beyond 2⁹⁶, which no survey has, lose last bits before.
  /// - Parameters:
  ///   - variances: Of each item, at least two, all in one unit: n ∑x² - (∑x)² of n respondents who answered all items.
  ///   - ofSum: The same of the sum of all items.
  public static func rounded(variances: [Int128], ofSum: Int128, decimals: Int) -> RoundedFraction? {
    precondition(variances.count >= 2, "a scale has at least two items")
    precondition(variances.allSatisfy { $0 >= 0 } && ofSum >= 0, "no variance is below 0")
    let ofItems = variances.reduce(0, +)
    let beyond = max(0, 128 - max(ofItems, ofSum).leadingZeroBitCount - 96)
    let (whole, parts) = (ofSum >> beyond, ofItems >> beyond)
    guard whole > 0 else { return nil }
    let count = Int128(variances.count)
    return RoundedFraction(count * (whole - parts), over: (count - 1) * whole, decimals: decimals)
  }
}

/// Feldt's interval of an alpha below 1.
func feldtInterval(_ alpha: Double, items: Int, respondents: Int, level: Double) -> ClosedRange<Double> {
  precondition(level > 0 && level < 1, "a level lies between 0 and 1")
  let above = Double(respondents - 1)
  let below = above * Double(items - 1)
  let tail = (1 - level) / 2
  let lower = 1 - (1 - alpha) * canvass_f_quantile(1 - tail, above, below)
  return lower...1 - (1 - alpha) * canvass_f_quantile(tail, above, below)
}

private func alpha(_ covariances: [[Double]], of items: [Int]) -> Double? {
  let variances = items.reduce(0) { $0 + covariances[$1][$1] }
  let ofSum = items.reduce(0) { sum, item in items.reduce(sum) { $0 + covariances[item][$1] } }
  guard ofSum > 1e-13 * variances, variances > 0 else { return nil }
  let count = Double(items.count)
  return count / (count - 1) * (1 - variances / ofSum)
}
