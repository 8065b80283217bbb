import Estimation
public import ReleaseModel
import Weighting

/// A share of everyone in a pack as it would be had each group of a banner responded as often as its number of people says.
///
/// The unweighted share stands in `row`. Weights are post-stratified: a respondent of a group counts people / respondents of it.
public struct WeightedShare: Sendable, Hashable {
  /// The row of everyone in the pack, as the tables have it.
  public let row: ReleasedRow
  /// Id of the variable by whose groups it is weighted.
  public let banner: String
  /// How many groups, or groups taken together, have a weight of their own; at least 2.
  public let strata: Int
  /// In tenths, rounded half away from zero from the exact fraction of weights in units of 10⁻¹².
  public let percent: Int
  /// The interval of 95%, in tenths, by the method of the definition with Kish's effective base.
  public let lower: Int
  public let upper: Int
  /// Kish's effective base, in tenths of a respondent.
  public let effectiveBase: Int
  /// By how much weighting widens variances: base / effective base, in hundredths.
  public let designEffect: Int

  /// Whether it rests on so few that it is of low reliability.
  public var isUnreliable: Bool { effectiveBase < 300 }
}

/// The shares of everyone in a pack, weighted to the people of each banner whose number is told, in the order of its tables.
///
/// Nothing but published figures goes into it: counts and bases of the total and of groups, and people that are told. So it tells
/// nothing that they do not. Groups of which a figure of the question is withheld, or that have fewer than 20 respondents, are
/// taken together with all who are left; who did not state the banner keeps weight 1, or that of those who are left.
///
/// Source: Holt and Smith (1979), Post stratification, JRSS A 142(1), 33-46; that strata should have more than 20 respondents,
/// Cochran (1977), Sampling Techniques, section 5A.9; intervals by Kish's effective size (1965), Survey Sampling, section 11.7.
public func weightedShares(of pack: ReleasedPack, in release: Release) -> [WeightedShare] {
  let populations = Dictionary(grouping: pack.populations, by: \.row.key.banner)
  guard let everyone = populations[totalBanner]?.first, let respondents = everyone.row.base else { return [] }
  let totals = pack.tables.filter { $0.banner == totalBanner && $0.source != sessions }
  let byBanner = Dictionary(grouping: pack.tables.filter { $0.banner != totalBanner }, by: \.question)
  return totals.flatMap { total in
    (byBanner[total.question] ?? []).flatMap { table -> [WeightedShare] in
      let shown = table.shownGroups
      let groups = (populations[table.banner] ?? []).compactMap { group -> PopulationGroup? in
        guard let responded = group.row.base, let cells = shown[group.row.key.group] else { return nil }
        return PopulationGroup(
          label: group.row.key.group, people: group.people, respondents: responded, cells: cells)
      }
      guard let strata = Strata(groups, people: everyone.people, respondents: respondents) else { return [] }
      return total.rows.compactMap { row in strata.share(row, by: table.banner, in: release) }
    }
  }
}

/// A group of known people with its published figures of one question.
private struct PopulationGroup {
  var label: String
  var people: Int
  var respondents: Int
  var cells: [FigureRow: PublishedCell]
}

/// A count and the base that it is of, which may be nobody.
private struct PublishedCell {
  var count: Int
  var base: Int
}

extension ReleasedTable {
  /// By group, all of its counts; a group of which one is withheld is not among them.
  fileprivate var shownGroups: [String: [FigureRow: PublishedCell]] {
    var groups: [String: [FigureRow: PublishedCell]] = [:]
    var hidden: Set<String> = []
    for row in rows {
      switch (row.figure, row.base) {
      case (.share(let count, _, _, _, _), let base?):
        groups[row.key.group, default: [:]][row.key.row] = PublishedCell(count: count, base: base)
      case (.notApplicable, _):
        groups[row.key.group, default: [:]][row.key.row] = PublishedCell(count: 0, base: 0)
      case (.base, _), (.value, _), (.sessions, _): break
      case (.withheld, _), (.share, nil):
        // A mean is no count; a withheld one hides none.
        if row.key.row != .mean, row.key.row != .median { hidden.insert(row.key.group) }
      }
    }
    return groups.filter { !hidden.contains($0.key) }
  }
}

/// Which respondents have one weight together, and what it is.
private struct Strata {
  /// The fewest respondents of a stratum.
  private static let leastRespondents = 20

