import SurveyDefinition
import Testing

@testable import Ingest

/// Whose answers codings are of.
struct CodedRespondentTests {
  @Test func `blanks at the ends of an id do not count, on either side`() throws {
    let wave = try CodedWave(
      "ID,Q\n 7 ,Yes\n\u{A0}a b\u{FEFF},Yes\n", codings: "respondent,theme\n\u{A0}7,estate\n\" a b\t\",ict\n")
    #expect(wave.findings == [])
    #expect(wave.first == [["estate"], ["ict"]])
  }

  @Test func `ids of every length are matched`() throws {
    let ids = (0...40).map { String(repeating: "x", count: $0) + "é" }
    let wave = try CodedWave(
      responses(ids), codings: "respondent,theme\n" + ids.reversed().map { "\($0),estate\n" }.joined())
    #expect(wave.findings == [])
    #expect(wave.first == ids.map { _ in ["estate"] })
  }

  @Test func `without a column of ids the first record is 1, kept or not, and empty records are none`() throws
  {
    let survey = codedSurvey(
      input: InputLayout(keep: [KeepRule(column: .heading("C"), texts: ["UK"])]))
    let wave = try CodedWave(
      "Q,C\nYes,UK\nYes,FR\n,\n\nYes,UK\nNo,UK\n", codings: "respondent,theme\n1,estate\n2,ict\n3,crashes\n",
      of: survey)
    #expect(wave.findings == [])
    #expect(wave.first == [["estate"], ["ict", "crashes"], nil])
    let beyond = try CodedWave(
      "Q,C\nYes,UK\n", codings: "respondent,theme\n2,ict\n0,ict\n01,ict\n", of: survey)
    #expect(beyond.told == (2...4).map { "open-text.csv:\($0):1 unknown-respondent" })
  }

  @Test func `codings of people whom keep leaves out are left out with them`() throws {
    let survey = codedSurvey(
      input: InputLayout(
        respondent: .heading("ID"), keep: [KeepRule(column: .heading("C"), texts: ["UK"])]))
    let wave = try CodedWave(
      "ID,Q,C\na,Yes,UK\n b ,Yes,FR\nc,Yes,UK\n", codings: "respondent,theme\nb,ict\nc,estate\n", of: survey)
    #expect(wave.findings == [])
    #expect(wave.first == [nil, ["estate"]])
    #expect(
      try CodedWave(
        "ID,Q,C\na,Yes,UK\n", codings: "respondent,theme\nb,ict\n", of: survey
      ).told == ["open-text.csv:2:1 unknown-respondent"])
  }

  @Test func `nothing of one response stays in the next`() throws {
    let survey = codedSurvey([theme("a"), theme("b")])
    let wave = try CodedWave(
      responses(["1", "2", "3", "4"]),
      codings: "respondent,question,theme\n1,a,twice\n1,b,estate\n3,a,\n4,b,crashes\n", of: survey)
    #expect(
      wave.raised == [
        [["ict", "joined_up", "twice"], ["estate"]], [nil, nil], [[], nil], [nil, ["ict", "crashes"]],
      ])
  }

  @Test func `a question that nobody coded has nobody in its base`() throws {
    let wave = try CodedWave(
      responses(["1", "2"]), codings: "respondent,question,theme\n1,a,twice\n",
      of: codedSurvey([theme("a"), theme("b")]))
    #expect(wave.raised.map { $0[1] } == [nil, nil])
  }
}
