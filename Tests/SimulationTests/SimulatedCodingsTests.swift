import Simulation
import SurveyDefinition
import Testing

@Suite struct `Simulated codings` {
  private static let definition = """
    survey: small
    title: Small
    input: { respondent: ID }
    variables:
      role: { label: Role, column: role, groups: [Officer, Staff] }
    questions:
      hindered: { kind: single, column: Q1, answers: ["Yes", "No"] }
      why: { kind: theme, asked_if: { hindered: ["Yes"] } }
      more: { kind: theme, themes: [estate] }
    themes: { ict: { label: ICT, themes: { joined_up: { label: J } } }, estate: { label: E } }
    packs: { all: { title: All, who: everyone } }
    """

  private func codings(
    _ shares: Shares? = nil, responses: Int = 60, seed: UInt64 = 1, sessions: [FocusGroupSession] = [],
    _ change: (inout Survey) -> Void = { _ in }
  ) throws -> [String: CSVTable] {
    var survey = try survey(Self.definition)
    change(&survey)
    let files = try simulateCodings(
      wave: Wave(id: "test", sessions: sessions, survey: survey), shares: shares ?? .equal(for: survey),
      responses: responses, seed: seed)
    return Dictionary(uniqueKeysWithValues: files.map { ($0.file, CSVTable($0.bytes)) })
  }

  private func shares(_ yaml: String) throws -> Shares {
    try SimulationTests.shares(yaml, for: survey(Self.definition))
  }

  /// The themes of each respondent of a question.
  private func found(_ table: CSVTable?, _ question: String = "why") throws -> [String: [String]] {
    let table = try #require(table)
    var found: [String: [String]] = [:]
    let rows = zip(zip(table.cells("respondent"), table.cells("question")), table.cells("theme"))
    for ((respondent, of), theme) in rows where of == question {
      found[respondent, default: []] += theme.isEmpty ? [] : [theme]
    }
    return found
  }

  @Test func `are the same for the same seed, others for another, and change no response`() throws {
    let first = try codings(seed: 7).mapValues(\.records)
    #expect(try codings(seed: 7).mapValues(\.records) == first)
    #expect(try codings(seed: 8).mapValues(\.records) != first)
    let survey = try survey(Self.definition)
    let other = try shares("questions: { why: { shares: { ict: 1 } } }")
    #expect(try simulated(survey, other, responses: 50) == simulated(survey, responses: 50))
  }

  @Test func `give every theme to as many respondents where there are no shares`() throws {
    for responses in [0, 1, 2, 59, 60] {
      let found = try found(try codings(responses: responses)["open-text.csv"], "more")
      #expect(found.count == responses)
      #expect(found.values.allSatisfy { $0 == ["estate"] })
      let why = try self.found(try codings(responses: responses)["open-text.csv"]).values.flatMap { $0 }
      let counts = ["ict", "joined_up", "estate"].map { theme in why.count { $0 == theme } }
      #expect((counts.max() ?? 0) - (counts.min() ?? 0) <= 1, "\(responses): \(counts)")
    }
  }

  @Test(arguments: [10, 77, 400])
  func `meet every share to within one respondent, in each group`(responses: Int) throws {
    let shares = try shares(
      """
      questions:
        why:
          by: role
          shares: { ict: 0.5, joined_up: 0.6, (nothing to code): 0.2 }
          groups: { Staff: { estate: 0.75, (nothing to code): 0.25 } }
      """)
    let survey = try survey(Self.definition)
    let people = CSVTable(try simulated(survey, shares, responses: responses))
    let found = try found(try codings(shares, responses: responses)["open-text.csv"])
    for (role, expected) in [
      ("Officer", ["ict": 0.5, "joined_up": 0.6, "estate": 0]),
      ("Staff", ["ict": 0, "joined_up": 0, "estate": 0.75]),
    ] {
      let group = people.records.indices.filter {
        people.cells("role")[$0] == role && people.cells("Q1")[$0] == "Yes"
      }.map { people.cells("ID")[$0] }
      #expect(group.allSatisfy { found[$0] != nil })
      for (theme, share) in expected {
        let count = group.count { found[$0]?.contains(theme) == true }
        #expect(abs(Double(count) - share * Double(group.count)) <= 1, "\(role) \(theme)")
      }
      let nothing = group.count { found[$0] == [] }
      #expect(abs(Double(nothing) - (role == "Staff" ? 0.25 : 0.2) * Double(group.count)) <= 1)
    }
    let hindered = people.cells("Q1").count { $0 == "Yes" }
    #expect(found.count == hindered, "nobody is coded who was not asked")
  }

