import FoundationEssentials
import Testing
import Weighting

/// weights-wave1.csv and weighting-wave1.json, respondent by respondent and figure by figure.
/// `raked_R_default_control` is left out: it is what R's `rake` gives when it stops while a margin may still be off
/// by a person.
@Suite(.enabled(if: ReferenceData.isAtHand, "4 tests: REFERENCE_DATA names no folder with `reference`"))
struct ReferenceDataTests {
  private let wave: FirstWave
  private let expected: ExpectedWeighting
  private let expectedWeights: [[String: String]]

  init() throws {
    wave = try FirstWave()
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    expected = try decoder.decode(
      ExpectedWeighting.self, from: try ReferenceData.bytes("expected/weighting-wave1.json"))
    expectedWeights = try ReferenceData.records("expected/weights-wave1.csv")
  }

  private func isNear(_ value: Double?, _ expected: Double?, _ tolerance: Double = 1e-8) -> Bool {
    guard let value, let expected else { return false }
    return abs(value - expected) <= tolerance * abs(expected)
  }

  /// Names in the file, plan, whether base weights are taken, and the tolerance that README.md gives.
  private func plans() throws -> [(name: String, plan: WeightingPlan, base: Bool, tolerance: Double)] {
    let bounds = try #require(expected.weights["trim_bounds"])
    let upper = try #require(bounds.upper) / wave.scale
    let lower = try #require(bounds.lower) / wave.scale
    func raked(_ trimming: Trimming? = nil) -> WeightingPlan {
      WeightingPlan(margins: wave.margins, trimming: trimming)
    }
    let stratified = WeightingPlan(margins: [wave.margins[0]])
    // R rakes weights of 1, too, to the share of "Not stated" by base weights: a category with a target, then.
    let withNotStated = try wave.margins.map { margin in
      let table = try #require(expected.margins[margin.name])
      return Margin(
        margin.name, .counts,
        table.rows.map {
          Margin.Category(table.text($0, "category") ?? "", target: table.number($0, "target"))
        })
    }
    return [
      ("poststratified", stratified, true, 1e-9),
      ("poststratified_from_1", stratified, false, 1e-9),
      ("raked", raked(), true, 1e-8),
      ("raked_from_1", WeightingPlan(margins: withNotStated), false, 1e-8),
      (
        "raked_trimmed_once",
        raked(Trimming(lower: lower, upper: upper, excess: .inEqualAmounts(repeated: false))), true, 1e-8
      ),
      (
        "raked_trimmed_strict",
        raked(Trimming(lower: lower, upper: upper, excess: .inEqualAmounts(repeated: true))), true, 1e-8
      ),
      ("raked_capped_proportional", raked(Trimming(upper: upper, excess: .inProportion)), true, 1e-8),
      (
        "rake_trim_cycle", raked(Trimming(upper: upper, excess: .rakingAgain(tolerance: 1e-6))), true, 1e-8
      ),
    ]
  }

  @Test func `every respondent gets the weight that R gives`() throws {
    #expect(wave.records.map { $0["id"] } == expectedWeights.map { $0["id"] } && wave.records.count == 420)
    for (name, plan, base, tolerance) in try plans() {
      let (weights, _) = try wave.weights(plan, withBaseWeights: base)
      for (weight, record) in zip(weights, expectedWeights) {
        #expect(
          isNear(weight, record[name].flatMap { Double($0) }, tolerance), "\(name), \(record["id"] ?? "")")
      }
    }
  }

  @Test func `range, spread, effective sample size and design effect are those of R`() throws {
    for (name, plan, base, tolerance) in try plans() {
      let figures = try #require(expected.weights[name], "\(name)")
      let (_, sample) = try wave.weights(plan, withBaseWeights: base)
      let summary = sample.diagnostics.summary
      #expect(summary.respondents == figures.n)
      let sum = Double(summary.sum) / Double(Weight.one.units)
      for (value, expected) in [
        (sum * wave.scale, figures.sum), (summary.range.lowerBound.value * wave.scale, figures.min),
        (summary.range.upperBound.value * wave.scale, figures.max), (summary.mean * wave.scale, figures.mean),
        ((summary.standardDeviation ?? .nan) * wave.scale, figures.sd),
        (summary.effectiveSampleSize, figures.neffKish), (summary.designEffect, figures.deffKish),
        (summary.efficiency * 100, figures.weightingEfficiencyPercent),
      ] {
        #expect(isNear(value, expected, tolerance), "\(name)")
      }
      if let outside = figures.rowsOutsideAfter { #expect(sample.diagnostics.trimming?.outside == outside) }
      if let cycles = figures.cycles { #expect(sample.diagnostics.trimming?.cycles == cycles) }
    }
    let median = try wave.weights(WeightingPlan(margins: wave.margins)).sample.diagnostics.summary.median
    #expect(isNear(3 * median * wave.scale, expected.weights["trim_bounds"]?.upper))
    #expect(isNear(0.3 * median * wave.scale, expected.weights["trim_bounds"]?.lower))
  }

  @Test func `effective sample sizes of groups are those of R, before and after raking`() throws {
    let (weights, _) = try wave.weights(WeightingPlan(margins: wave.margins))
    let table = expected.kishByGroup
    #expect(table.rows.count == 12)
    for row in table.rows {
      let banner = try #require(table.text(row, "banner"))
      let group = try #require(table.text(row, "group"))
      var base = WeightTally()
      var raked = WeightTally()
      for (record, weight) in zip(wave.records, weights) {
        let label = record[banner].map { $0.isEmpty ? "Not stated" : $0 } ?? "Total"
        guard label == group else { continue }
        base.add(try #require(Weight(try wave.baseWeight(of: record))))
        raked.add(try #require(Weight(weight)))
      }
      let before = try #require(base.summary)
      let after = try #require(raked.summary)
      #expect(before.respondents == table.number(row, "n").map { Int($0) })
      #expect(isNear(Double(before.sum) / 1e12, table.number(row, "base_sum"), 1e-9))
      #expect(isNear(before.effectiveSampleSize, table.number(row, "base_neff"), 1e-9))
      #expect(isNear(before.designEffect, table.number(row, "base_deff"), 1e-9))
      #expect(isNear(Double(after.sum) / 1e12, table.number(row, "raked_sum")))
      #expect(isNear(after.effectiveSampleSize, table.number(row, "raked_neff")))
      #expect(isNear(after.designEffect, table.number(row, "raked_deff")))
    }
  }

  @Test func `targets, with the share of Not stated taken off, are those of R`() throws {
    let (_, sample) = try wave.weights(WeightingPlan(margins: wave.margins))
    for report in sample.diagnostics.margins {
      let table = try #require(expected.margins[report.name])
      #expect(report.categories.count == table.rows.count)
      for (category, row) in zip(report.categories, table.rows) {
        #expect(category.label ?? "Not stated" == table.text(row, "category"))
        #expect(isNear(category.targetShare * 7_400, table.number(row, "target"), 1e-9))
        #expect(isNear(category.weightedShare * 7_400, table.number(row, "target"), 1e-9))
      }
    }
    let rates = sample.diagnostics.margins[0].categories.map(\.responseRate)
    let counts = ["Constable", "Sergeant", "Inspector", "Staff"].map { stratum in
      wave.records.count { $0["stratum"] == stratum }
    }
    #expect(rates == zip(counts, [3_900, 820, 260, 2_420.0]).map { Double($0) / $1 })
  }
}
