import Testing

@testable import Tabulation

struct WilsonTests {
  /// Source: Newcombe (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17,
  /// 857-872, Table I, method 3 (score).
  @Test(arguments: [
    (81, 263, "0.2553", "0.3662"), (15, 148, "0.0624", "0.1605"), (0, 20, "0.0000", "0.1611"),
    (1, 29, "0.0061", "0.1718"),
  ])
  func `the interval is that of Newcombe's Table I`(count: Int, base: Int, lower: String, upper: String) {
    let interval = wilsonInterval(count: count, base: base)
    #expect(fourPlaces(interval.lower) == lower)
    #expect(fourPlaces(interval.upper) == upper)
  }

  /// Made with R 4.2.2, `prop.test(x, n, correct = FALSE)$conf.int`.
  @Test(arguments: [
    (9, 9, 0.7008549515804561, 1.0), (2, 17, 0.0328797737637927, 0.34336350594885867),
    (250, 420, 0.5476373949513006, 0.641112427264284), (1, 29, 0.006113214292762661, 0.17175521879320282),
  ])
  func `the interval is R's to twelve places`(count: Int, base: Int, lower: Double, upper: Double) {
    let interval = wilsonInterval(count: count, base: base)
    #expect(abs(interval.lower - lower) < 1e-12)
    #expect(abs(interval.upper - upper) < 1e-12)
  }

  @Test func `every interval holds its share, lies within 0 and 1, and mirrors its complement's`() {
    for base in 1...60 {
      for count in 0...base {
        let interval = wilsonInterval(count: count, base: base)
        let share = Double(count) / Double(base)
        #expect(0 <= interval.lower && interval.lower <= share && share <= interval.upper)
        #expect(interval.upper <= 1 && interval.lower < interval.upper)
        let complement = wilsonInterval(count: base - count, base: base)
        #expect(abs(interval.lower - (1 - complement.upper)) < 1e-12)
      }
    }
  }

  /// 0.25531 is "0.2553".
  private func fourPlaces(_ share: Double) -> String {
    let digits = String(Int((share * 10_000).rounded()))
    return "0." + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
