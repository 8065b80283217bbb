import Estimation
public import ReleaseModel

/// How the share of one group differs from that of others of the same pack.
public struct GroupDifference: Sendable, Hashable {
  /// With whom a group is compared.
  public enum Other: Sendable, Hashable {
    /// Everyone of the pack who is in the base and not in the group.
    case rest
    /// Everyone of the pack who is in the base, the group among them.
    case total
    /// Another group of the banner.
    case group(String)
  }

  /// The group's row as the tables have it.
  public let row: ReleasedRow
  public let other: Other
  /// Unweighted.
  public let otherBase: Int
  public let otherCount: Int
  /// In tenths, rounded half away from zero from the exact fraction.
  public let otherPercent: Int
  public let contrast: Contrast
}

/// How the groups of a pack differ from the rest and from the total, in the order of its tables.
///
/// Nothing but published figures goes into it, so it tells nothing that they do not: a difference of which a part is withheld
/// is not there, and neither is one from a rest of so few people that it would not stand in a table. Respondents who did not state
/// the banner are a group in the tables; here they are part of the rest and of the total, and are not compared themselves.
/// - Returns: Of each answer or net of a question under a banner: each group against the rest, then each against the total.
///   Adjusted are together all groups of the answer; against the total the test is that against the rest.
public func groupDifferences(of pack: ReleasedPack, in release: Release) -> [GroupDifference] {
  guard !release.isWeighted else { return [] }
  let method = FamilyAdjustment(release.definition)
  var totals: [FigureKey: ReleasedRow] = [:]
  for table in pack.tables where table.banner == totalBanner && table.source != sessions {
    for row in table.rows { totals[row.key.ofTotal] = row }
  }
  return comparedRows(of: pack).flatMap { groups in
    differences(
      groups, total: groups.first.flatMap { totals[$0.key.ofTotal] }, method, release.definition.protection)
  }
}

/// How each group of a pack differs from each other group of its banner, in the order of the tables: each pair once.
///
/// What is said of `groupDifferences` holds here, too. Adjusted are together all pairs of an answer under a banner.
public func groupPairs(of pack: ReleasedPack, in release: Release) -> [GroupDifference] {
  guard !release.isWeighted else { return [] }
  let method = FamilyAdjustment(release.definition)
  return comparedRows(of: pack).flatMap { pairs($0, method) }
}

/// Of each answer or net under each banner, the rows of the groups that can be compared.
private func comparedRows(of pack: ReleasedPack) -> [[ReleasedRow]] {
  pack.tables.filter { $0.banner != totalBanner && $0.source != sessions }.flatMap { table in
    var order: [FigureRow] = []
    var rows: [FigureRow: [ReleasedRow]] = [:]
    for row in table.rows where PublishedShares.Share(row) != nil && row.key.group != notStated {
      if rows[row.key.row] == nil { order.append(row.key.row) }
      rows[row.key.row, default: []].append(row)
    }
    return order.compactMap { rows[$0] }
  }
}

let totalBanner = "total"
let notStated = "Not stated"
/// The source of figures that count sessions, not people.
let sessions = "focus-group"

private func differences(
  _ groups: [ReleasedRow], total: ReleasedRow?, _ method: FamilyAdjustment,
  _ rules: PublicDefinition.Thresholds
) -> [GroupDifference] {
  guard let whole = total.flatMap(PublishedShares.Share.init) else { return [] }
  var parts: [(row: ReleasedRow, rest: PublishedShares.Share, fromTotal: Contrast)] = []
  var contrasts: [Contrast] = []
  for row in groups {
    guard let share = PublishedShares.Share(row), share.base < whole.base else { continue }
    let rest = PublishedShares.Share(count: whole.count - share.count, base: whole.base - share.base)
    guard rest.mayBeTold(rules), let contrast = Contrast(share, from: rest),
      let fromTotal = Contrast(share, fromTotal: whole)
    else {
      continue
    }
    parts.append((row, rest, fromTotal))
    contrasts.append(contrast)
  }
  let adjusted = contrasts.adjusted(by: method)
  return zip(parts, adjusted).map { GroupDifference($0.row, .rest, $0.rest, $1) }
    + zip(parts, adjusted).map { part, againstRest in
      var contrast = part.fromTotal
      contrast.adjusted = againstRest.adjusted
      return GroupDifference(part.row, .total, whole, contrast)
    }
}

private func pairs(_ groups: [ReleasedRow], _ method: FamilyAdjustment) -> [GroupDifference] {
  let shares = groups.compactMap { row in PublishedShares.Share(row).map { (row: row, share: $0) } }
  var pairs: [(row: ReleasedRow, other: String, share: PublishedShares.Share)] = []
  var contrasts: [Contrast] = []
  for (index, first) in shares.enumerated() {
    for second in shares[(index + 1)...] {
      guard let contrast = Contrast(first.share, from: second.share) else { continue }
      pairs.append((first.row, second.row.key.group, second.share))
      contrasts.append(contrast)
    }
  }
  return zip(pairs, contrasts.adjusted(by: method)).map {
    GroupDifference($0.row, .group($0.other), $0.share, $1)
  }
}

extension GroupDifference {
  fileprivate init(_ row: ReleasedRow, _ other: Other, _ share: PublishedShares.Share, _ contrast: Contrast) {
    self.init(
      row: row, other: other, otherBase: share.base, otherCount: share.count,
      otherPercent: share.percentTenths, contrast: contrast)
  }
}

extension PublishedShares.Share {
  /// Whether a share that follows from others may stand by itself: by the rules of the tables.
  func mayBeTold(_ rules: PublicDefinition.Thresholds) -> Bool {
    func isSmall(_ count: Int) -> Bool { count > 0 && count < rules.minimumCell }
    return base >= rules.minimumBase && !isSmall(count) && !isSmall(base - count)
  }

  /// Nil where the row is withheld, is no share, or is of nobody.
  init?(_ row: ReleasedRow) {
    guard case .share(let count, _, _, _, _) = row.figure, let base = row.base, base > 0 else { return nil }
    self.init(count: count, base: base)
  }
}

extension FigureKey {
  /// Where the same figure of everyone in the pack stands.
  var ofTotal: FigureKey {
    FigureKey(pack: pack, question: question, row: row, banner: totalBanner, group: "Total")
  }
}
