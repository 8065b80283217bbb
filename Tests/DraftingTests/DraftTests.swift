import Ingest
import SurveyDefinition
import Testing

@testable import Drafting

/// What is guessed from the form of an export.
struct DraftTests {
  @Test func `answers that enough people gave are told, and others count as other`() throws {
    let text = csv(["Colour"], [(9, ["Red"]), (5, ["Blue"]), (4, ["MARKER"]), (1, ["MARKER2"])])
    let drafted = try Drafted(text)
    #expect(!drafted.yaml.contains("MARKER"))
    #expect(drafted.yaml.contains("      - Red\n      - Blue\n    other: Another answer"))
    #expect(try drafted.faults(Array(text.utf8)) == [])
  }

  @Test func `free text is left out and named`() throws {
    let rows = (0..<40).map { (times: 1, cells: [$0 < 20 ? "Yes" : "No", "MARKER \($0) something else"]) }
    let drafted = try Drafted(csv(["Happy", "Why?"], rows))
    #expect(drafted.reason(1)?.hasPrefix("free text") == true)
    #expect(drafted.yaml.contains("#2 Why?: free text"))
    #expect(!drafted.yaml.contains("MARKER"))
  }

  @Test func `the wordings of a known scale come in order, also rare ones`() throws {
    let drafted = try Drafted(
      csv(
        ["Tools"],
        [(20, ["Disagree"]), (9, ["Agree"]), (1, ["Strongly agree"]), (2, ["Neither agree nor disagree"])]))
    let item = try #require(drafted.item("tools"))
    #expect(item.kindName == "scale")
    guard case .choice(_, let answers, _) = item.kind else { return }
    #expect(answers.labels == ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree"])
    #expect(!answers.hasOthers)
  }

  @Test func `whole numbers from one to five are a scale, and many numbers are a number`() throws {
    let rows = (0..<60).map { (times: 1, cells: ["\($0 % 5 + 1)", "\($0 * 7 % 41)", "\($0 % 5 + 1).0"]) }
    let drafted = try Drafted(csv(["Rating", "Years", "Level"], rows))
    #expect(drafted.item("rating")?.kindName == "scale")
    #expect(drafted.item("years")?.kindName == "number")
    #expect(drafted.item("level")?.kindName == "scale")
    #expect(drafted.survey != nil)
  }

