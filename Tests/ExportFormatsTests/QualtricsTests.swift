import Testing

@testable import ExportFormats

struct QualtricsTests {
  static func question(_ id: String, _ tag: String, _ type: String, _ selector: String, _ rest: String = "")
    -> String
  {
    """
    {"Element": "SQ", "Payload": {"QuestionID": "\(id)", "DataExportTag": "\(tag)", "QuestionType": "\(type)",
      "Selector": "\(selector)", "QuestionText": "<b>Why</b>&nbsp;\(tag)<br>now?" \(rest.isEmpty ? "" : ", " + rest)}}
    """
  }

  private func dictionary(_ elements: String...) throws -> DataDictionary {
    try readQualtrics(Array(file(elements).utf8))
  }

  private func file(_ elements: [String]) -> String {
    """
    {"SurveyEntry": {"SurveyName": "Made up"}, "SurveyElements": [
      {"Element": "PL", "Payload": null}, {"Element": "RS", "Payload": {"a": [1]}}, \(elements.joined(separator: ","))]}
    """
  }

  private static let choices = """
    "Choices": {"10": {"Display": "Ten"}, "2": {"Display": "<i>Two</i>"}, "3": {"Display": "Other", "TextEntry": "true"}}
    """
  private static let answers = """
    "Answers": {"1": {"Display": "No"}, "2": {"Display": "Yes"}}, "AnswerOrder": [2, "1"]
    """

  @Test func `one answer: by tag and id, in the order shown, recoded, with what was entered`() throws {
    let found = try dictionary(
      Self.question(
        "QID1", "Q1", "MC", "SAVR",
        Self.choices + ", \"ChoiceOrder\": [\"3\", 2, 10], \"RecodeValues\": {\"2\": \"20\", \"3\": 99}"))
    #expect(found.title == "Made up" && found.cellsMayHoldLabels)
    let column = try #require(found.column("QID1"))
    #expect(column == found.column("Q1") && column.name == "Q1" && column.kind == .single)
    #expect(column.question == "Why Q1 now?")
    #expect(column.labels == ["Other", "Two", "Ten"] && column.texts == ["99", "20", "10"])
    #expect(found.column("QID1_3_TEXT")?.kind == .text && found.column("Q1_3_TEXT")?.item == "Other")
    #expect(found.column("Q1_2") == nil)
  }

  @Test func `an order of choices that is not given is that of their numbers`() throws {
    let found = try dictionary(Self.question("QID1", "", "MC", "SAVR", Self.choices))
    #expect(found.column("QID1")?.labels == ["Two", "Other", "Ten"])
    let list = "\"Choices\": [{\"Display\": \"A\"}, {\"Display\": \"B\"}], \"RecodeValues\": []"
    #expect(try dictionary(Self.question("QID1", "", "MC", "DL", list)).column("QID1")?.texts == ["1", "2"])
  }

  @Test func `several answers: joined, or a column for each`() throws {
    let found = try dictionary(Self.question("QID1", "Q1", "MC", "MAVR", Self.choices))
    #expect(found.column("Q1")?.kind == .multipleJoined(separator: ","))
    let option = try #require(found.column("QID1_10"))
    #expect(option.kind == .multipleOption && option.group == "Q1" && option.item == "Ten")
    #expect(option.answers == [DictionaryAnswer(text: "10", label: "Ten")])
  }

