import Testing

@testable import Tabulation

struct PercentTests {
  /// Half of these lie half-way between two tenths: 1 of 16 is 6.25%.
  @Test(arguments: [
    (1, 16, 63), (3, 16, 188), (20, 320, 63), (22, 160, 138), (31, 400, 78), (39, 240, 163), (99, 240, 413),
    (107, 400, 268), (130, 416, 313), (171, 304, 563), (337, 400, 843), (1_999, 2_000, 1_000), (1, 2_000, 1),
    (1, 3, 333), (2, 3, 667), (1, 7, 143), (999, 1_000, 999), (1_199, 1_200, 999), (0, 7, 0), (7, 7, 1_000),
    (1, 2_001, 0),
  ])
  func `a percentage is rounded half away from zero from the exact fraction`(
    count: Int, base: Int, tenths: Int
  ) {
    #expect(percentTenths(count, of: base) == tenths)
  }

  @Test func `a percentage is never further from its fraction than half a tenth, and up at a tie`() {
    for base in 1...250 {
      for count in 0...base {
        let distance = 1_000 * count - percentTenths(count, of: base) * base
        #expect(-base <= 2 * distance && 2 * distance < base, "\(count) of \(base)")
      }
    }
  }
}
