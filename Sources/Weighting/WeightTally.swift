/// How many respondents have each weight: of a sample, or of any group of it.
///
/// Memory grows with the number of distinct weights, of which a plan makes at most one per combination.
public struct WeightTally: Sendable, Equatable {
  private var respondents: [Weight: Int] = [:]

  /// A tally of nobody.
  public init() {}

  /// Adds respondents of one weight; those of weight 0 are left out, as they count nowhere.
  public mutating func add(_ weight: Weight, respondents count: Int = 1) {
    precondition(count >= 0, "respondents are counted")
    guard weight.units > 0, count > 0 else { return }
    respondents[weight, default: 0] += count
  }

  /// Adds the respondents of another tally.
  public mutating func add(_ other: WeightTally) {
    respondents.merge(other.respondents, uniquingKeysWith: +)
  }

  /// What the weights are like; nil for nobody.
  public var summary: WeightSummary? {
    WeightSummary(respondents.sorted { $0.key < $1.key }.map { (weight: $0.key, respondents: $0.value) })
  }
}

/// What the weights of some respondents are like, and what weighting costs in precision. Respondents of weight 0
/// are left out.
public struct WeightSummary: Sendable, Equatable {
  /// Those with a weight above 0; at least 1.
  public let respondents: Int
  /// In units of 10⁻¹².
  public let sum: Int128
  /// The range of weights.
  public let range: ClosedRange<Weight>
  /// Of the weights, each respondent counting once.
  public let mean: Double
  /// Of the weights, each respondent counting once; of an even number, the mean of the two in the middle.
  public let median: Double
  /// Of the weights, with the divisor n - 1; nil for a single respondent.
  public let standardDeviation: Double?
  /// (∑w)² / ∑w²: how many respondents of equal weights would tell as much. From 1 to the number of respondents.
  ///
  /// Source: Kish (1965), Survey Sampling, section 11.7.
  public let effectiveSampleSize: Double
  /// n ∑w² / (∑w)² = 1 + CV²: by how much weighting multiplies the variance of a mean where weights have nothing to
  /// do with the answers. At least 1.
  ///
  /// Source: Kish (1992), Journal of Official Statistics 8(2), 183-200.
  public let designEffect: Double

  /// Effective sample size / respondents, 0...1.
  public var efficiency: Double { effectiveSampleSize / Double(respondents) }

  /// - Parameter weights: Distinct, ascending and above 0.
  init?(_ weights: [(weight: Weight, respondents: Int)]) {
    guard let least = weights.first?.weight, let greatest = weights.last?.weight else { return nil }
    let count = weights.reduce(0) { $0 + $1.respondents }
    let sum = weights.reduce(Int128(0)) { $0 + Int128($1.weight.units) * Int128($1.respondents) }
    let total = Double(sum) / Double(Weight.one.units)
    let n = Double(count)
    let mean = total / n
    let squares = weights.map { Double($0.respondents) * ($0.weight.value * $0.weight.value) }
      .compensatedSum()
    let spread = weights.map {
      Double($0.respondents) * (($0.weight.value - mean) * ($0.weight.value - mean))
    }.compensatedSum()

    respondents = count
    self.sum = sum
    range = least...greatest
    self.mean = mean
    median = (Self.weight(at: (count - 1) / 2, of: weights) + Self.weight(at: count / 2, of: weights)) / 2
    standardDeviation = count > 1 ? (spread / (n - 1)).squareRoot() : nil
    effectiveSampleSize = least == greatest ? n : total * total / squares
    designEffect = least == greatest ? 1 : n * squares / (total * total)
  }

  /// The weight of the respondent at a place, 0 being that of the least.
  private static func weight(at place: Int, of weights: [(weight: Weight, respondents: Int)]) -> Double {
    var before = 0
    for (weight, respondents) in weights {
      before += respondents
      if place < before { return weight.value }
    }
    preconditionFailure("the place is one of a respondent")
  }
}
