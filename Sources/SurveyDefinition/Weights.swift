/// How responses are weighted.
public enum Weights: Sendable, Hashable {
  case column(ColumnReference)
  /// Raking margins: an item and, by position of its groups, the target share; and how far weights may go.
  case rake([RakingMargin], trim: WeightBounds? = nil)
}

/// What raked weights are trimmed to, as multiples of the mean weight.
public struct WeightBounds: Sendable, Hashable {
  /// At most 1; nil for none.
  public var lower: Decimal6?
  /// At least 1; nil for none.
  public var upper: Decimal6?

  public init(lower: Decimal6? = nil, upper: Decimal6? = nil) {
    self.lower = lower
    self.upper = upper
  }
}

/// What share of all respondents each group of an item is to weigh.
public struct RakingMargin: Sendable, Hashable {
  public var item: Item
  /// By position of the group; they add up to 1, as nearly as they are rounded.
  public var shares: [Decimal6]

  public init(item: Item, shares: [Decimal6]) {
    self.item = item
    self.shares = shares
  }
}
