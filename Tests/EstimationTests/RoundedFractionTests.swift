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
