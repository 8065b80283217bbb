import Estimation
public import ReleaseModel

/// Whether the answers to a question and the groups of a banner have to do with each other, all taken together.
public struct Association: Sendable, Hashable {
  public let question: String
  public let kind: String
  public let source: String
  public let banner: String
  /// Everyone in the table: the bases of all groups whose members stated the banner. Unweighted.
  public let base: Int
  /// F of Rao and Scott's second-order test.
  public let statistic: Double
  public let degreesOfFreedom: Double
  /// Of F, below.
  public let denominatorDegreesOfFreedom: Double
  /// The probability of a statistic at least as large where the two have nothing to do with each other.
  public let p: Double
  /// The same, adjusted for all questions that were tested under the banner.
  public var adjusted: Double
  /// How closely they hang together, 0 to 1: √(χ² / (n · (least of rows and columns − 1))).
  ///
  /// Source: Cramér (1946), Mathematical Methods of Statistics, section 21.9.
  public let cramersV: Double
}

/// The associations of a pack's questions with its banners, in the order of its tables.
///
/// Only of questions with one answer a respondent, and only where every answer of every group is published: so it follows from
/// published counts and tells nothing that they do not. Respondents who did not state the banner are in no group.
///
/// Source: Rao and Scott (1984), Annals of Statistics 12(1), 46-60, second order, as R's `svychisq` computes it by default.
public func associations(of pack: ReleasedPack, in release: Release) -> [Association] {
  guard !release.isWeighted else { return [] }
  let sample = release.sample
  let method = FamilyAdjustment(release.definition)
  var found = pack.tables.filter {
    $0.banner != totalBanner && $0.source != sessions && ["single", "scale", "number"].contains($0.kind)
  }.compactMap { table -> Association? in
    guard let counts = wholeTable(table), let test = association(counts, sample) else { return nil }
    return Association(
      question: table.question, kind: table.kind, source: table.source, banner: table.banner,
      base: counts.joined().reduce(0, +), statistic: test.statistic,
      degreesOfFreedom: test.degrees.above, denominatorDegreesOfFreedom: test.degrees.below, p: test.p,
      adjusted: test.p, cramersV: test.cramersV)
  }
  for banner in Set(found.map(\.banner)) {
    let family = found.indices.filter { found[$0].banner == banner }
    for (index, adjusted) in zip(family, method.adjust(family.map { found[$0].p })) {
      found[index].adjusted = adjusted ?? found[index].p
    }
  }
  return found
}

/// The counts of a table, group by group, answer by answer; nil where one is withheld, or they are not the whole of each base.
private func wholeTable(_ table: ReleasedTable) -> [[Int]]? {
  var groups: [String] = []
  var counts: [String: [Int]] = [:]
  var bases: [String: Int] = [:]
  for row in table.rows where row.key.group != notStated {
    if bases[row.key.group] == nil { groups.append(row.key.group) }
    guard let base = row.base else { return nil }
    bases[row.key.group] = base
    switch row.key.row {
    case .answer, .noAnswer:
      switch row.figure {
      case .share(let count, _, _, _, _): counts[row.key.group, default: []].append(count)
      case .notApplicable: counts[row.key.group, default: []].append(0)
      case .withheld, .base, .sessions, .value: return nil
      }
    case .base, .net, .mean, .median, .place, .notRanked, .top: break
    }
  }
  let rows = groups.compactMap { counts[$0] }
  guard rows.count == groups.count, Set(rows.map(\.count)).count == 1,
    zip(groups, rows).allSatisfy({ bases[$0] == $1.reduce(0, +) })
  else { return nil }
  return rows
}

/// What the test of a table of counts says, and how closely its rows and columns hang together.
struct AssociationTest {
  let statistic: Double
  let degrees: (above: Double, below: Double)
  let p: Double
  let cramersV: Double
}

/// - Parameters:
///   - counts: Row by row, as many columns in each.
///   - sample: All responses, whether they are in the table or not.
/// - Returns: Nil for fewer than two rows or columns with anybody in them, and where the test is not defined.
func association(_ counts: [[Int]], _ sample: SampledStratum) -> AssociationTest? {
  guard let columns = counts.first?.count, columns > 0 else { return nil }
  var table = RespondentTable(rows: counts.count, columns: columns)
  for (row, cells) in counts.enumerated() {
    for (column, count) in cells.enumerated() where count > 0 {
      table[row, column] = WeightedBase(respondents: count)
    }
  }
  guard let pearson = table.pearson(), let test = table.raoScott([sample])?.secondOrder,
    let below = test.denominatorDegreesOfFreedom
  else { return nil }
  let rows = counts.count { $0.contains { $0 > 0 } }
  let used = (0..<columns).count { column in counts.contains { $0[column] > 0 } }
  let people = Double(counts.joined().reduce(0, +))
  return AssociationTest(
    statistic: test.statistic, degrees: (test.degreesOfFreedom, below), p: test.p,
    cramersV: min(1, (pearson.statistic / (people * Double(min(rows, used) - 1))).squareRoot()))
}
