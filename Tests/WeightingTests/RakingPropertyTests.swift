import Testing
import Weighting

/// What holds of every sample that can be weighted.
struct RakingPropertyTests {
  private static let seeds = [UInt64](1...150)

  private func isNear(_ one: WeightedSample, _ other: WeightedSample, _ tolerance: Double) -> Bool {
    one.entries.count == other.entries.count
      && zip(one.entries, other.entries).allSatisfy {
        abs($0.weight.value - $1.weight.value) <= tolerance * $0.weight.value + 1e-12
      }
  }

  @Test(arguments: seeds)
  func `every margin is met and the mean is 1`(seed: UInt64) throws {
    for density in [0.6, 1] {
      let table = SampleTable.feasible(seed: seed, density: density)
      let sample = try WeightingPlan(margins: table.margins).weights(for: table.combinations)
      let respondents = table.combinations.reduce(0) { $0 + $1.respondents }
      #expect(try #require(sample.diagnostics.convergence.last) <= 1e-13)
      #expect(abs(sample.diagnostics.summary.mean - 1) < 2e-12)
      for (report, margin) in zip(sample.diagnostics.margins, table.margins) {
        let total = margin.categories.compactMap(\.target).reduce(0, +)
        for (category, given) in zip(report.categories, margin.categories.filter { $0.target != 0 }) {
          let target = try #require(given.target)
          let share = sample.entries.filter { entry in
            zip(table.margins, entry.combination.categories).contains {
              $0.name == margin.name && $1.map { margin.categories[$0].label } == given.label
            }
          }.reduce(Int128(0)) { $0 + Int128($1.weight.units) * Int128($1.combination.respondents) }
          #expect(category.label == given.label && share == category.weighted)
          let slack = 1e-12 * target / total + SampleTable.rounding(category, of: respondents)
          #expect(abs(category.weightedShare - target / total) <= slack)
          #expect(category.responseRate == Double(category.respondents) / target)
        }
      }
    }
  }

  /// What makes raked weights the ones nearest to the base weights: factors multiply, margin by margin, and so leave
  /// every odds ratio of two margins as it was.
  @Test(arguments: seeds.prefix(40))
  func `odds ratios stay as they were`(seed: UInt64) throws {
    let table = SampleTable.feasible(seed: seed, density: 1, margins: 2)
    let sample = try WeightingPlan(margins: table.margins).weights(for: table.combinations)
    var factors: [[Int?]: Double] = [:]
    for entry in sample.entries { factors[entry.combination.categories] = entry.factor }
    for row in table.margins[0].categories.indices.dropFirst() {
      for column in table.margins[1].categories.indices.dropFirst() {
        let factor = { (row: Int, column: Int) throws in try #require(factors[[row, column]]) }
        let ratio = try factor(row, column) * factor(0, 0) / (factor(row, 0) * factor(0, column))
        #expect(abs(ratio - 1) < 1e-9)
      }
    }
  }

  @Test(arguments: seeds)
  func `neither order nor how respondents are spread over combinations changes a bit`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let table = SampleTable.feasible(seed: seed, density: 0.8)
    let plan = WeightingPlan(margins: table.margins)
    let sample = try plan.weights(for: table.combinations)
    let spread = table.combinations.flatMap { combination in
      let first = Int.random(in: 0...combination.respondents, using: &random)
      return [first, combination.respondents - first].map {
        Combination(combination.categories, baseWeight: combination.baseWeight, respondents: $0)
      }
    }
    #expect(try plan.weights(for: table.combinations.shuffled(using: &random)) == sample)
    #expect(try plan.weights(for: spread.shuffled(using: &random)) == sample)
  }

