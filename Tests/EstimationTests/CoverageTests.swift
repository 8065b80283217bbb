import Testing

@testable import Estimation

/// How often intervals of 95% hold what they are to hold, in samples drawn from seeds.
///
/// Of 9,000 samples chance alone moves a share of 95% by 0.23 points, a sixth of what is allowed; of 2,700 by 0.42.
struct CoverageTests {
  private static let shares = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]
  private static let allowed = 0.935...0.965

  private func draw(_ share: Double, _ random: inout SplitMix) -> Bool {
    Double.random(in: 0..<1, using: &random) < share
  }

  private func sample(_ share: Double, of base: Int, _ random: inout SplitMix) -> Share {
    Share(count: (0..<base).count { _ in draw(share, &random) }, of: base)
  }

  private func coverage(_ samples: Int = 1_000, _ holds: (Double) throws -> Bool) rethrows -> Double {
    var held = 0
    for share in Self.shares {
      for _ in 0..<samples where try holds(share) { held += 1 }
    }
    return Double(held) / Double(samples * Self.shares.count)
  }

  @Test(arguments: [30, 60, 120])
  func `wilson's interval covers a share, averaged over shares of 10% to 90%`(base: Int) throws {
    var random = SplitMix(seed: UInt64(base))
    let covered = try coverage { share in
      try #require(sample(share, of: base, &random).interval(.wilson, level: 0.95)).contains(share)
    }
    #expect(Self.allowed.contains(covered))
  }

  /// The exact interval covers no less than it says, and the one by the normal distribution less: 30 respondents tell
  /// them apart.
  @Test func `the exact interval covers more, and that of Wald less`() throws {
    var random = SplitMix(seed: 7)
    let exact = try coverage { share in
      try #require(sample(share, of: 30, &random).interval(.clopperPearson, level: 0.95)).contains(share)
    }
    let wald = coverage { share in
      sample(share, of: 30, &random).interval(.wald, level: 0.95)?.contains(share) ?? false
    }
    #expect(exact > 0.955)
    #expect(wald < 0.945)
  }

  @Test(arguments: [30, 80])
  func `newcombe's interval covers a difference`(base: Int) throws {
    var random = SplitMix(seed: UInt64(base))
    let covered = try coverage { share in
      let first = sample(share, of: base, &random)
      let difference = try #require(ShareDifference(first, minus: sample(0.4, of: base + 10, &random)))
      return difference.newcombeInterval(level: 0.95).contains(share - 0.4)
    }
    #expect(Self.allowed.contains(covered))
  }

  /// Weights from 0.5 to 2 that have nothing to do with the answer: Kish's effective size and the design's agree.
  @Test func `both intervals of weighted shares cover`() throws {
    var random = SplitMix(seed: 11)
    var byDesign = 0
    let byKish = try coverage(300) { share in
      let sampled = 100
      var sums = Share()
      for _ in 0..<sampled {
        let weight = Double.random(in: 0.5...2, using: &random)
        sums.add(gaveAnswer: draw(share, &random), weight: weight)
      }
      let estimate = try #require(ShareEstimate(sums, sample: SampledStratum(sampled: sampled)))
      if try #require(estimate.interval(.wilson, level: 0.95)).contains(share) { byDesign += 1 }
      return try #require(sums.interval(.wilson, level: 0.95)).contains(share)
    }
    #expect(Self.allowed.contains(byKish))
    #expect(Self.allowed.contains(Double(byDesign) / 2_700))
  }

  /// Items that measure one thing with equal, normal errors: of variances of 1 and 1 alpha is 4/5. Of 800 samples
  /// chance alone moves a share of 95% by 0.77 points.
  @Test func `feldt's interval covers alpha`() throws {
    var random = SplitMix(seed: 13)
    /// The sum of twelve uniform numbers less 6, as good as normal for this.
    func normal() -> Double {
      (0..<12).reduce(-6) { sum, _ in sum + Double.random(in: 0..<1, using: &random) }
    }
    var held = 0
    let samples = 800
    for _ in 0..<samples {
      var sums = ItemSums(items: 4)
      for _ in 0..<40 {
        let trait = normal()
        sums.add((0..<4).map { _ in trait + normal() })
      }
      let alpha = try #require(sums.cronbachAlpha())
      if try #require(alpha.interval(level: 0.95)).contains(0.8) { held += 1 }
    }
    #expect((0.925...0.975).contains(Double(held) / Double(samples)))
  }
}
