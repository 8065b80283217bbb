import SurveyDefinition
import Testing

@testable import Ingest

struct UndeclaredAnswerTests {
  func findings(_ rows: [String], minimumCell: Int = 3, _ questions: [Question]? = nil) throws -> [Finding] {
    let questions = questions ?? [single("q", .heading("Q"), ["Agree", "Disagree"])]
    return try read(
      "R,Q\n" + rows.map { "r,\($0)\n" }.joined(), survey(questions, minimumCell: minimumCell)
    ).report.findings
  }

  @Test func `a text is shown only where minimum_cell respondents gave it`() throws {
    let findings = try findings(["Agree", "Agre", "MARKER", "Agre", "MARKER", "Agre", "other"])
    #expect(findings.count == 2)
    #expect(findings[0].place == Place(file: "responses.csv", line: 3, column: 2))
    #expect(findings[0].message == "question `q`: “Agre” is not a declared answer (given by 3 respondents)")
    #expect(findings[0].remedy == "did you mean “Agree”? add it under `answers`, or declare `other:`")
    #expect(findings[1].place == Place(file: "responses.csv", line: 4, column: 2))
    #expect(
      findings[1].message
        == "question `q`: 3 cells hold 2 texts that are not declared answers; the first is here")
  }

  @Test func `with a minimum_cell of 1 every text is shown`() throws {
    let findings = try findings(["one", "two"], minimumCell: 1)
    #expect(findings.map(\.message).allSatisfy { $0.contains("given once") })
  }

  @Test func `one respondent who repeats a text counts once`() throws {
    let question = joined("q", .heading("Q"), ["A", "B"])
    let findings = try findings(["MARKER;MARKER;MARKER;MARKER"], minimumCell: 2, [question])
    #expect(
      findings.map(\.message) == [
        "question `q`: 4 cells hold 1 text that is not a declared answer; the first is here"
      ])
  }

  @Test func `one respondent id that comes again does not count again`() throws {
    let definition = survey(
      [single("q", .heading("Q"), ["A"])], input: InputLayout(respondent: .heading("ID")), minimumCell: 2)
    let reading = try read("ID,Q\n1,MARKER\n1,MARKER\n1,MARKER\n,MARKER\n,MARKER\n", definition)
    #expect(!reading.report.findings.contains { $0.message.contains("MARKER") })
  }

  @Test func `a shown text has at most forty characters, with control characters escaped`() throws {
    let long = String(repeating: "ab", count: 60)
    let message = try findings([long], minimumCell: 1)[0].message
    #expect(message.contains("“" + long.prefix(39) + "…”"))
    #expect(shown("a\u{1B}[31m\u{202E}\u{7}\n", limit: 40) == "a\\u{1B}[31m\\u{202E}\\u{7}\\u{A}")
    for length in 0...90 {
      let text = String(repeating: "\u{1}x", count: length)
      #expect(shown(text, limit: 40).unicodeScalars.count <= 40)
    }
    #expect(shown(String(repeating: "x", count: 40), limit: 40).count == 40)
    #expect(shown("é\u{301}\u{301}", limit: 2) == "é…")
  }

  @Test func `more texts than are kept are counted and never shown`() throws {
    let rows = (0..<3000).map { "MARKER \($0)" }
    let findings = try findings(rows)
    #expect(
      findings.map(\.message) == [
        "question `q`: 3,000 cells hold more than 1,000 texts that are not declared answers; the first is here"
      ])
  }

  @Test func `an empty cell that is not declared missing is told as such`() throws {
    var question = single("q", .heading("Q"), ["A"])
    question.missing = ["N/A"]
    let findings = try findings(["", "", ""], [question])
    #expect(
      findings[0].message == "question `q`: an empty cell is not a declared answer (given by 3 respondents)")
  }

  @Test func `texts that are held do not print themselves`() {
    let text = HiddenText(bytes: Array("MARKER".utf8))
    var dumped = ""
    dump(text, to: &dumped)
    for printed in [
      "\(text)", String(reflecting: text), dumped, "\([text])", String(describing: Optional(text)),
    ] {
      #expect(!printed.contains("MARKER") && !printed.contains("77"))
    }
  }

  @Test(arguments: [1, 7, 64, 4096])
  func `no planted text reaches a finding, whatever is wrong with the file`(chunkSize: Int) throws {
    let definition = survey(
      [
        single("s", .heading("S"), ["Yes"]), columns("m", ["A", "B"]), joined("j", .heading("J"), ["C"]),
        number("n", .heading("N"), valid: Decimal6(0)...Decimal6(9)),
      ], input: InputLayout(respondent: .heading("ID")))
    let head = "ID,S,A,B,J,N,Free\n"
    let rows = [
      "MARKER1,MARKER,MARKER,MARKER,MARKER;MARKER,MARKER,MARKER\n", "MARKER1,Yes,1,0,C,1,MARKER\n",
      "MARKER,short\n", ",MARKER,MARKER,,MARKER,MARKER,\n",
      "MARKER3,\"MARKER\nMARKER\",1,1,\"MARKER\",MARKER,\"MARKER\"\n",
    ]
    let ends = [
      "", "MARKER\"\n", "MARKER,\"MARKER", "\"MARKER\" MARKER\n", "MARKER\u{0}MARKER", "MARKER,MARKER",
    ]
    for end in ends {
      let report = try read(head + rows.joined() + end, definition, chunkSize: chunkSize).report
      #expect(report.findings.count >= 5)
      var dumped = ""
      dump(report, to: &dumped)
      #expect(!dumped.contains("MARKER"), "\(end.debugDescription)")
    }
    let report = try read(Array((head + rows.joined() + "MARKER").utf8) + [0xFF], definition).report
    #expect(!"\(report)".contains("MARKER"))
    // Without its header, the first response is taken for one.
    let headless = try read(rows.joined(), definition).report
    #expect(headless.findings.count >= 5)
    #expect(!"\(headless)".contains("MARKER"))
  }
}
