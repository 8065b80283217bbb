import SurveyDefinition
import Testing

@testable import Ingest

/// How tables of codings may be laid out.
struct CodingLayoutTests {
  let people = responses(["1", "2", "3"])
  let all = ["ict", "joined_up", "twice", "crashes", "estate"]

  @Test func `a row gives a respondent a theme, an empty theme says that there was nothing to code`() throws {
    let wave = try CodedWave(
      people, codings: "respondent,question,theme\n1,why,crashes\n1,why,estate\n3,why,\n")
    #expect(wave.findings == [])
    #expect(wave.first == [["ict", "crashes", "estate"], nil, []])
  }

  @Test func `a respondent counts once per theme and once per theme above`() throws {
    let wave = try CodedWave(
      people,
      codings:
        "respondent,question,theme\n1,why,twice\n1,why,twice\n1,why,crashes\n2,why,ict\n3,why,joined_up\n")
    #expect(wave.first == [["ict", "joined_up", "twice", "crashes"], ["ict"], ["ict", "joined_up"]])
  }

  @Test func `nothing to code beside a theme adds nothing`() throws {
    let wave = try CodedWave(
      people, codings: "respondent,question,theme\n1,why,\n1,why,estate\n2,why,estate\n2,why,\n")
    #expect(wave.first == [["estate"], ["estate"], nil])
  }

  @Test(arguments: [
    "ict", "ICT", "estate", "Estate", "Buildings, rooms", "ict::estate", "crashes", "Crashes",
    "ICT / Crashes",
    "Typed twice", "ICT / Not joined up / Typed twice",
  ])
  func `a theme is named by id, label, whole name or another name`(name: String) throws {
    let wave = try CodedWave(people, codings: "respondent,question,theme\n1,why,\" \(name)\u{A0}\"\n")
    #expect(wave.findings == [])
    #expect(wave.first[0]?.isEmpty == false)
  }

  @Test func `case counts, and half a name is none`() throws {
    for name in ["Ict", "crash", "Not joined up / Typed twice", "ICT/Crashes", "joined up"] {
      let wave = try CodedWave(people, codings: "respondent,question,theme\n1,why,\(name)\n")
      #expect(wave.told == ["open-text.csv:2:3 unknown-theme"], "\(name)")
    }
  }

  @Test func `a label that two themes have names neither, an id or another name goes before a label`() throws
  {
    var survey = codedSurvey()
    survey.themes = [
      Theme(id: "a", label: "A", themes: [Theme(id: "x", label: "Other")]),
      Theme(id: "b", label: "B", themes: [Theme(id: "y", label: "Other"), Theme(id: "z", label: "a")]),
      Theme(id: "c", label: "C", aliases: ["B"]),
    ]
    survey.questions[1] = Question(
      id: "why", text: "", kind: .theme(ThemeCoding(themes: survey.themes.coded)))
    func raised(_ name: String) throws -> [String]? {
      try CodedWave(people, codings: "respondent,question,theme\n1,why,\(name)\n", of: survey).first[0]
    }
    #expect(try raised("Other") == nil)
    #expect(try raised("A / Other") == ["a", "x"])
    #expect(try raised("a") == ["a"])
    #expect(try raised("B / a") == ["b", "z"])
    #expect(try raised("B") == ["c"])
  }

  @Test func `themes joined in one cell are split`() throws {
    let wave = try CodedWave(
      people, codings: "respondent,question,theme\n1,why,\" crashes ; estate;\"\n2,why,;; \n3,why,ict\n"
    ) { $0.themeSeparator = ";" }
    #expect(wave.findings == [])
    #expect(wave.first == [["ict", "crashes", "estate"], [], ["ict"]])
    let longer = try CodedWave(people, codings: "respondent,question,theme\n1,why,crashes--estate-\n") {
      $0.themeSeparator = "--"
    }
    #expect(longer.told == ["open-text.csv:2:3 unknown-theme"])
  }

  @Test func `columns stand anywhere under any heading, or are numbered, and others are not read`() throws {
    let wave = try CodedWave(people, codings: "Note,Code,Quote,Who\nx,crashes,\"a\nb\",2\n,,,\n,estate,,1\n")
    {
      $0.unit = .init(.heading("Who"), isNeeded: true)
      $0.theme = .init(.number(2), isNeeded: true)
    }
    #expect(wave.findings == [])
    #expect(wave.first == [["estate"], ["ict", "crashes"], nil])
  }

