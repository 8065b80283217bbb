public import ReleaseModel

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
  /// In tenths, rounded half away from zero from the exact fraction.
  public let percent: Int
  /// The interval of 95%, in tenths, by the method of the definition with the effective base.
  public let lower: Int
  public let upper: Int
  /// Kish's effective base, or that of the design where it is smaller; in tenths of a respondent.
  public let effectiveBase: Int
  /// By how much weighting widens variances: base / effective base, in hundredths.
  public let designEffect: Int

  /// Whether it rests on so few that it is of low reliability.
  public var isUnreliable: Bool { effectiveBase < 300 }
}

/// The shares of everyone in a pack, weighted to the people of each banner whose number is told, in the order of its tables.
///
/// Nothing but published figures goes into it: counts and bases of the total and of groups, and people that are told. So it tells
/// nothing that they do not. Of each row, a group whose figure is withheld or that has fewer than 20 respondents is taken together
/// with all who are left; where these are more than a fifth of the people, or nobody knows how many of them did not state the
/// banner, there is no weighted share. Who did not state the banner keeps the weight 1.
///
/// Source: Holt and Smith (1979), Post stratification, JRSS A 142(1), 33-46; that strata should have more than 20 respondents,
/// Cochran (1977), Sampling Techniques, section 5A.9.
public func weightedShares(of pack: ReleasedPack, in release: Release) -> [WeightedShare] {
  guard !release.isWeighted else { return [] }
  let populations = Dictionary(grouping: pack.populations, by: \.row.key.banner)
  guard let everyone = populations[totalBanner]?.first, let respondents = everyone.row.base else { return [] }
  let sizes = pack.tables.filter { $0.question == "respondents" }.flatMap(\.rows)
  let totals = pack.tables.filter { $0.banner == totalBanner && $0.source != sessions }
  let byBanner = Dictionary(grouping: pack.tables.filter { $0.banner != totalBanner }, by: \.question)
  return totals.flatMap { total in
    (byBanner[total.question] ?? []).flatMap { table -> [WeightedShare] in
      let rows = Dictionary(grouping: table.rows, by: \.key.row)
      let unstated = sizes.first { $0.key.banner == table.banner && $0.key.group == notStated }
      return total.rows.compactMap { row -> WeightedShare? in
        guard let whole = PublishedShares.Share(row) else { return nil }
        let cells = Dictionary(
          (rows[row.key.row] ?? []).compactMap { row in StratumCell(row).map { (row.key.group, $0) } }
        ) { first, _ in first }
        let groups = (populations[table.banner] ?? []).compactMap { group -> Stratum? in
          guard let responded = group.row.base, let cell = cells[group.row.key.group] else { return nil }
          return Stratum(people: group.people, respondents: responded, cell: cell)
        }
        let strata = Poststratification(
          groups, people: everyone.people,
          whole: (respondents, StratumCell(count: whole.count, base: whole.base)),
          unstated: unstated.map { row in
            guard let base = row.base, let cell = cells[notStated] else { return nil }
            return (base, cell)
          })
        return strata?.share(row, by: table.banner, in: release)
      }
    }
  }
}

extension Poststratification {
  fileprivate func share(_ row: ReleasedRow, by banner: String, in release: Release) -> WeightedShare? {
    guard let estimate = estimate(release), let base = row.base else { return nil }
    func rounded(_ number: Double) -> Int { Int(number.rounded(.toNearestOrAwayFromZero)) }
    return WeightedShare(
      row: row, banner: banner, strata: count, percent: percentTenths,
      lower: rounded(1_000 * estimate.interval.lowerBound),
      upper: rounded(1_000 * estimate.interval.upperBound),
      effectiveBase: rounded(10 * estimate.effectiveBase),
      designEffect: rounded(100 * Double(base) / estimate.effectiveBase))
  }
}

extension StratumCell {
  /// Nil where the row is withheld, or is no share.
  fileprivate init?(_ row: ReleasedRow) {
    switch (row.figure, row.base) {
    case (.share(let count, _, _, _, _), let base?): self.init(count: count, base: base)
    case (.notApplicable, _): self.init(count: 0, base: 0)
    case (.withheld, _), (.base, _), (.value, _), (.sessions, _), (.share, nil): return nil
    }
  }
}
