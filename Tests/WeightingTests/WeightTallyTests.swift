import Testing
import Weighting

struct WeightTallyTests {
  private func summarised(_ weights: [(Double, Int)]) -> WeightSummary? {
    var tally = WeightTally()
    for (value, respondents) in weights {
      guard let weight = Weight(value) else { return nil }
      tally.add(weight, respondents: respondents)
    }
    return tally.summary
  }

  /// Two halves, one of k times the weight of the other: 1 + L = 2(1 + k²) / (1 + k)². Kish (1992).
  @Test func `two halves of different weights have Kish's design effect`() throws {
    for k in 1...20 {
      let summary = try #require(summarised([(1, 500), (Double(k), 500)]))
      let expected = 2 * Double(1 + k * k) / Double((1 + k) * (1 + k))
      #expect(abs(summary.designEffect - expected) < 1e-12)
      #expect(abs(summary.effectiveSampleSize - 1_000 / expected) < 1e-9)
      #expect(abs(summary.efficiency - 1 / expected) < 1e-12)
    }
  }

  @Test func `equal weights cost nothing`() throws {
    let summary = try #require(summarised([(0.3, 7)]))
    #expect(summary.effectiveSampleSize == 7 && summary.designEffect == 1 && summary.efficiency == 1)
    #expect(summary.sum == 2_100_000_000_000 && summary.median == 0.3 && summary.standardDeviation == 0)
  }

  @Test func `a single respondent has no spread that could be known, nobody no summary`() throws {
    #expect(try #require(summarised([(2, 1)])).standardDeviation == nil)
    #expect(summarised([]) == nil && summarised([(0, 12)]) == nil)
  }

  @Test func `the median is that of respondents`() {
    #expect(summarised([(1, 2), (2, 1), (9, 2)])?.median == 2)
    #expect(summarised([(1, 2), (2, 1), (9, 3)])?.median == 5.5)
    #expect(summarised([(9, 3), (1, 1)])?.median == 9)
  }

  @Test func `the order in which respondents come changes nothing, nor does telling them in parts`() {
    var random = SplitMix(seed: 5)
    let weights = (0..<500).map { _ in
      (Double.random(in: 0.1...3, using: &random), Int.random(in: 1...3, using: &random))
    }
    let whole = summarised(weights)
    #expect(summarised(weights.shuffled(using: &random)) == whole)
    var (first, second) = (WeightTally(), WeightTally())
    for (place, (value, respondents)) in weights.enumerated() {
      guard let weight = Weight(value) else { continue }
      if place.isMultiple(of: 3) {
        first.add(weight, respondents: respondents)
      } else {
        second.add(weight, respondents: respondents)
      }
    }
    first.add(second)
    #expect(whole != nil && first.summary == whole)
  }

  @Test func `a weight is told to the nearest unit, and only where it can be`() {
    #expect(Weight(1) == .one && Weight(1.25e-12)?.units == 1 && Weight(0)?.units == 0)
    #expect(Weight(9_000_000)?.units == 9_000_000_000_000_000_000)
    #expect(
      Weight(9_300_000) == nil && Weight(-0.1) == nil && Weight(.nan) == nil && Weight(.infinity) == nil)
  }
}
