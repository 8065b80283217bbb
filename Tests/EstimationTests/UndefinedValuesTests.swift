import Testing

@testable import Estimation

/// What there is no figure for has none, and what there is one for has it.
struct UndefinedValuesTests {
  @Test func `an empty base has no share, interval or difference`() {
    let empty = Share()
    #expect(empty.value == nil && empty.base.designEffect == nil && empty.base.effectiveSize == 0)
    #expect(ShareIntervalMethod.allCases.allSatisfy { empty.interval($0, level: 0.95) == nil })
    #expect(ShareEstimate(empty, sample: SampledStratum(sampled: 10)) == nil)
    #expect(ShareDifference(empty, minus: Share(count: 1, of: 2)) == nil)
    #expect(ShareDifference(Share(count: 1, of: 2), minus: empty) == nil)
    #expect(GroupAgainstTotal(group: Share(count: 3, of: 7), total: Share(count: 3, of: 7)) == nil)
    #expect(median([]) == nil && weightedQuantile(0.5, of: []) == nil)
    #expect(WeightedMoments().mean == nil && WeightedMoments().variance == nil)
  }

  @Test(arguments: [0, 20])
  func `a share of 0 or 1 has the intervals that are defined there`(count: Int) throws {
    let share = Share(count: count, of: 20)
    let end = Double(count) / 20
    let defined: Set<ShareIntervalMethod> = [
      .wilson, .continuityCorrectedWilson, .agrestiCoull, .clopperPearson, .jeffreys,
    ]
    for method in ShareIntervalMethod.allCases {
      let interval = share.interval(method, level: 0.95)
      #expect((interval != nil) == defined.contains(method))
      guard let interval, method != .agrestiCoull else { continue }
      #expect((count == 0 ? interval.lowerBound : interval.upperBound) == end)
      #expect(interval.upperBound - interval.lowerBound > 0.05)
    }
    let estimate = try #require(ShareEstimate(share, sample: SampledStratum(sampled: 20)))
    #expect(estimate.ratio.standardError == 0)
    #expect(estimate.effectiveBase == nil && estimate.designEffect == nil)
    #expect(ShareIntervalMethod.allCases.allSatisfy { estimate.interval($0, level: 0.95) == nil })
  }

  /// Rounding of sums in whatever order does not make a share of everybody less than 1.
  @Test func `a share of everybody is 1 whatever the weights`() throws {
    var (group, total) = (Share(), Share())
    for weight in [0.1, 0.2, 0.3, 0.7, 1e-3] {
      group.add(gaveAnswer: true, weight: weight)
      total.add(gaveAnswer: true, weight: weight)
      total.add(gaveAnswer: true, weight: weight / 3)
    }
    #expect(total.subtracting(group).value == 1)
    let comparison = try #require(GroupAgainstTotal(group: group, total: total))
    #expect(comparison.value == 0 && comparison.againstRest.pooledTest() == nil)
    #expect(comparison.againstRest.effectiveBaseTest() == nil && comparison.againstRest.wald == nil)
    #expect(comparison.newcombeInterval(level: 0.95).lowerBound < -0.1)
  }

