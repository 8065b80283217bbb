import SurveyDefinition

/// The source of all chance in a simulation: the same seed gives the same numbers on any machine.
///
/// Source: SplitMix64 of Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators",
/// OOPSLA '14, doi:10.1145/2660193.2660195, with the constants of Vigna's public-domain splitmix64.c (2015).
/// Swift's own generators are not used: what `shuffled(using:)` makes of a generator is no promise of the
/// standard library, and may change with a release.
struct SplitMix64: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// The generator of one item of the survey. Every item has its own, so that a question that is added, or drawn
  /// once more to count, changes no other column.
  init(seed: UInt64, stream: String) {
    // FNV-1a (Fowler, Noll and Vo, 1991) spreads the names; one step of the generator mixes the seed in.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    var mixer = SplitMix64(seed: seed)
    state = mixer.next() ^ hash
    state = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number of `0..<bound`, each equally often; `bound` at least 1.
  ///
  /// Source: Lemire (2019), "Fast random integer generation in an interval", ACM TOMACS 29(1),
  /// doi:10.1145/3230636: the high half of a product, and the few low halves that would favour some are refused.
  mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "a number can only be drawn from at least one")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// True in `share` of all calls on average; a share of 0 draws nothing.
  mutating func happens(_ share: Decimal6) -> Bool {
    guard share.millionths > 0 else { return false }
    return Int64(below(Int(Decimal6.scale))) < share.millionths
  }
}
