import DisclosureAudit
import Foundation
import Testing

/// The auditor against all whole-number tables that agree with a release, on hundreds of tiny ones.
@Suite struct EnumerationTests {
  /// The counts that enumeration and the auditor find broken, by whom they count.
  private func compare(_ release: PrintedRelease, _ seed: UInt64, tableLimit: Int) throws -> (
    targets: Int, breaks: Int
  )? {
    let truth = Enumeration(release, tableLimit: tableLimit)
    guard let findings = truth.findings else { return nil }
    try #require(truth.tables > 0, "seed \(seed)")
    let report = try release.report
    #expect(report.faults.isEmpty, "seed \(seed): \(report.faults)")
    #expect(report.undecided.isEmpty, "seed \(seed): \(report.undecided)")
    var found = Set<[Bool]>()
    for broken in report.breaks {
      let index = try #require(
        truth.targets.firstIndex { $0.name == broken.place }, "seed \(seed): \(broken.place)")
      found.insert(truth.targets[index].counted)
      // What the auditor says it lies in holds all it can be, for the reader whom it names.
      let finding = findings[index]
      if broken.insider == nil {
        #expect(broken.range.contains(finding.range.lowerBound), "seed \(seed): \(broken.place)")
        #expect(broken.range.contains(finding.range.upperBound), "seed \(seed): \(broken.place)")
      } else {
        #expect(
          finding.byInsiders.contains {
            broken.range.contains($0.lowerBound) && broken.range.contains($0.upperBound)
          }, "seed \(seed): \(broken.place)")
      }
    }
    var expected = Set<[Bool]>()
    var possible = Set<[Bool]>()
    for (target, finding) in zip(truth.targets, findings) {
      if finding.isBroken { expected.insert(target.counted) }
      if finding.isBroken || finding.isBrokenUnlessPrinted { possible.insert(target.counted) }
      if finding.isBroken, !found.contains(target.counted) {
        Issue.record("seed \(seed): missed \(target.name), \(finding.range), \(finding.byInsiders)")
      }
    }
    for target in truth.targets where found.contains(target.counted) && !possible.contains(target.counted) {
      Issue.record("seed \(seed): not exposed: \(target.name)")
    }
    return (truth.targets.count, expected.count)
  }

  /// How many releases of each theme are made; more for a longer look.
  private static let releases =
    ProcessInfo.processInfo.environment["CANVASS_ENUMERATED"].flatMap(Int.init) ?? 10

  /// Releases in which a small base is not printed, but that of the same people is: of the group, where everyone was asked,
  /// and of the answer that leads to the question. In a small base even a large count is sensitive.
  @Test(arguments: [(RandomWave.Theme.routed, UInt64(578)), (.sensitive, 527)])
  func `a base that follows from another is known`(_ theme: RandomWave.Theme, _ seed: UInt64) throws {
    var random = RandomWave(seed: seed)
    let found = try #require(try compare(random.release(theme), seed, tableLimit: 400))
    #expect(found.breaks > 0)
  }

  @Test(arguments: RandomWave.Theme.allCases)
  func `a release is broken exactly where all tables that agree with it say so`(_ theme: RandomWave.Theme)
    throws
  {
    var compared = 0
    var broken = 0
    let limit = theme == .hidden ? 3_000 : 400
    for seed in 1...UInt64(Self.releases) {
      var random = RandomWave(seed: seed)
      guard let result = try compare(random.release(theme), seed, tableLimit: limit) else { continue }
      compared += 1
      broken += result.breaks > 0 ? 1 : 0
    }
    // Enough of them, or the comparison says little; of both sorts, but where two tables of so few are never safe.
    #expect(compared * 5 >= Self.releases)
    #expect(broken >= 2)
    if [.oneBanner, .twoBanners, .nets, .notStated, .hidden].contains(theme) { #expect(broken < compared) }
  }
}