  @Test(arguments: seeds)
  func `the order of margins changes nothing that shows`(seed: UInt64) throws {
    let table = SampleTable.feasible(seed: seed, density: 0.8)
    let sample = try WeightingPlan(margins: table.margins).weights(for: table.combinations)
    let turned = try WeightingPlan(margins: table.margins.reversed()).weights(
      for: table.combinations.map {
        Combination($0.categories.reversed(), baseWeight: $0.baseWeight, respondents: $0.respondents)
      })
    for entry in sample.entries {
      let other = try #require(
        turned.weight(of: entry.combination.categories.reversed(), baseWeight: entry.combination.baseWeight))
      #expect(abs(other.value - entry.weight.value) <= 1e-10 * entry.weight.value)
    }
  }

  @Test(arguments: seeds)
  func `the unit of targets and that of base weights change nothing`(seed: UInt64) throws {
    let table = SampleTable.feasible(seed: seed, density: 0.8)
    let sample = try WeightingPlan(margins: table.margins).weights(for: table.combinations)
    func scaled(_ factor: Double) -> [Combination] {
      table.combinations.map {
        Combination($0.categories, baseWeight: $0.baseWeight * factor, respondents: $0.respondents)
      }
    }
    let larger = WeightingPlan(margins: table.margins.map { $0.scaled(by: 10.7) })
    #expect(isNear(try larger.weights(for: table.combinations), sample, 1e-11))
    #expect(isNear(try WeightingPlan(margins: table.margins).weights(for: scaled(0.31)), sample, 1e-11))
    // A power of two costs no rounding.
    let doubled = try WeightingPlan(margins: table.margins).weights(for: scaled(2))
    #expect(doubled.entries.map(\.weight) == sample.entries.map(\.weight))
    let shares = table.margins.map { margin in
      let total = margin.categories.compactMap(\.target).reduce(0, +)
      return Margin(margin.name, .shares, margin.scaled(by: 1 / total).categories)
    }
    #expect(isNear(try WeightingPlan(margins: shares).weights(for: table.combinations), sample, 1e-11))
  }

  @Test(arguments: seeds)
  func `factors are those of the mean base weight of each combination`(seed: UInt64) throws {
    let table = SampleTable.feasible(seed: seed, density: 0.8)
    let plan = WeightingPlan(margins: table.margins)
    var sums: [[Int?]: (base: Double, respondents: Int)] = [:]
    for combination in table.combinations {
      sums[combination.categories, default: (0, 0)].base +=
        combination.baseWeight * Double(combination.respondents)
      sums[combination.categories, default: (0, 0)].respondents += combination.respondents
    }
    let means = try plan.weights(
      for: sums.map {
        Combination($0, baseWeight: $1.base / Double($1.respondents), respondents: $1.respondents)
      })
    let factors = Dictionary(
      uniqueKeysWithValues: means.entries.map { ($0.combination.categories, $0.factor ?? .nan) })
    for entry in try plan.weights(for: table.combinations).entries {
      let expected = try #require(factors[entry.combination.categories])
      let rounding = 1e-12 / min(1, entry.combination.baseWeight)
      #expect(abs(try #require(entry.factor) - expected) <= 1e-11 * expected + rounding)
    }
  }

  /// Full tables, so that any targets can be met.
  @Test(arguments: seeds)
  func `those who did not state a variable keep their share by base weights`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let table = SampleTable.feasible(seed: seed, density: 1)
    let silent = (0..<6).map { _ in
      Combination(
        table.margins.map {
          Bool.random(using: &random) ? nil : Int.random(in: 0..<$0.categories.count, using: &random)
        },
        baseWeight: Double.random(in: 0.2...4, using: &random))
    }
    let all = table.combinations + silent
    let sample = try WeightingPlan(margins: table.margins).weights(for: all)
    let total = all.reduce(0) { $0 + $1.baseWeight * Double($1.respondents) }
    for (place, report) in sample.diagnostics.margins.enumerated() {
      let known = table.margins[place].categories.compactMap(\.target).reduce(0, +)
      let notStated =
        all.filter { $0.categories[place] == nil }
        .reduce(0) { $0 + $1.baseWeight * Double($1.respondents) } / total
      for category in report.categories {
        let target = table.margins[place].categories.first { $0.label == category.label }?.target
        let expected = target.map { $0 / known * (1 - notStated) } ?? notStated
        #expect(abs(category.weightedShare - expected) < 3e-12 * expected + 1e-12)
        #expect((target == nil) == (category.label == nil))
      }
      #expect(report.categories.contains { $0.label == nil } == (notStated > 0))
    }
  }

  @Test func `a plan without margins scales base weights to a mean of 1`() throws {
    let sample = try WeightingPlan(margins: []).weights(for: [
      Combination([], baseWeight: 3, respondents: 2), Combination([], baseWeight: 6),
      Combination([], baseWeight: 0),
    ])
    #expect(sample.entries.map(\.weight.units) == [0, 750_000_000_000, 1_500_000_000_000])
    #expect(sample.entries.map(\.factor) == [nil, 0.25, 0.25])
    #expect(sample.diagnostics.summary.respondents == 3)
  }

  @Test func `one margin is met at the first go`() throws {
    let sample = try WeightingPlan(margins: [.shares("role", [0.25, 0.75])]).weights(for: [
      Combination([0], respondents: 6), Combination([1], respondents: 2),
    ])
    #expect(sample.entries.map(\.weight.units) == [333_333_333_333, 3_000_000_000_000])
    #expect(sample.diagnostics.iterations == 1)
    #expect(sample.diagnostics.margins[0].categories.map(\.baseShare) == [0.75, 0.25])
    #expect(sample.diagnostics.margins[0].categories.map(\.responseRate) == [nil, nil])
  }

  /// Departments are parts of divisions, but for two respondents who are where their department is not.
  @Test func `a margin that nearly follows from another takes long and is met`() throws {
    let plan = WeightingPlan(margins: [
      .counts("division", [10_000, 12_000]), .counts("department", [4_000, 5_990, 6_010, 6_000]),
    ])
    let sample = try plan.weights(for: [
      Combination([0, 0], respondents: 2_000), Combination([0, 1], respondents: 3_000), Combination([1, 1]),
      Combination([0, 2]), Combination([1, 2], respondents: 3_000), Combination([1, 3], respondents: 2_500),
    ])
    #expect((10_000...20_000).contains(sample.diagnostics.iterations))
    let shares = sample.diagnostics.margins.map { $0.categories.map(\.weightedShare) }
    for (reached, target) in zip(shares.joined(), [10_000, 12_000, 4_000, 5_990, 6_010, 6_000.0]) {
      #expect(abs(reached * 22_000 / target - 1) < 3e-12)
    }
  }
}
