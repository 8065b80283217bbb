import Testing
import Weighting

/// wave1.csv and population.csv of the reference values: 420 respondents, two margins of counts.
struct FirstWave {
  let records: [[String: String]]
  let margins: [Margin]

  init() throws {
    records = try ReferenceData.records("data/wave1.csv")
    let population = try ReferenceData.records("data/population.csv")
    margins = ["stratum", "area"].map { variable in
      Margin(
        variable, .counts,
        population.filter { $0["variable"] == variable }.map {
          Margin.Category($0["category"] ?? "", target: $0["population"].flatMap { Double($0) })
        })
    }
  }

  /// Population / respondents: R's weights add up to the population.
  var scale: Double { 7_400 / Double(records.count) }

  func baseWeight(of record: [String: String]) throws -> Double {
    try #require(record["base_weight"].flatMap { Double($0) })
  }

  func combination(
    of record: [String: String], in margins: [Margin], baseWeight: Double
  ) throws -> Combination {
    let categories = try margins.map { margin -> Int? in
      let label = try #require(record[margin.name])
      let name = label.isEmpty ? "Not stated" : label
      let place = margin.categories.firstIndex { $0.label == name }
      #expect(place != nil || label.isEmpty)
      return place
    }
    return Combination(categories, baseWeight: baseWeight)
  }

  /// The weight of each respondent, on R's scale, and the sample.
  func weights(
    _ plan: WeightingPlan, withBaseWeights: Bool = true
  ) throws -> (weights: [Double], sample: WeightedSample) {
    let combinations = try records.map {
      try combination(of: $0, in: plan.margins, baseWeight: withBaseWeights ? baseWeight(of: $0) : 1)
    }
    let sample = try plan.weights(for: combinations)
    let weights = try combinations.map {
      try #require(sample.weight(of: $0.categories, baseWeight: $0.baseWeight)).value * scale
    }
    return (weights, sample)
  }
}
