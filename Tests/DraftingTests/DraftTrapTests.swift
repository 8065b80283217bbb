import Ingest
import SurveyDefinition
import Testing

@testable import Drafting

/// Exports that an earlier draft took for something else: answers told of few, lost or invented.
struct DraftTrapTests {
  typealias Rows = [(times: Int, cells: [String])]

  /// So many rows, each once.
  func rows(_ count: Int, _ cells: (Int) -> [String]) -> Rows { (0..<count).map { (1, cells($0)) } }

  /// By label, how many respondents a drafted question of one or several answers counts.
  func counts(_ text: String, _ id: String) throws -> [String: Int] {
    let drafted = try Drafted(text)
    let survey = try #require(drafted.survey, "the draft is no definition")
    let position = try #require(survey.questions.firstIndex { $0.id == id }, "no question \(id)")
    let labels = survey.questions[position].answerLabels
    let layout = CodeLayout(survey)
    let first = try #require(layout.questions[position])
    var counts: [String: Int] = [:]
    let report = try readResponses(.bytes(Array(text.utf8), displayName: "f"), of: survey) { response in
      switch survey.questions[position].kind {
      case .multiple:
        for (option, label) in labels.enumerated() {
          counts[label, default: 0] += Int(response.codes[first + 1 + option])
        }
      default: if response.codes[first] >= 0 { counts[labels[Int(response.codes[first])], default: 0] += 1 }
      }
    }
    #expect(report.findings.filter { !$0.isRemark } == [])
    return counts.filter { $0.value > 0 }
  }

  // MARK: The first row

  @Test func `a first response with free text beside closed answers is no header`() throws {
    let rows: Rows = rows(30) {
      [["Harbour", "Hill"][$0 % 2], ["Yes", "No"][$0 % 2], "a \($0)", "b \($0)", "c \($0)"]
    }
    let drafted = try Drafted(csv(["Harbour", "Yes", "MARKER one", "MARKER two", "MARKER three"], rows))
    #expect(drafted.layout.headerRows == 0)
    #expect(!drafted.yaml.contains("MARKER"))
  }

  @Test func `a response below the platform's own headings is no second header row`() throws {
    let headings = ["Respondent", "Site", "Salads", "Soup", "Other", ""]
    let rows: Rows =
      [(1, ["17", "Hill", "Salads", "Soup", "", "MARKER"])]
      + rows(20) {
        ["\(18 + $0)", ["Hill", "Harbour"][$0 % 2], "Salads", $0 % 2 == 0 ? "Soup" : "", "", ""]
      }
    let drafted = try Drafted(csv(headings, rows))
    #expect(drafted.layout.headerRows == 1)
    #expect(drafted.draft.recordCount == 21)
    #expect(!drafted.yaml.contains("MARKER"))
  }

  @Test func `two header rows without Response are known by the ids above`() throws {
    let rows: Rows =
      [(1, ["", "Laptop", "Phone", "It is fast", "It is safe"])]
      + rows(60) { index in
        [
          "\(index + 100)", index % 2 == 0 ? "Laptop" : "", index % 3 == 0 ? "Phone" : "",
          ["Agree", "Disagree", "Neutral"][index % 3], "Agree",
        ]
      }
    let text = csv(["Respondent ID", "Which?", "", "How far do you agree?", ""], rows)
    let drafted = try Drafted(text)
    #expect(drafted.layout.headerRows == 2)
    #expect(drafted.draft.recordCount == 60)
    #expect(try counts(text, "which") == ["Laptop": 30, "Phone": 20])
  }

  @Test func `names over wordings of Qualtrics are two header rows`() throws {
    let rows: Rows =
      [(1, ["Start Date", "How are you?"])]
      + rows(30) { ["2025-01-02 10:00:0\($0 % 10)", ["Well", "Badly"][$0 % 2]] }
    let drafted = try Drafted(csv(["StartDate", "Q1"], rows))
    #expect(drafted.layout.headerRows == 2)
    #expect(drafted.draft.platform == .qualtrics)
    #expect(drafted.draft.recordCount == 30)
  }

