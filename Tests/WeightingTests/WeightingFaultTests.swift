import Testing
import Weighting

/// Every fault, from the input that has it.
struct WeightingFaultTests {
  private let role = Margin(
    "role", .shares,
    [.init("Constable", target: 0.6), .init("Sergeant", target: 0.3), .init("Staff", target: 0.1)])
  private let everybody = (0..<3).map { Combination([$0], respondents: 5) }

  private func faults(_ margins: [Margin], _ sample: [Combination], _ trimming: Trimming? = nil)
    -> [WeightingFault]
  {
    do {
      _ = try WeightingPlan(margins: margins, trimming: trimming).weights(for: sample)
      return []
    } catch {
      return error.faults
    }
  }

  private func margin(_ scale: Margin.Scale, _ targets: [Double?]) -> Margin {
    Margin(
      "role", scale, zip(["Constable", "Sergeant", "Staff"], targets).map { Margin.Category($0, target: $1) })
  }

  @Test func `targets that can be met have no fault`() {
    #expect(faults([role], everybody).isEmpty)
  }

  @Test func `nobody`() {
    #expect(faults([], []) == [.noRespondents] && faults([role], []) == [.noRespondents])
    #expect(faults([], [Combination([], respondents: 0)]) == [.noRespondents])
  }

  @Test(arguments: [-1, -Double.infinity, Double.infinity, Double.nan])
  func `a base weight that is none`(weight: Double) {
    let sample =
      everybody + [Combination([0], baseWeight: weight, respondents: 2), Combination([1], baseWeight: -2)]
    #expect(faults([role], sample) == [.baseWeightsUnusable(respondents: 3)])
  }

  @Test func `base weights that add up to nothing, or to more than a double holds`() {
    #expect(faults([], [Combination([], baseWeight: 0)]) == [.baseWeightsWithoutSum])
    #expect(faults([], [Combination([], baseWeight: 1e308, respondents: 2)]) == [.baseWeightsWithoutSum])
  }

  @Test func `a category that nobody answered`() {
    #expect(
      faults([role], [everybody[0], everybody[1]])
        == [.targetWithoutRespondents(margin: "role", category: "Staff", target: 0.1)])
  }

  @Test func `a category in which all have a base weight of 0`() {
    #expect(
      faults([role], [everybody[0], everybody[1], Combination([2], baseWeight: 0, respondents: 4)])
        == [.targetWithoutWeight(margin: "role", category: "Staff", target: 0.1, respondents: 4)])
  }

  @Test func `an answer without target, or with a target of 0`() {
    let expected = [
      WeightingFault.respondentsWithoutTarget(margin: "role", category: "Staff", respondents: 5)
    ]
    #expect(faults([margin(.shares, [0.6, 0.4, nil])], everybody) == expected)
    #expect(faults([margin(.counts, [6, 4, 0])], everybody) == expected)
    #expect(faults([margin(.shares, [0.6, 0.4, nil])], [everybody[0], everybody[1]]).isEmpty)
  }

  @Test func `a target that is none`() {
    for target in [-0.1, .infinity] {
      #expect(
        faults([margin(.shares, [0.6, 0.4, target])], everybody)
          == [.targetUnusable(margin: "role", category: "Staff", target: target)])
    }
    guard
      case .targetUnusable("role", "Staff", let target)? = faults([margin(.counts, [1, 1, .nan])], everybody)
        .first
    else {
      Issue.record("a target that is not a number is a fault")
      return
    }
    #expect(target.isNaN)
  }

  @Test func `targets that add up to nothing`() {
    #expect(
      faults([margin(.counts, [0, 0, 0])], [Combination([nil])]) == [.targetsWithoutSum(margin: "role")])
  }

  @Test func `shares that do not add up to 1`() {
    #expect(
      faults([margin(.shares, [0.5, 0.25, 0.125])], everybody) == [
        .sharesNotOne(margin: "role", total: 0.875)
      ])
    #expect(faults([margin(.shares, [0.6, 0.3, 0.1004])], everybody).isEmpty)
    #expect(
      faults([margin(.shares, [60, 30, 10])], everybody) == [.sharesNotOne(margin: "role", total: 100)])
  }

  @Test func `margins of counts that speak of different populations`() {
    let area = Margin("area", .counts, [.init("North", target: 700), .init("South", target: 401)])
    let sample = (0..<6).map { Combination([$0 % 3, $0 % 2]) }
    #expect(
      faults([margin(.counts, [600, 300, 100]), area], sample)
        == [.totalsContradict(margin: "role", total: 1_000, other: "area", otherTotal: 1_101)])
    // Shares speak of no population.
    #expect(faults([role, area], sample).isEmpty)
  }

  @Test func `names that come twice`() {
    let sample = [Combination([0, 0]), Combination([1, 1]), Combination([2, 2])]
    #expect(faults([role, role], sample) == [.marginTwice("role")])
    let twice = Margin("role", .counts, [.init("Staff", target: 1), .init("Staff", target: 1)])
    #expect(
      faults([twice], [Combination([0]), Combination([1])]) == [
        .categoryTwice(margin: "role", category: "Staff")
      ])
  }

  @Test func `all faults are told together, in the order of margins and categories`() {
    let area = Margin("area", .counts, [.init("North", target: 5), .init("South", target: nil)])
    let sample = [Combination([0, 1], respondents: 3), Combination([1, 1], baseWeight: -1)]
    #expect(
      faults([margin(.shares, [0.5, 0.25, 0.125]), area], sample, Trimming(upper: 0.5)) == [
        .baseWeightsUnusable(respondents: 1),
        .sharesNotOne(margin: "role", total: 0.875),
        .targetWithoutRespondents(margin: "role", category: "Staff", target: 0.125),
        .targetWithoutRespondents(margin: "area", category: "North", target: 5),
        .respondentsWithoutTarget(margin: "area", category: "South", respondents: 4),
        .boundsUnusable(lower: nil, upper: 0.5),
      ])
  }

  @Test func `bounds between which 1 does not lie`() {
    for (lower, upper) in [(1.1, nil), (-0.1, nil), (nil, 0.9), (.nan, nil), (nil, .nan)]
      as [(Double?, Double?)]
    {
      let faults = faults([role], everybody, Trimming(lower: lower, upper: upper))
      guard case .boundsUnusable? = faults.first, faults.count == 1 else {
        Issue.record("\(faults)")
        continue
      }
    }
  }

  @Test func `weights that are as good as nothing, or too large to be told`() {
    let small = [Combination([0], baseWeight: 1, respondents: 5), Combination([0], baseWeight: 1e-7)]
    let category = Margin("role", .shares, [.init("Constable", target: 1)])
    guard case .weightOutOfRange(["Constable"], 1e-7, let weight)? = faults([category], small).first else {
      Issue.record("a weight of less than a millionth of the mean is a fault")
      return
    }
    #expect(abs(weight - 1.2e-7) < 1e-13)
    let large = [Combination([], baseWeight: 1, respondents: 20_000_000), Combination([], baseWeight: 1e9)]
    guard case .weightOutOfRange([], 1e9, let weight)? = faults([], large).first else {
      Issue.record("a weight that units do not hold is a fault")
      return
    }
    #expect(weight > 9.3e6)
  }
}