  private let groups: [PopulationGroup]
  /// By group.
  private let weights: [Weight]
  /// Of all who are in none of the groups; nil where there is nobody.
  private let rest: Weight?
  private let count: Int

  /// Nil where no two strata can be told apart, or people have no respondent who stands for them.
  init?(_ known: [PopulationGroup], people: Int, respondents: Int) {
    var separate = known.filter { $0.respondents >= Self.leastRespondents }
    var restPeople = separate.reduce(people) { $0 - $1.people }
    var restRespondents = separate.reduce(respondents) { $0 - $1.respondents }
    // Those who are left stand for people, and are too few for that.
    while restPeople > 0, restRespondents < Self.leastRespondents,
      let fewest = separate.indices.min(by: { separate[$0].respondents < separate[$1].respondents })
    {
      let group = separate.remove(at: fewest)
      restPeople += group.people
      restRespondents += group.respondents
    }
    let standsForPeople = restPeople > 0
    count = separate.count + (standsForPeople ? 1 : 0)
    guard restPeople >= 0, restRespondents >= 0, count > 1 else { return nil }
    groups = separate
    var categories = separate.map { Margin.Category($0.label, target: Double($0.people)) }
    var sample = separate.enumerated().map { Combination([$0.offset], respondents: $0.element.respondents) }
    var place: Int?
    if standsForPeople {
      place = categories.count
      categories.append(Margin.Category("(rest)", target: Double(restPeople)))
    }
    if restRespondents > 0 { sample.append(Combination([place], respondents: restRespondents)) }
    guard
      let weighted = try? WeightingPlan(margins: [Margin("people", .counts, categories)]).weights(for: sample)
    else { return nil }
    weights = separate.indices.compactMap { weighted.weight(of: [$0]) }
    rest = restRespondents > 0 ? weighted.weight(of: [place]) : nil
    guard weights.count == separate.count else { return nil }
  }

  func share(_ row: ReleasedRow, by banner: String, in release: Release) -> WeightedShare? {
    guard let whole = PublishedShares.Share(row) else { return nil }
    var given = WeightedSum()
    var base = WeightedSum()
    var left = PublishedCell(count: whole.count, base: whole.base)
    for (group, weight) in zip(groups, weights) {
      guard let cell = group.cells[row.key.row] else { return nil }
      given.add(cell.count, weight)
      base.add(cell.base, weight)
      left.count -= cell.count
      left.base -= cell.base
    }
    guard left.count >= 0, left.base >= left.count else { return nil }
    if let rest {
      given.add(left.count, rest)
      base.add(left.base, rest)
    } else if left.base > 0 {
      return nil
    }
    let share = Share(given: given.base, base: base.base)
    guard let interval = share.publishedInterval(release) else { return nil }
    func tenths(_ end: Double) -> Int { Int((end * 1_000).rounded(.toNearestOrAwayFromZero)) }
    let effective = base.base.effectiveSize
    return WeightedShare(
      row: row, banner: banner, strata: count,
      percent: Int((2_000 * given.units + base.units) / (2 * base.units)),
      lower: tenths(interval.lowerBound), upper: tenths(interval.upperBound),
      effectiveBase: Int((effective * 10).rounded(.toNearestOrAwayFromZero)),
      designEffect: Int((Double(whole.base) / effective * 100).rounded(.toNearestOrAwayFromZero)))
  }
}

/// Respondents with their weights, added up exactly.
private struct WeightedSum {
  /// In units of 10⁻¹².
  private(set) var units: Int128 = 0
  private(set) var base = WeightedBase()

  mutating func add(_ respondents: Int, _ weight: Weight) {
    units += Int128(weight.units) * Int128(respondents)
    base.add(weight: weight.value, times: respondents)
  }
}

extension Share {
  /// The interval of 95% by the method that a definition names; nil for an empty base.
  fileprivate func publishedInterval(_ release: Release) -> ClosedRange<Double>? {
    let definition = release.definition
    let method: ShareIntervalMethod =
      switch definition.intervals {
      case "logit": .logit
      case "clopper-pearson": .clopperPearson
      default: .wilson
      }
    let people = definition.sampling == "random" ? definition.population : nil
    let fraction = people.map { min(1, Double(release.responses) / Double(max($0, 1))) } ?? 0
    return interval(method, level: 0.95, sampledFraction: fraction)
      ?? interval(.wilson, level: 0.95, sampledFraction: fraction)
  }
}
