@_spi(Protection) import ReleaseModel
import Testing

@testable import Comparison

struct WeightedShareTests {
  /// A group with its people, its respondents, and how many of its base gave the answer; nil: withheld.
  private struct Group {
    var name: String
    var people: Int?
    var respondents: Int
    var share: (count: Int, base: Int)?
  }

  private func shares(
    _ groups: [Group], total: (count: Int, base: Int), people: Int?, respondents: Int
  ) -> [WeightedShare] {
    func population(_ banner: String, _ group: String, _ people: Int?, _ respondents: Int) -> GroupPopulation?
    {
      let key = FigureKey(pack: "force", question: "respondents", row: .base, banner: banner, group: group)
      return people.map {
        GroupPopulation(
          row: ReleasedRow(key: key, base: respondents, figure: .base(respondents)), people: $0)
      }
    }
    let release = MadeUpPack.release([])
    let pack = ReleasedPack(
      id: "force", title: "Force",
      tables: [
        MadeUpPack.table("total", [(.answer("Yes"), [("Total", total)])]),
        MadeUpPack.table("area", [(.answer("Yes"), groups.map { ($0.name, $0.share) })]),
      ],
      populations: ([population("total", "Total", people, respondents)]
        + groups.map { population("area", $0.name, $0.people, $0.respondents) }).compactMap { $0 })
    return weightedShares(of: pack, in: release)
  }

  /// Source: reference/stats (R 4.2.2, survey 4.1.1): counts of q1 in wave1.csv; the weights of
  /// `postStratify(weights 1, ~stratum, frame)` in weights-wave1.csv are 16.455696202531644, 13.015873015873016, 10.833333333333334
  /// and 25.208333333333332, with which ∑wy/∑w = 0.130071, (∑w)²/∑w² = 382.529, and Wilson's interval is 0.100007 to 0.167491.
  @Test func `a share, its effective base and its interval are those of R's weights`() throws {
    let found = shares(
      [
        Group(name: "Constable", people: 3_900, respondents: 237, share: (21, 229)),
        Group(name: "Sergeant", people: 820, respondents: 63, share: (7, 60)),
        Group(name: "Inspector", people: 260, respondents: 24, share: (4, 24)),
        Group(name: "Staff", people: 2_420, respondents: 96, share: (18, 94)),
      ], total: (50, 407), people: 7_400, respondents: 420)
    let share = try #require(found.first)
    #expect(found.count == 1 && share.banner == "area" && share.strata == 4)
    #expect(share.percent == 130 && share.lower == 100 && share.upper == 167)
    #expect(share.effectiveBase == 3_825 && share.designEffect == 106 && !share.isUnreliable)
  }

  /// 0.8 · 60% + 0.2 · 20%; 1/(0.8²/100 + 0.2²/100) = 147.06. Those who did not state the banner keep their 100 of 300:
  /// (200/300) · 52% + (100/300) · 90%.
  @Test func `who did not state the banner keeps the weight 1`() throws {
    let groups = [
      Group(name: "North", people: 800, respondents: 100, share: (60, 100)),
      Group(name: "South", people: 200, respondents: 100, share: (20, 100)),
    ]
    let stated = try #require(shares(groups, total: (80, 200), people: 1_000, respondents: 200).first)
    #expect(stated.percent == 520 && stated.effectiveBase == 1_471 && stated.designEffect == 136)
    let all = try #require(
      shares(
        groups + [Group(name: "Not stated", respondents: 100, share: (90, 100))], total: (170, 300),
        people: 1_000, respondents: 300
      ).first)
    #expect(all.percent == 647 && all.strata == 2)
  }

  /// East's 60 people and West's 40 have one weight: 30 respondents for 100 people, of whom 24 said yes.
  @Test(arguments: [(12, 30), (30, 30)])
  func `groups that are withheld or small count together`(east: Int, base: Int) throws {
    let groups = [
      Group(name: "North", people: 800, respondents: 100, share: (60, 100)),
      Group(name: "South", people: 100, respondents: 100, share: (20, 100)),
      Group(name: "East", people: 60, respondents: east, share: east < 20 ? (east - 2, east) : nil),
      Group(name: "West", people: 40, respondents: 30 - east, share: east < 20 ? nil : (0, 0)),
    ]
    let share = try #require(shares(groups, total: (104, 230), people: 1_000, respondents: 230).first)
    #expect(share.percent == 580 && share.strata == 3)
  }

  /// 5 respondents for 100 people are too few by themselves: they join South, the smaller group.
  @Test func `too few who are left join the smallest group`() throws {
    let groups = [
      Group(name: "North", people: 800, respondents: 120, share: (60, 120)),
      Group(name: "South", people: 100, respondents: 95, share: (20, 95)),
      Group(name: "East", people: nil, respondents: 5, share: nil),
    ]
    let share = try #require(shares(groups, total: (85, 220), people: 1_000, respondents: 220).first)
    #expect(share.percent == 450 && share.strata == 2)
    // With North alone there is nothing to weight.
    #expect(
      shares([groups[0], groups[2]], total: (60, 125), people: 1_000, respondents: 125).isEmpty)
  }

  @Test func `there is none where the total or people in all are missing`() {
    let north = Group(name: "North", people: 800, respondents: 100, share: (60, 100))
    let south = Group(name: "South", people: 200, respondents: 100, share: (20, 100))
    #expect(shares([north, south], total: (80, 200), people: nil, respondents: 200).isEmpty)
    #expect(shares([north, south], total: (0, 0), people: 1_000, respondents: 200).isEmpty)
  }

  /// (800 · 60% + 250 · 20%) / 1,050.
  @Test func `people of whom nobody responded are stood for by the smallest group`() throws {
    let groups = [
      Group(name: "North", people: 800, respondents: 110, share: (66, 110)),
      Group(name: "South", people: 200, respondents: 100, share: (20, 100)),
      Group(name: "East", people: 50, respondents: 0, share: (0, 0)),
    ]
    let share = try #require(shares(groups, total: (86, 210), people: 1_050, respondents: 210).first)
    #expect(share.strata == 2 && share.percent == 505)
  }

  @Test func `people in proportion to respondents, or all times as many, change nothing`() throws {
    func found(_ factor: Int, _ north: Int) throws -> WeightedShare {
      try #require(
        shares(
          [
            Group(name: "North", people: factor * north, respondents: 100, share: (61, 99)),
            Group(name: "South", people: factor * 50, respondents: 50, share: (11, 48)),
          ], total: (72, 147), people: factor * (north + 50), respondents: 150
        ).first)
    }
    let even = try found(1, 100)
    #expect(even.percent == 490 && even.effectiveBase == 1_470 && even.designEffect == 100)
    #expect(try found(7, 100) == even)
    #expect(try found(3, 300) == found(1, 300))
    #expect(try found(1, 300).percent > even.percent)
  }
}
