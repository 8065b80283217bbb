import Testing

@testable import Estimation

/// What papers and manuals print, to the digits they print.
struct PublishedValuesTests {
  /// Whether a figure, rounded, is the one printed.
  private func prints(_ figure: Double?, _ printed: String) -> Bool {
    guard let figure, let expected = Double(printed) else { return false }
    let decimals = printed.split(separator: ".").last?.count ?? 0
    var half = 0.5
    for _ in 0..<decimals { half /= 10 }
    return abs(figure - expected) <= half * 1.000_001
  }

  private func prints(_ interval: ClosedRange<Double>?, _ lower: String, _ upper: String) -> Bool {
    prints(interval?.lowerBound, lower) && prints(interval?.upperBound, upper)
  }

  /// Newcombe (1998), Statistics in Medicine 17(8), 857-872, Table I, methods 3 and 5.
  @Test(arguments: [
    (81, 263, ["0.2553", "0.3662"], ["0.2527", "0.3676"]),
    (15, 148, ["0.0624", "0.1605"], ["0.0578", "0.1617"]),
    (0, 20, ["0.0000", "0.1611"], ["0.0000", "0.1684"]),
    (1, 29, ["0.0061", "0.1718"], ["0.0009", "0.1776"]),
  ])
  func `score and exact intervals are those that Newcombe prints`(
    count: Int, base: Int, score: [String], exact: [String]
  ) {
    let share = Share(count: count, of: base)
    #expect(prints(share.interval(.wilson, level: 0.95), score[0], score[1]))
    #expect(prints(share.interval(.clopperPearson, level: 0.95), exact[0], exact[1]))
  }

  /// Newcombe (1998), Statistics in Medicine 17(8), 873-890, Table II, method 10.
  @Test(arguments: [
    ([56, 70, 48, 80], "0.0524", "0.3339"), ([9, 10, 3, 10], "0.1705", "0.8090"),
    ([6, 7, 2, 7], "0.0582", "0.8062"), ([5, 56, 0, 29], "-0.0381", "0.1926"),
    ([0, 10, 0, 20], "-0.1611", "0.2775"), ([0, 10, 0, 10], "-0.2775", "0.2775"),
    ([10, 10, 0, 20], "0.6791", "1.0000"),
  ])
  func `intervals of differences are those that Newcombe prints`(
    counts: [Int], lower: String, upper: String
  ) {
    let difference = ShareDifference(
      Share(count: counts[0], of: counts[1]), minus: Share(count: counts[2], of: counts[3]))
    #expect(prints(difference?.newcombeInterval(level: 0.95), lower, upper))
  }

