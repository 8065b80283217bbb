import SurveyDefinition
import Testing

@testable import Tabulation

struct NumberSummaryTests {
  private func summary(_ millionths: [(Int64, Int)]) -> NumberSummary? {
    NumberSummary(millionths.map { (value: Decimal6(millionths: $0.0), count: $0.1) })
  }

  private func wholes(_ values: [(Int, Int)]) -> NumberSummary? {
    NumberSummary(values.map { (value: Decimal6($0.0), count: $0.1) })
  }

  @Test func `nobody has no summary`() {
    #expect(wholes([]) == nil)
    #expect(wholes([(4, 0)]) == nil)
  }

  @Test func `one respondent has a mean and a median`() {
    let one = wholes([(7, 1)])
    #expect(one?.mean == 700 && one?.median == 700)
  }

  @Test func `mean and median of five numbers`() {
    let five = wholes([(2, 1), (4, 2), (5, 1), (10, 1)])
    #expect(five?.mean == 500)
    #expect(five?.median == 400)
  }

  @Test func `an even number of respondents has the mean of the middle two as its median`() {
    #expect(wholes([(1, 1), (2, 1), (7, 1), (9, 1)])?.median == 450)
    #expect(wholes([(1, 3), (2, 1)])?.median == 100)
    #expect(wholes([(1, 2), (2, 2)])?.median == 150)
  }

  @Test func `mean and median are rounded half away from zero`() {
    // 0.005 and 0.015 are ties; so are their negatives.
    #expect(summary([(5_000, 1)])?.mean == 1)
    #expect(summary([(15_000, 1)])?.mean == 2)
    #expect(summary([(-5_000, 1)])?.mean == -1)
    #expect(summary([(-15_000, 1)])?.median == -2)
    #expect(summary([(4_999, 1)])?.mean == 0)
    // The mean of 0, 0 and 1 is 0.333…, the mean of 0, 1 and 1 is 0.666….
    #expect(wholes([(0, 2), (1, 1)])?.mean == 33)
    #expect(wholes([(0, 1), (1, 2)])?.mean == 67)
  }

  @Test func `large numbers of many respondents are summed exactly`() {
    let many = NumberSummary([(value: Decimal6(9_000_000_000), count: 1_000_000)])
    #expect(many?.mean == 900_000_000_000 && many?.median == 900_000_000_000)
  }
}
