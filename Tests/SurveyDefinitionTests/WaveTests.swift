import SurveyDefinition
import Testing

/// wave.yaml laid over survey.yaml.
@Suite struct WaveTests {
  @Test func `a wave has its dates and its sessions`() throws {
    let definition = MarkedDefinition(
      small(),
      wave: """
        fieldwork: { from: 2012-12-20, to: 2013-01-08 }
        made_up: true
        sessions: { FG 1: { label: Custody suite, audience: staff }, FG2: { audience: officers } }
        """)
    #expect(definition.told == [])
    let wave = try #require(definition.reading.wave)
    #expect(wave.id == "2012-12")
    #expect(wave.fieldwork == Fieldwork(from: "2012-12-20", to: "2013-01-08"))
    #expect(wave.isMadeUp)
    #expect(
      wave.sessions == [
        FocusGroupSession(id: "FG 1", label: "Custody suite", audience: "staff"),
        FocusGroupSession(id: "FG2", label: "FG2", audience: "officers"),
      ])
  }

  @Test func `faults of what only a wave has`() {
    #expect(
      MarkedDefinition(
        small(),
        wave: """
          ①fieldwork: { from: 2013-01-08, to: 2012-12-20 }
          made_up: ②perhaps
          sessions: { ③a: { label: A }, b: { audience: ④Total }, c: { audience: x, ⑤room: 3 } }
          """
      ).codes == ["① range-reversed", "② unknown-word", "③ missing-key", "④ reserved-label", "⑤ unknown-key"])
    #expect(
      MarkedDefinition(small(), wave: "fieldwork: { from: ①2013-02-29, to: ②08.01.2013 }").codes == [
        "① bad-date", "② bad-date",
      ])
    #expect(MarkedDefinition(small(), wave: "①fieldwork: { from: 2012-02-29 }").codes == ["① missing-key"])
    #expect(
      MarkedDefinition(small(top: "①fieldwork: { from: 2012-12-20, to: 2013-01-08 }")).told == [
        "① unknown-key: `fieldwork` differs from wave to wave (write it in the wave's wave.yaml)"
      ])
  }

  @Test func `maps merge key by key, down to the keys of a question`() throws {
    let survey = try survey(
      small(
        top:
          "protection: { minimum_cell: 3, minimum_base: 8 }\ninput: { file: a.csv, keep: { C: [UK], D: [x] } }",
        questions: "q2: { kind: single, column: x, text: Old, answers: { A: 1, B: 2 }, nets: { N: [A, B] } }"),
      wave: """
        title: Staff again
        protection: { minimum_base: 12 }
        input: { separator: ";", keep: { C: [UK, GB] } }
        variables: { area: { groups: [Custody] } }
        questions:
          q2: { text: New, answers: { B: 2, C: 3 }, nets: { M: [C] } }
          q3: { kind: number }
        packs: { all: { title: Everyone } }
        """)
    #expect(survey.title == "Staff again")
    #expect(survey.protection == ProtectionThresholds(minimumCell: 3, minimumBase: 12))
    #expect(survey.input.file == "a.csv")
    #expect(survey.input.separator == UInt8(ascii: ";"))
    #expect(
      survey.input.keep == [
        KeepRule(column: .heading("C"), texts: ["UK", "GB"]), KeepRule(column: .heading("D"), texts: ["x"]),
      ])
    #expect(survey.variables.map(\.id) == ["role", "area"])
    #expect(survey.questions.map(\.id) == ["q1", "q2", "q3"])
    #expect(survey.questions[1].text == "New")
    #expect(survey.questions[1].answerLabels == ["B", "C"])
    #expect(survey.questions[1].nets == [Net(label: "M", members: .answers([1]))])
    guard case .single(let choice) = survey.questions[1].kind else { return }
    #expect(choice.source == .column(.heading("x")))
    #expect(survey.packs.map(\.title) == ["Everyone"])
  }

  @Test func `lists and the maps of labels are replaced whole`() throws {
    let survey = try survey(
      small(
        top: "banners: [role, q1]\ninput: { missing: ['', NA] }",
        questions: """
          q2: { kind: multiple, columns: { A: a, B: b }, nets: { N: [A, B] } }
            q3: { kind: single, answers: [X], asked_if: { q1: Suitable, role: Staff } }
          """, packs: "two: { who: { role: Staff, q1: Suitable } }"),
      wave: """
        banners: [q1]
        input: { missing: [NK] }
        variables: { role: { groups: { Staff: 2, Other: 3 } } }
        questions: { q2: { columns: { C: c }, nets: { M: [C] } }, q3: { asked_if: { role: Other } } }
        packs: { two: { who: { role: Other } } }
        """)
    #expect(survey.input.missing == ["NK"])
    #expect(survey.variables[0].groupLabels == ["Staff", "Other"])
    #expect(survey.questions[1].answerLabels == ["C"])
    #expect(survey.questions[1].nets.map(\.label) == ["M"])
    let other = Condition(alternatives: [[.init(item: .variable(0), accepted: [1])]])
    #expect(survey.questions[2].askedIf == other)
    #expect(survey.packs[1].who == other)
    #expect(survey.packs[0].banners == [.question(0)])
  }

  @Test(arguments: ["answers", "columns", "groups", "nets", "asked_if", "who", "bands", "text"])
  func `a question may have the name of a key`(id: String) throws {
    let survey = try survey(
      small(questions: "\(id): { kind: single, column: x, answers: [A] }"),
      wave: "questions: { \(id): { text: T } }")
    #expect(survey.questions[1].text == "T")
    #expect(survey.questions[1].answerLabels == ["A"])
  }

  @Test func `themes merge at every level`() throws {
    let survey = try survey(
      small(top: "themes: { a: { label: A, themes: { b: { label: B }, c: { label: C } } } }"),
      wave: "themes: { a: { themes: { b: { label: B2 }, c: null, d: { label: D } } } }")
    #expect(
      survey.themes == [
        Theme(id: "a", label: "A", themes: [Theme(id: "b", label: "B2"), Theme(id: "d", label: "D")])
      ])
  }

  @Test func `null takes out, and lists of survey.yaml no longer hold it`() throws {
    let survey = try survey(
      small(
        top: """
          publisher: P
          banners: [role, area]
          themes: { t: { label: T }, u: { label: U } }
          blocks: { b: { questions: [q2, q3] }, gone: { questions: [q3] } }
          """, variables: "area: { groups: [A] }",
        questions: """
          q2: { kind: single, answers: [A], asked_if: { role: Staff } }
            q3: { kind: single, answers: [A] }
            q4: { kind: theme, themes: [t, u] }
          """,
        packs: "two: { who: { role: Staff }, questions: [q2, q3] }\n  three: { who: { role: Officer } }"),
      wave: """
        publisher: null
        variables: { area: ~ }
        questions: { q3: null, q2: { asked_if: null } }
        themes: { u: null }
        packs: { three: null }
        """)
    #expect(survey.publisher == nil)
    #expect(survey.variables.map(\.id) == ["role"])
    #expect(survey.questions.map(\.id) == ["q1", "q2", "q4"])
    #expect(survey.questions[1].askedIf == nil)
    #expect(survey.questions[2].kind == .theme(ThemeCoding(themes: [CodedTheme(id: "t", label: "T")])))
    #expect(survey.blocks == [Block(id: "b", text: "b", questions: [1])])
    #expect(survey.packs.map(\.id) == ["all", "two"])
    #expect(survey.packs[1].questions == [1])
    #expect(survey.packs[0].banners == [.variable(0)])
  }

  @Test func `null without quotes alone takes out`() throws {
    let survey = try survey(
      small(top: "publisher: P\ncontact: C"),
      wave: "publisher: 'null'\ncontact: \"~\"\nquestions: { q1: { answers: [null, ~] } }")
    #expect(survey.publisher == "null")
    #expect(survey.contact == "~")
    #expect(survey.questions[0].answerLabels == ["null", "~"])
  }

  @Test func `what a condition still names cannot be taken out`() {
    #expect(
      MarkedDefinition(
        small(
          questions: "q2: { kind: number }",
          packs: "two: { who: { ①q1: Suitable } }\n  three: { who: { role: Staff }, questions: [q1, q2] }"),
        wave: "questions: { q1: null, ②q9: null }\npacks: { three: { questions: [③q1, q2] } }"
      ).told == [
        "② nothing-to-remove: there is no `q9` that `null` could take out (did you mean `q2`?)",
        "③ unknown-id: `q1` is taken out of this wave in 2012-12/wave.yaml on line 1 (say in wave.yaml what holds without it)",
        "① unknown-id: `q1` is taken out of this wave in 2012-12/wave.yaml on line 1 (say in wave.yaml what holds without it)",
      ])
  }

  @Test func `an id of wave.yaml that is new by a slip names the old one`() {
    let definition = MarkedDefinition(
      small(variables: "service: { groups: [A] }", questions: "equipment: { kind: single, answers: [A] }"),
      wave: "questions: { ①equipmnt: { text: New } }\nvariables: { ②servce: { label: S } }")
    #expect(
      definition.told == [
        "① missing-key: a question needs the key `kind` (this makes a new one of questions; did you mean `equipment`?)",
        "② missing-key: a variable needs the key `groups` (this makes a new one of variables; did you mean `service`?)",
      ])
  }

  @Test func `a finding points into the file that its text stands in`() {
    #expect(
      MarkedDefinition(
        small(
          questions:
            "q2: { kind: single, answers: [A], nets: { N: [①B] } }\n  q3: { ②kimd: single, kind: single, answers: [A] }"
        ),
        wave: "questions: { q1: { answers: [A, ③A] }, q3: { ④txt: New } }\n⑤titel: x"
      ).codes == ["③ duplicate-label", "④ unknown-key", "⑤ unknown-key", "① unknown-answer", "② unknown-key"])
  }
}
