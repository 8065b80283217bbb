import SurveyDefinition
import Testing

@testable import Ingest

/// Whose codes count where several coders read the texts.
struct CoderTests {
  let people = responses(["1", "2", "3", "4"])
  /// 1: both agree in part. 2: Ann alone. 3: Bob found nothing. 4: Bob alone.
  let table = """
    respondent,question,theme,coder
    1,why,joined_up,Ann
    1,why,crashes,Bob
    2,why,estate,Ann
    3,why,estate,Ann
    3,why,,Bob
    4,why,twice,Bob

    """

  private func read(_ rule: CoderRule?, _ text: String? = nil) throws -> CodedWave {
    try CodedWave(people, codings: text ?? table, of: codedSurvey([theme("why", coders: rule)]))
  }

  @Test func `any: what one of them found, in the texts that one of them read`() throws {
    let wave = try read(.agreedByAny)
    #expect(wave.findings == [])
    #expect(
      wave.first == [
        ["ict", "joined_up", "crashes"], ["estate"], ["estate"], ["ict", "joined_up", "twice"],
      ])
  }

  @Test func `all: what everyone found who read the text; two parts of a theme agree on the theme`() throws {
    let wave = try read(.agreedByAll)
    #expect(wave.findings == [])
    #expect(wave.first == [["ict"], ["estate"], [], ["ict", "joined_up", "twice"]])
  }

  @Test(arguments: ["Ann", " Ann "])
  func `one coder: what they found, in the texts that they read`(name: String) throws {
    let wave = try read(.coder(name))
    #expect(wave.findings == [])
    #expect(wave.first == [["ict", "joined_up"], ["estate"], ["estate"], nil])
  }

  @Test func `a respondent whom only another coder read is no unknown respondent`() throws {
    #expect(try read(.coder("Bob")).first == [["ict", "crashes"], nil, [], ["ict", "joined_up", "twice"]])
    #expect(try read(.coder("Bob")).findings == [])
  }

  @Test func `without a rule the first row of a second coder is a fault that names nobody`() throws {
    let wave = try read(nil)
    #expect(wave.told == ["open-text.csv:3:4 several-coders"])
    #expect(wave.findings[0].message == "several coders coded `why`, and nothing says whose codes count")
    #expect(
      wave.findings[0].remedy == "write `coder: NAME` or `agreed: any` or `agreed: all` under the question")
    #expect(!wave.printed.contains("Ann") && !wave.printed.contains("Bob"))
  }

  @Test func `one coder needs no rule, named or not, by blanks or without`() throws {
    for text in [
      "respondent,theme,coder\n1,estate,Ann\n2,ict, Ann \n", "respondent,theme,coder\n1,estate,\n2,ict, \n",
      "respondent,theme\n1,estate\n2,ict\n",
    ] {
      #expect(try read(nil, text).findings == [])
    }
  }

  @Test func `a row without a coder is by somebody else than one with`() throws {
    #expect(
      try read(nil, "respondent,theme,coder\n1,estate,Ann\n2,ict,\n").told == [
        "open-text.csv:3:3 several-coders"
      ])
  }

  @Test func `a coder whom no row names is a fault`() throws {
    for text in [table, "respondent,theme\n1,estate\n", "respondent,theme,coder\n1,estate,\n"] {
      let wave = try read(.coder("Cas"), text)
      #expect(wave.findings.map(\.code) == ["unknown-coder"])
      #expect(wave.findings[0].place.line == 2)
      #expect(wave.findings[0].message == "no coding of `why` is by the coder whose codes are to count")
      #expect(
        wave.findings[0].remedy == "name a coder of the file under `coder`, or write `agreed: any`")
    }
    #expect(try read(.coder("Cas"), "respondent,theme\n").findings == [])
  }

  @Test func `each question has its own coders`() throws {
    let survey = codedSurvey([theme("a", coders: .agreedByAll), theme("b"), theme("c")])
    let wave = try CodedWave(
      people,
      codings: """
        respondent,question,theme,coder
        1,a,estate,Ann
        1,a,ict,Bob
        2,b,ict,Ann
        3,c,ict,Bob
        4,c,ict,Bob

        """, of: survey)
    #expect(wave.findings == [])
    #expect(wave.raised[0] == [[], nil, nil])
    #expect(wave.raised[1] == [nil, ["ict"], nil])
  }

  @Test func `a coder of one file is another than nobody of the next`() throws {
    var second = CodingFile.openText
    second.file = "second.csv"
    let files = [
      (layout: second, bytes: Array("respondent,theme\n2,ict\n".utf8)),
      (layout: CodingFile.openText, bytes: Array("respondent,theme,coder\n1,estate,Ann\n".utf8)),
    ]
    for files in [files, files.reversed()] {
      let undecided = try CodedWave(people, codings: files, of: codedSurvey())
      #expect(undecided.findings.map(\.code) == ["several-coders"])
      let decided = try CodedWave(
        people, codings: files, of: codedSurvey([theme("why", coders: .coder("Ann"))]))
      #expect(decided.findings == [])
      #expect(decided.first == [["estate"], nil, nil, nil])
    }
  }
}
