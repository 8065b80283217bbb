public import ReleaseModel

/// How many of a group's people responded, in tenths of a percent, each rounded half away from zero from the exact fraction.
public struct ResponseRate: Sendable {
  public let group: GroupPopulation
  public let responseRate: Int
  /// The group's share of all people of the pack; nil where these are not known.
  public let shareOfPopulation: Int?
  /// The group's share of all who responded in the pack; nil where nobody did, or that is withheld.
  public let shareOfResponses: Int?
}

extension ReleasedPack {
  /// The response rates of the groups whose people are known, the total's first.
  public var responseRates: [ResponseRate] {
    func tenths(_ part: Int, _ whole: Int?) -> Int? {
      whole.flatMap { $0 > 0 ? (2_000 * part + $0) / (2 * $0) : nil }
    }
    let total = populations.first { $0.row.key.banner == "total" }
    return populations.compactMap { group in
      guard let responded = group.row.base, let rate = tenths(responded, group.people) else { return nil }
      return ResponseRate(
        group: group, responseRate: rate, shareOfPopulation: tenths(group.people, total?.people),
        shareOfResponses: tenths(responded, total?.row.base))
    }
  }
}
