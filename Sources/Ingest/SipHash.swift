/// A keyed hash of a text with 128 bits: SipHash-2-4.
///
/// Source: Aumasson and Bernstein (2012), SipHash: a fast short-input PRF, INDOCRYPT 2012, with the 128-bit output of
/// the authors' reference implementation (https://github.com/veorq/SipHash). The key is fixed, so that the same
/// file gives the same findings.
func sipHash128(_ cell: CellRange, in bytes: RawSpan) -> (low: UInt64, high: UInt64) {
  var state = SipState(key0: 0x0706_0504_0302_0100, key1: 0x0F0E_0D0C_0B0A_0908)
  let count = cell.count
  var offset = cell.start
  while offset + 8 <= cell.end {
    state.absorb(bytes.word(at: offset))
    offset += 8
  }
  let rest = cell.end - offset
  let tail = rest == 0 ? 0 : bytes.word(at: offset) & ((1 << UInt64(8 * rest)) - 1)
  state.absorb(tail | UInt64(truncatingIfNeeded: count) << 56)
  return state.finish()
}

private struct SipState {
  private var v0: UInt64
  private var v1: UInt64
  private var v2: UInt64
  private var v3: UInt64

  init(key0: UInt64, key1: UInt64) {
    v0 = key0 ^ 0x736F_6D65_7073_6575
    v1 = key1 ^ 0x646F_7261_6E64_6F6D ^ 0xEE
    v2 = key0 ^ 0x6C79_6765_6E65_7261
    v3 = key1 ^ 0x7465_6462_7974_6573
  }

  mutating func absorb(_ word: UInt64) {
    v3 ^= word
    round()
    round()
    v0 ^= word
  }

  mutating func finish() -> (low: UInt64, high: UInt64) {
    v2 ^= 0xEE
    for _ in 0..<4 { round() }
    let low = v0 ^ v1 ^ v2 ^ v3
    v1 ^= 0xDD
    for _ in 0..<4 { round() }
    return (low, v0 ^ v1 ^ v2 ^ v3)
  }

  private mutating func round() {
    v0 = v0 &+ v1
    v1 = (v1 << 13 | v1 >> 51) ^ v0
    v0 = v0 << 32 | v0 >> 32
    v2 = v2 &+ v3
    v3 = (v3 << 16 | v3 >> 48) ^ v2
    v0 = v0 &+ v3
    v3 = (v3 << 21 | v3 >> 43) ^ v0
    v2 = v2 &+ v1
    v1 = (v1 << 17 | v1 >> 47) ^ v2
    v2 = v2 << 32 | v2 >> 32
  }
}
