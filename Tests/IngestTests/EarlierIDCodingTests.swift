import SurveyDefinition
import Testing

@testable import Ingest

/// Codings that name themes by the ids of an earlier codebook.
struct EarlierIDCodingTests {
  private let people = responses(["1", "2", "3"])
  private static let codebook = [
    Theme(
      id: "ict", label: "ICT", was: ["systems"],
      themes: [
        Theme(id: "hardware", label: "Hardware", themes: [Theme(id: "radios", label: "Radios")]),
        Theme(id: "software", label: "Software"), Theme(id: "wires", label: "Wires", was: ["lines"]),
      ]),
    Theme(id: "people", label: "People", was: ["staffing", "resource"]),
    Theme(id: "training", label: "resource"),
  ]

  private var survey: Survey {
    var survey = codedSurvey()
    survey.themes = Self.codebook
    survey.questions[1] = Question(
      id: "why", text: "", kind: .theme(ThemeCoding(themes: Self.codebook.coded, coders: .agreedByAny)))
    return survey
  }

  private func read(_ rows: String, _ change: (inout CodingFile) -> Void = { _ in }) throws -> CodedWave {
    try CodedWave(people, codings: "respondent,question,theme\n" + rows, of: survey, change)
  }

  @Test func `an earlier id counts for the theme that has it, and goes before a label`() throws {
    let wave = try read("1,why,systems\n1,why,\" lines\"\n2,why,resource\n3,why,training\n")
    #expect(wave.findings == [])
    #expect(wave.first == [["ict", "wires"], ["people"], ["training"]])
  }

  @Test
  func `a respondent who was given two themes that were merged counts once, and once with the present id`()
    throws
  {
    let wave = try read(
      "1,why,staffing\n1,why,resource\n2,why,staffing\n2,why,people\n3,why,systems\n3,why,ict\n")
    #expect(wave.findings == [])
    #expect(wave.first == [["people"], ["people"], ["ict"]])
    let joined = try read("1,why,staffing;resource;systems\n") { $0.themeSeparator = ";" }
    #expect(joined.first == [["ict", "people"], nil, nil])
  }

  @Test func `a name near an earlier id is no theme, and the remedy names the earlier id`() throws {
    let wave = try read("1,why,stafing\n")
    #expect(wave.told == ["open-text.csv:2:3 unknown-theme"])
    #expect(wave.printed.contains("did you mean “staffing”?"))
  }

  @Test func `sessions are read the same way`() throws {
    let codings = try sessions("session,theme\nFG1,staffing\nFG1,resource\nFG2,systems\nFG2,people\n")
    #expect(codings.findings == [])
    #expect(codings.raised == [[5], [0, 5]])
  }

  @Test func `coders agree where one uses the earlier id and the other the present one`() throws {
    let codings = try openText(
      "respondent,theme,coder\n1,staffing,A\n1,people,B\n2,systems,A\n2,resource,B\n")
    let decisions = try #require(codings.decisions(of: survey).first)
    #expect(decisions.units.map(\.themes) == [[[5], [5]], [[0], [5]]])
  }

  private func sessions(_ text: String) throws -> FocusGroupCodings {
    let sessions = ["FG1", "FG2"].map { FocusGroupSession(id: $0, label: $0, audience: "staff") }
    return try readFocusGroupCodings(
      [(.focusGroups, .memory(Array(text.utf8), displayName: "focus-groups.csv"))],
      of: Wave(id: "2024", sessions: sessions, survey: survey))
  }

  private func openText(_ text: String) throws -> OpenTextCodings {
    try readOpenTextCodings(
      [(.openText, .memory(Array(text.utf8), displayName: "open-text.csv"))], of: survey)
  }

  /// The themes that may not have been in the codebook of codings of open text, as `path in whole at place`.
  private func doubtful(_ names: [String]) throws -> [String] {
    let rows = names.map { "1,\($0)\n" }.joined()
    return told(try openText("respondent,theme\n" + rows).usage)
  }

  private func told(_ usage: CodebookUsage) -> [String] {
    usage.doubtfulThemes(of: Self.codebook).map {
      "\($0.path.joined(separator: "/")) in \($0.whole) at \($0.place.told)"
    }
  }

  @Test func `themes below one with an earlier id are doubtful where no coding names them`() throws {
    // `wires` has an earlier id of its own, so it was there, and nobody was given it.
    #expect(
      try doubtful(["training", "systems", "systems"]) == [
        "ict/hardware in ict at open-text.csv:3:2", "ict/software in ict at open-text.csv:3:2",
      ])
    #expect(try doubtful(["systems", "software"]) == ["ict/hardware in ict at open-text.csv:2:2"])
    #expect(
      try doubtful(["systems", "Hardware"]) == [
        "ict/hardware/radios in ict at open-text.csv:2:2", "ict/software in ict at open-text.csv:2:2",
      ])
    #expect(try doubtful(["systems", "radios", "software"]) == [])
  }

  @Test(arguments: [
    [], ["training"], ["ict"], ["ICT"], ["staffing"], ["wires"], ["lines"], ["systems", "ict"],
    ["ict", "systems"],
  ])
  func `no theme is doubtful where no earlier id of the whole is used, or its present id is too`(
    names: [String]
  ) throws {
    #expect(try doubtful(names) == [])
  }

  @Test func `open text and focus groups of a wave are looked at together`() throws {
    let openText = try openText("respondent,theme\n1,systems\n").usage
    let groups = try sessions("session,theme\nFG1,hardware\n").usage
    #expect(told(openText.union(groups)).map { $0.prefix(12) } == ["ict/hardware", "ict/software"])
    #expect(told(groups) == [])
    let present = try sessions("session,theme\nFG1,ict\n").usage
    #expect(told(openText.union(present)) == [])
    #expect(told(present.union(openText)) == [])
  }
}
