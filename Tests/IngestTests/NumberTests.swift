import SurveyDefinition
import Testing

@testable import Ingest

struct NumberTests {
  let years = survey([
    number(
      "years", .heading("Years"), valid: Decimal6(0)...Decimal6(50),
      bands: [
        Band(label: "Under 5", from: Decimal6(0), upTo: Decimal6(5)),
        Band(label: "5 or more", from: Decimal6(5), upTo: Decimal6(50)),
      ])
  ])
  let plain = survey([number("n", .heading("N"))])

  @Test(arguments: [
    ("7", 7_000_000), ("10.0", 10_000_000), ("-0.25", -250_000), ("+3", 3_000_000), ("0.000001", 1),
    ("1.5000000000", 1_500_000), ("0009", 9_000_000), (" 4 ", 4_000_000), ("-0", 0),
    ("9223372036854", 9_223_372_036_854_000_000),
  ])
  func `a number is read exactly, in millionths`(text: String, millionths: Int64) throws {
    let reading = try read("N\n\(text)\n", plain)
    #expect(reading.numbers == [[millionths]])
    #expect(reading.responses == [[0]])
    #expect(reading.report.findings == [])
  }

  @Test(arguments: [
    "1e3", "1 000", "\"1,000\"", ".5", "5.", ".", "-", "+", "1.2.3", "--1", "0x10", "NaN", "0.0000001", "½",
    "9223372036855", "99999999999999999999",
  ])
  func `what is not such a number is a fault that does not show it`(text: String) throws {
    let reading = try read("N\n\(text)\n", plain)
    #expect(reading.codes == ["not-a-number"])
    #expect(reading.places == ["2:1"])
    #expect(reading.responses == [])
    #expect(reading.report.recordsRejected == 1)
    let words = reading.report.findings.map { $0.message + ($0.remedy ?? "") }.joined()
    #expect(text.count < 3 || !words.contains(text))
  }

  @Test func `a number falls into the band from its lower end up to its upper`() throws {
    let reading = try read(
      "Years,R\n0,\n4.999999,\n5,\n50,\n50.000001,\n-1,\n,x\n1000000000000000000000,\n", years)
    #expect(reading.responses.map { $0[0] } == [0, 0, 1, 1, -3, -3, -1, -3])
    #expect(reading.report.outOfRange == [3])
    #expect(reading.report.findings == [])
  }
}
