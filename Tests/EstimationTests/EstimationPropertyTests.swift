import Testing

@testable import Estimation

/// What holds of every sample.
struct EstimationPropertyTests {
  private static let seeds = [UInt64](1...30)

  /// Respondents with a stratum, a weight and an answer. Weights are whole, so that sums are exact.
  private struct Sample {
    var respondents: [(stratum: Int, weight: Double, group: Int, answer: Int)]
    let strata: [SampledStratum]

    init(seed: UInt64) {
      var random = SplitMix(seed: seed)
      respondents = (0..<Int.random(in: 40...160, using: &random)).map { _ in
        (
          stratum: Int.random(in: 0..<3, using: &random),
          weight: Double(Int.random(in: 1...40, using: &random)),
          group: Int.random(in: 0..<4, using: &random), answer: Int.random(in: 0..<5, using: &random)
        )
      }
      let all = respondents
      strata = (0..<3).map { stratum in
        let sampled = all.count { $0.stratum == stratum }
        return SampledStratum(
          sampled: sampled, population: stratum == 0 ? nil : Double(sampled * (stratum + 2)))
      }
    }

    /// Shares of the answer 0 within groups 0 and 1, by stratum.
    func shares(scale: Double = 1) -> [Share] {
      var shares = strata.map { _ in Share() }
      for one in respondents where one.group < 2 {
        shares[one.stratum].add(gaveAnswer: one.answer == 0, weight: one.weight * scale)
      }
      return shares
    }

    /// Means of the answer within a group, by stratum.
    func means(group: Int, scale: Double = 1) -> [RatioSums] {
      var sums = strata.map { _ in RatioSums() }
      for one in respondents where one.group == group {
        sums[one.stratum].add(numerator: Double(one.answer), weight: one.weight * scale)
      }
      return sums
    }

    func table(scale: Double = 1) -> RespondentTable {
      var table = RespondentTable(rows: 4, columns: 5, strata: 3)
      for one in respondents where one.answer + one.group > 0 {
        table[one.group, one.answer, stratum: one.stratum].add(weight: one.weight * scale)
      }
      return table
    }

    /// Every figure there is of it.
    func figures(scale: Double = 1) throws -> [Double] {
      let shares = shares(scale: scale)
      let estimate = try #require(ShareEstimate(shares, strata: strata))
      let share = whole(shares)
      var figures = [
        estimate.ratio.value, try #require(estimate.ratio.standardError), share.base.effectiveSize,
      ]
      for method in ShareIntervalMethod.allCases {
        for interval in [
          try #require(share.interval(method, level: 0.9)),
          try #require(estimate.interval(method, level: 0.9)),
        ] {
          figures += [interval.lowerBound, interval.upperBound]
        }
      }
      let means = try #require(
        RatioEstimate.difference(means(group: 0, scale: scale), means(group: 1, scale: scale), strata: strata)
      )
      figures += [means.value, means.standardError, means.test().p, means.interval(level: 0.99).upperBound]
      let difference = try #require(ShareDifference(shares[0], minus: shares[1]))
      figures += [difference.newcombeInterval(level: 0.9).lowerBound]
      figures += try [#require(difference.effectiveBaseTest()).p, #require(difference.wald).standardError]
      let total = try #require(GroupAgainstTotal(group: shares[0], total: share))
      figures += [total.value, total.newcombeInterval(level: 0.9).upperBound]
      let tests = try #require(table(scale: scale).raoScott(strata))
      figures += [tests.firstOrder.p, tests.secondOrder.p, tests.secondOrder.degreesOfFreedom]
      var moments = WeightedMoments()
      for one in respondents { moments.add(Double(one.answer), weight: one.weight * scale) }
      return figures + [try #require(moments.standardDeviation)]
    }
  }

  private func isNear(_ one: Double, _ other: Double) -> Bool {
    abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1e-4)
  }

  /// Weights are not frequencies: only their ratios mean anything.
  @Test(arguments: seeds)
  func `scaling all weights changes no figure`(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let figures = try sample.figures()
    #expect(try sample.figures(scale: 1_024) == figures)
    #expect(zip(try sample.figures(scale: 0.000_37), figures).allSatisfy(isNear))
  }

