/// A group's share against that of the rest, and against that of the total which the group is a part of.
///
/// Group and total have respondents in common, so their shares do not vary independently. What holds exactly is
/// p - pₜ = (1 - W/Wₜ)(p - pᵣ) for the weights W of group and total and the share pᵣ of the rest: the difference to the
/// total is a scaled difference to the rest, with its test, and with its interval scaled. The group's part of the total
/// is taken as given.
///
/// Source: pₜ = (W p + (Wₜ - W) pᵣ) / Wₜ, put in; testing against the rest is what Displayr does ("Statistical Testing
/// with Overlapping Data", displayrdocs.zendesk.com).
public struct GroupAgainstTotal: Sendable, Equatable {
  /// The group's share less that of the rest.
  public let againstRest: ShareDifference
  /// 1 - W/Wₜ, the rest's part of the total.
  public let restOfTotal: Double

  /// Nil where the group or the rest is empty.
  public init?(group: Share, rest: Share) {
    guard let difference = ShareDifference(group, minus: rest) else { return nil }
    againstRest = difference
    restOfTotal = rest.base.weight / (group.base.weight + rest.base.weight)
  }

  /// The rest is what the total has more than the group. Nil where the group or the rest is empty.
  public init?(group: Share, total: Share) {
    self.init(group: group, rest: total.subtracting(group))
  }

  /// The group's share less that of the total, as a fraction.
  public var value: Double { restOfTotal * againstRest.value }

  /// The interval that holds the difference to the total: Newcombe's interval of the difference to the rest, scaled.
  /// - Parameter level: How often such intervals are to hold the true difference, between 0 and 1: 0.95.
  public func newcombeInterval(level: Double) -> ClosedRange<Double> {
    let interval = againstRest.newcombeInterval(level: level)
    return restOfTotal * interval.lowerBound...restOfTotal * interval.upperBound
  }
}
