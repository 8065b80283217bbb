import SurveyDefinition
import Tabulation

/// Something that is withheld besides what the thresholds ask for, named as the figures of a release are.
///
/// It says where, and nothing of what was counted there.
public struct PlaceToWithhold: Sendable, Hashable, Comparable {
  /// How much goes; each takes in the one before, but for pairs, which are in no table.
  public enum Extent: Int, Sendable, Hashable, Comparable, CaseIterable {
    /// The pairs of themes of the question, in every pack, and nothing of its tables.
    case companion
    /// The group's answers to the question; of the respondents, the group whole.
    case row
    /// All groups under the banner.
    case table
    /// The question under every banner; of the respondents, the pack whole.
    case question
    /// The question in every pack.
    case questionForAll

    public static func < (one: Extent, other: Extent) -> Bool { one.rawValue < other.rawValue }
  }

  /// Packs of which one is enough: the smallest loses it.
  public var packs: [String]
  /// nil: the respondents themselves.
  public var question: String?
  /// nil: the total.
  public var banner: String?
  /// nil: all groups, or the total.
  public var group: String?
  public var extent: Extent

  /// - Parameters:
  ///   - packs: Packs of which one is enough.
  ///   - question: nil: the respondents themselves.
  ///   - banner: nil: the total.
  ///   - group: nil: all groups, or the total.
  ///   - extent: How much goes.
  public init(packs: [String], question: String?, banner: String?, group: String?, extent: Extent) {
    self.packs = packs
    self.question = question
    self.banner = banner
    self.group = group
    self.extent = extent
  }

  private var names: [[String]] {
    [packs] + [question, banner, group].map { $0.map { [$0] } ?? [] }
  }

  /// The largest first, then by name: what goes does not depend on the order in which it was named.
  public static func < (one: PlaceToWithhold, other: PlaceToWithhold) -> Bool {
    if one.extent != other.extent { return one.extent > other.extent }
    for (own, others) in zip(one.names, other.names) where own != others {
      return own.lexicographicallyPrecedes(others)
    }
    return false
  }
}

/// Where a place stands in a plan.
struct PlacePositions {
  let packs: [Int]
  let question: Int?
  /// 0: the total.
  let column: Int
  let group: Int?

  /// nil where the plan has no such place.
  init?(_ place: PlaceToWithhold, _ plan: TabulationPlan) {
    packs = plan.survey.packs.indices.filter { place.packs.contains(plan.survey.packs[$0].id) }
    question = place.question.flatMap { id in plan.survey.questions.firstIndex { $0.id == id } }
    let banner = place.banner.flatMap { id in plan.banners.firstIndex { $0.id == id } }
    column = banner.map { $0 + 1 } ?? 0
    group = banner.flatMap { banner in
      place.group.flatMap { label in plan.banners[banner].groups.firstIndex(of: label) }
    }
    if place.question != nil && question == nil || place.banner != nil && banner == nil { return nil }
  }
}

extension TabulationPlan {
  /// The question whose answers are the groups of a column; nil for the total and for variables.
  func question(across column: Int) -> Int? {
    guard column > 0, case .question(let question) = banners[column - 1].item else { return nil }
    return question
  }
}
