import Testing

@testable import SurveyDefinition

@Suite struct NumberTests {
  @Test func `decimals are kept exactly`() {
    #expect(decimal("12") == Decimal6(12))
    #expect(decimal("-0.25") == Decimal6(millionths: -250_000))
    #expect(decimal("0.000001") == Decimal6(millionths: 1))
    #expect(decimal("1000000000") == Decimal6(1_000_000_000))
    for text in [
      "", "-", ".", ".5", "5.", "1e3", "1,000", "+1", "0.0000001", "1000000001", "99999999999", "1.2.3", "½",
      "١", "--1",
    ] {
      #expect(decimal(text) == nil, "\(text)")
    }
  }

  @Test func `ranges are two numbers, the smaller first`() {
    #expect(
      MarkedDefinition(
        small(
          questions: """
            q2: { kind: number, valid: ①[5, 0] }
              q3: { kind: number, valid: ②[5] }
              q4: { kind: number, valid: ③0-50 }
              q5: { kind: number, valid: [0, ④many] }
            """)
      ).told == [
        "① range-reversed: the range of `valid` ends before it begins (write the smaller number first)",
        "② wrong-type: `valid` is a list of two numbers (write [0, 50])",
        "③ wrong-type: `valid` is a list of two numbers (write [0, 50])",
        "④ not-a-number: `valid` needs a number here, such as 12 or 0.5 (digits, with a point and at most six decimals, up to a thousand million)",
      ])
  }

  @Test func `bands cover the valid range without holes or overlaps`() {
    let remedy = "a band is [from, up to but not with]: [0, 5], then [5, 10]; the last one holds its end"
    #expect(
      MarkedDefinition(
        small(
          questions: """
            q2: { kind: number, valid: [0, 50], bands: { A: [0, 4], B: ①[5, 9], C: ②[8, 50] } }
              q3: { kind: number, valid: [0, 50], bands: { A: ③[1, 5], B: ④[5, 5], C: ⑤[5, 49] } }
              q4: { kind: number, valid: [0, 50], bands: { ⑥Total: [0, 50] } }
            """)
      ).told == [
        "① bands-hole: there is a hole between the bands `A` and `B` (\(remedy))",
        "② bands-overlap: the band `C` begins before `B` ends (\(remedy))",
        "③ bands-not-valid: the first band does not begin where `valid` begins (bands cover `valid`: make the two ends the same)",
        "④ empty-band: no number is in the band `B` (\(remedy))",
        "⑤ bands-not-valid: the last band does not end where `valid` ends (bands cover `valid`: make the two ends the same)",
        "⑥ reserved-label: the label `Total` is reserved: tables use it (choose another)",
      ])
  }

  @Test func `the last band may hold one number`() throws {
    _ = try survey(
      small(questions: "q2: { kind: number, valid: [0, 10], bands: { 0 to 9: [0, 10], 10: [10, 10] } }"))
  }
}
