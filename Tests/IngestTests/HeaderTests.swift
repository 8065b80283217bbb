import SurveyDefinition
import Testing

@testable import Ingest

struct HeaderTests {
  func finding(_ header: String, _ column: ColumnReference) throws -> Finding? {
    let reading = try read(header + "\n", survey([single("q", column, ["Yes"])]))
    #expect(reading.report.findings.count <= 1)
    return reading.report.findings.first
  }

  @Test func `headings are compared without blanks at both ends`() throws {
    #expect(try finding("A,\"\u{FEFF} Q 3\u{A0}\n\"", .heading("Q 3")) == nil)
    #expect(try finding("A,Q 3", .heading(" Q 3\u{A0}")) == nil)
  }

  @Test func `a heading that is not there suggests the nearest`() throws {
    let finding = try #require(try finding("Role,Q3 Equipment", .heading("Q3 equipmnt")))
    #expect(finding.code == "no-such-column")
    #expect(finding.place == Place(file: "responses.csv", line: 1))
    #expect(finding.message == "question `q`: no column has the heading “Q3 equipmnt”")
    #expect(finding.remedy == "did you mean “Q3 Equipment”")
  }

  @Test func `a repeated heading suggests the numbers`() throws {
    let finding = try #require(try finding("A,Q3,Q3", .heading("Q3")))
    #expect(finding.code == "repeated-heading")
    #expect(finding.remedy == "name the column by its number, one of `#2`, `#3`")
    #expect(try self.finding("A,Q3,Q3", .number(3)) == nil)
  }

  @Test func `a number beyond the width is a fault`() throws {
    let finding = try #require(try finding("A,B", .number(3)))
    #expect(finding.code == "no-such-column")
    #expect(finding.message == "question `q`: there is no column `#3`; the header has 2 columns")
  }

  @Test
  func `a lone number sign is a heading, and empty or repeated headings that nobody names are no fault`()
    throws
  {
    let reading = try read("#,,x,x\nYes,,,\n", survey([single("q", .heading("#"), ["Yes"])]))
    #expect(reading.report.findings == [])
    #expect(reading.responses == [[0]])
    #expect(reading.report.unreadColumns == ["", "x", "x"])
  }

  @Test func `a header in one piece suggests the separator`() throws {
    let finding = try #require(try finding("A;Q3;B", .heading("Q3")))
    #expect(finding.remedy == "the header is one cell; is `separator: \";\"` meant")
  }

  @Test func `a first row without any of the headings is not told as unread headings`() throws {
    let reading = try read("MARKER one,MARKER two\n", survey([single("q", .heading("Quality"), ["Yes"])]))
    #expect(reading.report.unreadColumns == [])
    #expect(!reading.report.findings.contains { ($0.message + ($0.remedy ?? "")).contains("MARKER") })
  }

  @Test func `unread headings are one line each`() throws {
    let reading = try read("Q,\"two\nlines\"\n", survey([single("q", .heading("Q"), ["Yes"])]))
    #expect(reading.report.unreadColumns == ["two\\u{A}lines"])
  }

  @Test func `what cannot be read yet is a fault, not silence`() throws {
    let joined = MultipleChoice(source: .joined(.heading("a"), separator: ""), options: [])
    let reading = try read("a\n", survey([Question(id: "r", text: "r", kind: .multiple(joined))]))
    #expect(reading.codes == ["not-supported"])
  }
}
