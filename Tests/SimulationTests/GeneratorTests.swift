import SurveyDefinition
import Testing

@testable import Simulation

@Suite struct `The generator` {
  /// Source: the output of Vigna's splitmix64.c (https://prng.di.unimi.it/splitmix64.c) for seed 1234567, as
  /// listed by Rosetta Code, "Pseudo-random numbers/Splitmix64".
  @Test func `gives the numbers of the published algorithm`() {
    var generator = SplitMix64(seed: 1_234_567)
    let numbers = (0..<5).map { _ in generator.next() }
    #expect(
      numbers == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test(arguments: [1, 2, 3, 7, 100, 1 << 40, Int.max])
  func `draws below the bound`(bound: Int) {
    var generator = SplitMix64(seed: UInt64(bound))
    for _ in 0..<1_000 { #expect((0..<bound).contains(generator.below(bound))) }
  }

  /// Six standard deviations of a binomial count: a sound generator fails this for one seed in 500 million.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `draws each number about equally often`(seed: UInt64) {
    var generator = SplitMix64(seed: seed)
    var counts = [Int](repeating: 0, count: 6)
    for _ in 0..<60_000 { counts[generator.below(6)] += 1 }
    for count in counts { #expect(abs(count - 10_000) < 550) }
  }

  @Test func `is another one for another seed or another item`() {
    var first = SplitMix64(seed: 1, stream: "role")
    var sameItem = SplitMix64(seed: 2, stream: "role")
    var sameSeed = SplitMix64(seed: 1, stream: "area")
    var again = SplitMix64(seed: 1, stream: "role")
    let number = first.next()
    #expect(number != sameItem.next())
    #expect(number != sameSeed.next())
    #expect(number == again.next())
  }
}
