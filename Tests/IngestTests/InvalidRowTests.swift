import SurveyDefinition
import Testing

@testable import Ingest

/// Rows with a fault: each is counted, and is never a response.
struct InvalidRowTests {
  let text = """
    ID,Q,N
    1,Yes,5
    2,MARKER,5
    3,No
    1,No,6
    4,No,many
    ,No,7
    5,Other,200
    6,No,7

    """

  func survey(excludes: Bool) -> Survey {
    var input = InputLayout(respondent: .heading("ID"))
    input.excludesInvalid = excludes
    return IngestTests.survey(
      [
        single("q", .heading("Q"), ["Yes", "No"]),
        number("n", .heading("N"), valid: Decimal6(0)...Decimal6(100)),
      ], input: input)
  }

  @Test func `they stop a run`() throws {
    let reading = try read(text, survey(excludes: false))
    #expect(reading.report.findings.allSatisfy { !$0.isRemark })
    #expect(reading.report.recordsRejected == 6)
    #expect(reading.responses.count == 2)
  }

  @Test func `they are left out and told where the definition says so`() throws {
    let stopping = try read(text, survey(excludes: false))
    for chunkSize in [1, 7, 4096] {
      let reading = try read(text, survey(excludes: true), chunkSize: chunkSize)
      #expect(reading.report.findings.allSatisfy { $0.isRemark })
      #expect(reading.report.findings.map(\.message) == stopping.report.findings.map(\.message))
      #expect(reading.responses == stopping.responses)
      #expect(reading.report.recordsRejected == 6)
      #expect(
        reading.report.recordsRead
          == reading.report.responses + reading.report.recordsRejected + reading.report.recordsNotKept)
      // A number out of range in a row that is left out is nobody's.
      #expect(reading.report.outOfRange == [0, 0])
      #expect(!reading.report.findings.contains { $0.message.contains("MARKER") })
    }
  }

  @Test func `what stops the reading stops it all the same`() throws {
    let reading = try read("ID,Q,N\n1,Y\"es,5\n", survey(excludes: true))
    #expect(reading.codes == ["stray-quote"])
    #expect(!reading.report.findings.allSatisfy { $0.isRemark })
  }
}
