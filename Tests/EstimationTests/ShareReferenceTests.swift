import Testing

@testable import Estimation

/// proportions-wave1.json and intervals.json: what R's `survey` 4.1.1 and base R computed.
@Suite(.enabled(if: ReferenceData.isAtHand, "REFERENCE_DATA names no folder with `reference`"))
struct ShareReferenceTests {
  private func rows() throws -> [ReferenceRow] {
    try ReferenceData.tables("proportions-wave1.json", ["table", "table_short"]).flatMap(\.records)
  }

  @Test func `shares, standard errors and intervals of five designs are R's`() throws {
    let survey = try ReferenceSurvey(wave: 1)
    var comparison = Comparison()
    for name in ["srs", "srs_fpc", "weighted", "stratified_fpc", "stratified_weighted"] {
      let design = try survey.design(name)
      for row in try rows() where row.text("design") == name {
        let answers = survey.gave(row.text("answer"), to: row.text("question"), row.text("base_rule"))
        let shares = design.shares(answers, survey.members(row.text("banner"), row.text("group")))
        compare(shares, design, row, &comparison)
      }
    }
    #expect(comparison.deviations == [])
    #expect(comparison.compared > 25_000)
  }

  private func compare(
    _ shares: [Share], _ design: Design, _ row: ReferenceRow, _ comparison: inout Comparison
  ) {
    let share = whole(shares)
    comparison.check(Double(share.base.respondents), row, "n_base")
    comparison.check(Double(share.given.respondents), row, "n")
    comparison.check(share.base.weight, row, "w_base")
    comparison.check(share.given.weight, row, "w")
    comparison.check(share.value, row, "p")
    let estimate = ShareEstimate(shares, strata: design.strata)
    comparison.check(estimate?.ratio.value, row, "p")
    comparison.check(estimate?.ratio.standardError, row, "se")
    comparison.check(estimate.map { Double($0.ratio.degreesOfFreedom) }, row, "df")
    comparison.check(share.base.respondents == 0 ? nil : share.base.effectiveSize, row, "neff_kish")
    // Where nobody or everybody gave the answer, R's standard errors are rounding and its intervals no more than that.
    if let value = share.value, value == 0 || value == 1 {
      #expect(estimate?.effectiveBase == nil)
      #expect(ShareIntervalMethod.allCases.allSatisfy { estimate?.interval($0, level: 0.95) == nil })
      if row.has("wilson_kish_lo") {
        comparison.check(share.interval(.wilson, level: 0.95), row, interval: "wilson_kish")
      }
      return
    }
    comparison.check(estimate?.interval(.wilson, level: 0.95), row, interval: "wilson")
    guard row.has("deff_kish") else { return }
    comparison.check(share.base.designEffect, row, "deff_kish")
    comparison.check(estimate?.designEffect, row, "deff_design")
    comparison.check(estimate?.interval(.wald, level: 0.95), row, interval: "mean")
    comparison.check(estimate?.interval(.clopperPearson, level: 0.95), row, interval: "beta")
    // `logit_lo` and `logit_hi` are the same but for where an iteration stopped, up to 1e-7 from it.
    comparison.check(estimate?.interval(.logit, level: 0.95), row, interval: "xlogit")
    comparison.check(share.interval(.wilson, level: 0.95), row, interval: "wilson_kish")
  }

  /// Of raked designs the file holds the sums of weights only: R's standard errors are undefined in it.
  @Test func `bases of raked weights are R's`() throws {
    let survey = try ReferenceSurvey(wave: 1)
    let design = try survey.design("raked")
    var comparison = Comparison()
    for row in try rows() where row.text("design") == "raked" {
      let answers = survey.gave(row.text("answer"), to: row.text("question"), row.text("base_rule"))
      let share = whole(design.shares(answers, survey.members(row.text("banner"), row.text("group"))))
      comparison.check(share.base.weight, row, "w_base")
      comparison.check(share.given.weight, row, "w")
      let size = share.value == nil ? nil : share.base.effectiveSize
      comparison.check(size, row, "neff_kish")
    }
    #expect(comparison.deviations == [])
    #expect(comparison.compared > 1_200)
  }

  @Test func `intervals of counts are R's`() throws {
    var comparison = Comparison()
    let columns: [(ShareIntervalMethod, String)] = [
      (.wilson, "wilson"), (.continuityCorrectedWilson, "wilson_cc"), (.agrestiCoull, "agresti_coull"),
      (.clopperPearson, "clopper_pearson"), (.jeffreys, "jeffreys"), (.logit, "logit"), (.wald, "wald"),
    ]
    #expect(Set(columns.map(\.0)) == Set(ShareIntervalMethod.allCases))
    for row in try ReferenceData.tables("intervals.json", ["single"]).flatMap(\.records) {
      let share = Share(count: Int(try #require(row["x"])), of: Int(try #require(row["n"])))
      let level = try #require(row["level"])
      for (method, column) in columns {
        comparison.check(share.interval(method, level: level), row, interval: column)
      }
    }
    #expect(comparison.deviations == [])
    #expect(comparison.compared > 150)
  }

  @Test func `Newcombe's intervals and pooled tests are R's`() throws {
    var comparison = Comparison()
    for row in try ReferenceData.tables("intervals.json", ["difference"]).flatMap(\.records) {
      let counts = try ["x1", "n1", "x2", "n2"].map { Int(try #require(row[$0])) }
      let difference = try #require(
        ShareDifference(Share(count: counts[0], of: counts[1]), minus: Share(count: counts[2], of: counts[3]))
      )
      comparison.check(difference.value, row, "difference")
      comparison.check(difference.newcombeInterval(level: 0.95), row, interval: "newcombe")
      comparison.check(difference.pooledTest()?.statistic, row, "z_pooled")
      comparison.check(difference.pooledTest()?.p, row, "p", floor: 0)
    }
    #expect(comparison.deviations == [])
    #expect(comparison.compared >= 30)
  }
}
