import SurveyDefinition
import Testing

@testable import Ingest

/// What may be wrong with codings, with its place and its words.
struct CodingFaultTests {
  let people = responses(["1", "2", "3"])

  @Test func `every fault of the rows is told at once, each at its cell`() throws {
    let wave = try CodedWave(
      people,
      codings: """
        quote,respondent,question,theme
        x,1,why,crahses
        x,2,wy,estate
        x,,why,estate
        x,3
        "x
        y",1,,estate
        x,2,who,computers

        x,3,why,estate
        """, of: codedSurvey([theme("why"), theme("else")]))
    #expect(
      wave.told == [
        "open-text.csv:2:4 unknown-theme", "open-text.csv:3:3 unknown-question",
        "open-text.csv:4:2 empty-unit",
        "open-text.csv:5 wrong-width", "open-text.csv:6:3 unknown-question",
        "open-text.csv:8:3 unknown-question",
      ])
    #expect(
      wave.findings.map { "\($0.message) (\($0.remedy ?? ""))" } == [
        "the theme is not in the codebook (did you mean “crashes”? name one of its ids, or declare this name under the `aliases` of one)",
        "there is no theme question of that id (did you mean `why`?)",
        "the respondent is empty (say whose text was coded)",
        "the record has 2 cells where the header has 4 (quote cells that hold a separator, a quotation mark or a line break)",
        "there is no theme question of that id (name one of `why`, `else`)",
        "there is no theme question of that id (did you mean `why`?)",
      ])
    #expect(wave.first == [nil, nil, nil])
  }

  @Test func `a theme that is near to nothing gets no guess`() throws {
    let wave = try CodedWave(people, codings: "respondent,theme\n1,MARKER\n")
    #expect(wave.told == ["open-text.csv:2:2 unknown-theme"])
    #expect(wave.findings[0].remedy == "name one of its ids, or declare this name under the `aliases` of one")
  }

  @Test func `of themes joined in one cell each unknown one is told`() throws {
    let wave = try CodedWave(people, codings: "respondent,theme\n1,estate;x;y;crashes\n") {
      $0.themeSeparator = ";"
    }
    #expect(wave.told == Array(repeating: "open-text.csv:2:2 unknown-theme", count: 2))
  }

  @Test func `a codings file without its columns says which`() throws {
    #expect(
      try CodedWave(people, codings: "Respondent,question,theme\n1,why,estate\n").findings.map {
        "\($0.code): \($0.message) (\($0.remedy ?? ""))"
      } == [
        "no-such-column: the column of the respondent: no column has the heading “respondent” (did you mean “Respondent”)"
      ])
    #expect(
      try CodedWave(people, codings: "respondent,code\n1,estate\n").findings.map(\.message) == [
        "the column of the theme: no column has the heading “theme”"
      ])
    #expect(
      try CodedWave(people, codings: "respondent;theme\n1;estate\n").findings.map(\.remedy) == [
        "the header is one cell; is `separator: \";\"` meant",
        "the header is one cell; is `separator: \";\"` meant",
      ])
    #expect(
      try CodedWave(people, codings: "respondent,theme,theme\n1,estate,ict\n").findings.map(\.message) == [
        "the column of the theme: the heading “theme” stands over 2 columns"
      ])
    #expect(
      try CodedWave(people, codings: "respondent,theme\n1,estate\n") {
        $0.coder = .init(.heading("Who"), isNeeded: true)
        $0.theme = .init(.number(3), isNeeded: true)
      }.told == Array(repeating: "open-text.csv:1 no-such-column", count: 2))
  }

  @Test(
    arguments: [
      ([], ":1 empty-file"), ([0xEF, 0xBB, 0xBF], ":1 empty-file"), ([0xFF, 0xFE, 0x72, 0], ":1 not-utf8"),
      ([0x1F, 0x8B, 8], " corrupt-gzip"), ([0x50, 0x4B, 3, 4], ":1 not-csv"),
      (Array("respondent,theme\n1,\u{E9}state\n".utf8).filter { $0 != 0xC3 }, ":2:2 not-utf8"),
      (Array("respondent,theme\n1,\0\n".utf8), ":2:2 nul-byte"),
      (Array("respondent,theme\n1,es\"tate\n".utf8), ":2:2 stray-quote"),
      (Array("respondent,theme\n1,ict\n2,\"estate\n".utf8), ":3:2 unclosed-quote"),
    ] as [([UInt8], String)])
  func `what is no table is a fault of the file`(bytes: [UInt8], expected: String) throws {
    let wave = try CodedWave(people, codings: [(CodingFile.openText, bytes)], of: codedSurvey())
    #expect(wave.told == ["open-text.csv\(expected)"])
    // No word of what only responses may have.
    for word in ["responses", "encoding", "quoting"] {
      #expect(wave.findings[0].remedy?.contains(word) != true)
    }
  }

  @Test func `codings of people who did not respond are told at their first row`() throws {
    let wave = try CodedWave(
      people, codings: "theme,respondent\nestate,1\nestate,01\nict,1 1\nict,01\n,x\nict,2\n")
    #expect(
      wave.told == [
        "open-text.csv:3:2 unknown-respondent", "open-text.csv:4:2 unknown-respondent",
        "open-text.csv:6:2 unknown-respondent",
      ])
    #expect(wave.findings[0].message == "no response has the respondent id of this coding")
    #expect(wave.findings[0].remedy == "correct the id, or take the respondent's codings out")
  }

  @Test func `while responses have faults nobody is called unknown`() throws {
    let wave = try CodedWave("ID,Q\n1,Yes,\n2,Yes\n", codings: "respondent,theme\n1,estate\n9,estate\n")
    #expect(wave.told == ["responses.csv:2 wrong-width"])
  }

  @Test func `codings of a question that was not asked are told where they stand`() throws {
    let survey = codedSurvey([theme("why"), theme("else")])
    let text = "coder,question,theme,respondent\nA,why,ict,2\nA,else,ict,1\nA,why,estate,1\nA,why,ict,1\n"
    var layout = CodingFile.openText
    layout.file = "codings.csv"
    let codings = try readOpenTextCodings(
      [(layout, .memory(Array(text.utf8), displayName: "codings.csv"))], of: survey)
    let wave = try CodedWave(people, codings: text, of: survey)
    let units = wave.units.compactMap { $0 }
    let findings = codings.notAsked([(units[0], 1), (units[1], 1), (units[0], 2)])
    #expect(
      findings.map { "\($0.place.told) \($0.code)" }.sorted() == [
        "codings.csv:2:4 coded-not-asked", "codings.csv:3:4 coded-not-asked",
        "codings.csv:4:4 coded-not-asked",
      ])
    #expect(findings[0].message == "the respondent of this coding was not asked the question")
    #expect(codings.notAsked([]) == [])
    #expect(codings.notAsked([(units[1], 2)]) == [], "who was not coded has no place")
  }

  /// Looked up one by one in all records, so many would take minutes.
  @Test func `fifty thousand codings of people who were not asked are told as twenty and a count`() throws {
    let text = "respondent,theme\n" + (0..<50_000).map { "\($0),ict\n" }.joined()
    let codings = try readOpenTextCodings([(.openText, .memory(Array(text.utf8)))], of: codedSurvey())
    let findings = codings.notAsked((0..<50_000).map { ($0, 1) })
    #expect(findings.count == 21)
    #expect(findings.last?.message == "and 49,980 more faults of this kind from here on")
  }

  @Test func `more than twenty faults of a kind are told as twenty and a count`() throws {
    let rows = (0..<1_000).map { "\($0 % 3 + 1),x\($0)\n" + ",estate\n1\n" }.joined()
    let wave = try CodedWave(people, codings: "respondent,theme\n" + rows)
    for code in ["unknown-theme", "empty-unit", "wrong-width"] {
      let found = wave.findings.filter { $0.code == code }
      #expect(found.count == 21)
      #expect(found.last?.message == "and 980 more faults of this kind from here on")
    }
    #expect(wave.findings.first { $0.message.hasPrefix("and ") }?.place.line == 62)
    let strangers = (0..<50).map { "y\($0),estate\n" }.joined()
    let unknown = try CodedWave(people, codings: "respondent,theme\n" + strangers)
    #expect(unknown.findings.count == 21)
    #expect(unknown.findings.last?.message == "and 30 more faults of this kind from here on")
    #expect(unknown.findings.last?.place.line == 22)
  }

  @Test func `codings of a survey that has no theme question are of nothing`() throws {
    let wave = try CodedWave(
      people, codings: "respondent,question,theme\n1,why,ict\n", of: codedSurvey([]))
    #expect(wave.told == ["open-text.csv no-theme-question"])
  }

  @Test func `a file that is not there is a failure with the system's word`() throws {
    #expect(throws: IngestFailure.cannotOpen(file: "codings.csv", reason: "No such file or directory")) {
      _ = try readOpenTextCodings(
        [(CodingFile.openText, .file("/nonexistent/codings.csv", displayName: "codings.csv"))],
        of: codedSurvey())
    }
  }
}
