import Testing

@testable import Estimation

struct RakedScoresTests {
  /// Weights raked to two margins, and both margins.
  private func raked(seed: UInt64) -> (weights: [Double], margins: [[Int]]) {
    var random = SplitMix(seed: seed)
    let margins = [3, 4].map { categories in
      (0..<120).map { $0 < categories ? $0 : Int.random(in: 0..<categories, using: &random) }
    }
    var weights = margins[0].map { _ in Double.random(in: 0.5...3, using: &random) }
    for _ in 0..<200 {
      for (margin, targets) in zip(margins, [[0.5, 0.3, 0.2], [0.25, 0.25, 0.4, 0.1]]) {
        var sums = [Double](repeating: 0, count: targets.count)
        for (category, weight) in zip(margin, weights) { sums[category] += weight }
        for (index, category) in margin.enumerated() { weights[index] *= targets[category] / sums[category] }
      }
    }
    return (weights, margins)
  }

  /// The scores of a mean over everybody.
  private func scores(_ numbers: [Double], _ weights: [Double]) -> [Double] {
    let total = weights.reduce(0, +)
    let mean = zip(numbers, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
    return zip(numbers, weights).map { $1 * ($0 - mean) / total }
  }

  @Test(arguments: [UInt64](1...10))
  func `what was raked to does not vary`(seed: UInt64) throws {
    let (weights, margins) = raked(seed: seed)
    for (margin, category) in [(0, 0), (0, 2), (1, 3)] {
      let numbers = margins[margin].map { $0 == category ? 1.0 : 0 }
      var raked = RakedScores(scores: scores(numbers, weights), weights: weights)
      #expect(try #require(raked.standardError()) > 0.01)
      raked.remove(margins)
      #expect(try #require(raked.standardError()) < 1e-12)
    }
  }

  @Test(arguments: [UInt64](1...10))
  func `without margins the standard error is that of the ratio`(seed: UInt64) throws {
    let (weights, _) = raked(seed: seed)
    var random = SplitMix(seed: seed)
    let numbers = weights.map { _ in Double.random(in: 0...10, using: &random) }
    var raked = RakedScores(scores: scores(numbers, weights), weights: weights)
    raked.remove([])
    let sums = numbers.indices.reduce(into: RatioSums()) {
      $0.add(numerator: numbers[$1], weight: weights[$1])
    }
    let estimate = try #require(RatioEstimate(sums, sample: SampledStratum(sampled: weights.count)))
    #expect(abs(try #require(raked.standardError()) - (try #require(estimate.standardError))) < 1e-12)
  }

  /// What R's `survey` 4.1.1 computed of the reference survey's wave 1, by the script beside this file.
  @Test(.enabled(if: ReferenceData.isAtHand, "REFERENCE_DATA names no folder with `reference`"))
  func `standard errors of raked weights are R's`() throws {
    let survey = try ReferenceSurvey(wave: 1)
    let design = try survey.design("raked")
    let margins = ["stratum", "area"].map { name in
      let column = survey.column(name)
      let categories = Set(column).sorted()
      return column.map { categories.firstIndex(of: $0) ?? 0 }
    }
    var comparison = Comparison()
    for value in Self.values {
      let numbers =
        value.answer.map { survey.gave($0, to: value.question, value.rule).map { $0.map { $0 ? 1.0 : 0 } } }
        ?? survey.scale(value.question)
      let members = survey.members(value.banner, value.group)
      let sums = design.means(numbers, members)[0]
      let estimate = try #require(RatioEstimate(sums, sample: design.strata[0]))
      let scores = numbers.indices.map { index in
        guard members[index], let number = numbers[index] else { return 0.0 }
        return design.weights[index] * (number - estimate.value) / sums.denominator
      }
      var raked = RakedScores(scores: scores, weights: design.weights)
      raked.remove(margins)
      let name = "\(value)"
      comparison.check(estimate.value, value.estimate, name)
      comparison.check(raked.standardError(), value.error, name)
    }
    #expect(comparison.deviations == [])
    #expect(comparison.compared == 2 * Self.values.count)
  }

  private struct Value {
    let question: String
    let rule: String
    /// Nil for a mean.
    let answer: String?
    let banner: String
    let group: String
    let estimate: Double
    let error: Double
  }

  private static let values: [Value] = [
    Value(
      question: "q1", rule: "answered", answer: "Strongly agree", banner: "total", group: "Total",
      estimate: 0.13017195040204696, error: 0.01808429740472932),
    Value(
      question: "q1", rule: "answered", answer: "Strongly agree", banner: "role", group: "Constable",
      estimate: 0.10096711898352387, error: 0.02212368402016255),
    Value(
      question: "q1", rule: "answered_excluding_dont_know", answer: "(net) Agree", banner: "area",
      group: "North",
      estimate: 0.4029192303688494, error: 0.04553545001401101),
    Value(
      question: "q1", rule: "answered", answer: "Don't know", banner: "role", group: "Staff",
      estimate: 0.05196684415172156, error: 0.02669652869844391),
    Value(
      question: "q3", rule: "answered", answer: "Yes", banner: "total", group: "Total",
      estimate: 0.5602825437849288, error: 0.025266719828773584),
    Value(
      question: "q4", rule: "asked_and_answered", answer: "phone", banner: "area", group: "Headquarters",
      estimate: 0.5486411012632317, error: 0.19008039531163162),
    Value(
      question: "q4", rule: "asked", answer: "(net) Any", banner: "area", group: "West",
      estimate: 0.7146714100246545, error: 0.08095242966067821),
    Value(
      question: "q1_5to1", rule: "", answer: nil, banner: "total", group: "Total",
      estimate: 3.152019703502614, error: 0.06398444710281892),
    Value(
      question: "q5", rule: "", answer: nil, banner: "role", group: "Sergeant",
      estimate: 5.760081719486595, error: 0.3345187012470426),
    Value(
      question: "q1_5to1", rule: "", answer: nil, banner: "role", group: "Not stated",
      estimate: 3.2217669302119805, error: 0.3845358907632595),
    Value(
      question: "q1_5to1", rule: "", answer: nil, banner: "area", group: "Not stated",
      estimate: 2.450420319723484, error: 1.063334240216087),
  ]
}