  @Test func `are of those who wrote something in the column that was coded`() throws {
    let shares = try shares(
      """
      questions: { more: { column: Comments, shares: { estate: 0.5, (nothing to code): 0.5 } } }
      free_text: [{ column: Comments, share: 0.4, texts: [a, "b,\\n\\"c\\""] }]
      """)
    let people = CSVTable(try simulated(survey(Self.definition), shares, responses: 90))
    let wrote = zip(people.cells("ID"), people.cells("Comments")).filter { $0.1 != "" }.map(\.0)
    #expect(wrote.count == 36)
    let found = try found(try codings(shares, responses: 90)["open-text.csv"], "more")
    #expect(Set(found.keys) == Set(wrote))
    #expect(found.values.count { $0 == ["estate"] } == 18)
  }

  @Test func `refuse an open text that nobody makes, and columns without headings`() throws {
    let unknown = try shares("questions: { more: { column: Comments, shares: { estate: 1 } } }")
    #expect(throws: SimulationFailure.noSuchText("Comments")) { try codings(unknown) }
    #expect(throws: SimulationFailure.numberedCodings("open-text.csv")) {
      try codings { $0.codings.openText[0].theme = .init(.number(2), isNeeded: true) }
    }
    #expect(throws: SimulationFailure.numberedCodings("focus-groups.csv")) {
      try codings(sessions: [FocusGroupSession(id: "a", label: "A", audience: "staff")]) {
        $0.codings.focusGroups[0].unit = .init(.number(1), isNeeded: true)
      }
    }
  }

  @Test func `are laid out as the definition says`() throws {
    let files = try codings(responses: 5) {
      $0.codings.openText[0].file = "why; not.csv"
      $0.codings.openText[0].questionID = "why"
      $0.codings.openText[0].question = nil
      $0.codings.openText[0].unit = .init(.heading("Who, then"), isNeeded: true)
      $0.codings.openText.append(.openText)
    }
    #expect(Set(files.keys) == ["why; not.csv", "open-text.csv"])
    #expect(files["why; not.csv"]?.headings == ["Who, then", "theme"])
    #expect(files["open-text.csv"]?.headings == ["respondent", "question", "theme"])
    #expect(Set(files["open-text.csv"]?.cells("question") ?? []) == ["more"])
  }

  @Test func `have a coder where two read a text, and where the definition counts one by name`() throws {
    #expect(try codings()["open-text.csv"]?.headings.contains("coder") == false)
    let two = try shares("questions: { why: { second_coder: { share: 1, differs: 0 } } }")
    let table = try #require(try codings(two)["open-text.csv"])
    let rows = zip(
      zip(table.cells("question"), table.cells("coder")), zip(table.cells("respondent"), table.cells("theme"))
    )
    func read(_ coder: String) -> [String] {
      rows.filter { $0.0 == ("why", coder) }.map { "\($0.1.0) \($0.1.1)" }.sorted()
    }
    #expect(read("first") == read("second"))
    #expect(!read("first").isEmpty)
    for name in ["Ann", "second"] {
      for shares in [two, nil] {
        let named = try #require(
          try codings(shares) { survey in
            guard case .theme(var coding) = survey.questions[1].kind else { return }
            coding.coders = .coder(name)
            survey.questions[1].kind = .theme(coding)
          }["open-text.csv"])
        let coders = zip(named.cells("question"), named.cells("coder")).filter { $0.0 == "why" }.map(\.1)
        #expect(coders.first == name)
        #expect(Set(coders).count == (shares == nil ? 1 : 2))
      }
    }
  }

  @Test func `have a theme in the share of an audience's sessions`() throws {
    let sessions = ["a", "b", "c", "d", "x"].map {
      FocusGroupSession(id: $0, label: $0, audience: $0 == "x" ? "officers" : "staff")
    }
    let shares = try shares("focus_groups: { staff: { ict: 1, joined_up: 0.5 } }")
    let table = try #require(try codings(shares, sessions: sessions)["focus-groups.csv"])
    #expect(table.headings == ["session", "theme"])
    var raised: [String: Set<String>] = [:]
    for (session, theme) in zip(table.cells("session"), table.cells("theme")) {
      raised[theme, default: []].insert(session)
    }
    #expect(raised["ict"]?.subtracting(["x"]) == ["a", "b", "c", "d"])
    #expect(raised["joined_up"]?.subtracting(["x"]).count == 2)
    #expect(raised["estate"]?.subtracting(["x"]) ?? [] == [])
    // A session in which nothing was raised has its row, or nobody could tell that it was coded.
    let silent = try SimulationTests.shares(
      "focus_groups: { staff: {}, officers: {} }", for: survey(Self.definition))
    let empty = try #require(try codings(silent, sessions: sessions)["focus-groups.csv"])
    #expect(empty.records == ["a", "b", "c", "d", "x"].map { [$0, ""] })
    #expect(try codings()["focus-groups.csv"] == nil)
  }
}
