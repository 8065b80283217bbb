/// Why there are no weights: everything that was found wrong, told together.
public struct WeightingRefusal: Error, Sendable, Equatable {
  /// At least one, in the order of margins and categories.
  public let faults: [WeightingFault]
}

/// What is wrong with targets, respondents or bounds. Margins and categories are told by their labels; a category
/// of nil is "Not stated".
public enum WeightingFault: Sendable, Equatable {
  /// There is nobody to weight.
  case noRespondents
  /// Base weights that are negative, infinite or not a number, and how many respondents have one.
  case baseWeightsUnusable(respondents: Int)
  /// Every base weight is 0, or their sum is more than a double holds.
  case baseWeightsWithoutSum

  /// Two margins have this name.
  case marginTwice(String)
  /// Two categories of a margin have this label.
  case categoryTwice(margin: String, category: String)
  /// A target that is negative, infinite or not a number.
  case targetUnusable(margin: String, category: String, target: Double)
  /// The targets of a margin add up to 0, or to more than a double holds.
  case targetsWithoutSum(margin: String)
  /// Shares that do not add up to 1, but to `total`.
  case sharesNotOne(margin: String, total: Double)
  /// Two margins of counts that speak of populations of different sizes.
  case totalsContradict(margin: String, total: Double, other: String, otherTotal: Double)

  /// Nobody who answered can stand for these people. Merge the category with another of its margin.
  case targetWithoutRespondents(margin: String, category: String, target: Double)
  /// The same, though there are respondents: all have a base weight of 0.
  case targetWithoutWeight(margin: String, category: String, target: Double, respondents: Int)
  /// Respondents in a category with a target of 0 or none.
  case respondentsWithoutTarget(margin: String, category: String, respondents: Int)

  /// No weights meet these targets together with those of the other margins; this is proved.
  case targetsContradict(UnmetTarget)
  /// Weights meet these targets only where other respondents in the categories to which these are confined get a
  /// weight of 0; this is proved.
  case targetLeavesOutOthers(UnmetTarget)
  /// Raking did not come to these targets within so many iterations. Nothing is proved: weights may exist that
  /// differ by very much.
  case targetNotReached(UnmetTarget, iterations: Int)

  /// A weight of less than a millionth of the mean, or of more than the 9.2 million times that can be told exactly.
  case weightOutOfRange(categories: [String?], baseWeight: Double, weight: Double)
  /// Bounds between which the mean, 1, does not lie, or that are not numbers.
  case boundsUnusable(lower: Double?, upper: Double?)
  /// Trimming came to no end within so many cycles, or found nobody to carry the excess; the range of weights then.
  case boundsNotMet(least: Double, greatest: Double, cycles: Int)
}

/// A target that weights do not meet, and what stands in their way.
public struct UnmetTarget: Sendable, Equatable {
  /// Categories of another margin, the only ones in which respondents are found.
  public struct Confinement: Sendable, Equatable {
    public let margin: String
    public let categories: [String?]
    /// Of these categories together, on the scale of `margin`.
    public let target: Double
  }

  public let margin: String
  /// Mostly one. With several, no smaller set of them is in the way by itself.
  public let categories: [String?]
  /// Of these categories together, on the margin's scale, the share of "Not stated" taken off the known categories.
  public let target: Double
  /// On the same scale, the most that weights can reach while they meet the targets of `confinedTo`, where that is
  /// proved by two margins; otherwise what raking had reached when it stopped.
  public let reached: Double
  /// Where all respondents in these categories are found: of one other margin, where two margins prove the fault;
  /// otherwise of every other margin in some categories of which there are none of them.
  public let confinedTo: [Confinement]
  /// Categories of the same margin. Merging the ones above with any one of these was tried and puts the fault
  /// right, as far as the two margins go that prove it; where it is not so proved, raking then met all targets.
  public let mergeWith: [String]
}