  @Test func `columns of places are a ranking, and ratings that are no places are none`() throws {
    let headings = ["Needs [Pay]", "Needs [Time]", "Needs [Kit]"]
    let places = [["1", "2", "3"], ["3", "1", "2"], ["2.0", "3.0", "1.0"], ["1", "", ""], ["", "", ""]]
    let rows = places.map { (times: 6, cells: $0 + ["z"]) }
    let drafted = try Drafted(csv(headings + ["Z"], rows))
    let item = try #require(drafted.draft.items.first)
    #expect(item.kindName == "ranking")
    #expect(
      drafted.yaml.contains("      Pay: Needs [Pay]\n")
        || drafted.yaml.contains("      Pay: \"Needs [Pay]\"\n"))
    #expect(try drafted.faults(Array(csv(headings + ["Z"], rows).utf8)) == [])
    // One record with a place twice: three ratings.
    let rated = try Drafted(csv(headings + ["Z"], rows + [(1, ["1", "1", "2", "z"])]))
    #expect(!rated.draft.items.contains { $0.kindName == "ranking" })
  }

  @Test func `joined answers are told apart, also where an option holds the separator`() throws {
    let options = ["Slack", "Phone, or in person (desk, corridor)", "Mail"]
    var rows: [(times: Int, cells: [String])] = []
    for mask in 1..<8 {
      let chosen = options.indices.filter { mask & (1 << $0) != 0 }.map { options[$0] }
      rows.append((4, [chosen.joined(separator: ", ")]))
    }
    let text = csv(["Channels"], rows)
    let drafted = try Drafted(text)
    guard case .joined(_, let separator, let answers, _) = try #require(drafted.item("channels")).kind else {
      Issue.record("not joined")
      return
    }
    #expect(separator == ", ")
    #expect(Set(answers.labels) == Set(options))
    #expect(try drafted.faults(Array(text.utf8)) == [])
  }

  @Test(arguments: [";", ";#"])
  func `the forms of Microsoft join with a semicolon, and one may trail`(separator: String) throws {
    let options = ["Laptop", "Phone", "Camera"]
    var rows: [(times: Int, cells: [String])] = []
    for mask in 1..<8 {
      let chosen = options.indices.filter { mask & (1 << $0) != 0 }.map { options[$0] }
      rows.append(
        (
          5,
          [
            "2025-01-02 10:00:00", "2025-01-02 10:05:00",
            chosen.joined(separator: separator) + (separator == ";" ? ";" : ""),
          ]
        ))
    }
    let text = csv(["Start time", "Completion time", "Items"], rows)
    let drafted = try Drafted(text)
    #expect(drafted.draft.platform == .microsoftForms)
    #expect(drafted.draft.year == "2025")
    let survey = try #require(drafted.survey)
    var counts = [0, 0, 0]
    let report = try readResponses(.bytes(Array(text.utf8), displayName: "f"), of: survey) { response in
      for option in 0..<3 { counts[option] += Int(response.codes[1 + option]) }
    }
    #expect(report.findings.filter { !$0.isRemark } == [])
    #expect(counts == [20, 20, 20])
  }

  @Test func `two header rows with options over their columns are one question`() throws {
    let header = [
      ["Respondent ID", "Which do you use?", "", "", "How often?", ""],
      ["", "Laptop", "Phone", "Other (please specify)", "Response", "Other (please specify)"],
    ]
    let rows = (0..<40).map { index -> (times: Int, cells: [String]) in
      (
        1,
        [
          "\(1_000 + index)", index % 2 == 0 ? "Laptop" : "", index % 3 == 0 ? "Phone" : "",
          index == 7 ? "MARKER" : "",
          ["Daily", "Weekly", "Never"][index % 3], index == 9 ? "MARKER" : "",
        ]
      )
    }
    let text = csv(header[0], [(1, header[1])] + rows)
    let drafted = try Drafted(text)
    #expect(drafted.draft.platform == .surveyMonkey)
    #expect(drafted.layout.headerRows == 2)
    #expect(drafted.draft.respondent == 0)
    #expect(drafted.draft.items.map(\.kindName) == ["multiple", "scale"])
    #expect(drafted.draft.items[0].columns == [1, 2, 3])
    #expect(!drafted.yaml.contains("MARKER"))
    #expect(try drafted.faults(Array(text.utf8)) == [])
  }

  @Test func `one answer over several columns, of which nobody filled two, is one question`() throws {
    let answers = ["Staff", "Officer", "Other"]
    let rows = (0..<60).map { index -> (times: Int, cells: [String]) in
      (1, ["\(index)"] + answers.indices.map { index % 3 == $0 ? answers[$0] : "" })
    }
    let text = csv(["ID", "What are you?", "", ""], [(1, ["ID"] + answers)] + rows)
    let drafted = try Drafted(text)
    #expect(drafted.draft.items.map(\.kindName) == ["single"])
    #expect(try drafted.faults(Array(text.utf8)) == [])
  }

  @Test func `yes and no over the options of LimeSurvey are one question, and a block shares its scale`()
    throws
  {
    let headings = [
      "id. Response ID", "tools[SQ001]. Which tools? [Laptop]", "tools[SQ002]. Which tools? [Phone]",
      "agree[SQ001]. How far do you agree? [It is fast]", "agree[SQ002]. How far do you agree? [It is safe]",
    ]
    let scale = ["Agree", "Neutral", "Disagree"]
    let rows = (0..<60).map { index -> (times: Int, cells: [String]) in
      let chosen = [2, 3].map { index % $0 == 0 ? "Yes" : "No" }
      return (1, ["\(index + 1)"] + chosen + [scale[index % 3], scale[index % 2]])
    }
    let text = csv(headings, rows)
    let drafted = try Drafted(text)
    #expect(drafted.draft.platform == .limeSurvey)
    #expect(drafted.draft.items.map(\.id) == ["tools", "agree_sq001", "agree_sq002"])
    #expect(drafted.draft.items.map(\.kindName) == ["multiple", "scale", "scale"])
    #expect(drafted.yaml.contains("answers: scale_1"))
    #expect(try drafted.faults(Array(text.utf8)) == [])
  }

  @Test func `three header rows of Qualtrics are known by the last`() throws {
    let text = csv(
      ["StartDate", "QID1", "RecipientEmail"],
      [
        (1, ["Start Date", "1. Do you agree? - Selected Choice", "Recipient Email"]),
        (
          1, ["{\"ImportId\":\"startDate\"}", "{\"ImportId\":\"QID1\"}", "{\"ImportId\":\"recipientEmail\"}"]
        ),
        (20, ["2025-03-04 10:11:12", "Yes", "MARKER@example.org"]), (10, ["2025-03-05 10:11:12", "No", ""]),
      ])
    let drafted = try Drafted(text)
    #expect(drafted.layout.headerRows == 3)
    #expect(drafted.item("qid1")?.text == "1. Do you agree?")
    #expect(drafted.draft.leftOut.filter(\.isPersonal).count == 1)
    #expect(!drafted.yaml.contains("MARKER"))
  }

  @Test(
    arguments: [
      ("E-mail address", "x"), ("Your name", "x"), ("First Name", "x"), ("Contact", "marker@example.org"),
      ("Address", "192.168.10.7"), ("Home", "B4 6NQ"), ("Telephone number", "0121"),
    ])
  func `a column that looks personal is left out`(heading: String, cell: String) throws {
    let drafted = try Drafted(csv([heading, "Q"], [(10, [cell, "Yes"]), (10, [cell, "No"])]))
    #expect(drafted.draft.leftOut.first?.isPersonal == true)
    #expect(!drafted.yaml.contains(cell == "x" ? "- x" : cell))
  }

  @Test func `routing shows where one answer always leaves the next blank`() throws {
    let rows: [(times: Int, cells: [String])] = [
      (20, ["Yes", "Good"]), (15, ["Yes", "Bad"]), (25, ["No", ""]), (3, ["", ""]), (2, ["Yes", ""]),
    ]
    let drafted = try Drafted(
      csv(["Used it?", "How was it?"], rows))
    let routing = try #require(drafted.draft.items.last?.routing)
    #expect(routing.id == "used_it")
    #expect(routing.answers == ["Yes"])
    #expect(drafted.survey?.questions.last?.askedIf != nil)
    let open = try Drafted(csv(["Used it?", "How was it?"], rows + [(1, ["No", "Good"])]))
    #expect(open.draft.items.last?.routing == nil)
  }

  @Test func `an export without headings is seen`() throws {
    let drafted = try Drafted(
      csv(["Yes", "3"], (0..<40).map { (1, [$0 % 2 == 0 ? "Yes" : "No", "\($0 % 5 + 1)"]) }))
    #expect(drafted.layout.headerRows == 0)
    #expect(drafted.yaml.contains("column: \"#1\""))
    #expect(drafted.survey != nil)
  }

  @Test func `separators and quotation marks that mean nothing are seen`() throws {
    let sheet =
      "Timestamp\tHow \"big\" is it?\n"
      + (0..<30).map { "1/2/2025 10:0\($0 % 10):00\t\($0 % 2 == 0 ? "6\" or more" : "Less")\n" }.joined()
    let drafted = try Drafted(sheet)
    #expect(drafted.layout.separator == 9)
    #expect(!drafted.layout.quoting)
    #expect(drafted.draft.platform == .googleForms)
    #expect(try drafted.faults(Array(sheet.utf8)) == [])
    let semicolon = try Drafted("A;B\n" + String(repeating: "Yes, of course;No\n", count: 9))
    #expect(semicolon.layout.separator == UInt8(ascii: ";"))
  }

  @Test func `a first row with an address or a date is a response, whose texts are told nowhere`() throws {
    for cell in ["marker@example.org", "2025-03-04 10:11:12", "192.168.1.20"] {
      let rows = (0..<12).map { (times: 1, cells: ["MARKER\($0)", cell, $0 % 2 == 0 ? "Yes" : "No"]) }
      let drafted = try Drafted(csv(["MARKER text", cell, "Yes"], rows))
      #expect(drafted.layout.headerRows == 0)
      #expect(!drafted.yaml.contains("MARKER"))
      #expect(!drafted.yaml.contains(cell))
    }
  }

  @Test func `numbers of a scale are listed in every form for every step`() throws {
    let rows = (0..<50).map { (times: 1, cells: [$0 == 7 ? "4.0" : "\($0 % 3 + 1)"]) }
    let drafted = try Drafted(csv(["Level"], rows))
    #expect(drafted.yaml.contains("3: [3, \"3.0\"]") || drafted.yaml.contains("3: [3, 3.0]"))
    #expect(drafted.survey != nil)
  }
}
