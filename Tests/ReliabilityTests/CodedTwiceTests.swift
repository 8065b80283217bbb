import Reliability
import Testing

/// A reliability test as it is mostly done: one coder codes everything, another a tenth of it.
struct CodedTwiceTests {
  /// A theme that a quarter of units have, which each coder misses or imagines in one of twenty.
  private func ratings(_ random: inout SplitMix) -> Ratings {
    var ratings = Ratings(coders: 2)
    for unit in 0..<1_000 {
      let isGiven = Double.random(in: 0..<1, using: &random) < 0.25
      let codes = (0..<2).map { _ in
        (Double.random(in: 0..<1, using: &random) < 0.05) != isGiven ? 1 : 0
      }
      ratings.add([codes[0], unit < 100 ? codes[1] : nil])
    }
    return ratings
  }

  /// What the doc comment of `codedTwice` says, measured: the mean standard error over the spread of the estimates.
  @Test func `standard errors of units coded twice are true, those over all units too large by far`() throws {
    var random = SplitMix(seed: 2_024)
    let repetitions = 300
    var estimates = [[Double]](repeating: [], count: 4)
    var errors = [Double](repeating: 0, count: 4)
    for _ in 0..<repetitions {
      let all = ratings(&random)
      let coefficients = [
        all.percentAgreement(), all.gwetAC1(), all.codedTwice.percentAgreement(), all.codedTwice.gwetAC1(),
      ]
      for (place, coefficient) in coefficients.enumerated() {
        estimates[place].append(try #require(coefficient).value)
        errors[place] += try #require(coefficient?.standardError) / Double(repetitions)
      }
    }
    let ratios = zip(estimates, errors).map { values, error in
      let mean = values.reduce(0, +) / Double(repetitions)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return error / (squares / Double(repetitions - 1)).squareRoot()
    }
    // The spread of 300 estimates is known to some 4%.
    #expect(abs(ratios[0] - 3.1) < 0.4 && abs(ratios[1] - 1.9) < 0.25)
    #expect(abs(ratios[2] - 1) < 0.12 && abs(ratios[3] - 1) < 0.12)
  }
}
