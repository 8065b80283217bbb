@_spi(Protection) import ReleaseModel
import Testing

@testable import Comparison

struct GroupDifferenceTests {
  private func differences(
    _ groups: MadeUpPack.Cells, total: (count: Int, base: Int)?, comparisons: String = "holm"
  ) -> [GroupDifference] {
    let release = MadeUpPack.release(
      [
        MadeUpPack.table("total", [(.answer("Yes"), [("Total", total)])]),
        MadeUpPack.table("area", [(.answer("Yes"), groups)]),
      ], comparisons: comparisons)
    return groupDifferences(of: release.packs[0], in: release) + groupPairs(of: release.packs[0], in: release)
  }

  /// Source: Newcombe (1998), Interval estimation for the difference between independent proportions, Statistics in Medicine
  /// 17, 873-890, Table II, method 10: 56/70 and 48/80, 0.0524 to 0.3339; 9/10 and 3/10, 0.1705 to 0.8090.
  @Test(arguments: [
    ((56, 70), (48, 80), 200, 52, 334), ((9, 10), (3, 10), 600, 171, 809),
  ])
  func `the interval of a difference is that of Newcombe's Table II`(
    first: (Int, Int), second: (Int, Int), points: Int, lower: Int, upper: Int
  ) throws {
    let contrast = try #require(
      Contrast(
        PublishedShares.Share(count: first.0, base: first.1),
        from: PublishedShares.Share(count: second.0, base: second.1)))
    #expect(contrast.points == points && contrast.lower == lower && contrast.upper == upper)
  }

  /// Source: reference values made with R 4.2.2 (reference.R, `prop.test(correct = FALSE)`), column-tests-wave1.json: 20 of 217
  /// constables and 17 of 95 staff, p = 0.029119169993808487.
  @Test func `the test is the pooled one`() throws {
    let contrast = try #require(
      Contrast(PublishedShares.Share(count: 20, base: 217), from: PublishedShares.Share(count: 17, base: 95)))
    #expect(abs(try #require(contrast.p) - 0.029119169993808487) < 1e-12)
  }

  @Test(arguments: [(1, 16, 0, 16, 63), (0, 16, 1, 16, -63), (3, 16, 1, 8, 63), (1, 3, 1, 3, 0)])
  func `points are rounded once, half away from zero`(
    count: Int, base: Int, other: Int, otherBase: Int, points: Int
  ) throws {
    let contrast = try #require(
      Contrast(
        PublishedShares.Share(count: count, base: base),
        from: PublishedShares.Share(count: other, base: otherBase)))
    #expect(contrast.points == points)
  }

  @Test func `a group is compared with the rest, with the total, and with each other group`() {
    let found = differences([("North", (30, 50)), ("South", (20, 80)), ("West", (35, 70))], total: (85, 200))
    #expect(
      found.map(\.other) == [.rest, .rest, .rest, .total, .total, .total] + [
        .group("South"), .group("West"), .group("West"),
      ])
    let north = found[0]
    #expect(north.otherBase == 150 && north.otherCount == 55 && north.otherPercent == 367)
    #expect(north.contrast.points == 233)
    // 60 less 42.5; the rest is three quarters of the total.
    #expect(found[3].otherBase == 200 && found[3].contrast.points == 175)
    #expect(found[3].contrast.p == north.contrast.p && found[3].contrast.adjusted == north.contrast.adjusted)
    #expect(abs(Double(found[3].contrast.lower) - 0.75 * Double(north.contrast.lower)) <= 1)
    #expect(abs(Double(found[3].contrast.upper) - 0.75 * Double(north.contrast.upper)) <= 1)
  }

  @Test func `a difference of which a part is withheld is not there`() {
    let withheld = differences([("North", nil), ("South", (20, 80)), ("West", (35, 70))], total: (85, 200))
    #expect(withheld.allSatisfy { $0.row.key.group != "North" && $0.other != .group("North") })
    #expect(withheld.count == 5)
    let withoutTotal = differences([("North", (30, 50)), ("South", (20, 80))], total: nil)
    #expect(withoutTotal.map(\.other) == [.group("South")])
    #expect(differences([("North", nil)], total: (85, 200)).isEmpty)
  }

  @Test func `those who did not state the banner belong to the rest and are not compared`() {
    let found = differences(
      [("North", (30, 50)), ("South", (20, 80)), ("Not stated", (35, 70))], total: (85, 200))
    #expect(found.count == 5)
    #expect(found.allSatisfy { $0.row.key.group != "Not stated" && $0.other != .group("Not stated") })
    #expect(found[0].otherBase == 150)
  }

  /// Rests of 0 of 5, 4 of 20, 5 of 20, and 17 of 20.
  @Test(arguments: [((85, 195), false), ((81, 180), false), ((80, 180), true), ((68, 180), false)])
  func `a rest that would not stand in a table is not compared with`(group: (Int, Int), isCompared: Bool) {
    let found = differences([("North", group)], total: (85, 200))
    #expect(found.isEmpty != isCompared)
  }

  @Test func `a group that is everyone has no rest, and one of nobody no share`() {
    let found = differences([("North", (85, 200)), ("South", (0, 0))], total: (85, 200))
    #expect(found.isEmpty)
  }

  @Test func `a difference is called one by its adjusted probability`() {
    let groups: MadeUpPack.Cells = [("North", (30, 50)), ("South", (40, 80)), ("West", (30, 70))]
    let adjusted = differences(groups, total: (100, 200))
    let plain = differences(groups, total: (100, 200), comparisons: "none")
    let mild = differences(groups, total: (100, 200), comparisons: "benjamini-hochberg")
    #expect(plain.allSatisfy { $0.contrast.p == $0.contrast.adjusted })
    for (holm, (hochberg, none)) in zip(adjusted, zip(mild, plain)) {
      #expect((holm.contrast.adjusted ?? 0) >= (hochberg.contrast.adjusted ?? 1))
      #expect((hochberg.contrast.adjusted ?? 0) >= (none.contrast.adjusted ?? 1))
    }
    #expect(
      differences([("North", (5, 50)), ("South", (75, 150))], total: (80, 200))[0].contrast.verdict == .lower)
    #expect(
      differences([("North", (45, 50)), ("South", (75, 150))], total: (120, 200))[0].contrast.verdict
        == .higher)
    #expect(
      differences([("North", (25, 50)), ("South", (75, 150))], total: (100, 200))[0].contrast.verdict
        == .unclear)
  }

  @Test func `where all shares are 0 or all are 1 nothing is tested`() throws {
    let none = try #require(
      Contrast(PublishedShares.Share(count: 0, base: 40), from: PublishedShares.Share(count: 0, base: 60)))
    #expect(none.p == nil && none.verdict == .unclear && none.points == 0 && none.lower < 0 && none.upper > 0)
    let all = try #require(
      Contrast(PublishedShares.Share(count: 40, base: 40), from: PublishedShares.Share(count: 60, base: 60)))
    #expect(all.p == nil && all.verdict == .unclear)
  }
}
