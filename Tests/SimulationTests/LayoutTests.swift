import Simulation
import SurveyDefinition
import Testing

/// What the definition says about the file is what is written.
@Suite struct `The layout of simulated responses` {
  private func text(_ change: (inout Survey) -> Void, responses: Int = 3, shares yaml: String = "") throws
    -> String
  {
    var survey = try survey(
      """
      survey: tiny
      title: Tiny
      questions: { q: { text: Q?, kind: single, column: Q, answers: ["A, b", "Ç"] } }
      packs: { all: { title: All, who: everyone } }
      """)
    let shares = try shares(yaml, for: survey)
    change(&survey)
    return String(decoding: try simulated(survey, shares, responses: responses), as: UTF8.self)
  }

  @Test func `quotes cells that hold the separator`() throws {
    #expect(
      try text({ _ in }, shares: "questions: { q: { shares: { 'A, b': 1 } } }")
        == "Q\n\"A, b\"\n\"A, b\"\n\"A, b\"\n")
  }

  @Test func `writes the declared separator`() throws {
    let text = try text(
      {
        $0.input.separator = UInt8(ascii: "\t")
        $0.input.respondent = .heading("ID")
      }, responses: 1,
      shares: "questions: { q: { shares: { 'A, b': 1 } } }")
    #expect(text == "ID\tQ\n1\tA, b\n")
  }

  @Test func `quotes the only cell of a record that is empty`() throws {
    #expect(
      try text({ _ in }, responses: 2, shares: "questions: { q: { unanswered: 1 } }") == "Q\n\"\"\n\"\"\n")
  }

  @Test func `writes as many header rows as declared`() throws {
    #expect(try text({ $0.input.headerRows = 0 }, responses: 0) == "")
    #expect(
      try text(
        {
          $0.input.headerRows = 2
          $0.input.respondent = .number(1)
        }, responses: 0) == "Column 1,Q\n,\n")
  }

  @Test func `writes the declared words for missing, and rows that are kept`() throws {
    let text = try text(
      {
        $0.input.missing = ["NA"]
        $0.input.keep = [KeepRule(column: .heading("Country"), texts: ["UK"])]
        $0.weights = .column(.heading("Weight"))
      }, responses: 1, shares: "questions: { q: { unanswered: 1 } }")
    #expect(text == "Country,Weight,Q\nUK,1,NA\n")
  }

  @Test func `writes open text with commas, quotes and line breaks`() throws {
    let text = try text(
      { _ in }, responses: 1,
      shares:
        "questions: { q: { unanswered: 1 } }\nfree_text: [{ column: T, share: 1, texts: [\"a \\\"b\\\",\\nc\"] }]"
    )
    #expect(text == "Q,T\n,\"a \"\"b\"\",\nc\"\n")
  }

  @Test func `refuses what cannot be written`() throws {
    #expect(throws: SimulationFailure.encoding("utf-16")) { try text { $0.input.encoding = .utf16 } }
    #expect(throws: SimulationFailure.encoding("macintosh")) { try text { $0.input.encoding = .macintosh } }
    #expect(throws: SimulationFailure.quoting) { try text { $0.input.quoting = false } }
    #expect(throws: SimulationFailure.sharedColumn("\"Q\"")) {
      try text { $0.input.respondent = .heading("Q") }
    }
  }

  @Test func `refuses items that wait for each other`() throws {
    var survey = try survey()
    let waits = { Condition(alternatives: [[.init(item: .question($0), accepted: [0])]]) }
    survey.questions[0].askedIf = waits(4)
    survey.questions[4].askedIf = waits(0)
    #expect(throws: SimulationFailure.self) { try simulated(survey, responses: 1) }
  }
}