  @Test func `a stratum of which one was drawn leaves the spread unknown, unless it has no more`() throws {
    var shares = [Share(count: 3, of: 9), Share(count: 1, of: 1)]
    let sampled = SampledStratum(sampled: 9)
    let lonely = try #require(ShareEstimate(shares, strata: [sampled, SampledStratum(sampled: 1)]))
    #expect(lonely.ratio.standardError == nil && lonely.interval(.wilson, level: 0.95) == nil)
    let whole = try #require(
      ShareEstimate(shares, strata: [sampled, SampledStratum(sampled: 1, population: 1)]))
    #expect(try #require(whole.ratio.standardError) > 0)
    shares[1] = Share()
    let absent = try #require(ShareEstimate(shares, strata: [sampled, SampledStratum(sampled: 1)]))
    #expect(try #require(absent.ratio.standardError) > 0 && absent.ratio.degreesOfFreedom == 8)
  }

  @Test func `a mean without spread or degrees of freedom has no interval`() throws {
    var same = RatioSums()
    for weight in [0.3, 1.7, 2.1] { same.add(numerator: 3, weight: weight) }
    let estimate = try #require(RatioEstimate(same, sample: SampledStratum(sampled: 3)))
    #expect(estimate.standardError == 0 && estimate.interval(level: 0.95) == nil)
    #expect(estimate.difference(from: estimate) == nil)
    var single = RatioSums()
    single.add(numerator: 3)
    let one = try #require(RatioEstimate(single, sample: SampledStratum(sampled: 5)))
    #expect(one.degreesOfFreedom == 0 && one.interval(level: 0.95) == nil)
    var two = WeightedMoments()
    two.add(4, times: 2)
    #expect(two.difference(from: two, .welch) == nil && two.difference(from: two, .pooled) == nil)
  }

  @Test func `tests that are not defined do not count in their family`() {
    let values: [Double?] = [0.04, nil, 0.01, 0.03, nil]
    #expect(FamilyAdjustment.unadjusted.adjust(values) == values)
    #expect(FamilyAdjustment.bonferroni.adjust(values) == [0.12, nil, 0.03, 0.09, nil])
    #expect(FamilyAdjustment.holm.adjust(values) == [0.06, nil, 0.03, 0.06, nil])
    #expect(FamilyAdjustment.benjaminiHochberg.adjust(values) == [0.04, nil, 0.03, 0.04, nil])
    #expect(
      FamilyAdjustment.allCases.allSatisfy { $0.adjust([nil, nil]) == [nil, nil] && $0.adjust([]) == [] })
  }

  @Test func `a table with one row or column that is not empty has no test`() throws {
    var table = RespondentTable(rows: 3, columns: 2)
    table[1, 0] = WeightedBase(respondents: 5)
    table[1, 1] = WeightedBase(respondents: 6)
    let sample = [SampledStratum(sampled: 30)]
    #expect(table.pearson() == nil && table.raoScott(sample) == nil)
    table[2, 1] = WeightedBase(respondents: 4)
    #expect(try #require(table.pearson()).degreesOfFreedom == 1)
    #expect(table.raoScott([SampledStratum(sampled: 15)]) != nil)
  }

  /// Shares of 1/2 each leave the contrast of both cells without any variance.
  @Test func `groups of one size that decide the answer leave no spread to test by`() throws {
    var table = RespondentTable(rows: 2, columns: 2)
    table[0, 0] = WeightedBase(respondents: 6)
    table[1, 1] = WeightedBase(respondents: 6)
    #expect(table.raoScott([SampledStratum(sampled: 12)]) == nil)
    #expect(abs(try #require(table.pearson()).statistic - 12) < 1e-12)
    table[1, 1] = WeightedBase(respondents: 7)
    #expect(try #require(table.raoScott([SampledStratum(sampled: 13)])).secondOrder.p < 1e-6)
  }

  @Test func `medians and quartiles of few numbers are those one would point at`() {
    #expect(median([(1, 1), (4, 1)]) == 2.5 && median([(1, 1), (2, 1), (4, 1)]) == 2)
    #expect(median([(3, 4), (5, 0), (7, 4)]) == 5)
    #expect(weightedQuantile(0.5, of: [(1, 1), (4, 1)]) == 1)
    #expect(weightedQuantile(0.25, of: [(1, 2), (4, 2)]) == 1)
    #expect(weightedQuantile(0.75, of: [(1, 2), (4, 2)]) == 4)
    #expect(weightedQuantile(0.5, of: [(1, 0.1), (2, 0.2), (3, 0.3)]) == 2)
    #expect(weightedQuantile(0.999, of: [(1, 0), (2, 5)]) == 2)
  }

  @Test func `alpha is 1 of items that are the same, and none of respondents who are`() throws {
    var sums = ItemSums(items: 3)
    for answer in [1.0, 2, 4, 5] { sums.add([answer, answer, answer], times: 2) }
    let alpha = try #require(sums.cronbachAlpha())
    #expect(abs(alpha.value - 1) < 1e-14 && alpha.respondents == 8)
    #expect(alpha.withoutItem.allSatisfy { $0.map { abs($0 - 1) < 1e-14 } == true })
    var same = ItemSums(items: 2)
    same.add([2, 3], times: 5)
    #expect(same.cronbachAlpha() == nil && ItemSums(items: 2).cronbachAlpha() == nil)
    var opposed = ItemSums(items: 2)
    for (answer, other) in [(1.0, 5.0), (2, 4), (5, 2)] { opposed.add([answer, other]) }
    let negative = try #require(opposed.cronbachAlpha())
    #expect(negative.value < 0 && negative.withoutItem == [nil, nil])
    #expect(try #require(negative.interval(level: 0.95)).contains(negative.value))
  }

  @Test func `items of two parts of a sample add up`() throws {
    let answers: [[Double]] = [[1, 2, 2], [4, 5, 3], [2, 2, 1], [5, 4, 4], [3, 3, 5]]
    var (first, second, all) = (ItemSums(items: 3), ItemSums(items: 3), ItemSums(items: 3))
    for (index, row) in answers.enumerated() {
      all.add(row)
      if index < 2 { first.add(row) } else { second.add(row) }
    }
    first.merge(second)
    #expect(first == all)
    let covariances = try #require(all.covariances)
    // Means 3, 3.2 and 3; products of distances, over 4.
    #expect(abs(covariances[0][0] - 2.5) < 1e-12 && abs(covariances[1][1] - 1.7) < 1e-12)
    #expect(abs(covariances[0][1] - 1.75) < 1e-12 && covariances[0][1] == covariances[1][0])
  }
}
