import SurveyDefinition
import Testing

@testable import Ingest

/// Headings in none, two or three rows.
struct HeaderRowTests {
  func survey(_ column: ColumnReference, rows: Int) -> Survey {
    var input = InputLayout()
    input.headerRows = rows
    return IngestTests.survey([single("q", column, ["Yes", "No"])], input: input)
  }

  @Test(arguments: ["QID4", "How do you do?", "{\"ImportId\":\"QID4\"}"])
  func `with three rows a heading is any one of a column's cells`(heading: String) throws {
    let text =
      "Start,QID4\nStart,\"How do you do?\n\"\n\"{\"\"ImportId\"\":\"\"start\"\"}\",\"{\"\"ImportId\"\":\"\"QID4\"\"}\"\n1,No\n"
    for chunkSize in 1...40 {
      let reading = try read(text, survey(.heading(heading), rows: 3), chunkSize: chunkSize)
      #expect(reading.report.findings == [])
      #expect(reading.responses == [[1]])
      #expect(reading.report.recordsRead == 1)
      #expect(reading.report.unreadColumnNumbers == [1])
    }
  }

  @Test func `a heading over two columns in different rows is a fault, and twice over one is none`() throws {
    #expect(try read("A,B\nB,C\nYes,No\n", survey(.heading("B"), rows: 2)).codes == ["repeated-heading"])
    #expect(try read("A,B\nA,C\nYes,No\n", survey(.heading("A"), rows: 2)).responses == [[0]])
  }

  @Test func `without header rows columns have numbers, and the first record is a response`() throws {
    let reading = try read("No,1\nYes,2\n", survey(.number(1), rows: 0))
    #expect(reading.responses == [[1], [0]])
    #expect(reading.report.findings == [])
    #expect(reading.report.unreadColumns == [])
    let named = try read("No,1\n", survey(.heading("Q"), rows: 0))
    #expect(named.codes == ["no-such-column"])
    #expect(try read("", survey(.number(1), rows: 0)).codes == ["empty-file"])
    #expect(try read("No,1\nYes\n", survey(.number(1), rows: 0)).codes == ["wrong-width"])
  }

  @Test func `a file that ends within its header is a fault, as are header rows of other widths`() throws {
    #expect(try read("A,B\n", survey(.heading("A"), rows: 2)).codes == ["empty-file"])
    let reading = try read("A,B\nA\nYes,No\n", survey(.heading("A"), rows: 2))
    #expect(reading.codes == ["wrong-width"])
    #expect(reading.places == ["2:0"])
    #expect(reading.responses == [])
  }

  @Test func `too many header rows tell nothing of the responses in them`() throws {
    let reading = try read("Role,Qual\nMARKER1,MARKER2\nx,y\n", survey(.heading("Qual"), rows: 2))
    let misspelt = try read("Role,Qual\nMARKER1,MARKER2\nx,y\n", survey(.heading("MARKER"), rows: 2))
    for finding in reading.report.findings + misspelt.report.findings {
      #expect(!(finding.message + (finding.remedy ?? "")).contains("MARKER1"))
    }
    #expect(reading.report.unreadColumns == ["Role"])
  }

  @Test func `two items name one column in one way`() throws {
    func codes(_ first: ColumnReference, _ second: ColumnReference) throws -> [String] {
      var input = InputLayout()
      input.headerRows = 2
      input.keep = [KeepRule(column: .number(1), texts: ["Yes"])]
      return try read(
        "A,B\nC,D\nYes,No\n",
        IngestTests.survey(
          [single("q", first, ["Yes", "No"]), single("r", second, ["Yes", "No"])], input: input)
      ).codes
    }
    #expect(try codes(.heading("A"), .heading("A")) == [])
    #expect(try codes(.heading("A"), .heading("B")) == [])
    #expect(try codes(.heading("A"), .heading("C")) == ["column-named-twice"])
    #expect(try codes(.heading("A"), .number(1)) == ["column-named-twice"])
  }
}
