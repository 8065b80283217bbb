/// Respondents who share their categories in all margins and their base weight.
///
/// Weighting knows respondents by these alone: its memory grows with the number of distinct combinations, not with
/// the number of respondents. Without base weights there are as many as combinations of categories occur.
public struct Combination: Sendable, Hashable {
  /// For each margin, in the order of the plan, the place of the category; nil for "Not stated".
  public let categories: [Int?]

  /// Of each of these respondents, before weighting, in any unit; 1 where none is known. At least 0; respondents
  /// with 0 are given 0 and count nowhere.
  public let baseWeight: Double

  /// How many respondents these are, at least 0.
  public let respondents: Int

  /// Respondents who look the same to weighting.
  public init(_ categories: [Int?], baseWeight: Double = 1, respondents: Int = 1) {
    precondition(respondents >= 0, "respondents are counted")
    self.categories = categories
    // So that there is one zero.
    self.baseWeight = baseWeight == 0 ? 0 : baseWeight
    self.respondents = respondents
  }
}

extension Combination {
  /// The same combinations, each once and in an order that does not depend on the one given: "Not stated" first,
  /// then by the places of categories, then by base weight. All sums are taken in this order, and so do not depend
  /// on it either.
  static func merged(_ combinations: some Sequence<Combination>) -> [Combination] {
    var counts: [Key: Int] = [:]
    for combination in combinations where combination.respondents > 0 {
      counts[Key(categories: combination.categories, baseWeight: combination.baseWeight), default: 0] +=
        combination.respondents
    }
    return counts.map { Combination($0.categories, baseWeight: $0.baseWeight, respondents: $1) }
      .sorted { one, other in
        for (first, second) in zip(one.categories, other.categories) where first != second {
          return (first ?? -1) < (second ?? -1)
        }
        return one.baseWeight < other.baseWeight
      }
  }

  /// What tells one combination from another.
  struct Key: Hashable {
    let categories: [Int?]
    let baseWeight: Double
  }
}
