import SurveyDefinition
import Testing

@testable import Ingest

struct SingleAnswerTests {
  let colours = survey([single("colour", .heading("Q1"), ["Red", "Green"])])

  @Test func `a cell gives the position of its answer`() throws {
    let reading = try read("Q1,Q2\nRed,x\nGreen,y\n,z\n", colours)
    #expect(reading.responses == [[0], [1], [-1]])
    #expect(reading.report.findings == [])
    #expect(reading.report.unreadColumns == ["Q2"])
    #expect(reading.report.recordsRead == 3)
    #expect(reading.report.responses == 3)
  }
}
