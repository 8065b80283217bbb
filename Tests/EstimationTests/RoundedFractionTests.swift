import Estimation
import FoundationEssentials
import Testing

struct RoundedFractionTests {
  @Test(arguments: [
    (1, 16, 3, "0.063"), (-1, 16, 3, "-0.063"), (1, -16, 3, "-0.063"), (1, 16, 4, "0.0625"), (1, 3, 0, "0"),
    (1, 2, 0, "1"), (-1, 2, 0, "-1"), (-1, 3, 0, "0"), (-1, 1_000, 1, "0.0"), (5, 1, 2, "5.00"),
    (0, 7, 1, "0.0"), (199, 2, 0, "100"), (12_345, 1_000, 1, "12.3"), (12_350, 1_000, 1, "12.4"),
  ])
  func `a fraction is rounded half away from zero`(
    numerator: Int, denominator: Int, decimals: Int, expected: String
  ) {
    let rounded = RoundedFraction(Int128(numerator), over: Int128(denominator), decimals: decimals)
    #expect(rounded.description == expected)
  }

  @Test func `all small fractions are rounded as by long division`() {
    for denominator in 1...60 {
      for numerator in 0...120 {
        for decimals in 0...3 {
          let scaled = [1, 10, 100, 1_000][decimals] * numerator
          // The units u with u - 1/2 <= scaled / denominator < u + 1/2.
          let units = Int(
            RoundedFraction(Int128(numerator), over: Int128(denominator), decimals: decimals).units)
          #expect((2 * units - 1) * denominator <= 2 * scaled && 2 * scaled < (2 * units + 1) * denominator)
          let negative = RoundedFraction(Int128(-numerator), over: Int128(denominator), decimals: decimals)
          #expect(negative.units == Int128(-units))
        }
      }
    }
  }

  @Test func `large numbers keep every digit`() {
    let large = Int128(Int64.max) * 1_000_000
    #expect(RoundedFraction(large, over: 1_000_000, decimals: 6).description == "9223372036854775807.000000")
    #expect(RoundedFraction(.max, over: .max, decimals: 0).units == 1)
  }

  @Test(arguments: [
    ([(1, 3), (2, 3)], 2, "0.50"), ([(1, 3), (2, 3)], 0, "1"), ([(-1, 3), (-2, 3)], 0, "-1"),
    ([(1, 3), (-2, 3)], 0, "0"), ([(1, 3), (2, 3), (31, 200)], 2, "0.39"), ([(-1, 8)], 2, "-0.13"),
    ([(5, 1), (-5, 1)], 2, "0.00"), ([(0, 7), (0, 9)], 1, "0.0"), ([(-7, 2), (1, 2)], 1, "-1.5"),
  ])
  func `a mean of fractions is rounded once, half away from zero`(
    fractions: [(Int, Int)], decimals: Int, expected: String
  ) {
    let mean = RoundedFraction(
      meanOf: fractions.map { (numerator: Int128($0.0), denominator: Int128($0.1)) }, decimals: decimals)
    #expect(mean.description == expected)
  }

