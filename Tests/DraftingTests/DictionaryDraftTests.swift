import ExportFormats
import Ingest
import SurveyDefinition
import Testing

@testable import Drafting

/// Drafts whose answers a dictionary names.
struct DictionaryDraftTests {
  func drafted(_ text: String, _ columns: [DictionaryColumn], format: DataDictionary.Format) throws
    -> SurveyDraft
  {
    let input = ResponseInput.bytes(Array(text.utf8), displayName: "responses.csv")
    let (table, findings) = try readCodedTable(input, InputLayout())
    try #require(findings == [])
    return draftSurvey(
      from: table, platform: .unknown,
      dictionary: DataDictionary(format: format, title: "Title", columns: columns),
      name: "export")
  }

  func yaml(_ draft: SurveyDraft) -> String { draft.yaml(InputLayout(), isEncodingGuessed: false) }

  @Test func `columns of ranks are one ranking, with the options that the dictionary names`() throws {
    let columns = ["Pay", "Time"].enumerated().map { number, item in
      DictionaryColumn(
        name: "Q1_\(number + 1)", question: "What matters?", item: item, group: "Q1", kind: .ranking)
    }
    let draft = try drafted(
      csv(["Q1_1", "Q1_2"], [(3, ["1", "2"]), (2, ["2", "1"])]), columns, format: .qualtrics)
    #expect(draft.items.map(\.kindName) == ["ranking"])
    #expect(yaml(draft).contains("    columns:\n      Pay: Q1_1\n      Time: Q1_2\n"))
  }

  @Test func `answers come from the dictionary in its order, however few gave them`() throws {
    let column = DictionaryColumn(
      name: "Q1", question: "How?", kind: .single,
      answers: [
        .init(text: "2", label: "Well"), .init(text: "1", label: "Badly"),
        .init(text: "3", label: "Not at all"),
      ],
      missing: ["99"], isOrdered: true)
    let draft = try drafted(csv(["Q1"], [(3, ["1"]), (2, ["2.0"]), (1, ["99"])]), [column], format: .spss)
    #expect(draft.items.map(\.kindName) == ["scale"])
    #expect(draft.title == "Title")
    let yaml = yaml(draft)
    #expect(yaml.contains("Well: [2, \"2.0\"]") || yaml.contains("Well: [2, 2.0]"))
    #expect(yaml.contains("Not at all: 3"))
    #expect(yaml.contains("missing: [\"\", 99]"))
    #expect(!yaml.contains("other:"))
  }

  @Test func `what stands in an option's column and is no mark is never told`() throws {
    let columns = (1...2).map {
      DictionaryColumn(
        name: "Q1_\($0)", question: "Which?", item: "Option \($0)", group: "Q1", kind: .multipleOption,
        answers: [.init(text: "\($0)", label: "Option \($0)")])
    }
    let rows: [(times: Int, cells: [String])] = [
      (9, ["1", ""]), (8, ["", "2"]), (1, ["MARKER", ""]), (7, ["0", "0"]),
    ]
    let draft = try drafted(csv(["Q1_1", "Q1_2"], rows), columns, format: .jisc)
    #expect(draft.items.map(\.kindName) == ["multiple"])
    #expect(!yaml(draft).contains("MARKER"))
    #expect(yaml(draft).contains("Option 2: { column: Q1_2, chosen: [2] }"))
  }

  @Test func `texts of a questionnaire are left out, and of a program's file guessed`() throws {
    let column = DictionaryColumn(name: "Q1", kind: .text)
    let text = csv(["Q1"], [(9, ["Yes"]), (9, ["No"])])
    #expect(try drafted(text, [column], format: .qualtrics).items.isEmpty)
    #expect(try drafted(text, [column], format: .spss).items.map(\.kindName) == ["single"])
  }
}