  @Test func `the separator of cells is the file's`() throws {
    for separator in [UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")] {
      let text = "respondent,question,theme\n1,why,\"Buildings, rooms\"\n2,why,\n"
      let other = text.replacing(",", with: String(Unicode.Scalar(separator))).replacing(
        "Buildings\(Unicode.Scalar(separator)) ", with: "Buildings, ")
      let wave = try CodedWave(people, codings: other) { $0.separator = separator }
      #expect(wave.findings == [])
      #expect(wave.first == [["estate"], [], nil])
    }
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `a byte order mark, every kind of line break, quotes and gzip are read at every size of chunks`(
    ending: String
  ) throws {
    let text = [
      "\u{FEFF}\"respondent\",question,\"theme\",\"coder\"", "1,why,\"Buildings, rooms\",\"A \"\"B\"\"\"", "",
      "\"2\",\"why\",\"\",\"A \"\"B\"\"\"", "3,why,twice,\" A \"\"B\"\" \"", "",
    ].joined(separator: ending)
    for bytes in [Array(text.utf8), try InputTests().gzip(Array(text.utf8))] {
      for chunkSize in [1, 2, 3, 7, 64, 4096] {
        let wave = try CodedWave(
          people, codings: [(CodingFile.openText, bytes)], of: codedSurvey(), chunkSize: chunkSize)
        #expect(wave.findings == [])
        #expect(wave.first == [["estate"], [], ["ict", "joined_up", "twice"]])
      }
    }
  }

  @Test func `with one theme question the column of questions may be missing`() throws {
    let wave = try CodedWave(people, codings: "respondent,theme\n1,estate\n")
    #expect(wave.findings == [])
    #expect(wave.first == [["estate"], nil, nil])
    #expect(
      try CodedWave(
        people, codings: "respondent,theme\n1,estate\n", of: codedSurvey([theme("a"), theme("b")])
      )
      .told == ["open-text.csv:1 no-such-column"])
  }

  @Test func `codings of two questions are kept apart, in one file or in two`() throws {
    let survey = codedSurvey([theme("a"), theme("b")])
    let one = try CodedWave(
      people, codings: "respondent,question,theme\n1,a,estate\n1,b,crashes\n2,b,\n", of: survey)
    #expect(one.findings == [])
    #expect(one.raised == [[["estate"], ["ict", "crashes"]], [nil, []], [nil, nil]])
    func file(_ name: String, of question: String) -> CodingFile {
      var file = CodingFile.openText
      file.file = name
      file.questionID = question
      file.question = nil
      return file
    }
    let two = try CodedWave(
      people,
      codings: [
        (file("b.csv", of: "b"), Array("respondent,theme\n1,crashes\n2,\n".utf8)),
        (file("a.csv", of: "a"), Array("respondent,question,theme\n1,b,estate\n".utf8)),
      ], of: survey)
    #expect(two.findings == [])
    #expect(two.raised == one.raised)
  }

  @Test func `two columns of one table may be the themes of two questions`() throws {
    let survey = codedSurvey([theme("a"), theme("b")])
    let text = Array("respondent,A,B\n1,estate,crashes;estate\n2,,ict\n".utf8)
    let files = ["a", "b"].map { id in
      var file = CodingFile.openText
      file.questionID = id
      file.question = nil
      file.themeSeparator = ";"
      file.theme = .init(.heading(id.uppercased()), isNeeded: true)
      return (layout: file, bytes: text)
    }
    let wave = try CodedWave(people, codings: files, of: survey)
    #expect(wave.findings == [])
    #expect(wave.raised == [[["estate"], ["ict", "crashes", "estate"]], [[], ["ict"]], [nil, nil]])
  }

  @Test func `a question that is limited to some themes has everyone coded in its base`() throws {
    var survey = codedSurvey()
    survey.questions[1] = Question(
      id: "why", text: "",
      kind: .theme(
        ThemeCoding(themes: [
          CodedTheme(id: "joined_up", label: "ICT / Not joined up"),
          CodedTheme(id: "twice", label: "ICT / Not joined up / Typed twice", parent: 0),
        ])))
    let wave = try CodedWave(
      people, codings: "respondent,question,theme\n1,why,twice\n2,why,ict\n3,why,joined_up\n", of: survey)
    #expect(wave.findings == [])
    #expect(wave.first == [["joined_up", "twice"], [], ["joined_up"]])
  }

  @Test func `a table with a header alone codes nobody`() throws {
    let wave = try CodedWave(people, codings: "respondent,question,theme\n")
    #expect(wave.findings == [])
    #expect(wave.first == [nil, nil, nil])
  }
}
