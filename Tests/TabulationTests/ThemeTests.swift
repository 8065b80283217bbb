import SurveyDefinition
import Testing

@testable import Tabulation

/// Theme questions: who was coded, and who raised which theme of a tree of three levels.
struct ThemeTests {
  private static let themes = [
    Theme(
      id: "ict", label: "ICT",
      themes: [
        Theme(id: "joined_up", label: "Not joined up", themes: [Theme(id: "twice", label: "Typed twice")]),
        Theme(id: "crashes", label: "Crashes"),
      ]),
    Theme(id: "estate", label: "Estate", themes: [Theme(id: "desks", label: "Desks")]),
    Theme(id: "training", label: "Training"),
  ].coded
  private static let routing = 0
  private static let why = 1

  private static func survey(base: BaseRule = .answered) -> Survey {
    func options(_ labels: [String]) -> [AnswerOption] {
      labels.map { AnswerOption(label: $0, texts: [$0]) }
    }
    let hindered = Condition(alternatives: [[.init(item: .question(routing), accepted: [0])]])
    return Survey(
      id: "toy", title: "Toy",
      variables: [
        Variable(
          id: "role", label: "Role", source: .column(.heading("role")), groups: options(["Officer", "Staff"]))
      ],
      questions: [
        Question(
          id: "hindered", text: "",
          kind: .single(Choice(source: .column(.heading("Q")), answers: options(["Yes", "No"])))),
        Question(
          id: "why", text: "", kind: .theme(ThemeCoding(themes: themes)), askedIf: hindered, base: base),
      ],
      packs: [
        Pack(id: "all", title: "All", who: nil, banners: [.variable(0)], questions: [0, 1]),
        Pack(
          id: "staff", title: "Staff",
          who: Condition(alternatives: [[.init(item: .variable(0), accepted: [1])]]), banners: [],
          questions: [0, 1]),
      ])
  }

  /// One made-up respondent.
  private struct Person {
    var role = -1
    var hindered = 0
    /// Positions of what was raised, each with all above it; nil where nobody coded an answer.
    var raised: Set<Int>?
  }

  private func tallied(_ people: [Person], base: BaseRule = .answered) throws -> Tally {
    var tally = Tally(TabulationPlan(Self.survey(base: base)))
    let layout = tally.plan.layout
    let slot = try #require(layout.questions[Self.why])
    let routing = try #require(layout.questions[Self.routing])
    for (unit, person) in people.enumerated() {
      var response = CodedResponse(layout)
      response.codes[layout.variables[0]] = Int32(person.role)
      response.codes[routing] = Int32(person.hindered)
      response.codedUnit = unit
      if let raised = person.raised {
        response.codes[slot] = 0
        for theme in Self.themes.indices {
          response.codes[slot + 1 + theme] = raised.contains(theme) ? 1 : 0
        }
      }
      tally.add(response)
    }
    return tally
  }

  @Test func `a theme question has a table of who was coded and one of each theme`() {
    let tables = CountTable.tables(ofQuestion: Self.why, in: Self.survey())
    #expect(
      tables.map(\.part) == [
        .coded, .theme(0), .themeBelow(1, parent: 0), .themeBelow(2, parent: 1), .themeBelow(3, parent: 0),
        .theme(4), .themeBelow(5, parent: 4), .theme(6),
      ])
    #expect(tables.map(\.categories) == [2, 2, 3, 3, 3, 2, 3, 2])
  }

  @Test func `everyone whose text was read is in the base, also with nothing to code`() throws {
    let tally = try tallied([
      Person(raised: []), Person(raised: [6]), Person(), Person(role: 1, raised: [0, 1, 2]),
      Person(role: 1, raised: [0]),
    ])
    #expect(tally.row(Self.why, .coded) == [4, 1])
    #expect(tally.row(Self.why, .coded, group: 1) == [2, 0])
    #expect(tally.row(Self.why, .coded, audience: 1) == [2, 0])
    #expect(tally.row(Self.why, .theme(6)) == [1, 3])
    #expect(tally.row(Self.why, .theme(0)) == [2, 2])
    #expect(tally.row(Self.why, .themeBelow(1, parent: 0)) == [1, 1, 2])
    #expect(tally.row(Self.why, .themeBelow(2, parent: 1)) == [1, 0, 3])
    #expect(tally.row(Self.why, .themeBelow(3, parent: 0)) == [0, 2, 2])
  }

  @Test func `whom the question was not asked is in no table, and told where they were coded`() throws {
    let tally = try tallied([
      Person(hindered: 1, raised: [0]), Person(hindered: 1), Person(hindered: -1, raised: []),
      Person(raised: [0]),
    ])
    #expect(tally.row(Self.why, .coded) == [1, 0])
    #expect(tally.row(Self.why, .theme(0)) == [1, 0])
    #expect(tally.codedNotAsked.map(\.unit) == [0, 2])
    #expect(tally.codedNotAsked.allSatisfy { $0.question == Self.why })
    // They are faults of the codings, not answers that somebody gave without being asked.
    #expect(tally.routingViolations == [0, 0])
  }

  @Test func `the base that the definition asks for changes no count`() throws {
    let people = [Person(raised: [0]), Person(), Person(role: 1, raised: [])]
    for base in [BaseRule.answered, .asked] {
      let tally = try tallied(people, base: base)
      #expect(tally.row(Self.why, .coded) == [2, 1])
      #expect(tally.row(Self.why, .theme(0)) == [1, 1])
    }
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `every table is what a plain recount gives`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let people = (0..<Int.random(in: 1...300, using: &random)).map { _ in
      var raised: Set<Int>?
      if Int.random(in: 0..<4, using: &random) > 0 {
        var found: Set<Int> = []
        for theme in Self.themes.indices where Int.random(in: 0..<4, using: &random) == 0 {
          var next: Int? = theme
          while let position = next {
            found.insert(position)
            next = Self.themes[position].parent
          }
        }
        raised = found
      }
      return Person(
        role: Int.random(in: -1...1, using: &random), hindered: Int.random(in: -1...1, using: &random),
        raised: raised)
    }
    let tally = try tallied(people)
    #expect(tally.codedNotAsked.count == people.count { $0.hindered != 0 && $0.raised != nil })
    for audience in [0, 1] {
      for group in [nil, 0, 1, 2] as [Int?] {
        let here = people.filter { person in
          let own = person.role < 0 ? 2 : person.role
          return person.hindered == 0 && (audience == 0 || person.role == 1) && (group == nil || own == group)
        }
        if audience == 1, group != nil { continue }
        let coded = here.compactMap(\.raised)
        #expect(
          tally.row(Self.why, .coded, group: group, audience: audience) == [
            coded.count, here.count - coded.count,
          ],
          "seed \(seed)")
        for (position, theme) in Self.themes.enumerated() {
          let raised = coded.count { $0.contains(position) }
          if let parent = theme.parent {
            let above = coded.count { $0.contains(parent) }
            #expect(
              tally.row(Self.why, .themeBelow(position, parent: parent), group: group, audience: audience)
                == [raised, above - raised, coded.count - above], "seed \(seed): \(theme.id)")
          } else {
            #expect(
              tally.row(Self.why, .theme(position), group: group, audience: audience)
                == [raised, coded.count - raised], "seed \(seed): \(theme.id)")
          }
        }
      }
    }
  }
}
