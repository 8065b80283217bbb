import Testing
import Weighting

/// What others computed, to the digits they give.
struct PublishedExamplesTests {
  /// SAS/IML User's Guide, example 9.14, after Bishop, Fienberg and Holland (1975): age by marital status, last
  /// year's table raked to this year's margins; nobody of 15 to 19 is widowed. The adjusted estimates are those of
  /// R 4.2.2 by 1,000 rounds of `x * rowSums(t) / rowSums(x)` and the same for columns, to two decimals.
  @Test func `a census table raked to new margins`() throws {
    let lastYear: [[Double]] = [
      [1306, 83, 0], [619, 765, 3], [263, 1194, 9], [173, 1372, 28], [171, 1393, 51], [159, 1372, 81],
      [208, 1350, 108], [1116, 4100, 2329],
    ]
    let ages = ["15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50 or over"]
    let age = Margin(
      "age", .counts,
      zip(ages, [1412, 1402, 1450, 1541, 1681, 1532, 1662, 7644]).map { Margin.Category($0, target: $1) })
    let status = Margin(
      "status", .counts,
      zip(["single", "married", "widowed or divorced"], [3988, 11702, 2634]).map {
        Margin.Category($0, target: $1)
      })
    let sample = try WeightingPlan(margins: [age, status]).weights(
      for: lastYear.enumerated().flatMap { row, counts in
        counts.enumerated().map { Combination([row, $0], respondents: Int($1)) }
      })
    let adjusted: [[Double]] = [
      [1325.27, 86.73, 0], [615.56, 783.39, 3.05], [253.94, 1187.18, 8.88], [165.13, 1348.55, 27.32],
      [173.41, 1454.71, 52.87], [147.21, 1308.12, 76.67], [202.33, 1352.28, 107.40],
      [1105.16, 4181.04, 2357.81],
    ]
    let respondents = lastYear.joined().reduce(0, +)
    for (row, estimates) in adjusted.enumerated() {
      for (column, estimate) in estimates.enumerated() {
        let weight = sample.weight(of: [row, column])?.value ?? 0
        #expect(abs(weight * lastYear[row][column] * 18_324 / respondents - estimate) <= 0.005_000_1)
      }
    }
    #expect(sample.weight(of: [0, 2]) == nil)
  }

  /// `trimWeights` of R's survey 4.1.1, run on ten weights: each with its bounds, `strict`, and the weights it gives.
  private static let trimmed: [(lower: Double?, upper: Double?, repeated: Bool, expected: [Double])] = [
    (
      nil, 4, false,
      [
        1.5555555555555558, 1.5555555555555558, 1.5555555555555558, 1.5555555555555558, 2.5555555555555554,
        2.5555555555555554, 2.5555555555555554, 3.5555555555555554, 4.5555555555555554, 4,
      ]
    ),
    (nil, 4, true, [1.625, 1.625, 1.625, 1.625, 2.625, 2.625, 2.625, 3.6249999999999978, 4, 4]),
    (
      1.5, 4, true,
      [
        1.5749999999999995, 1.5749999999999995, 1.5749999999999995, 1.5749999999999995, 2.6750000000000007,
        2.6750000000000007, 2.6750000000000007, 3.675000000000002, 4, 4,
      ]
    ),
    (1.5, 3.5, false, [1.5, 1.5, 1.5, 1.5, 3, 3, 3, 4, 3.5, 3.5]),
  ]

  @Test func `weights trimmed as R's survey trims them`() throws {
    let weights: [Double] = [1, 1, 1, 1, 2, 2, 2, 3, 4, 9]
    for (lower, upper, repeated, expected) in Self.trimmed {
      let trimming = Trimming(
        lower: lower.map { $0 / 2.6 }, upper: upper.map { $0 / 2.6 },
        excess: .inEqualAmounts(repeated: repeated))
      let sample = try WeightingPlan(margins: [], trimming: trimming).weights(
        for: weights.map { Combination([], baseWeight: $0) })
      for (weight, expected) in zip(weights, expected) {
        let trimmed = try #require(sample.weight(of: [], baseWeight: weight)).value * 2.6
        #expect(abs(trimmed - expected) < 1e-9 * expected)
      }
    }
  }
}
