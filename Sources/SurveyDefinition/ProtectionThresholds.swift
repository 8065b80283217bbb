/// The thresholds of the promise, and what is spared where either of two things could be withheld; thresholds of 1 and
/// 1 withhold nothing.
public struct ProtectionThresholds: Sendable, Hashable {
  /// Counts of 1 to `minimumCell - 1` respondents are never shown.
  public var minimumCell: Int
  /// A group with a base below this shows no answer.
  public var minimumBase: Int
  public var prefer: LossPreference

  public init(minimumCell: Int = 5, minimumBase: Int = 10, prefer: LossPreference = .cells) {
    self.minimumCell = minimumCell
    self.minimumBase = minimumBase
    self.prefer = prefer
  }
}

/// Which loss is taken where a small count can be protected in more than one way.
public enum LossPreference: String, Sendable, Hashable, CaseIterable {
  /// As few cells as possible, wherever they stand: a group may keep most of its answers and have holes.
  case cells
  /// Groups whole rather than scattered holes, so that those which are shown can be compared answer by answer.
  case groups
}
