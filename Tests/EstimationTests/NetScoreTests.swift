import Glibc
import Testing

@testable import Estimation

/// The interval of a net score: what is printed of it, what must hold of it, and how often it holds the true one.
struct NetScoreTests {
  /// Fagerland, Lydersen and Laake (2017), Statistical Analysis of Contingency Tables, chapter 8, whose tables of paired
  /// answers are those of Cavo et al. (59, 6, 16, 80) and Bentur et al. (1, 1, 7, 12): the limits as their R package
  /// `contingencytables` and Laud's `ratesci` print them for Tango's interval.
  @Test func `the interval is Tango's as others print it`() {
    let cavo = NetScore(above: 6, below: 16, base: 161).interval(level: 0.95)
    #expect(abs(cavo.lowerBound + 0.1240) <= 0.00005 && abs(cavo.upperBound + 0.0054) <= 0.00005)
    let bentur = NetScore(above: 1, below: 7, base: 21).interval(level: 0.95)
    #expect(abs(bentur.lowerBound + 0.517) <= 0.0005 && abs(bentur.upperBound + 0.026) <= 0.0005)
  }

  @Test func `with nobody on either side it reaches as far as Wilson's`() {
    // z² / (n + z²) for z = 1.959964 and n = 30: 0.11351.
    let interval = NetScore(above: 0, below: 0, base: 30).interval(level: 0.95)
    #expect(abs(interval.upperBound - 0.11351) < 0.00001)
    #expect(interval.lowerBound == -interval.upperBound)
  }

  @Test func `it stays within -1 and 1, holds the score found, and turns with the sides`() {
    for base in [1, 2, 7, 30, 400] {
      for above in stride(from: 0, through: base, by: max(1, base / 10)) {
        for below in stride(from: 0, through: base - above, by: max(1, base / 10)) {
          let score = NetScore(above: above, below: below, base: base)
          let interval = score.interval(level: 0.95)
          #expect(interval.lowerBound >= -1 && interval.upperBound <= 1)
          #expect(interval.contains(score.value), "\(above), \(below) of \(base)")
          let turned = NetScore(above: below, below: above, base: base).interval(level: 0.95)
          #expect(turned.lowerBound == -interval.upperBound && turned.upperBound == -interval.lowerBound)
        }
      }
    }
  }

  /// 1 - f for f = 1/4 leaves what 4/3 as many would tell.
  @Test func `a finite population counts as more respondents, and a whole one leaves no doubt`() {
    let score = NetScore(above: 30, below: 12, base: 90)
    let more = NetScore(above: 40, below: 16, base: 120).interval(level: 0.95)
    let finite = score.interval(level: 0.95, sampledFraction: 0.25)
    #expect(abs(finite.lowerBound - more.lowerBound) < 1e-9)
    #expect(abs(finite.upperBound - more.upperBound) < 1e-9)
    #expect(score.interval(level: 0.95, sampledFraction: 1) == score.value...score.value)
  }

  /// Pairs of shares of 10% to 80% that leave a tenth at least on neither side, which Scores.md tells of.
  private static let shares: [(above: Double, below: Double)] = (1...8).flatMap { up -> [(Double, Double)] in
    (1...(9 - up)).map { down in (Double(up) / 10, Double(down) / 10) }
  }

  /// Every sample there can be, each as often as the trinomial distribution has it.
  @Test(arguments: [30, 60, 120]) func `the interval covers every net score, computed exactly`(base: Int) {
    var logFactorials = [0.0]
    for number in 1...base { logFactorials.append(logFactorials[number - 1] + log(Double(number))) }
    var covered = Self.shares.map { _ in 0.0 }
    for above in 0...base {
      for below in 0...(base - above) {
        let interval = NetScore(above: above, below: below, base: base).interval(level: 0.95)
        let between = base - above - below
        let ways =
          logFactorials[base] - logFactorials[above] - logFactorials[below] - logFactorials[between]
        for (index, (up, down)) in Self.shares.enumerated() where interval.contains(up - down) {
          let sides = Double(above) * log(up) + Double(below) * log(down)
          covered[index] += exp(ways + sides + Double(between) * log(1 - up - down))
        }
      }
    }
    for (share, held) in zip(Self.shares, covered) {
      #expect((0.944...0.957).contains((held * 1_000).rounded() / 1_000), "\(share): \(held)")
    }
  }

  /// Averaged over the same shares. Of 9,000 samples chance alone moves a share of 95% by 0.23 points, of 2,700 by 0.42.
  @Test(arguments: [(30, 250), (60, 250), (120, 250), (1_000, 75)])
  func `the interval covers the net score, averaged over shares of both sides`(base: Int, samples: Int) {
    var random = SplitMix(seed: UInt64(base))
    var (held, drawn) = (0, 0)
    for (above, below) in Self.shares {
      for _ in 0..<samples {
        var counts = (above: 0, below: 0)
        for _ in 0..<base {
          let chance = Double.random(in: 0..<1, using: &random)
          if chance < above { counts.above += 1 } else if chance < above + below { counts.below += 1 }
        }
        let score = NetScore(above: counts.above, below: counts.below, base: base)
        drawn += 1
        if score.interval(level: 0.95).contains(above - below) { held += 1 }
      }
    }
    #expect(drawn == 36 * samples)
    #expect((0.935...0.965).contains(Double(held) / Double(drawn)))
  }
}
