import SurveyDefinition
import Testing

@testable import Ingest

@Suite struct WeightTests {
  private static var weighted: Survey {
    var survey = survey([single("q", .heading("Q"), ["Yes", "No"])])
    survey.weights = .column(.heading("W"))
    return survey
  }

  private func weights(_ texts: [String]) throws -> (units: [Int64], report: ResponseReport) {
    var units: [Int64] = []
    let text = "Q,W\n" + texts.map { "Yes,\($0)\n" }.joined()
    let report = try readResponses(.memory(Array(text.utf8)), of: Self.weighted) { units.append($0.weight) }
    return (units, report)
  }

  @Test func `weights are read to the twelfth decimal, half away from zero`() throws {
    let (units, report) = try weights([
      "1", "0", "0.5", "+2.25", "0.833333333333333333", "0.0000000000005", "0.00000000000049", "1000000",
      "-0",
    ])
    #expect(
      units == [
        1_000_000_000_000, 0, 500_000_000_000, 2_250_000_000_000, 833_333_333_333, 1, 0,
        1_000_000_000_000_000_000, 0,
      ])
    #expect(report.findings.isEmpty)
  }

  @Test(arguments: [
    ("", "missing-weight"), ("  ", "missing-weight"), ("-1", "negative-weight"),
    ("-0.001", "negative-weight"),
    ("heavy", "not-a-weight"), ("1e3", "not-a-weight"), ("1.", "not-a-weight"), (".5", "not-a-weight"),
    ("\"1,5\"", "not-a-weight"), ("1000001", "not-a-weight"), ("99999999999999999999999", "not-a-weight"),
  ])
  func `what is no weight is a fault at its cell that does not show it`(text: String, code: String) throws {
    let (units, report) = try weights(["1", text])
    #expect(units.count == 1)
    #expect(report.findings.map(\.code) == [code])
    #expect(report.findings.first?.place.line == 3)
    #expect(report.findings.first?.place.column == 2)
    let words = report.findings.map { $0.message + ($0.remedy ?? "") }.joined()
    #expect(text.count < 3 || !words.contains(text))
  }

  @Test func `a column of weights that is not there is a fault`() throws {
    let reading = try read("Q,X\nYes,1\n", Self.weighted)
    #expect(reading.codes.contains { $0.hasSuffix("column") || $0.hasSuffix("heading") }, "\(reading.codes)")
    #expect(reading.responses.isEmpty || reading.report.findings.contains { !$0.isRemark })
  }
}