  @Test func `dates and numbers may be headings`() throws {
    let poll = try Drafted(
      csv(
        ["12/05/2025 10:00", "13/05/2025 10:00", "Site"],
        rows(40) { [["Yes", "No"][$0 % 2], ["Yes", "No", "Maybe"][$0 % 3], "Hill"] }))
    #expect(poll.layout.headerRows == 1)
    let numbers = try Drafted(
      csv(
        ["1", "2", "Site"], rows(40) { [["Yes", "No"][$0 % 2], ["Yes", "No"][$0 % 2], "Hill"] }))
    #expect(numbers.layout.headerRows == 1)
  }

  // MARK: What few gave

  @Test func `an answer that somebody wrote in a way of their own is not told`() throws {
    let rows: Rows = [(20, ["Agree"]), (12, ["Disagree"]), (9, ["Neutral"]), (1, ["DISAGREE!!! :-(("])]
    let drafted = try Drafted(csv(["Tools"], rows))
    #expect(!drafted.yaml.contains("!!!"))
    #expect(drafted.yaml.contains("other: Another answer"))
    let names = try Drafted(
      csv(["Who"], [(9, ["Very Marker"]), (9, ["Not at all Marker"]), (1, ["Slightly Marker"])]))
    #expect(!names.yaml.contains("Slightly"))
  }

  @Test(arguments: ["04", "+2", "3.00000"])
  func `a number in a form of its own makes no scale`(odd: String) throws {
    let rows: Rows = rows(40) { ["\($0 % 5 + 1)"] } + [(1, [odd])]
    let drafted = try Drafted(csv(["Level"], rows))
    #expect(drafted.item("level")?.kindName == "number")
    #expect(!drafted.yaml.contains(odd))
  }

  // MARK: Joined cells

