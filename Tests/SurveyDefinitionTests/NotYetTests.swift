import SurveyDefinition
import Testing

/// What the definition can say and this version cannot do. A feature that arrives takes its mark out of here.
@Suite struct NotYetTests {
  @Test func `what this version cannot do is refused at its key`() {
    let definition = MarkedDefinition(
      small(
        top:
          "input: { ①header_rows: 2, ②encoding: utf-16 }\nthemes: { t: { label: T } }\n③weights: { column: w }",
        variables: "gender: { ④columns: { Male: '#33', Female: '#34' } }",
        questions: """
          q2: { kind: scale, ⑤columns: { A: a, B: b } }
            q3: { ⑥kind: ranking, columns: { A: c, B: d } }
          """))
    #expect(
      definition.told == [
        "① not-yet: `header_rows` other than 1: this version cannot do that yet (leave one row of headings in the file)",
        "② not-yet: an `encoding` other than utf-8: this version cannot do that yet (save the file as UTF-8)",
        "③ not-yet: weights: this version cannot do that yet",
        "④ not-yet: a variable with one column per group: this version cannot do that yet",
        "⑤ not-yet: a question of one answer with one column per answer: this version cannot do that yet",
        "⑥ not-yet: a ranking: this version cannot do that yet",
      ])
  }

  @Test func `what is not yet done is read all the same`() {
    let definition = MarkedDefinition(
      small(
        questions: "q2: { ①kind: ranking, columns: { A: c, ②A: d, B: ③[x] } }"))
    #expect(definition.codes == ["① not-yet", "② duplicate-key", "③ wrong-type"])
  }
}
