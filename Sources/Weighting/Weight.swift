/// What a respondent counts for, as a whole number of units of 10⁻¹², so that sums of weights are exact and do not
/// depend on the order of respondents.
///
/// Weights of a plan have a mean of 1 over the respondents who have one above 0: a weighted base is then as large
/// as the unweighted one.
public struct Weight: Sendable, Hashable, Comparable {
  /// A weight of 1.
  public static let one = Weight(units: 1_000_000_000_000)

  /// How many units of 10⁻¹², at least 0.
  public let units: Int64

  /// A weight of so many units of 10⁻¹².
  public init(units: Int64) {
    precondition(units >= 0, "a weight is at least 0")
    self.units = units
  }

  /// The nearest weight to a number; nil where that is negative, not a number, or more than `Int64` holds (9.2
  /// million).
  public init?(_ value: Double) {
    guard value >= 0, let units = Int64(exactly: (value * Double(Self.one.units)).rounded()) else {
      return nil
    }
    self.units = units
  }

  /// As a number, with the precision that a double has.
  public var value: Double { Double(units) / Double(Self.one.units) }

  public static func < (one: Weight, other: Weight) -> Bool { one.units < other.units }
}
