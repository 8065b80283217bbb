import SurveyDefinition
import Testing

@testable import Ingest

/// What was raised in which focus group.
struct FocusGroupCodingTests {
  private func wave(_ rule: CoderRule? = nil, sessions: [String] = ["FG 1", "FG2", "fg3"]) -> Wave {
    var survey = codedSurvey([])
    survey.codings.focusGroupCoders = rule
    return Wave(
      id: "2012-12",
      sessions: sessions.map { FocusGroupSession(id: $0, label: $0, audience: "staff") }, survey: survey)
  }

  private func read(_ text: String, _ wave: Wave, _ change: (inout CodingFile) -> Void = { _ in }) throws
    -> FocusGroupCodings
  {
    var layout = CodingFile.focusGroups
    change(&layout)
    return try readFocusGroupCodings(
      [(layout, .memory(Array(text.utf8), displayName: layout.file))], of: wave)
  }

  /// By session, the ids of what was raised.
  private func raised(_ codings: FocusGroupCodings) -> [[String]?] {
    codings.raised.map { $0.map { themes in themes.sorted().map { codebook.coded[$0].id } } }
  }

  private func told(_ codings: FocusGroupCodings) -> [String] {
    codings.findings.map { "\($0.place.told) \($0.code): \($0.message) (\($0.remedy ?? ""))" }
  }

  @Test func `a session raises a theme and those above it once, however often it was said`() throws {
    let codings = try read(
      "session,theme,segment\nFG2,twice,1\n FG 1 ,,x\nFG2,twice,2\nFG2,Estate,3\n", wave())
    #expect(codings.findings == [])
    #expect(raised(codings) == [[], ["ict", "joined_up", "twice", "estate"], nil])
  }

  @Test func `columns, separators and joined themes are those of the file`() throws {
    let codings = try read("T;S\ncrashes+estate;FG 1\n", wave()) {
      $0.separator = UInt8(ascii: ";")
      $0.themeSeparator = "+"
      $0.theme = .init(.number(1), isNeeded: true)
      $0.unit = .init(.heading("S"), isNeeded: true)
    }
    #expect(codings.findings == [])
    #expect(raised(codings) == [["ict", "crashes", "estate"], nil, nil])
  }

  @Test func `a session that is not declared is told once, beside those that are`() throws {
    let codings = try read("theme,session\nict,FG4\nict,FG 1\nestate,FG4\nict,fg2\n,\n", wave())
    #expect(
      told(codings) == [
        "focus-groups.csv:2:2 unknown-session: the session of this coding is not declared (write one of `FG 1`, `FG2`, `fg3`, or declare it beside them under `sessions` in wave.yaml)",
        "focus-groups.csv:5:2 unknown-session: the session of this coding is not declared (write one of `FG 1`, `FG2`, `fg3`, or declare it beside them under `sessions` in wave.yaml)",
      ])
    #expect(
      try told(read("session,theme\nMARKER,ict\n", wave(sessions: []))) == [
        "focus-groups.csv:2:1 unknown-session: the session of this coding is not declared (declare it under `sessions` in wave.yaml)"
      ])
  }

  @Test func `faults of the rows are those of open text, of a session`() throws {
    let codings = try read("session,theme\nFG2,icct\n,ict\nFG2\n", wave())
    #expect(
      told(codings) == [
        "focus-groups.csv:2:2 unknown-theme: the theme is not in the codebook (did you mean “ict”? name one of its ids, or declare this name under the `aliases` of one)",
        "focus-groups.csv:3:1 empty-unit: the session is empty (say whose text was coded)",
        "focus-groups.csv:4 wrong-width: the record has 1 cell where the header has 2 (quote cells that hold a separator, a quotation mark or a line break)",
      ])
    #expect(
      try told(read("respondent,theme\nFG2,ict\n", wave())) == [
        "focus-groups.csv:1 no-such-column: the column of the session: no column has the heading “session” (name a heading of the first row, or the column's number, such as `#1`, under `columns` of `focus_groups` in `codings`)"
      ])
  }

  @Test func `several coders need a rule`() throws {
    let text = "session,theme,coder\nFG2,joined_up,MARKER A\nFG2,crashes,MARKER B\nFG 1,estate,MARKER A\n"
    #expect(
      try told(read(text, wave())) == [
        "focus-groups.csv:3:3 several-coders: several coders coded the focus groups, and nothing says whose codes count (write `coder: NAME` or `agreed: any` or `agreed: all` under `focus_groups` of `codings`)"
      ])
    #expect(
      try raised(read(text, wave(.agreedByAny))) == [["estate"], ["ict", "joined_up", "crashes"], nil])
    #expect(try raised(read(text, wave(.agreedByAll))) == [["estate"], ["ict"], nil])
    #expect(try raised(read(text, wave(.coder("MARKER B")))) == [nil, ["ict", "crashes"], nil])
    #expect(
      try told(read(text, wave(.coder("C")))) == [
        "focus-groups.csv:2:3 unknown-coder: no coding of the focus groups is by the coder whose codes are to count (name a coder of the file under `coder`, or write `agreed: any`)"
      ])
  }
}
