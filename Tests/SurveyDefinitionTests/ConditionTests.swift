import SurveyDefinition
import Testing

/// `asked_if` and `who`.
@Suite struct ConditionTests {
  private let items = """
    q2: { kind: multiple, columns: { A: a, B: b, None: n }, exclusive: [None], nets: { Any: any, Some: [A, B] } }
      q3: { kind: number, valid: [0, 2], bands: { Low: [0, 1], High: [1, 2] } }
    """

  @Test func `a condition names answers, nets, groups and bands`() throws {
    let survey = try survey(
      small(
        questions: items + """

            q4: { kind: single, answers: [X, Y, Z], nets: { XY: [X, Y] }, asked_if: { q2: Any, q3: High, role: [Staff, Officer] } }
            q5: { kind: scale, answers: [X], asked_if: [{ q4: [Z, XY] }, { q2: None }] }
          """))
    #expect(
      survey.questions[3].askedIf
        == Condition(alternatives: [
          [
            .init(item: .question(1), accepted: [0, 1]), .init(item: .question(2), accepted: [1]),
            .init(item: .variable(0), accepted: [0, 1]),
          ]
        ]))
    #expect(
      survey.questions[4].askedIf
        == Condition(alternatives: [
          [.init(item: .question(3), accepted: [0, 1, 2])], [.init(item: .question(1), accepted: [2])],
        ]))
  }

  @Test func `unknown ids and answers name the nearest`() {
    #expect(
      MarkedDefinition(
        small(
          questions: items + """

              q4: { kind: single, answers: [X], asked_if: { ①q22: A, q2: [A, ②Sone], q3: ③Hihg } }
              q5: { kind: single, answers: [X], asked_if: ④q2 }
              q6: { kind: single, answers: [X], asked_if: [⑤q2] }
            """, packs: "two: { who: { ⑥roles: Staff } }\n  three: { who: { role: [⑦Stuff] } }")
      ).told == [
        "① unknown-id: there is no variable or question `q22` (did you mean `q2`?)",
        "② unknown-answer: `q2` has no answer `Sone` (did you mean `None`?)",
        "③ unknown-answer: `q3` has no answer `Hihg` (did you mean `High`?)",
        "④ wrong-type: `asked_if` is a map from ids to answers, not a text (write { question: [Answer, Another] })",
        "⑤ wrong-type: a condition of `asked_if` is a map of keys and values, not a text",
        "⑥ unknown-id: there is no variable or question `roles` (did you mean `role`?)",
        "⑦ unknown-answer: `role` has no group `Stuff` (did you mean `Staff`?)",
      ])
  }

  @Test func `a question without answers to name cannot route`() {
    #expect(
      MarkedDefinition(
        small(
          top: "themes: { t: { label: T } }",
          questions: """
            q2: { kind: theme }
              q3: { kind: number }
              q4: { kind: single, answers: [X], asked_if: { ①q2: T, ②q3: 4 } }
            """)
      ).told == [
        "① no-answers: `q2` is a theme question, which has no answers to name",
        "② no-answers: `q3` is a number question without bands, which has no answers to name (give it `bands`)",
      ])
  }

  @Test func `routing in a circle is told of every question in it`() {
    let questions = """
      q2: { kind: single, answers: [A], ①asked_if: { q3: A } }
        q3: { kind: single, answers: [A], ②asked_if: { q4: A, q1: Suitable } }
        q4: { kind: single, answers: [A], ③asked_if: { q2: A } }
        q5: { kind: single, answers: [A], asked_if: { q2: A } }
        q6: { kind: single, answers: [A], ④asked_if: { q6: A } }
      """
    #expect(
      MarkedDefinition(small(questions: questions)).codes
        == (0..<4).map {
          "\(["①", "②", "③", "④"][$0]) asked-in-a-circle"
        })
  }

  @Test func `what refers to an item with a fault is no fault itself`() {
    #expect(
      MarkedDefinition(
        small(
          top: "banners: [q2, area]", variables: "area: { groups: ①nowhere }",
          questions:
            "q2: { ②kimd: single, answers: [A] }\n  q3: { kind: single, answers: [A], asked_if: { q2: B, area: C } }"
        )
      ).codes == ["① unknown-scale", "survey.yaml:9:3 missing-key", "② unknown-key"])
  }
}
