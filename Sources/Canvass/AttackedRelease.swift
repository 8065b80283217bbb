package import Disclosure
package import DisclosureAudit
import ReleaseModel
import SurveyDefinition
import Tabulation

/// How a release is attacked: `DisclosureAudit.audit`, but for tests of what a run makes of the outcome.
typealias Attack = (ReleaseFiles, Wave) throws(RunFailure) -> AuditReport

/// A wave's protected release with what an audit found of it.
struct AttackedRelease {
  let protection: Protection
  /// What was protected, beside what earlier waves published.
  let release: Release
  let files: ReleaseFiles
  let report: AuditReport
  /// The same where weights tell too much, whichever packs are asked for; nil where they do not.
  let ofClasses: AuditReport?
  /// What was withheld besides, as earlier audits could tell a count there.
  let repairs: Repairs

  /// For the analyst alone.
  var remarks: [String] { protection.remarks + repairs.remarks }

  /// Protects a wave and attacks what all packs together would be; where a count can be told, withholds more and tries
  /// again, a limited number of times.
  ///
  /// The audit sees the files alone and the protector is told places alone: neither learns what the other knows.
  /// - Parameters:
  ///   - earlier: What earlier waves published, the oldest first.
  ///   - rounds: How often more is withheld before it is left as it is.
  init(
    _ tally: Tally, of wave: Wave, following earlier: [PublishedShares] = [],
    rounds: Int = Repairs.usualRounds,
    attack: Attack
  ) throws(RunFailure) {
    var repairs = Repairs(rounds: rounds)
    let known = ProtectedQuestions()
    while true {
      let protection = protect(tally, of: wave, withholding: repairs.places, knowing: known)
      if repairs.withholdBreakdowns(of: protection) { continue }
      let release = protection.release.following(earlier)
      let files = ReleaseFiles(release)
      let ofClasses = try attackClasses(protection, wave, attack)
      let report = if let ofClasses { ofClasses } else { try attack(files, wave) }
      // Figures that do not add up are a fault of the program: withholding them would hide it.
      if report.isSafe || !report.addsUp || !repairs.extend(by: report) {
        self.protection = protection
        self.release = release
        self.files = files
        self.report = report
        self.ofClasses = ofClasses
        self.repairs = repairs
        return
      }
    }
  }
}

/// Attacks what a reader knows at most who can tell the weights of respondents: an outsider, as this is more than anybody is told.
///
/// - Returns: What was found of the first division of respondents that can be told too closely, at the places of the release
///   itself; nil where all withstand.
private func attackClasses(
  _ protection: Protection, _ wave: Wave, _ attack: Attack
) throws(RunFailure) -> AuditReport? {
  for classes in protection.weightClasses {
    let report = try attack(ReleaseFiles(tablesOf: classes.release), wave)
    if !report.isSafe || !report.addsUp { return report.naming { classes.packOfClass[$0] ?? $0 } }
  }
  return nil
}

/// Where more is withheld than the protector found necessary, as the audit could tell a count, or could not show that
/// it stays open.
package struct Repairs {
  /// How often more is withheld before a release is refused.
  package static let usualRounds = 6

  package private(set) var places: Set<PlaceToWithhold> = []
  private var withholdsBreakdowns = false
  private var extents: [AuditPlace: PlaceToWithhold.Extent] = [:]
  package private(set) var done = 0
  private let rounds: Int

  package init(rounds: Int) { self.rounds = rounds }

  /// Where few weights tell respondents apart in a pack too large to be attacked class by class: withholds the answers of all groups
  /// but those that have a weight each, which tell nothing by it.
  /// - Returns: Whether something is withheld that was not before.
  mutating func withholdBreakdowns(of protection: Protection) -> Bool {
    var added = false
    for classes in protection.weightClasses
    where classes.release.packs.map(\.rowCount).reduce(0, +) > Self.mostCellsOfClasses {
      for table in classes.release.packs[0].tables
      where table.banner != "total" && table.question != "respondents" && table.banner != classes.item {
        let place = PlaceToWithhold(
          packs: [classes.release.packs[0].id], question: table.question, banner: table.banner, group: nil,
          extent: .table)
        if places.insert(place).inserted { added = true }
      }
    }
    withholdsBreakdowns = withholdsBreakdowns || added
    return added
  }

  /// How many cells, those of classes included, an attack of what weights tell of a pack takes on.
  private static let mostCellsOfClasses = 3_000

  /// Withholds more where an audit found something: more than before where it had found something there, and more the
  /// more often it has tried.
  /// - Returns: False where enough was tried.
  package mutating func extend(by report: AuditReport) -> Bool {
    guard done < rounds else { return false }
    done += 1
    let found = Set(report.breaks.map(\.coordinates) + report.undecided.map(\.coordinates))
    for place in found {
      let known = extents[place].map { $0.next } ?? .row
      let extent = place.isOfCompanion ? .companion : max(known, leastExtent)
      extents[place] = extent
      places.insert(
        PlaceToWithhold(
          packs: place.packs, question: place.question, banner: place.banner, group: place.group,
          extent: extent))
    }
    return true
  }

  private var leastExtent: PlaceToWithhold.Extent {
    switch done {
    case 1, 2: .row
    case 3: .table
    case 4, 5: .question
    default: .questionForAll
    }
  }

  /// For the analyst alone: a release must not tell where its protection was repaired.
  var remarks: [String] {
    let breakdowns = [
      """
      answers are not told by group: weights so few would tell, beside unweighted counts, who is who in small groups; `population` \
      in the place of `weights` gives weighted shares of everyone and unweighted ones by group
      """
    ]
    return (withholdsBreakdowns ? breakdowns : []) + remarksOnRepairs
  }

  private var remarksOnRepairs: [String] {
    if extents.isEmpty { return [] }
    return [
      """
      more is withheld at \(counted(extents.count, "place")): at first the audit could tell a count there, or could not \
      rule that out
      """
    ]
  }
}

extension PlaceToWithhold.Extent {
  fileprivate var next: Self { Self(rawValue: rawValue + 1) ?? self }
}