  @Test func `a matrix has a column for each row`() throws {
    let rest = Self.choices + "," + Self.answers
    let found = try dictionary(
      Self.question("QID1", "Q1", "Matrix", "Likert", rest + ", \"SubSelector\": \"SingleAnswer\""),
      Self.question(
        "QID2", "Q2", "Matrix", "Likert",
        rest + ", \"SubSelector\": \"MultipleAnswer\", \"ChoiceDataExportTags\": {\"2\": \"two\"}"),
      Self.question("QID3", "Q3", "Matrix", "TE", rest + ", \"ChoiceDataExportTags\": false"))
    let row = try #require(found.column("Q1_2"))
    #expect(row.kind == .single && row.item == "Two" && row.group == "Q1" && row.texts == ["2", "1"])
    #expect(
      found.column("two")?.kind == .multipleJoined(separator: ",") && found.column("QID2_2")?.name == "two")
    let cell = try #require(found.column("QID2_2_1"))
    #expect(cell.kind == .multipleOption && cell.group == "Q2_2" && cell.item == "No")
    #expect(cell.question == "Why Q2 now? Two")
    #expect(found.column("Q3_10_1")?.kind == .text && found.column("Q3_10_1")?.item == "Ten: No")
    #expect(found.column("Q1_3_TEXT")?.kind == .text)
  }

  @Test func `ranks, numbers, texts and forms have their kinds`() throws {
    let number = "\"Validation\": {\"Settings\": {\"ContentType\": \"ValidNumber\"}}"
    let found = try dictionary(
      Self.question("QID1", "Q1", "RO", "DND", Self.choices),
      Self.question("QID2", "Q2", "Slider", "HBAR", Self.choices),
      Self.question("QID3", "Q3", "TE", "SL", number),
      Self.question("QID4", "Q4", "TE", "FORM", Self.choices),
      Self.question("QID5", "Q5", "DB", "TB"),
      Self.question("QID6", "Q6", "Timing", "PageTimer", Self.choices),
      Self.question("QID7", "Q7", "MC", "NPS", Self.choices))
    #expect(found.column("Q1_2")?.kind == .ranking && found.column("Q1_2")?.item == "Two")
    #expect(found.column("Q2_10")?.kind == .number)
    #expect(found.column("Q3")?.kind == .number && found.column("QID3_TEXT")?.name == "Q3")
    #expect(found.column("Q4_2")?.kind == .text && found.column("Q4_2")?.item == "Two")
    #expect(found.column("Q5") == nil && found.column("Q6_1") == nil)
    #expect(found.column("Q7")?.isOrdered == true)
  }

  @Test func `questions come in the order of the flow, without the trash`() throws {
    func block(_ id: String, _ type: String, _ questions: [String]) -> String {
      let elements = questions.map { "{\"Type\": \"Question\", \"QuestionID\": \"\($0)\"}" }
      return
        "{\"ID\": \"\(id)\", \"Type\": \"\(type)\", \"BlockElements\": [\(elements.joined(separator: ","))]}"
    }
    let blocks = """
      {"Element": "BL", "Payload": {"1": \(block("BL_1", "Default", ["QID1"])),
        "2": \(block("BL_2", "Trash", ["QID2"])), "3": \(block("BL_3", "Standard", ["QID4", "QID3"]))}}
      """
    let flow = """
      {"Element": "FL", "Payload": {"Type": "Root", "Flow": [
        {"Type": "Branch", "Flow": [{"ID": "BL_3"}]}, {"ID": "BL_1"}]}}
      """
    let questions = (1...5).map { Self.question("QID\($0)", "Q\($0)", "TE", "SL") }.joined(separator: ",")
    let found = try dictionary(questions, flow, blocks)
    #expect(found.columns.map(\.name) == ["Q4", "Q3", "Q1", "Q5"])
  }

  @Test func `side-by-side columns are questions over the same rows`() throws {
    let part = """
      {"QuestionType": "Matrix", "Selector": "Likert", "SubSelector": "SingleAnswer", "QuestionText": "Used?",
        \(Self.answers)}
      """
    let found = try dictionary(
      Self.question(
        "QID1", "Q1", "SBS", "SBSMatrix", Self.choices + ", \"AdditionalQuestions\": {\"1\": \(part)}"))
    #expect(found.column("Q1#1_2")?.labels == ["Yes", "No"] && found.column("QID1#1_10")?.item == "Ten")
  }

  @Test func `other files are refused, however deep they go`() {
    func code(_ text: String) -> ExportFault.Code? {
      fault { () throws(ExportFault) in try readQualtrics(Array(text.utf8)) }?.code
    }
    #expect(code("{}") == .notQualtrics)
    #expect(code("[1, 2") == .notQualtrics)
    #expect(code("") == .notQualtrics)
    #expect(code("{\"SurveyElements\": []}") == .noColumns)
    #expect(code(String(repeating: "[", count: 1_000_000)) == .nestedTooDeep)
    #expect(code(String(repeating: "{\"a\":", count: 100_000)) == .nestedTooDeep)
    var limits = ExportLimits()
    limits.maximumJSONValues = 1000
    let many = Array(("[" + String(repeating: "0,", count: 1000) + "0]").utf8)
    #expect(fault { () throws(ExportFault) in try readQualtrics(many, limits: limits) }?.code == .tooLarge)
    let whole = Array(file([Self.question("QID1", "Q1", "MC", "SAVR", Self.choices)]).utf8)
    for count in stride(from: 0, to: whole.count, by: 7) {
      let found = fault { () throws(ExportFault) in try readQualtrics(Array(whole.prefix(count))) }
      #expect(found?.code == .notQualtrics, "\(count)")
    }
  }
}