  @Test func `a comma within single answers makes no options`() throws {
    let yes = csv(["Works"], [(45, ["Yes"]), (32, ["No"]), (20, ["Yes, but rarely"]), (3, ["Unsure"])])
    #expect(try counts(yes, "works") == ["Yes": 45, "No": 32, "Yes, but rarely": 20, "Another answer": 3])
    let sizes = csv(
      ["Size"],
      [
        (20, ["1-9"]), (20, ["10-99"]), (15, ["1,000 or more"]), (9, ["100-999"]), (1, ["a, b"]), (1, ["c"]),
        (1, ["d"]),
      ])
    #expect(
      try counts(sizes, "size") == [
        "1-9": 20, "10-99": 20, "1,000 or more": 15, "100-999": 9, "Another answer": 3,
      ])
    let contracts = csv(
      ["Contract"],
      [
        (40, ["Full time"]), (15, ["Full time, fixed term"]), (30, ["Part time"]),
        (12, ["Part time, fixed term"]),
      ])
    #expect(try counts(contracts, "contract")["Full time"] == 40)
    let hours =
      "Hours;Site\n"
      + ["7", "7,5", "8", "8,5", "6", "6,5"].flatMap { Array(repeating: "\($0);Hill\n", count: 9) }.joined()
    #expect(try counts(hours, "hours")["7"] == 9)
  }

  @Test func `options of cells of any length are whole`() throws {
    let options = (1...8).map {
      "I would like to have more of the things that make number \($0) worth having"
    }
    var rows: Rows = [(30, [options.joined(separator: ";")])]
    for option in options { rows.append((5, [option])) }
    let counted = try counts(csv(["Wanted"], rows), "wanted")
    #expect(counted == Dictionary(uniqueKeysWithValues: options.map { ($0, 35) }))
  }

  // MARK: Silence

  @Test func `what LimeSurvey and Qualtrics write for no answer is none`() throws {
    let lime = csv(
      ["id. ID", "used. Used it?", "how. How was it?"],
      rows(60) { ["\($0)", $0 % 3 == 0 ? "No" : "Yes", $0 % 3 == 0 ? "N/A" : ["Good", "Bad"][$0 % 2]] })
    let drafted = try Drafted(lime)
    #expect(drafted.yaml.contains("not_asked: [N/A]"))
    #expect(try counts(lime, "how") == ["Good": 20, "Bad": 20])
    #expect(drafted.item("how")?.routing?.answers == ["Yes"])
    let qualtrics = csv(
      ["StartDate", "Q1"],
      [(1, ["Start Date", "How old?"]), (1, ["{\"ImportId\":\"startDate\"}", "{\"ImportId\":\"QID1\"}"])]
        + rows(60) { ["2025-01-02 10:00:00", $0 % 4 == 0 ? "-99" : "\(20 + $0)"] })
    let ages = try Drafted(qualtrics)
    #expect(ages.yaml.contains("missing: [\"\", \"-99\"]"))
    #expect(ages.item("q1")?.kindName == "number")
    #expect(try ages.faults(Array(qualtrics.utf8)) == [])
  }

  // MARK: Options in columns

  @Test func `an option that few chose, or that was renamed, is kept`() throws {
    let rows: Rows = rows(60) { index in
      [index % 2 == 0 ? "Laptop" : "", index % 3 == 0 ? "Phone" : "", index % 20 == 1 ? "Pager" : ""]
    }
    let text = csv(["Q3_1", "Q3_2", "Q3_3"], rows)
    let counted = try counts(text, "q3")
    #expect(counted.values.sorted() == [3, 20, 30])
    #expect(try !Drafted(text).yaml.contains("Pager"))
    let renamed = csv(
      ["Respondent ID", "Which?", ""],
      [(1, ["", "Laptop", "Phone"])]
        + (0..<60).map {
          (
            1,
            [
              "\($0)", $0 % 2 == 0 ? ($0 < 30 ? "Laptop" : "Laptop or tablet") : "",
              $0 % 3 == 0 ? "Phone" : "",
            ]
          )
        })
    #expect(try counts(renamed, "which") == ["Laptop": 30, "Phone": 20])
  }

  @Test func `a grid of yes and no with blanks is questions of one answer`() throws {
    let rows: Rows = rows(60) { index in
      [
        index % 2 == 0 ? "Yes" : "No", index % 3 == 0 ? "" : index % 2 == 0 ? "No" : "Yes",
        index % 4 == 0 ? "" : "Yes",
      ]
    }
    let drafted = try Drafted(
      csv(["Did you have [Uniform]", "Did you have [Radio]", "Did you have [Car]"], rows))
    #expect(drafted.draft.items.map(\.kindName) == ["single", "single", "single"])
  }

  // MARK: Labels and names

  @Test(
    arguments: [
      ["(none)", "none"], ["Total", "(Total)"], ["(net) b", "b"], ["()", "x"], ["((x))", "x"],
      ["a\u{FFFE}b", "c"],
      ["null", "~"], ["\u{1B}[31mred", "blue"],
    ])
  func `answers with odd texts make a definition`(answers: [String]) throws {
    let text = csv(["Q"], answers.map { (12, [$0]) } + [(9, ["plain"])])
    let drafted = try Drafted(text, name: "null")
    #expect(drafted.definitionFaults == [])
    #expect(try drafted.faults(Array(text.utf8)) == [])
    #expect(!drafted.yaml.contains("\u{1B}"))
  }

  @Test func `a heading with control characters stays on its line`() throws {
    let rows: Rows = rows(20) { ["free \($0) text", ["Yes", "No"][$0 % 2]] }
    let drafted = try Drafted(csv(["a\u{1B}[2J\nb: c", "Q"], rows))
    #expect(drafted.definitionFaults == [])
    #expect(!drafted.yaml.contains("\u{1B}"))
  }

  @Test func `a date of birth names no wave`() throws {
    let rows: Rows = rows(20) { ["1985-02-\(10 + $0 % 10)", ["Yes", "No"][$0 % 2]] }
    #expect(try Drafted(csv(["Born", "Q"], rows)).draft.year == nil)
  }
}
