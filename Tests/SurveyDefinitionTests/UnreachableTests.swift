import SurveyDefinition
import Testing

/// What can never happen, packs that are part of one another, and groups that a wave no longer has.
@Suite struct UnreachableTests {
  private let routed = """
    q2: { kind: single, answers: [A, B], asked_if: { q1: Suitable } }
      q3: { kind: single, answers: [A], asked_if: { q2: B } }
    """

  @Test func `a pack whose conditions exclude one another through routing is a fault at its who`() {
    #expect(
      MarkedDefinition(
        small(
          questions: routed,
          packs: """
            b: { ①who: { q1: Not suitable, q2: A } }
              c: { ②who: [{ q3: A, q1: Not suitable }, { q3: A, q2: A, role: Staff }] }
              d: { who: [{ q3: A, q1: Not suitable }, { q3: A }] }
            """)
      ).told == [
        "① empty-pack: nobody can be in the pack `b`: what `who` names excludes itself (see of whom the questions that it names were asked; a list of conditions means or)",
        "② empty-pack: nobody can be in the pack `c`: what `who` names excludes itself (see of whom the questions that it names were asked; a list of conditions means or)",
      ])
  }

  @Test func `a question that nobody can be asked is a remark`() {
    #expect(
      MarkedDefinition(
        small(
          questions: routed + "\n  q4: { kind: single, answers: [A], ①asked_if: { q3: A, q1: Not suitable } }"
        )
      ).told == [
        "① remark never-asked: nobody can be asked `q4`: what `asked_if` names excludes itself (see of whom the questions that it names were asked)"
      ])
  }

  @Test func `options of a multiple question exclude nothing`() {
    #expect(
      MarkedDefinition(
        small(
          questions: """
            q2: { kind: multiple, columns: { A: a, B: b } }
              q3: { kind: single, answers: [A], asked_if: { q2: A } }
            """, packs: "b: { who: { q3: A, q2: B } }")
      ).codes == [])
  }

  @Test func `a condition with a fault, or routing in a circle, is not called empty on top`() {
    #expect(
      MarkedDefinition(
        small(
          questions: """
            q2: { kind: single, answers: [A], ①asked_if: { q3: A } }
              q3: { kind: single, answers: [A], ②asked_if: { q2: A } }
            """, packs: "b: { who: { role: ③Stuff, q2: A } }")
      ).codes == ["① asked-in-a-circle", "② asked-in-a-circle", "③ unknown-answer"])
  }

  @Test func `a pack for part of another's people is remarked on with what the other adds`() {
    #expect(
      MarkedDefinition(
        small(
          variables: "area: { groups: [North, South, East, West, Middle] }",
          packs: """
            b: { who: { area: [North, South] } }
              c: { ①who: { area: North } }
              d: { ②who: { area: North, role: Staff } }
              e: { who: { area: [East, South] } }
              f: { who: { role: Staff } }
            """)
      ).told == [
        "① remark part-of-pack: the pack `c` is for part of the people of `b`, which adds `South` of `area` (whoever has both can subtract one from the other; that is allowed, and reckoned with, but where few people make the difference much is withheld)",
        "② remark part-of-pack: the pack `d` is for part of the people of `c`, which adds `Officer` of `role` (whoever has both can subtract one from the other; that is allowed, and reckoned with, but where few people make the difference much is withheld)",
      ])
  }

  @Test func `groups that a wave no longer has are named with the file that took them, and the nearest`() {
    let areas = "area: { groups: [Custody, Coventry, Contact] }"
    let survey = small(
      variables: areas, questions: "q2: { kind: single, answers: [A], asked_if: { area: ①Custody } }",
      packs: "b: { who: { area: [②Coventry] } }")
    #expect(
      MarkedDefinition(survey, wave: "variables: { area: { groups: [Custodi, Coventri] } }").told == [
        "① unknown-answer: `area` has no group `Custody` in this wave: its groups stand in 2012-12/wave.yaml on line 1 (did you mean `Custodi`?)",
        "② unknown-answer: `area` has no group `Coventry` in this wave: its groups stand in 2012-12/wave.yaml on line 1 (did you mean `Coventri`?)",
      ])
  }

  @Test
  func `what wave yaml names in who, asked_if and nets is held to the groups and answers that there are`() {
    #expect(
      MarkedDefinition(
        small(
          variables: "area: { groups: [Custody, Coventry, Contact] }",
          questions: "q2: { kind: single, answers: [Agree, Disagree] }",
          packs: "b: { who: { area: Custody } }"),
        wave: """
          questions: { q2: { asked_if: { area: [①Custdy] }, nets: { Any: [②Agre] } } }
          packs: { b: { who: { area: [③Contract] } } }
          """
      ).told == [
        "① unknown-answer: `area` has no group `Custdy` in this wave: its groups stand in survey.yaml on line 6 (did you mean `Custody`?)",
        "② unknown-answer: there is no answer `Agre` here (did you mean `Agree`?)",
        "③ unknown-answer: `area` has no group `Contract` in this wave: its groups stand in survey.yaml on line 6 (did you mean `Contact`?)",
      ])
  }
}
