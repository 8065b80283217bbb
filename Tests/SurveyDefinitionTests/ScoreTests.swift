import SurveyDefinition
import Testing

/// Which number each answer of a scale stands for.
@Suite struct ScoreTests {
  private func scores(of question: Question) -> [String?]? {
    switch question.kind {
    case .single(let choice), .scale(let choice): choice.scores?.map { $0?.text }
    case .multiple, .number, .ranking, .theme: nil
    }
  }

  private let agreement = """
    scales: { agreement: [Agree, Neither, Disagree, Don't know], other: [A, B] }
    scores: { agreement: { Agree: 1, Neither: 0, Disagree: -1 } }
    """

  @Test func `each question on a scale has its scores, but its own win`() throws {
    let survey = try survey(
      small(
        top: agreement,
        questions: """
          q2: { kind: scale, answers: agreement }
            q3: { kind: single, answers: agreement, scores: { Agree: 0.5, Don't know: "-2.25" } }
            q4: { kind: scale, answers: other }
            q5: { kind: multiple, column: x, separator: ";", answers: agreement }
            q6: { kind: single, columns: { A: "#1", B: "#2" }, scores: { A: 1000, B: -1000 } }
            q7: { kind: scale, answers: agreement, other: Something else }
          """))
    #expect(scores(of: survey.questions[0]) == nil)
    #expect(scores(of: survey.questions[1]) == ["1", "0", "-1", nil])
    #expect(scores(of: survey.questions[2]) == ["0.5", nil, nil, "-2.25"])
    #expect(scores(of: survey.questions[3]) == nil && scores(of: survey.questions[4]) == nil)
    #expect(scores(of: survey.questions[5]) == ["1000", "-1000"])
    #expect(scores(of: survey.questions[6]) == ["1", "0", "-1", nil, nil])
  }

  @Test func `a wave merges scores by scale and replaces those of a scale or question whole`() throws {
    let survey = try survey(
      small(
        top: agreement,
        questions: """
          q2: { kind: scale, answers: agreement }
            q3: { kind: scale, answers: other, scores: { A: 1, B: 2 } }
            q4: { kind: scale, answers: other }
            q5: { kind: scale, answers: agreement, scores: { Agree: 5, Disagree: 1 } }
          """),
      wave: """
        scores: { agreement: { Agree: 3, Disagree: 1 }, other: { A: 7, B: 8 } }
        questions: { q3: { scores: { B: 4, A: 3 } }, q5: { scores: null } }
        """)
    #expect(scores(of: survey.questions[1]) == ["3", nil, "1", nil])
    #expect(scores(of: survey.questions[2]) == ["3", "4"])
    #expect(scores(of: survey.questions[3]) == ["7", "8"])
    #expect(scores(of: survey.questions[4]) == ["3", nil, "1", nil])
  }

  @Test func `scores of what is not there are faults with the nearest name`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            scales: { agreement: [Agree, Disagree] }
            scores: { ①agreemnt: { A: 1, B: 2 }, agreement: { Agree: 1, ②Disagre: -1 } }
            """, questions: "q2: { kind: single, answers: [Good, Poor], scores: { Good: 1, ③Agree: 2 } }")
      ).told == [
        "① unknown-scale: there is no scale `agreemnt` in `scales` (did you mean `agreement`?)",
        "② unknown-answer: there is no answer `Disagre` here (did you mean `Disagree`?)",
        "③ unknown-answer: there is no answer `Agree` here (known here: `Good`, `Poor`)",
      ])
    #expect(
      MarkedDefinition(small(top: "scores: { ①agreement: { A: 1, B: 2 } }")).told == [
        "① unknown-scale: there is no scale `agreement` in `scales` (write the scores of a question that lists its answers itself within the question)"
      ])
  }

  @Test func `what is no number that a table can tell is a fault`() {
    #expect(
      MarkedDefinition(
        small(
          questions: """
            q2: { kind: single, answers: [A, B, C, D, E], scores: { A: ①high, B: ②[1], C: ③1000.5, D: ④1e3, E: ⑤-1001 } }
            """)
      ).told == [
        "① not-a-number: `A` needs a number here, such as 12 or 0.5 (digits, with a point and at most six decimals, up to a thousand million)",
        "② not-a-number: `B` needs a number here, such as 12 or 0.5 (digits, with a point and at most six decimals, up to a thousand million)",
        "③ out-of-range: the score of `C` is 1000.5, and may be -1000 to 1000",
        "④ not-a-number: `D` needs a number here, such as 12 or 0.5 (digits, with a point and at most six decimals, up to a thousand million)",
        "⑤ out-of-range: the score of `E` is -1001, and may be -1000 to 1000",
      ])
  }

  @Test func `a mean needs two scores that differ`() {
    #expect(
      MarkedDefinition(
        small(
          top: "scales: { s: [A, B], t: [A, B] }\nscores: { ①s: { A: 1 }, ②t: { A: 1, B: 1.0 } }",
          questions: """
            q2: { kind: single, answers: [A, B], ③scores: { A: 1 } }
              q3: { kind: single, answers: [A, B], ④scores: { A: 0, B: 0 } }
              q4: { kind: single, answers: [A, B], ⑤scores: }
              q5: { kind: single, answers: [A, B], scores: ⑥[1, 2] }
              q6: { kind: single, answers: [A, B], ⑦scores: {} }
            """)
      ).codes == [
        "① too-few-scores", "② same-scores", "③ too-few-scores", "④ same-scores", "⑤ empty-value",
        "⑥ wrong-type", "⑦ too-few-scores",
      ])
  }

  @Test func `only a question of one answer has scores`() {
    #expect(
      MarkedDefinition(
        small(
          questions: """
            q2: { kind: multiple, columns: { A: a, B: b }, ①scores: { A: 1, B: 2 } }
              q3: { kind: number, ②scores: { A: 1, B: 2 } }
              q4: { kind: ranking, columns: { A: a2, B: b2 }, ③scores: { A: 1, B: 2 } }
            """)
      ).told == [
        "① key-of-other-kind: a question of kind `multiple` has no key `scores` (it belongs to `single`, `scale`)",
        "② key-of-other-kind: a question of kind `number` has no key `scores` (it belongs to `single`, `scale`)",
        "③ key-of-other-kind: a question of kind `ranking` has no key `scores` (it belongs to `single`, `scale`)",
      ])
  }
}
