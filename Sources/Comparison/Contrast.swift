import Estimation
import ReleaseModel

/// How one share differs from another, of other people.
public struct Contrast: Sendable, Hashable {
  /// What may be said of a difference.
  public enum Verdict: String, Sendable, Hashable, CaseIterable {
    case higher
    case lower
    /// It may be chance, or cannot be tested.
    case unclear
  }

  /// In tenths of a percentage point, rounded once, half away from zero, from the exact difference.
  public let points: Int
  /// The interval of 95% of the difference, in tenths of a percentage point.
  public let lower: Int
  public let upper: Int
  /// The probability of a difference at least as large where there is none, two-sided; nil where it cannot be tested, as both
  /// shares are 0% or both 100%.
  public let p: Double?
  /// The same, adjusted for all comparisons that were made together.
  public var adjusted: Double?

  /// Below this an adjusted probability makes a difference one that is called so.
  public static let level = 0.05

  public var verdict: Verdict {
    guard let adjusted, adjusted < Self.level, points != 0 else { return .unclear }
    return points > 0 ? .higher : .lower
  }
}

extension PublishedShares.Share {
  fileprivate var share: Share { Share(count: count, of: base) }
}

extension Contrast {
  /// How a share differs from that of other people: Newcombe's interval, and the pooled z test. Nil where either base is empty.
  init?(_ share: PublishedShares.Share, from other: PublishedShares.Share) {
    guard let difference = ShareDifference(share.share, minus: other.share) else { return nil }
    self.init(
      points: Self.points(share, minus: other), difference.newcombeInterval(level: 0.95),
      p: difference.pooledTest()?.p)
  }

  /// How the share of a group differs from that of the total that the group is part of. The test is that of the group against the
  /// rest, which are different people. Nil where the group or the rest is empty.
  init?(_ group: PublishedShares.Share, fromTotal total: PublishedShares.Share) {
    guard let difference = GroupAgainstTotal(group: group.share, total: total.share) else { return nil }
    self.init(
      points: Self.points(group, minus: total), difference.newcombeInterval(level: 0.95),
      p: difference.againstRest.pooledTest()?.p)
  }

  private init(points: Int, _ interval: ClosedRange<Double>, p: Double?) {
    self.points = points
    lower = Self.tenths(interval.lowerBound)
    upper = Self.tenths(interval.upperBound)
    self.p = p
    adjusted = p
  }

  private static func tenths(_ share: Double) -> Int {
    Int((share * 1_000).rounded(.toNearestOrAwayFromZero))
  }

  private static func points(_ share: PublishedShares.Share, minus other: PublishedShares.Share) -> Int {
    let numerator = Int128(share.count) * Int128(other.base) - Int128(other.count) * Int128(share.base)
    let denominator = UInt128(share.base) * UInt128(other.base)
    let magnitude = (2_000 * numerator.magnitude + denominator) / (2 * denominator)
    return Int(magnitude) * (numerator < 0 ? -1 : 1)
  }
}

extension [Contrast] {
  /// The same with their probabilities adjusted for all of them together.
  func adjusted(by method: FamilyAdjustment) -> [Contrast] {
    zip(self, method.adjust(map(\.p))).map { contrast, adjusted in
      var contrast = contrast
      contrast.adjusted = adjusted
      return contrast
    }
  }
}