  /// Displayr, "Statistical Testing with Overlapping Data": 50 of 100 young among 120 of 300 are tested against the 35%
  /// of the 200 who are not young.
  @Test func `a group within its total is tested against the rest`() throws {
    let comparison = try #require(
      GroupAgainstTotal(group: Share(count: 50, of: 100), total: Share(count: 120, of: 300)))
    #expect(prints(comparison.againstRest.second.value, "0.35"))
    #expect(comparison.againstRest.second == Share(count: 70, of: 200))
    #expect(prints(comparison.value, "0.10"))
    #expect(comparison.againstRest.pooledTest() != nil)
  }

  /// Benjamini and Hochberg (1995), section 4.1: 15 comparisons of two treatments. At 5% Bonferroni rejects three, the
  /// false discovery rate four.
  @Test func `as many of fifteen comparisons are found as Benjamini and Hochberg find`() {
    let values = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528,
      0.7590, 1.000,
    ]
    func found(_ adjustment: FamilyAdjustment) -> Int {
      adjustment.adjust(values).count { ($0 ?? 1) <= 0.05 }
    }
    #expect(found(.unadjusted) == 9)
    #expect(found(.bonferroni) == 3)
    #expect(found(.holm) == 3)
    #expect(found(.benjaminiHochberg) == 4)
  }

  /// Help page of R's `chisq.test`, after Agresti (2007), An Introduction to Categorical Data Analysis, table 2.5:
  /// "X-squared = 30.07, df = 2, p-value = 2.954e-07".
  @Test func `party and gender have the chi-squared that R prints`() throws {
    var table = RespondentTable(rows: 2, columns: 3)
    for (row, counts) in [[762, 327, 468], [484, 239, 477]].enumerated() {
      for (column, count) in counts.enumerated() {
        table[row, column] = WeightedBase(respondents: count)
      }
    }
    let test = try #require(table.pearson())
    #expect(prints(test.statistic, "30.07") && test.degreesOfFreedom == 2)
    #expect(prints(test.p * 1e7, "2.954"))
  }

  /// Help page of R's `t.test`, on Student's sleep data: "t = -1.8608, df = 17.776, p-value = 0.07939", interval of 95%
  /// from -3.3654832 to 0.2054832, means 0.75 and 2.33.
  @Test func `Student's sleep data have the t that R prints`() throws {
    let groups = [
      [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
      [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
    ].map { $0.reduce(into: WeightedMoments()) { $0.add($1) } }
    #expect(prints(groups[0].mean, "0.75") && prints(groups[1].mean, "2.33"))
    let difference = try #require(groups[0].difference(from: groups[1], .welch))
    #expect(prints(difference.test().statistic, "-1.8608"))
    #expect(prints(difference.degreesOfFreedom, "17.776") && prints(difference.test().p, "0.07939"))
    #expect(prints(difference.interval(level: 0.95), "-3.3654832", "0.2054832"))
  }

  /// Manual of StatsBase.jl, `cronbachalpha`: "Cronbach's alpha for all items: 0.8136", without each item 0.7500,
  /// 0.7606, 0.7714 and 0.7826.
  @Test func `four items have the alpha that StatsBase prints`() throws {
    let alpha = try #require(
      CronbachAlpha(covariances: [[10, 6, 6, 6], [6, 11, 6, 6], [6, 6, 12, 6], [6, 6, 6, 13]]))
    #expect(prints(alpha.value, "0.8136"))
    let without = ["0.7500", "0.7606", "0.7714", "0.7826"]
    #expect(zip(alpha.withoutItem, without).allSatisfy { prints($0, $1) })
    #expect(alpha.interval(level: 0.95) == nil)
  }

  @Test func `alpha of exact sums is rounded once`() throws {
    func alpha(_ variances: [Int128], _ ofSum: Int128, _ decimals: Int) -> String? {
      CronbachAlpha.rounded(variances: variances, ofSum: ofSum, decimals: decimals)?.description
    }
    #expect(alpha([10, 11, 12, 13], 118, 4) == "0.8136" && alpha([10, 11, 12, 13], 118, 2) == "0.81")
    let large = Int128(1) << 118
    #expect(alpha([10 * large, 11 * large, 12 * large, 13 * large], 118 * large, 4) == "0.8136")
    #expect(alpha([1, 1], 4, 2) == "1.00" && alpha([1, 1], 1, 2) == "-2.00")
    #expect(alpha([1, 1], 0, 2) == nil && alpha([0, 0], 0, 2) == nil)
  }

  /// MRC Cognition and Brain Sciences Unit, statswiki, "R code from Chris Evans for computing confidence intervals for
  /// Cronbach's alpha": of 0.913, 873 respondents and 20 items, 0.9044024 to 0.9211588. Manual of pingouin,
  /// `cronbach_alpha`: of 0.591719, 15 respondents and 10 items, 0.195 to 0.84.
  @Test func `Feldt's intervals are those that two manuals print`() {
    #expect(
      prints(feldtInterval(0.913, items: 20, respondents: 873, level: 0.95), "0.9044024", "0.9211588"))
    #expect(prints(feldtInterval(0.591719, items: 10, respondents: 15, level: 0.95), "0.195", "0.840"))
  }
}