  /// 100 · 10/20 + 700 · 12/21 of 800 is 56.25%.
  @Test func `a ratio of sums is rounded once, half away from zero`() {
    let tie = RoundedFraction(
      ratioOf: [(1_000, 2_000, 20), (8_400, 14_700, 21)].map { (Int128($0), Int128($1), Int128($2)) },
      decimals: 3)
    #expect(tie.units == 563)
    let large = Int128(1_000_000_007) * 1_000_000_009
    #expect(
      RoundedFraction(
        ratioOf: [(large, 2 * large, 999_999_937), (large, 2 * large, 999_999_893)], decimals: 3
      ).units == 500)
    #expect(RoundedFraction(ratioOf: [(0, 5, 3), (0, 0, 7)], decimals: 1).units == 0)
  }

  @Test func `ratios of sums are those of their common denominator`() {
    for first in 0...12 {
      for second in 0...12 {
        for (left, right) in [(7, 9), (8, 12), (10, 15), (16, 16)] {
          let ratio = RoundedFraction(
            ratioOf: [(first, 12, left), (second, 13, right)].map { (Int128($0), Int128($1), Int128($2)) },
            decimals: 2)
          let whole = RoundedFraction(
            Int128(first * right + second * left), over: Int128(12 * right + 13 * left), decimals: 2)
          #expect(ratio == whole)
        }
      }
    }
  }

  @Test func `means of fractions are those of their common denominator`() {
    for first in -20...20 {
      for second in -3...20 {
        for (left, right) in [(7, 9), (8, 12), (10, 15), (16, 16)] {
          let mean = RoundedFraction(
            meanOf: [(Int128(first), Int128(left)), (Int128(second), Int128(right))], decimals: 1)
          let whole = RoundedFraction(
            Int128(first * right + second * left), over: Int128(2 * left * right), decimals: 1)
          #expect(mean == whole, "\(first)/\(left) and \(second)/\(right)")
        }
      }
    }
  }

  /// 1/p and (p - 1)/p of ten primes make 10 of 20: a tie at a denominator of more than 128 bits, which one millionth of a
  /// millionth of a part decides.
  @Test func `ties are found whatever the denominators`() {
    let primes: [Int128] = [
      99_991, 99_989, 99_971, 99_961, 99_929, 99_923, 99_907, 99_901, 99_881, 99_877,
    ]
    let tie = primes.flatMap {
      [(numerator: Int128(1), denominator: $0), (numerator: $0 - 1, denominator: $0)]
    }
    #expect(RoundedFraction(meanOf: tie, decimals: 0).units == 1)
    var below = tie
    below[0] = (numerator: 10_000_000_000 - 1, denominator: 99_991 * 10_000_000_000)
    #expect(RoundedFraction(meanOf: below, decimals: 0).units == 0)
  }

  /// rounding.json, made with Python's fractions.
  private struct Expected: Decodable {
    let single: [Single]
    let nets: [Net]
    let changes: [Change]

    struct Single: Decodable {
      let count: Int
      let base: Int
      let decimals: Int
      let halfUp: String
      let cPrintfOfDouble: String
    }

    struct Net: Decodable {
      let base: Int
      let counts: [Int]
      let percentsHalfUp: [String]
      let netCount: Int
      let netPercent: String
    }

    struct Change: Decodable {
      let count1: Int
      let base1: Int
      let count2: Int
      let base2: Int
      let changePointsHalfUp: String
      let percent1: String
      let percent2: String
    }
  }

  private func percent(_ count: Int, _ base: Int, decimals: Int = 1) -> String {
    RoundedFraction(Int128(100 * count), over: Int128(base), decimals: decimals).description
  }

  @Test(.enabled(if: ReferenceData.isAtHand, "REFERENCE_DATA names no folder with `reference`"))
  func `percentages, nets and changes are those of exact fractions`() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let expected = try decoder.decode(Expected.self, from: try ReferenceData.bytes("expected/rounding.json"))
    #expect(expected.single.count >= 50 && expected.nets.count >= 10 && expected.changes.count >= 10)
    #expect(expected.single.contains { $0.halfUp != $0.cPrintfOfDouble })
    for single in expected.single {
      #expect(percent(single.count, single.base, decimals: single.decimals) == single.halfUp)
    }
    for net in expected.nets {
      #expect(net.counts.map { percent($0, net.base) } == net.percentsHalfUp)
      #expect(percent(net.netCount, net.base) == net.netPercent)
    }
    for change in expected.changes {
      let points = 100 * (change.count2 * change.base1 - change.count1 * change.base2)
      let rounded = RoundedFraction(Int128(points), over: Int128(change.base1 * change.base2), decimals: 1)
      #expect(rounded.description == change.changePointsHalfUp)
      #expect(percent(change.count1, change.base1) == change.percent1)
      #expect(percent(change.count2, change.base2) == change.percent2)
    }
  }
}
