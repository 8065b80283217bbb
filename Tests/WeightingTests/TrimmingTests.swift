import Testing
import Weighting

/// What trimming keeps, and when it gives up.
struct TrimmingTests {
  private static let seeds = [UInt64](1...80)

  private func trimmed(_ table: SampleTable, _ excess: Trimming.Excess) throws -> (
    WeightedSample, WeightedSample
  ) {
    let raked = try WeightingPlan(margins: table.margins).weights(for: table.combinations)
    let range = raked.diagnostics.summary.range
    // Bounds that cut, between the mean and either end.
    let trimming = Trimming(
      lower: 0.25 + 0.75 * range.lowerBound.value, upper: 0.3 + 0.7 * range.upperBound.value, excess: excess)
    let plan = WeightingPlan(margins: table.margins, trimming: trimming)
    return (raked, try plan.weights(for: table.combinations))
  }

  @Test(arguments: seeds)
  func `raking again holds bounds and margins`(seed: UInt64) throws {
    let table = SampleTable.feasible(seed: seed, density: 1)
    let raked = try WeightingPlan(margins: table.margins).weights(for: table.combinations)
    let upper = 0.2 + 0.8 * raked.diagnostics.summary.range.upperBound.value
    let trimming = Trimming(upper: upper, excess: .rakingAgain(tolerance: 1e-9))
    let plan = WeightingPlan(margins: table.margins, trimming: trimming)
    let sample: WeightedSample
    do {
      sample = try plan.weights(for: table.combinations)
    } catch {
      // Some margins need weights above the bound: then this is said, and nothing else.
      guard case .boundsNotMet(_, let greatest, _)? = error.faults.first, error.faults.count == 1 else {
        Issue.record("\(error.faults)")
        return
      }
      #expect(greatest > upper)
      return
    }
    #expect(sample.diagnostics.summary.range.upperBound.value <= upper * (1 + 1e-9) + 1e-12)
    #expect(try #require(sample.diagnostics.trimming).cycles >= 1)
    let respondents = table.combinations.reduce(0) { $0 + $1.respondents }
    for category in sample.diagnostics.margins.flatMap(\.categories) {
      let slack = 1e-12 * category.targetShare + SampleTable.rounding(category, of: respondents)
      #expect(abs(category.weightedShare - category.targetShare) <= slack)
    }
  }

  @Test func `raking again succeeds for most tables`() {
    let met = Self.seeds.count { seed in
      let table = SampleTable.feasible(seed: seed, density: 1)
      let raked = try? WeightingPlan(margins: table.margins).weights(for: table.combinations)
      let upper = 0.2 + 0.8 * (raked?.diagnostics.summary.range.upperBound.value ?? 1)
      let plan = WeightingPlan(margins: table.margins, trimming: Trimming(upper: upper))
      return (try? plan.weights(for: table.combinations)) != nil
    }
    #expect(met > Self.seeds.count / 2)
  }

  @Test(arguments: seeds, [Trimming.Excess.inEqualAmounts(repeated: true), .inProportion])
  func `without raking again bounds and the mean are kept`(seed: UInt64, excess: Trimming.Excess) throws {
    let (raked, sample) = try trimmed(SampleTable.feasible(seed: seed, density: 0.8), excess)
    let (before, after) = (raked.diagnostics.summary, sample.diagnostics.summary)
    let report = try #require(sample.diagnostics.trimming)
    #expect(abs(after.mean - 1) < 2e-12)
    #expect(after.range.upperBound.value <= 0.3 + 0.7 * before.range.upperBound.value + 1e-12)
    #expect(after.range.lowerBound.value >= 0.25 + 0.75 * before.range.lowerBound.value - 1e-12)
    #expect(report.trimmed > 0 && report.cycles > 0 && !report.keepsMargins)
    #expect(after.effectiveSampleSize > before.effectiveSampleSize)
  }

  @Test(arguments: seeds.prefix(20))
  func `neither order nor spread changes a bit of trimmed weights`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let table = SampleTable.feasible(seed: seed, density: 1)
    let plan = WeightingPlan(
      margins: table.margins, trimming: Trimming(upper: 1.9, excess: .inEqualAmounts(repeated: false)))
    let spread = table.combinations.flatMap { combination in
      [1, combination.respondents - 1].map {
        Combination(combination.categories, baseWeight: combination.baseWeight, respondents: $0)
      }
    }
    #expect(
      try plan.weights(for: spread.shuffled(using: &random)) == plan.weights(for: table.combinations))
  }

  @Test func `bounds that nobody exceeds leave everything as it was`() throws {
    let table = SampleTable.feasible(seed: 3, density: 1)
    let raked = try WeightingPlan(margins: table.margins).weights(for: table.combinations)
    let plan = WeightingPlan(margins: table.margins, trimming: Trimming(lower: 0, upper: 1_000))
    let sample = try plan.weights(for: table.combinations)
    #expect(sample.entries == raked.entries)
    #expect(sample.diagnostics.trimming?.cycles == 0 && sample.diagnostics.trimming?.keepsMargins == true)
  }

  /// A quarter of the population answered in one of eleven: their weight is 2.75, whatever else is done.
  @Test func `a bound that a margin does not allow is refused`() throws {
    let plan = WeightingPlan(margins: [.shares("role", [0.75, 0.25])], trimming: Trimming(upper: 2))
    do {
      _ = try plan.weights(for: [Combination([0], respondents: 10), Combination([1])])
      Issue.record("weights above the bound")
    } catch {
      guard case .boundsNotMet(let least, let greatest, 1_000) = error.faults.first else {
        Issue.record("\(error.faults)")
        return
      }
      #expect(abs(greatest - 2.75) < 1e-9 && abs(least - 0.825) < 1e-9)
    }
  }

  @Test func `those of base weight 0 keep 0`() throws {
    let plan = WeightingPlan(
      margins: [], trimming: Trimming(lower: 0.5, upper: 1.4, excess: .inEqualAmounts(repeated: true)))
    let sample = try plan.weights(for: [
      Combination([], baseWeight: 0, respondents: 5), Combination([], baseWeight: 1, respondents: 3),
      Combination([], baseWeight: 5),
    ])
    #expect(sample.weight(of: [], baseWeight: 0) == Weight(units: 0))
    #expect(sample.diagnostics.summary.respondents == 4)
    #expect(sample.weight(of: [], baseWeight: 5)?.value == 1.4)
  }
}
