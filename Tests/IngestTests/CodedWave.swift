import SurveyDefinition
import Testing

@testable import Ingest

/// A codebook of three levels.
let codebook = [
  Theme(
    id: "ict", label: "ICT",
    themes: [
      Theme(id: "joined_up", label: "Not joined up", themes: [Theme(id: "twice", label: "Typed twice")]),
      Theme(id: "crashes", label: "Crashes"),
    ]),
  Theme(id: "estate", label: "Estate", aliases: ["Buildings, rooms", "ict::estate"]),
]

/// A question that is coded with the whole codebook.
func theme(_ id: String, coders: CoderRule? = nil, askedIf: Condition? = nil) -> Question {
  Question(
    id: id, text: id, kind: .theme(ThemeCoding(themes: codebook.coded, coders: coders)), askedIf: askedIf)
}

/// A survey with one closed question and these theme questions.
func codedSurvey(
  _ questions: [Question] = [theme("why")],
  input: InputLayout = InputLayout(respondent: .heading("ID")), codings: Codings = Codings()
) -> Survey {
  var survey = survey([single("q", .heading("Q"), ["Yes", "No"])] + questions, input: input)
  survey.themes = codebook
  survey.codings = codings
  return survey
}

/// What reading the responses of a wave together with its codings gives.
struct CodedWave: Equatable {
  /// By response, then theme question: the ids of the themes that were raised; nil where nobody coded an answer.
  var raised: [[[String]?]] = []
  /// By response: whose codings it has.
  var units: [Int?] = []
  var findings: [Finding] = []

  /// Findings as `file:line:column code`.
  var told: [String] {
    findings.map { "\($0.place.told) \($0.code)" }
  }

  /// Findings as they are printed, in one text.
  var printed: String {
    findings.map { "\($0.place.told): \($0.message) (\($0.remedy ?? ""))" }.joined(separator: "\n")
  }

  /// Of the first theme question.
  var first: [[String]?] { raised.map { $0[0] } }
}

extension CodedWave {
  /// Reads in memory what a run reads from files.
  init(
    _ responses: String, codings files: [(layout: CodingFile, bytes: [UInt8])], of survey: Survey,
    chunkSize: Int = 1 << 12
  ) throws {
    let codings = try readOpenTextCodings(
      files.map { ($0.layout, .memory($0.bytes, displayName: $0.layout.file)) }, of: survey,
      chunkSize: chunkSize)
    let layout = CodeLayout(survey)
    let questions = survey.questions.indices.filter {
      if case .theme = survey.questions[$0].kind { true } else { false }
    }
    var raised: [[[String]?]] = []
    var units: [Int?] = []
    let report = try readResponses(
      .memory(Array(responses.utf8)), of: survey,
      codings: codings.isEmpty || codings.hasFaults ? nil : codings, chunkSize: chunkSize
    ) { response in
      units.append(response.codedUnit)
      let codes = response.codes
      raised.append(
        questions.map { question in
          guard case .theme(let coding) = survey.questions[question].kind,
            let slot = layout.questions[question], codes[slot] == 0
          else { return nil }
          return coding.themes.indices.filter { codes[slot + 1 + $0] == 1 }.map { coding.themes[$0].id }
        })
    }
    self.init(raised: raised, units: units, findings: (codings.findings + report.findings).sorted())
  }

  /// With one file of codings, laid out as usual but for what `change` says.
  init(
    _ responses: String, codings text: String, of survey: Survey = codedSurvey(),
    _ change: (inout CodingFile) -> Void = { _ in }
  ) throws {
    var layout = CodingFile.openText
    change(&layout)
    try self.init(responses, codings: [(layout, Array(text.utf8))], of: survey)
  }
}

/// Responses of people with these ids, all of whom answered Yes.
func responses(_ ids: [String]) -> String { "ID,Q\n" + ids.map { "\($0),Yes\n" }.joined() }

extension Place {
  /// `file:line:column`, as far as it goes.
  var told: String { ([file] + [line, column].compactMap { $0.map(String.init) }).joined(separator: ":") }
}
