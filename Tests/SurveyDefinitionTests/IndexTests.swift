import SurveyDefinition
import Testing

/// Questions that measure one thing together.
@Suite struct IndexTests {
  private func definition(_ indices: String, more: String = "") -> String {
    small(
      top: """
        scales: { s: [A, B, Don't know] }
        scores: { s: { A: 1, B: 0 } }
        indices: \(indices)
        """,
      questions: """
        q2: { kind: scale, answers: s }
          q3: { kind: single, answers: s }
          q4: { kind: scale, answers: s }
          secret: { kind: scale, answers: s, sensitive: true }
        """ + more)
  }

  @Test func `an index has an id, a text and its questions in their order`() throws {
    let survey = try survey(
      definition(
        "{ ict: { text: How well ICT works, questions: [q4, q2] }, all: { questions: [q2, q3, q4] } }"))
    #expect(
      survey.indices == [
        CompositeIndex(id: "ict", text: "How well ICT works", questions: [3, 1]),
        CompositeIndex(id: "all", text: "all", questions: [1, 2, 3]),
      ])
  }

  @Test func `ids are unique over variables, questions and indices`() {
    #expect(
      MarkedDefinition(
        definition(
          """
          { ①q2: { questions: [q2, q3] }, ②role: { questions: [q2, q3] }, ③total: { questions: [q2, q3] },
              ④How well: { questions: [q2, q3] } }
          """)
      ).codes == ["① duplicate-id", "② duplicate-id", "③ reserved-id", "④ bad-id"])
  }

  @Test func `an index is of two questions with scores at least`() {
    #expect(
      MarkedDefinition(
        definition(
          """
          { a: { questions: [q2, ①q9] }, b: { ②questions: [q2] }, c: { questions: [q2, ③q2] }, d: { ④questions: [q1, q2] },
              e: { ⑤questions: [q2, secret] }, f: { questions: [q2, ⑥role] }, ⑦g: { text: G }, h: { questions: [q2, q3], ⑧weights: 1 },
              i: { ⑨questions: [] } }
          """)
      ).told == [
        "① unknown-id: there is no variable or question `q9` (did you mean `q1`?)",
        "② too-few-questions: the index `b` is of fewer than two questions (list the questions that measure it together; one alone has its mean score already)",
        "③ listed-twice: `q2` is listed twice (keep one of them)",
        "④ no-scores: no answer of `q1` stands for a number, so the index `d` cannot be worked out (give the question or its scale `scores`, or leave it out of the index)",
        "⑤ sensitive-in-index: `secret` is sensitive, and the index `e` would tell how its answers go with others (leave it out of the index)",
        "⑥ not-a-question: `role` is a variable, and `questions` lists questions",
        "⑦ missing-key: an index needs the key `questions`",
        "⑧ unknown-key: an index has no key `weights` (known here: `text`, `questions`)",
        "⑨ too-few-questions: the index `i` is of fewer than two questions (list the questions that measure it together; one alone has its mean score already)",
      ])
  }

  @Test func `scores that cannot be read are told once`() {
    let told = MarkedDefinition(
      definition(
        "{ a: { questions: [q2, bad] } }",
        more: "\n  bad: { kind: single, answers: [A, B], scores: { A: 1, B: 1 } }")
    ).reading.findings
    #expect(told.map(\.code) == ["same-scores"])
  }

  @Test func `a wave merges indices by id and replaces their questions whole`() throws {
    let written = definition("{ a: { text: One, questions: [q2, q3] }, b: { questions: [q2, q4] } }")
    let merged = try survey(
      written,
      wave: "indices: { a: { questions: [q4, q3] }, b: null, c: { text: Three, questions: [q2, q3] } }")
    #expect(
      merged.indices == [
        CompositeIndex(id: "a", text: "One", questions: [3, 2]),
        CompositeIndex(id: "c", text: "Three", questions: [1, 2]),
      ])
    // Of other questions it would be another figure under the same name.
    let without = try survey(written, wave: "questions: { q4: null }")
    #expect(without.indices.map(\.id) == ["a"])
  }
}
