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
    func respondentsRow(_ banner: String, _ group: String, _ respondents: Int) -> ReleasedRow {
      let key = FigureKey(pack: "force", question: "respondents", row: .base, banner: banner, group: group)
      return ReleasedRow(key: key, base: respondents, figure: .base(respondents))
    }
    func population(_ banner: String, _ group: String, _ people: Int?, _ respondents: Int) -> GroupPopulation?
    {
      people.map { GroupPopulation(row: respondentsRow(banner, group, respondents), people: $0) }
    }
    let release = MadeUpPack.release([])
    let pack = ReleasedPack(
      id: "force", title: "Force",
      tables: [
        ReleasedTable(
          question: "respondents", kind: "single", source: "survey", banner: "area",
          rows: groups.map { respondentsRow("area", $0.name, $0.respondents) }),
        MadeUpPack.table("total", [(.answer("Yes"), [("Total", total)])]),
        MadeUpPack.table("area", [(.answer("Yes"), groups.map { ($0.name, $0.share) })]),
      ],
      populations: ([population("total", "Total", people, respondents)]
        + groups.map { population("area", $0.name, $0.people, $0.respondents) }).compactMap { $0 })
    return weightedShares(of: pack, in: release)
  }

  /// Source: reference/stats (R 4.2.2, survey 4.1.1): counts of q1 in wave1.csv; the weights of
  /// `postStratify(weights 1, ~stratum, frame)` in weights-wave1.csv are 16.455696202531644, 13.015873015873016, 10.833333333333334
  /// and 25.208333333333332, with which ∑wy/∑w = 0.130071 and (∑w)²/∑w² = 382.529. The variance of w(y - 0.130071)/∑w, stratum by
  /// stratum by Python's `statistics.variance`, gives an effective base of 364.174, and Wilson's interval 0.099349 to 0.168516.
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
    #expect(share.percent == 130 && share.lower == 99 && share.upper == 169)
    #expect(share.effectiveBase == 3_642 && share.designEffect == 112 && !share.isUnreliable)
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

  /// 5 respondents for 50 people are too few by themselves: they join South, the smaller group.
  @Test func `too few who are left join the smallest group`() throws {
    let groups = [
      Group(name: "North", people: 800, respondents: 120, share: (60, 120)),
      Group(name: "South", people: 100, respondents: 95, share: (20, 95)),
      Group(name: "East", people: nil, respondents: 5, share: nil),
    ]
    let share = try #require(shares(groups, total: (85, 220), people: 950, respondents: 220).first)
    // (800 · 50% + 150 · 25%) / 950.
    #expect(share.percent == 461 && share.strata == 2)
    // With North alone there is nothing to weight.
    #expect(shares([groups[0], groups[2]], total: (60, 125), people: 850, respondents: 125).isEmpty)
  }

  /// East's 6 respondents stand for half of the people, or a withheld group of 100 for half: whatever the others say, not this.
  @Test(arguments: [6, 100]) func `who is left must not stand for many people`(east: Int) {
    let groups = [
      Group(name: "North", people: 500, respondents: 100, share: (70, 100)),
      Group(name: "South", people: 500, respondents: 100, share: (80, 100)),
      Group(name: "East", people: 1_000, respondents: east, share: nil),
      Group(name: "Not stated", respondents: 30, share: (5, 30)),
    ]
    #expect(
      shares(groups, total: (150 + 5 + east, 230 + east), people: 2_000, respondents: 230 + east).isEmpty)
  }

  @Test func `who did not state the banner stands for no people of another group`() {
    func found(_ unstated: (Int, Int)?) -> [WeightedShare] {
      shares(
        [
          Group(name: "North", people: 800, respondents: 100, share: (60, 100)),
          Group(name: "South", people: 150, respondents: 50, share: (20, 50)),
          Group(name: "East", people: 50, respondents: 25, share: nil),
          Group(name: "Not stated", respondents: 30, share: unstated.map { (count: $0.0, base: $0.1) }),
        ], total: (110, 205), people: 1_000, respondents: 205)
    }
    #expect(found(nil).isEmpty && found((20, 30)).first?.strata == 3)
  }

  /// 100 · 10/20 + 700 · 12/21 of 800 is 56.25% exactly, which a product of weights rounded to 10⁻¹² misses.
  @Test func `a tie is rounded away from zero`() throws {
    let share = try #require(
      shares(
        [
          Group(name: "North", people: 100, respondents: 20, share: (10, 20)),
          Group(name: "South", people: 700, respondents: 21, share: (12, 21)),
        ], total: (22, 41), people: 800, respondents: 41
      ).first)
    #expect(share.percent == 563)
  }

  /// Respondents, people and the true share of two groups: one even, some where a small group has a large weight and another
  /// share. Nominally 95%; Kish's size alone holds 84% in the third.
  @Test(arguments: [
    ((60, 500, 0.4), (60, 700, 0.4)), ((100, 300, 0.5), (300, 700, 0.3)),
    ((20, 200, 0.5), (1_000, 800, 0.01)),
    ((25, 300, 0.5), (400, 700, 0.02)), ((20, 500, 0.5), (300, 500, 0.99)),
  ])
  func `intervals hold the weighted share as often as they say`(
    first: (Int, Int, Double), second: (Int, Int, Double)
  ) throws {
    var random = SplitMix64(state: 20_121_220)
    let truth =
      (Double(first.1) * first.2 + Double(second.1) * second.2) / Double(first.1 + second.1)
    var held = 0
    let rounds = 1_500
    for _ in 0..<rounds {
      let counts = [first, second].map { group in
        (0..<group.0).count { _ in Double.random(in: 0..<1, using: &random) < group.2 }
      }
      let share = try #require(
        shares(
          [
            Group(name: "North", people: first.1, respondents: first.0, share: (counts[0], first.0)),
            Group(name: "South", people: second.1, respondents: second.0, share: (counts[1], second.0)),
          ], total: (counts[0] + counts[1], first.0 + second.0), people: first.1 + second.1,
          respondents: first.0 + second.0
        ).first)
      // Ends are rounded to tenths of a percent.
      if Double(share.lower) - 0.5 <= 1_000 * truth, 1_000 * truth <= Double(share.upper) + 0.5 { held += 1 }
    }
    #expect(Double(held) / Double(rounds) > 0.93, "\(held)")
  }

  @Test func `there is none where the total or people in all are missing`() {
    let north = Group(name: "North", people: 800, respondents: 100, share: (60, 100))
    let south = Group(name: "South", people: 200, respondents: 100, share: (20, 100))
    #expect(shares([north, south], total: (80, 200), people: nil, respondents: 200).isEmpty)
    #expect(shares([north, south], total: (0, 0), people: 1_000, respondents: 200).isEmpty)
  }

  /// (900 · 60% + 150 · 20%) / 1,050.
  @Test func `people of whom nobody responded are stood for by the smallest group`() throws {
    let groups = [
      Group(name: "North", people: 900, respondents: 110, share: (66, 110)),
      Group(name: "South", people: 100, respondents: 100, share: (20, 100)),
      Group(name: "East", people: 50, respondents: 0, share: (0, 0)),
    ]
    let share = try #require(shares(groups, total: (86, 210), people: 1_050, respondents: 210).first)
    #expect(share.strata == 2 && share.percent == 543)
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
