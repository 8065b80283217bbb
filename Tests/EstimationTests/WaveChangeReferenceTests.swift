import Estimation
import Testing

/// wave-change.json: what R computed of two independent waves.
@Suite(.enabled(if: ReferenceData.isAtHand, "REFERENCE_DATA names no folder with `reference`"))
struct WaveChangeReferenceTests {
  @Test func `changes between two waves are R's`() throws {
    let surveys = [try ReferenceSurvey(wave: 1), try ReferenceSurvey(wave: 2)]
    let designs = try surveys.map { try $0.design("weighted") }
    var comparison = Comparison()
    for row in try ReferenceData.tables("wave-change.json", ["table"]).flatMap(\.records) {
      let members = surveys.map { $0.members(row.text("banner"), row.text("group")) }
      let item = row.text("item").split(separator: " | ").map(String.init)
      var sums: [[RatioSums]] = []
      if item[0] == "mean" {
        let numbers = surveys.map { $0.scale(item[1]) }
        sums = (0...1).map { designs[$0].means(numbers[$0], members[$0]) }
        compareMeans(numbers, members, row, &comparison)
      } else {
        let shares = (0...1).map { wave in
          whole(designs[wave].shares(surveys[wave].gave(item[2], to: item[0], item[1]), members[wave]))
        }
        sums = shares.map { [RatioSums($0)] }
        try compareShares(shares, row, &comparison)
      }
      let estimates = try (0...1).map { wave in
        try #require(RatioEstimate(sums[wave], strata: designs[wave].strata))
      }
      compare(estimates, row, &comparison)
    }
    #expect(comparison.deviations == [])
    #expect(comparison.compared > 8_000)
  }

  /// With weights, in both kinds of items.
  private func compare(_ estimates: [RatioEstimate], _ row: ReferenceRow, _ comparison: inout Comparison) {
    for (wave, estimate) in estimates.enumerated() {
      comparison.check(estimate.value, row, "w_est\(wave + 1)")
      comparison.check(estimate.standardError, row, "w_se\(wave + 1)")
      comparison.check(estimate.base.effectiveSize, row, "neff\(wave + 1)")
    }
    let change = estimates[1].difference(from: estimates[0])
    comparison.check(estimates[1].value - estimates[0].value, row, "w_change")
    // What R tests there is rounding.
    if let error = row["w_se"], error < 1e-15 { return #expect(change == nil) }
    comparison.check(change?.interval(level: 0.95), row, interval: "w")
    comparison.check(change?.standardError, row, "w_se")
    comparison.check(change?.test().statistic, row, "w_z")
    comparison.check(change?.test().p, row, "w_p", floor: 0)
  }

  private func compareShares(_ shares: [Share], _ row: ReferenceRow, _ comparison: inout Comparison) throws {
    let plain = try #require(ShareDifference(shares[1].unweighted, minus: shares[0].unweighted))
    comparison.check(shares[0].unweighted.value, row, "est1")
    comparison.check(shares[1].unweighted.value, row, "est2")
    comparison.check(plain.value, row, "change")
    comparison.check(plain.pooledTest()?.statistic, row, "z_pooled")
    comparison.check(plain.pooledTest()?.p, row, "p_pooled", floor: 0)
    comparison.check(plain.wald?.interval(level: 0.95), row, interval: "wald")
    comparison.check(plain.newcombeInterval(level: 0.95), row, interval: "newcombe")
    let weighted = try #require(ShareDifference(shares[1], minus: shares[0]))
    comparison.check(weighted.newcombeInterval(level: 0.95), row, interval: "newcombe_kish")
  }

  private func compareMeans(
    _ numbers: [[Double?]], _ members: [[Bool]], _ row: ReferenceRow, _ comparison: inout Comparison
  ) {
    let moments = zip(numbers, members).map { numbers, members in
      zip(numbers, members).reduce(into: WeightedMoments()) { sums, pair in
        if pair.1, let number = pair.0 { sums.add(number) }
      }
    }
    comparison.check(moments[0].mean, row, "est1")
    comparison.check(moments[1].mean, row, "est2")
    let change = moments[1].difference(from: moments[0], .welch)
    comparison.check(change?.test().statistic, row, "welch_t")
    comparison.check(change?.degreesOfFreedom, row, "welch_df")
    comparison.check(change?.test().p, row, "welch_p", floor: 0)
    comparison.check(change?.interval(level: 0.95), row, interval: "welch")
  }
}
