import Testing

@testable import Simulation

@Suite struct `Largest remainder` {
  /// Source: Wikipedia, "Quota method" (largest remainders, Hare quota): 100,000 votes, 10 seats.
  @Test func `gives the seats of a published example`() {
    #expect(
      largestRemainder(of: 10, by: [47_000, 16_000, 15_900, 12_000, 6_000, 3_100]) == [5, 2, 1, 1, 1, 0])
  }

  /// Every total to 24 with every three weights to 5: 5,400 cases, none of them chosen.
  @Test func `is whole, complete and nowhere off by one or more`() {
    for total in 0..<25 {
      for code in 1..<216 {
        let weights = [code / 36, code / 6 % 6, code % 6]
        let sum = weights.reduce(0, +)
        let quotas = largestRemainder(of: total, by: weights)
        #expect(quotas.reduce(0, +) == total, "\(total) by \(weights)")
        for (quota, weight) in zip(quotas, weights) {
          #expect(abs(quota * sum - total * weight) < sum, "\(total) by \(weights)")
        }
      }
    }
  }

  @Test func `shares out alike where nothing weighs anything`() {
    #expect(largestRemainder(of: 5, by: [0, 0, 0]) == [2, 2, 1])
    #expect(largestRemainder(of: 5, by: []) == [])
  }

  @Test func `does not overflow with large numbers`() {
    #expect(largestRemainder(of: Int.max, by: [Int.max / 2, Int.max / 2]) == [Int.max / 2 + 1, Int.max / 2])
  }
}

@Suite struct `An urn` {
  @Test(arguments: [1, 20_121_220, .max] as [UInt64])
  func `gives back exactly what was put in`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var urn = Urn([3, 0, 5, 1])
    var drawn = [0, 0, 0, 0]
    for _ in 0..<9 { drawn[urn.draw(using: &generator)] += 1 }
    #expect(drawn == [3, 0, 5, 1], "seed \(seed)")
    #expect(urn.size == 0)
  }

  @Test func `gives every order about equally often`() {
    var generator = SplitMix64(seed: 1)
    var orders: [[Int]: Int] = [:]
    for _ in 0..<6_000 {
      var urn = Urn([2, 2])
      orders[(0..<4).map { _ in urn.draw(using: &generator) }, default: 0] += 1
    }
    #expect(orders.count == 6)
    for count in orders.values { #expect(abs(count - 1_000) < 180) }
  }
}
