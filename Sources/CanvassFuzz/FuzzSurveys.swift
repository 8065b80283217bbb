import SurveyDefinition

/// The definitions by which responses and codings are read: together every kind of question and every form of input.
enum FuzzSurveys {
  static let all: [Wave] = inputs.map { input in
    let reading = readDefinition(
      surveyYAML: "survey: fuzz\ninput: \(input)\n" + questions, surveyFile: "survey.yaml",
      waveYAML: sessions,
      waveFile: "wave.yaml", waveID: "2026")
    guard let wave = reading.wave, reading.findings.allSatisfy(\.isRemark) else {
      preconditionFailure("a definition has faults: \(reading.findings.map(\.message))")
    }
    return wave
  }

  private static let inputs = [
    "{ respondent: \"#1\" }",
    "{ respondent: \"#1\", encoding: windows-1252, separator: \";\", header_rows: 2, invalid: exclude }",
    "{ respondent: \"#1\", encoding: utf-16, separator: \"\\t\", header_rows: 0 }",
  ]

  private static let sessions =
    "sessions: { f1: { label: First, audience: staff }, f2: { label: Second, audience: staff } }\n"

  private static let questions = """
    title: A survey
    variables:
      role: { label: Role, column: "#2", groups: [Staff, Officer] }
    questions:
      tools: { text: Tools, kind: single, column: "#3", answers: [Good, Poor], nets: { Any: [Good, Poor] } }
      lacking: { text: Lacking, kind: multiple, columns: { Torch: "#4", Radio: "#5" }, asked_if: { tools: [Poor] } }
      wanted: { text: Wanted, kind: multiple, column: "#6", separator: ";", answers: [Salads, Vegan], other: Else }
      rating: { text: Rating, kind: scale, column: "#7", answers: [Agree, Neither, Disagree] }
      hours: { text: Hours, kind: number, column: "#8", valid: [0, 100], bands: { Few: [0, 5], Many: [5, 100] } }
      order: { text: Order, kind: ranking, columns: { A: "#9", B: "#10", C: "#11" } }
      hindrances: { text: Hindrances, kind: theme, asked_if: { tools: [Poor] }, base: asked, agreed: any }
    themes:
      ict: { label: ICT, themes: { joined_up: { label: Not joined up, aliases: [silos] } } }
      training: { label: Training }
    banners: [role]
    packs:
      all: { title: Everyone, who: everyone }
      staff: { title: Staff, who: { role: [Staff] }, banners: [] }

    """
}
