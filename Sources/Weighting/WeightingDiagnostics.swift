/// How weighting went and what it did to the sample.
public struct WeightingDiagnostics: Sendable, Equatable {
  /// After each iteration of raking, by how much the category that is off by most is off, as a fraction of its
  /// target. What trimming rakes again is left out.
  public let convergence: [Double]
  /// Of the final weights.
  public let summary: WeightSummary
  /// Nil for a plan without trimming.
  public let trimming: TrimmingReport?
  /// In the order of the plan.
  public let margins: [MarginReport]

  /// How many times raking went through all margins; at least 1.
  public var iterations: Int { convergence.count }
}

/// What trimming did.
public struct TrimmingReport: Sendable, Equatable {
  /// Respondents whose weight was outside the bounds beforehand.
  public let trimmed: Int
  /// Respondents whose weight is outside afterwards: none, but where equal amounts were given out once only, or by no
  /// more than the tolerance where raking came last.
  public let outside: Int
  /// How often weights were cut; 0 where nobody was outside.
  public let cycles: Int
  /// Whether the margins are met afterwards.
  public let keepsMargins: Bool
}

/// What a margin was, should be and is.
public struct MarginReport: Sendable, Equatable {
  /// Of one category; shares are fractions of the sample.
  public struct Category: Sendable, Equatable {
    /// Nil for "Not stated".
    public let label: String?
    /// All of them, those of base weight 0 included.
    public let respondents: Int
    /// By base weights.
    public let baseShare: Double
    /// What was to be reached.
    public let targetShare: Double
    /// By the final weights, as they are in whole units.
    public let weightedShare: Double
    /// Sum of the final weights, in units of 10⁻¹².
    public let weighted: Int128
    /// Respondents for each person of the target, as a fraction; nil where targets are shares and for "Not stated".
    /// Respondents who did not state the variable are missing from it.
    public let responseRate: Double?
  }

  public let name: String
  /// Those of the margin in their order, without those that have neither target nor respondents, then "Not stated" if
  /// there is anybody.
  public let categories: [Category]

  init(_ margin: Margin, at place: Int, targets: [Double], entries: [WeightedSample.Entry], total: Int128) {
    let notStated = margin.categories.count
    var respondents = [Int](repeating: 0, count: notStated + 1)
    var weighted = [Int128](repeating: 0, count: notStated + 1)
    var base = [CompensatedSum](repeating: CompensatedSum(), count: notStated + 1)
    for entry in entries {
      let slot = entry.combination.categories[place] ?? notStated
      respondents[slot] += entry.combination.respondents
      weighted[slot] += Int128(entry.weight.units) * Int128(entry.combination.respondents)
      base[slot] += Double(entry.combination.respondents) * entry.combination.baseWeight
    }
    let baseTotal = base.map(\.value).compensatedSum()
    name = margin.name
    categories = (0...notStated).filter { respondents[$0] > 0 || targets[$0] > 0 }.map { slot in
      let given = slot == notStated || margin.scale == .shares ? nil : margin.categories[slot].target
      return Category(
        label: slot == notStated ? nil : margin.categories[slot].label, respondents: respondents[slot],
        baseShare: base[slot].value / baseTotal, targetShare: targets[slot],
        weightedShare: Double(weighted[slot]) / Double(total), weighted: weighted[slot],
        responseRate: given.flatMap { $0 > 0 ? Double(respondents[slot]) / $0 : nil })
    }
  }

  /// Whether whole units took no more than a millionth from any category.
  var isMet: Bool {
    categories.allSatisfy { abs($0.weightedShare - $0.targetShare) <= 1e-6 * $0.targetShare }
  }
}