  @Test(arguments: seeds)
  func `the order of respondents changes no bit`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    var sample = Sample(seed: seed)
    let figures = try sample.figures()
    sample.respondents.shuffle(using: &random)
    #expect(try sample.figures() == figures)
  }

  @Test(arguments: seeds)
  func `parts, merged, are the whole`(seed: UInt64) {
    let sample = Sample(seed: seed)
    var (first, second) = (sample, sample)
    first.respondents.removeLast(20)
    second.respondents.removeFirst(sample.respondents.count - 20)
    var table = first.table()
    table.merge(second.table())
    #expect(table == sample.table())
    var shares = first.shares()
    for (index, part) in second.shares().enumerated() { shares[index].merge(part) }
    #expect(shares == sample.shares())
    var means = first.means(group: 1)
    for (index, part) in second.means(group: 1).enumerated() { means[index].merge(part) }
    #expect(means == sample.means(group: 1))
    let (all, part) = (whole(sample.shares()), whole(first.shares()))
    #expect(all.subtracting(part) == whole(second.shares()))
    var moments = WeightedMoments()
    moments.add(3, weight: 2, times: 2)
    var other = WeightedMoments()
    other.add(3, weight: 2)
    other.merge(other)
    #expect(moments == other)
  }

  /// The sum written out, respondent by respondent, as Woodruff (1971) has it.
  @Test(arguments: seeds)
  func `standard errors are those of residuals written out`(seed: UInt64) throws {
    let sample = Sample(seed: seed)
    let estimate = try #require(RatioEstimate(sample.means(group: 2), strata: sample.strata))
    let weight = estimate.base.weight
    var variance = 0.0
    for (index, stratum) in sample.strata.enumerated() {
      let residuals = sample.respondents.filter { $0.stratum == index }.map { one in
        one.group == 2 ? one.weight * (Double(one.answer) - estimate.value) / weight : 0
      }
      let size = Double(stratum.sampled)
      let mean = residuals.reduce(0, +) / size
      let squares = residuals.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      variance += (1 - size / (stratum.population ?? .infinity)) * size / (size - 1) * squares
    }
    #expect(isNear(try #require(estimate.standardError), variance.squareRoot()))
  }

  /// Cochran (1977), section 3.2: p(1 - p) / (n - 1), times 1 - n/N.
  @Test func `a share of a simple random sample has the textbook's variance`() throws {
    let share = Share(count: 30, of: 100)
    let estimate = try #require(ShareEstimate(share, sample: SampledStratum(sampled: 100)))
    #expect(isNear(try #require(estimate.ratio.standardError), (0.3 * 0.7 / 99).squareRoot()))
    let finite = try #require(ShareEstimate(share, sample: SampledStratum(sampled: 100, population: 400)))
    #expect(isNear(try #require(finite.ratio.standardError), (0.75 * 0.3 * 0.7 / 99).squareRoot()))
    let census = try #require(ShareEstimate(share, sample: SampledStratum(sampled: 100, population: 100)))
    #expect(census.ratio.standardError == 0 && census.interval(.wilson, level: 0.95) == nil)
  }

  @Test(arguments: seeds)
  func `the difference to the total is that of both shares`(seed: UInt64) throws {
    let shares = Sample(seed: seed).shares()
    let total = whole(shares)
    let comparison = try #require(GroupAgainstTotal(group: shares[0], total: total))
    let (group, all) = (try #require(shares[0].value), try #require(total.value))
    #expect(abs(comparison.value - (group - all)) < 1e-14)
    let interval = comparison.newcombeInterval(level: 0.95)
    #expect(interval.contains(comparison.value) && interval.lowerBound < interval.upperBound)
  }

  /// Without weights and outsiders every generalised design effect is n/(n - 1).
  @Test(arguments: seeds)
  func `the tests of Rao and Scott are Pearson's without weights`(seed: UInt64) throws {
    var table = RespondentTable(rows: 3, columns: 4)
    var random = SplitMix(seed: seed)
    let size = 150
    for _ in 0..<size {
      table[Int.random(in: 0..<3, using: &random), Int.random(in: 0..<4, using: &random)].add(weight: 1)
    }
    let pearson = try #require(table.pearson())
    let tests = try #require(table.raoScott([SampledStratum(sampled: size)]))
    let shrinkage = Double(size - 1) / Double(size)
    #expect(isNear(tests.firstOrder.statistic, pearson.statistic))
    #expect(isNear(tests.secondOrder.statistic, pearson.statistic * shrinkage / 6))
    #expect(isNear(tests.secondOrder.degreesOfFreedom, 6))
    #expect(tests.secondOrder.denominatorDegreesOfFreedom.map { isNear($0, 6 * Double(size - 1)) } == true)
  }

  @Test func `pearson's chi-squared of two groups is the square of the pooled z`() throws {
    var table = RespondentTable(rows: 2, columns: 2)
    for (index, count) in [17, 43, 30, 25].enumerated() {
      table[index / 2, index % 2] = WeightedBase(respondents: count)
    }
    let difference = try #require(ShareDifference(Share(count: 17, of: 60), minus: Share(count: 30, of: 55)))
    let (test, pearson) = (try #require(difference.pooledTest()), try #require(table.pearson()))
    #expect(isNear(test.statistic * test.statistic, pearson.statistic) && isNear(test.p, pearson.p))
    let effective = try #require(difference.effectiveBaseTest())
    #expect(effective.statistic == test.statistic && effective.degreesOfFreedom == 113)
  }
}
