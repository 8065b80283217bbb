import Simulation
import SurveyDefinition
import Testing

@Suite struct `Reading shares.yaml` {
  /// Each file, and what is wrong with it: `line:column code`.
  @Test(arguments: [
    ("variable: {}", ["1:1 unknown-key"]),
    ("variables: { roel: {} }", ["1:14 unknown-id"]),
    ("questions: { role: {} }", ["1:14 unknown-id"]),
    ("variables: { role: { share: {} } }", ["1:22 unknown-key"]),
    ("variables: { role: { unanswered: 5% } }", ["1:34 not-a-share"]),
    ("variables: { role: { unanswered: 1.5 } }", ["1:34 not-a-share"]),
    ("variables: { role: { unanswered: 0.1234567 } }", ["1:34 not-a-share"]),
    ("variables: { role: { unanswered: -0.1 } }", ["1:34 not-a-share"]),
    ("variables: { role: { unanswered: [0.1] } }", ["1:34 not-a-share"]),
    ("variables: { role: { shares: { Oficer: 1 } } }", ["1:32 unknown-answer"]),
    ("variables: { role: { shares: { Officer: 0.5 } } }", ["1:30 shares-sum"]),
    ("variables: { role: { shares: { Officer: 0.5, Staff: 0.6 } } }", ["1:30 shares-sum"]),
    ("variables: { role: { shares: { Officer: rest, Staff: rest } } }", ["1:54 rest-twice"]),
    ("variables: { role: { by: enough } }", ["1:26 by-later-item"]),
    ("variables: { role: { by: role } }", ["1:26 by-later-item"]),
    ("questions: { enough: { by: items } }", ["1:28 by-several"]),
    ("questions: { enough: { by: rolle } }", ["1:28 unknown-id"]),
    ("questions: { enough: { groups: {} } }", ["1:32 groups-of-nothing"]),
    ("questions: { enough: { by: role, groups: { Stuff: { Agree: 1 } } } }", ["1:44 unknown-group"]),
    ("questions: { items: { shares: { None: 0.5, Laptop: 0.6 } } }", ["1:31 shares-sum"]),
    ("questions: { items: { shares: { None: 0.5, Laptop: 0.2 } } }", ["1:31 shares-sum"]),
    ("questions: { items: { shares: { None: 0.5, Laptop: rest } } }", ["1:52 not-a-share"]),
    ("questions: { lacking: { shares: { (declined): 1 } } }", ["1:35 unknown-answer"]),
    ("questions: { items: { texts: { Laptop: [x] } } }", ["1:32 texts-declared"]),
    ("questions: { items: { texts: { Other: [] } } }", ["1:39 incomplete"]),
    ("questions: { why: { shares: { ICT: 1 } } }", ["1:31 unknown-answer"]),
    ("questions: { why: { shares: { ict: 0.5 } } }", ["1:29 shares-sum"]),
    ("questions: { why: { shares: { ict: rest } } }", ["1:36 not-a-share"]),
    ("questions: { why: { shares: { ict: 0.5, (declined): 0.5 } } }", ["1:41 unknown-answer"]),
    ("questions: { why: { shares: { (nothing to code): 1.5 } } }", ["1:50 not-a-share"]),
    ("questions: { why: { texts: { ict: [x] } } }", ["1:21 unknown-key"]),
    ("questions: { why: { colum: Comments } }", ["1:21 unknown-key"]),
    ("questions: { why: { column: [Comments] } }", ["1:29 not-a-text"]),
    (
      "questions: { why: { second_coder: { share: 2, differ: 0.1 } } }",
      ["1:44 not-a-share", "1:47 unknown-key"]
    ),
    ("questions: { why: { second_coder: 0.2 } }", ["1:35 not-a-map"]),
    ("questions: { enough: { column: Comments } }", ["1:24 unknown-key"]),
    ("questions: { enough: { second_coder: { share: 1 } } }", ["1:24 unknown-key"]),
    ("focus_groups: { staff: { itc: 1, ict: 2 } }", ["1:26 unknown-id", "1:39 not-a-share"]),
    ("focus_groups: [staff]", ["1:15 not-a-map"]),
    ("focus_group: {}", ["1:1 unknown-key"]),
    ("dirt: { stray_blank: 0.1 }", ["1:9 unknown-key"]),
    ("free_text: { column: A }", ["1:12 not-a-list"]),
    ("free_text: [{ column: A }]", ["1:13 incomplete"]),
    ("patterns: { a: { Agree: 1 } }\nquestions: { enough: { shares: b } }", ["2:32 unknown-pattern"]),
    ("patterns: { a: { Agree: 1 } }\nvariables: { role: { shares: a } }", ["1:18 unknown-answer"]),
    ("patterns: { a: a }\nquestions: { enough: { shares: a } }", ["1:16 not-a-map"]),
    (
      "patterns: { a: { Agree: 2 } }\nquestions: { enough: { by: role, shares: a, groups: { Staff: a } } }",
      ["1:25 not-a-share"]
    ),
    ("variables: [role]", ["1:12 not-a-map"]),
    ("variables: { role: { unanswered: 0, unanswered: 0 } }", ["1:22 not-yaml"]),
    ("variables: {", ["2:1 not-yaml"]),
    (
      "variables:\n  role: { unanswered: x }\n  grade: { shares: { Low: 0.1 } }\ndirt: { a: 0 }",
      ["2:23 not-a-share", "3:20 shares-sum", "4:9 unknown-key"]
    ),
  ])
  func `tells every fault with its place`(yaml: String, expected: [String]) throws {
    let reading = readShares(yaml: yaml, file: "shares.yaml", for: try survey())
    let told = reading.findings.map { "\($0.place.line ?? 0):\($0.place.column ?? 0) \($0.code)" }
    #expect(told == expected, "\(reading.findings.map(\.message))")
    #expect(reading.shares == nil)
    #expect(reading.findings.allSatisfy { $0.place.file == "shares.yaml" })
  }

