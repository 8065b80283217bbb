import Ingest
import SurveyDefinition
import Testing

@testable import Drafting

/// A draft of a small export, read as `canvass init` reads it.
struct Drafted {
  var draft: SurveyDraft
  var layout: InputLayout
  var yaml: String

  init(_ text: String, name: String = "export") throws { try self.init(Array(text.utf8), name: name) }

  init(_ bytes: [UInt8], name: String = "export") throws {
    let input = ResponseInput.bytes(bytes, displayName: "responses.csv")
    let sample = try readSample(of: input)
    try #require(sample.findings == [])
    layout = sample.layout
    let (platform, headerRows) = Platform.detect(sample.records)
    layout.headerRows = headerRows
    let (table, findings) = try readCodedTable(input, layout)
    try #require(findings == [])
    draft = draftSurvey(from: table, platform: platform, name: name)
    yaml = draft.yaml(layout, isEncodingGuessed: sample.isEncodingGuessed)
  }

  /// The definition that the draft is; nil where it has a fault.
  var survey: Survey? {
    let reading = readDefinition(
      surveyYAML: yaml, surveyFile: "survey.yaml", waveYAML: nil, waveFile: "wave.yaml", waveID: "1")
    return reading.findings.allSatisfy(\.isRemark) ? reading.wave?.survey : nil
  }

  /// What is wrong with the draft as a definition.
  var definitionFaults: [Finding] {
    readDefinition(
      surveyYAML: yaml, surveyFile: "survey.yaml", waveYAML: nil, waveFile: "wave.yaml", waveID: "1"
    ).findings.filter { !$0.isRemark }
  }

  /// The codes of faults that reading the export with the draft gives.
  func faults(_ bytes: [UInt8]) throws -> [String] {
    let survey = try #require(survey, "the draft is no definition")
    let report = try readResponses(.bytes(bytes, displayName: "responses.csv"), of: survey) { _ in }
    return report.findings.filter { !$0.isRemark }.map(\.code)
  }

  func item(_ id: String) -> SurveyDraft.Item? { draft.items.first { $0.id == id } }
  func reason(_ column: Int) -> String? { draft.leftOut.first { $0.column == column }?.reason }
}

/// A table as CSV: a heading and rows of cells, each row as often as is said.
func csv(_ headings: [String], _ rows: [(times: Int, cells: [String])]) -> String {
  func line(_ cells: [String]) -> String {
    cells.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\n"
  }
  return line(headings) + rows.map { String(repeating: line($0.cells), count: $0.times) }.joined()
}
