/// Standard errors that take into account that weights were raked to margins, from each respondent's score.
///
/// The score of a ratio r is w(y - rx) / ∑wx, and 0 for a respondent outside the base. What the margins explain of it
/// does not vary between samples that are all raked to them.
public struct RakedScores: Sendable {
  /// One for each respondent of the whole sample.
  public private(set) var scores: [Double]
  /// The raked weights, in the same order; above 0.
  private let weights: [Double]

  public init(scores: [Double], weights: [Double]) {
    precondition(scores.count == weights.count, "each respondent has a score and a weight")
    precondition(weights.allSatisfy { $0 > 0 }, "a respondent's weight is above 0")
    self.scores = scores
    self.weights = weights
  }

  /// Takes off what margins explain: score / weight loses its mean over the respondents of each category, margin after
  /// margin, until nothing moves. Means are plain, as in R's `survey` of raked designs.
  ///
  /// Source: Deville, Särndal and Sautory (1993), JASA 88(423), 1013-1020; computed as `svyrecvar` in `survey` 4.1.
  /// - Parameter margins: For each margin, every respondent's category, numbered from 0.
  public mutating func remove(_ margins: [[Int]]) {
    precondition(margins.allSatisfy { $0.count == scores.count }, "a margin places each respondent")
    var residuals = zip(scores, weights).map { $0 / $1 }
    let scale = residuals.reduce(0) { max($0, $1.magnitude) }
    for _ in 0..<500 {
      var moved = 0.0
      for margin in margins { moved = max(moved, removeMeans(of: margin, from: &residuals)) }
      if moved <= 1e-15 * scale { break }
    }
    scores = zip(residuals, weights).map { $0 * $1 }
  }

  /// The standard error of the ratio, for a sample without strata. Nil for a single respondent of several people.
  public func standardError(population: Double? = nil) -> Double? {
    guard let factor = SampledStratum(sampled: scores.count, population: population).varianceFactor else {
      return nil
    }
    let mean = scores.reduce(0, +) / Double(scores.count)
    return (factor * scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }).squareRoot()
  }
}

/// Takes the mean of each category off the numbers, and returns the largest one.
private func removeMeans(of margin: [Int], from residuals: inout [Double]) -> Double {
  var sums = [(sum: Double, respondents: Int)](repeating: (0, 0), count: (margin.max() ?? -1) + 1)
  for (category, residual) in zip(margin, residuals) {
    sums[category].sum += residual
    sums[category].respondents += 1
  }
  let means = sums.map { $0.respondents == 0 ? 0 : $0.sum / Double($0.respondents) }
  for (index, category) in margin.enumerated() { residuals[index] -= means[category] }
  return means.reduce(0) { max($0, $1.magnitude) }
}