  @Test func `names what a misspelt word may stand for`() throws {
    let reading = readShares(
      yaml: "questions: { enough: { shares: { Agre: 1 } } }", file: "shares.yaml", for: try survey())
    #expect(reading.findings.first?.message == "there is no answer \"Agre\"")
    #expect(reading.findings.first?.remedy == "did you mean \"Agree\"?")
  }

  @Test func `names the keys of a theme question, and its themes`() throws {
    let survey = try survey()
    let reading = readShares(
      yaml: "questions: { why: { second_codr: {}, shares: { icct: 1, (nothing to cod): 0 } } }",
      file: "shares.yaml", for: survey)
    #expect(
      reading.findings.map(\.remedy) == [
        "did you mean \"second_coder\"?", "did you mean \"ict\"?", "did you mean \"(nothing to code)\"?",
      ])
  }

  @Test func `takes an empty file for equal shares`() throws {
    let survey = try survey()
    for yaml in ["", "# nothing yet\n", "questions:\n"] {
      #expect(try shares(yaml, for: survey) == .equal(for: survey))
    }
  }

  @Test func `finds shares by the name of their pattern`() throws {
    let survey = try survey()
    let named = try shares(
      "questions: { enough: { shares: a } }\npatterns: { a: { Agree: 0.3, Neither: rest } }", for: survey)
    let written = try shares("questions: { enough: { shares: { Agree: 0.3, Neither: 0.7 } } }", for: survey)
    #expect(named == written)
  }

  /// Each line doubles what the one before it unfolds to: composed, this would take longer than anyone waits.
  @Test func `refuses a file that unfolds without bound`() throws {
    let lines = (1..<40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }
    let bomb = "a0: &a0 [x]\n" + lines.joined() + "? *a39\n: 1\n"
    let reading = readShares(yaml: bomb, file: "shares.yaml", for: try survey())
    #expect(reading.shares == nil)
    #expect(reading.findings.map(\.code) == ["aliases"])
    #expect(reading.findings.first?.place.line == 8)
  }

  @Test func `reads decimals exactly`() throws {
    let survey = try survey()
    let shares = try shares(
      "variables: { role: { shares: { Officer: 0.1, Staff: 0.9 }, unanswered: .000001 } }", for: survey)
    #expect(shares.variables[0].usual.answers.map(\.millionths) == [100_000, 900_000])
    #expect(shares.variables[0].unanswered.millionths == 1)
  }
}
