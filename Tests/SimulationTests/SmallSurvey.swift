import Simulation
import SurveyDefinition
import Testing

/// A survey with every kind of question and layout, small enough to look through.
let everyKind = """
  survey: small
  title: Small
  input: { respondent: ID }
  variables:
    role: { label: Role, column: role, groups: { Officer: [1, PC], Staff: 2 } }
    grade: { label: Grade, column: grade, groups: [Low, High] }
  questions:
    suitable: { text: Suitable?, kind: single, column: Q1, answers: ["Yes", "No"], other: Something else }
    lacking:
      { text: What?, kind: multiple, column: Q2, separator: ";", answers: [Phone, Radio, Car], asked_if: { suitable: ["No"] } }
    items:
      text: Which?
      kind: multiple
      columns: { Laptop: "#3", Camera: Q3_2, Other: { column: Q3_3, chosen: any }, None: Q3_4 }
      exclusive: [None]
    tools: { text: Which tools?, kind: multiple, columns: { Pen: Q4_1, Paper: Q4_2 } }
    enough: { text: Enough?, kind: scale, column: Q5, answers: [Agree, Neither, Disagree] }
    years: { text: Years?, kind: number, column: Q6, valid: [0, 50], bands: { Few: [0, 5], Many: [5, 50] } }
    why: { text: Why?, kind: theme }
  themes: { ict: { label: ICT } }
  packs: { all: { title: All, who: everyone } }
  """

func survey(_ yaml: String = everyKind) throws -> Survey {
  let reading = readDefinition(
    surveyYAML: yaml, surveyFile: "survey.yaml", waveYAML: nil, waveFile: "wave.yaml", waveID: "one")
  #expect(reading.findings.filter { !$0.isRemark } == [])
  return try #require(reading.wave).survey
}

/// The same with one column for each grade, and these at the far right.
func surveyWithColumnPerGroup() throws -> Survey {
  var survey = try survey()
  survey.variables[1].source = .columnPerAnswer([
    OptionColumn(label: "Low", column: .number(20)), OptionColumn(label: "High", column: .number(21)),
  ])
  return survey
}

func shares(_ yaml: String, for survey: Survey) throws -> Shares {
  let reading = readShares(yaml: yaml, file: "shares.yaml", for: survey)
  #expect(reading.findings == [])
  return try #require(reading.shares)
}
