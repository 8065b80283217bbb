/// Bounds for weights, and who carries what is cut off.
public struct Trimming: Sendable, Equatable {
  /// How the sum of weights is kept.
  public enum Excess: Sendable, Equatable {
    /// Every respondent within the bounds gets the same amount, as `trimWeights` of R's package survey does it:
    /// once, so that some may end up outside, or repeated until nobody is (`strict=TRUE`). Margins are no longer
    /// met.
    case inEqualAmounts(repeated: Bool)
    /// Every respondent who is not at the bound gets an amount in proportion to the weight, repeated until nobody is
    /// outside. Margins are no longer met.
    case inProportion
    /// Equal amounts once, then raking, in turn until all margins are met and nobody is outside by more than this
    /// fraction of the bound.
    case rakingAgain(tolerance: Double)
  }

  /// As a multiple of the mean weight; nil for none.
  public let lower: Double?
  /// As a multiple of the mean weight; nil for none.
  public let upper: Double?
  public let excess: Excess

  /// Trimming weighs bias against variance: see Potter (1990), Proceedings of the Survey Research Methods Section,
  /// American Statistical Association, 225-230.
  public init(lower: Double? = nil, upper: Double? = nil, excess: Excess = .rakingAgain(tolerance: 1e-9)) {
    self.lower = lower
    self.upper = upper
    self.excess = excess
  }

  var areBoundsUsable: Bool { (0...1).contains(lower ?? 0) && (upper ?? 1) >= 1 }

  var keepsMargins: Bool {
    if case .rakingAgain = excess { true } else { false }
  }

  /// How often any of these steps is taken at most.
  static let cycleLimit = 1_000
}

/// Weights of a mean of 1, each with the number of respondents who have it.
struct TrimmedWeights {
  private(set) var weights: [Double]
  let respondents: [Int]
  let bounds: ClosedRange<Double>

  init(_ weights: [Double], respondents: [Int], trimming: Trimming) {
    self.weights = weights
    self.respondents = respondents
    bounds = (trimming.lower ?? 0)...(trimming.upper ?? .infinity)
  }

  /// Whether a weight is at the bounds or between them. What rounding adds to a weight at a bound does not put it
  /// outside: there it would be cut, here it gets a share.
  private func isInside(_ weight: Double) -> Bool {
    weight <= bounds.upperBound * (1 + 1e-13) && weight >= bounds.lowerBound * (1 - 1e-13)
  }

  /// Whether nobody is outside by more than a fraction of the bound.
  func areWithin(_ tolerance: Double) -> Bool {
    weights.allSatisfy {
      $0 <= bounds.upperBound * (1 + tolerance) && $0 >= bounds.lowerBound * (1 - tolerance)
    }
  }

  var respondentsOutside: Int {
    zip(weights, respondents).reduce(0) { $0 + (isInside($1.0) ? 0 : $1.1) }
  }

  /// Cuts what is outside and gives it, in equal amounts, to those within. False where there are none, or where they
  /// would be left with less than nothing.
  mutating func shareEqually() -> Bool {
    let isInside = weights.map { self.isInside($0) }
    let inside = zip(isInside, respondents).reduce(0) { $0 + ($1.0 ? $1.1 : 0) }
    guard inside > 0 else { return false }
    let amount = clip() / Double(inside)
    for place in weights.indices where isInside[place] { weights[place] += amount }
    return weights.allSatisfy { $0 > 0 }
  }

  /// Cuts what is outside and gives it, in proportion to weights, to those who are not at the bound that was cut at.
  mutating func shareInProportion() -> Bool {
    let excess = clip()
    guard excess != 0 else { return true }
    let bound = excess > 0 ? bounds.upperBound : bounds.lowerBound
    let free = weights.indices.filter { weights[$0] != bound }
    let sum = free.map { Double(respondents[$0]) * weights[$0] }.compensatedSum()
    guard sum > 0, sum + excess > 0 else { return false }
    for place in free { weights[place] *= 1 + excess / sum }
    return true
  }

  /// Takes other weights for the same respondents.
  mutating func replace(_ other: [Double]) {
    precondition(other.count == weights.count, "the respondents are the same")
    weights = other
  }

  /// Returns the sum that was cut off, negative where weights were raised.
  private mutating func clip() -> Double {
    var excess = CompensatedSum()
    for place in weights.indices {
      let clipped = min(max(weights[place], bounds.lowerBound), bounds.upperBound)
      excess += Double(respondents[place]) * (weights[place] - clipped)
      weights[place] = clipped
    }
    return excess.value
  }
}
