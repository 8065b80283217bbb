import SurveyDefinition
import Testing

@testable import Ingest

/// What spreadsheets make of answers and ids.
struct SpreadsheetDamageTests {
  func size(_ texts: [String] = []) -> Question {
    Question(
      id: "size", text: "size",
      kind: .single(
        Choice(
          source: .column(.heading("Size")),
          answers: [
            AnswerOption(label: "1-5", texts: texts + ["1-5"]),
            AnswerOption(label: "6 – 10", texts: ["6 – 10"]),
            AnswerOption(label: "More", texts: ["More"]),
          ])))
  }

  @Test(arguments: ["01-May", "1-May", "05-Jan", "May-01", "01-may"])
  func `a date that was an answer is told with the repair`(text: String) throws {
    let reading = try read("Size\n" + String(repeating: "\(text)\n", count: 5), survey([size()]))
    let finding = try #require(reading.report.findings.first)
    #expect(finding.code == "spreadsheet-damage")
    #expect(finding.remedy?.contains("{ \"1-5\": [\"1-5\", \"\(text)\"] }") == true)
  }

  @Test func `blanks and dashes of the answer do not matter`() throws {
    let reading = try read("Size\n" + String(repeating: "06-Oct\n", count: 5), survey([size()]))
    #expect(reading.codes == ["spreadsheet-damage"])
  }

  @Test(arguments: ["02-May", "01-Mai", "May", "1-5-May", "01-May-2012"])
  func `any other text is only undeclared`(text: String) throws {
    let reading = try read("Size\n" + String(repeating: "\(text)\n", count: 5), survey([size()]))
    #expect(reading.codes == ["undeclared-answer"])
  }

  @Test func `what fewer people gave is not shown, and said to look like a date`() throws {
    let reading = try read("Size\n01-May\n01-May\n", survey([size()]))
    let finding = try #require(reading.report.findings.first)
    #expect(finding.code == "undeclared-answer")
    #expect(!(finding.message + (finding.remedy ?? "")).contains("May"))
    #expect(finding.remedy?.contains("dates that a spreadsheet made") == true)
  }

  @Test func `a declared repair counts as the answer, and is counted`() throws {
    let reading = try read("Size\n01-May\n1-5\n05-Jan\nMore\n", survey([size(["01-May", "05-Jan"])]))
    #expect(reading.report.findings == [])
    #expect(reading.responses == [[0], [0], [0], [2]])
    #expect(reading.report.repairs == [2])
  }

  @Test func `shortened ids are counted, and told where they repeat`() throws {
    let definition = survey([size()], input: InputLayout(respondent: .heading("ID")))
    let reading = try read(
      "ID,Size\n6.35E+17,More\n6.36E+17,More\n6.35E+17,More\nE+1,More\n635,More\n", definition)
    #expect(reading.report.shortenedIDs == 3)
    #expect(reading.codes == ["duplicate-respondent"])
    #expect(reading.report.findings[0].remedy?.contains("export them again") == true)
  }

  @Test func `rows that come twice are counted where somebody asks`() throws {
    let headings = "ID," + (1...9).map { "C\($0)" }.joined(separator: ",") + ",Size\n"
    func row(_ id: Int, _ first: String) -> String {
      "\(id),\(first)," + (2...9).map { "t\($0)" }.joined(separator: ",") + ",More\n"
    }
    let text = headings + row(1, "a") + row(2, "b") + row(3, "a") + row(4, "") + row(5, "a")
    let definition = survey([size()], input: InputLayout(respondent: .heading("ID")))
    var count = 0
    let report = try readResponses(.memory(Array(text.utf8)), of: definition, findsDuplicates: true) { _ in
      count += 1
    }
    #expect(report.duplicateRecords == 2)
    #expect(report.firstDuplicate == RepeatedRecord(line: 4, original: 2))
    #expect(count == 5)
    #expect(try read(text, definition).report.duplicateRecords == 0)
    // Short rows are often the same.
    let short = try readResponses(
      .memory(Array("ID,Size\n1,More\n2,More\n".utf8)), of: definition, findsDuplicates: true
    ) { _ in }
    #expect(short.duplicateRecords == 0)
  }
}
