import SurveyDefinition
import Testing

/// What the definition can say and this version cannot do. A feature that arrives takes its mark out of here.
@Suite struct NotYetTests {
  @Test func `what this version cannot do is refused at its key`() {
    let definition = MarkedDefinition(
      small(
        top: "themes: { t: { label: T } }\n①weights: { column: w }",
        questions: "q2: { ②kind: ranking, columns: { A: c, B: d } }"))
    #expect(
      definition.told == [
        "① not-yet: weights: this version cannot do that yet",
        "② not-yet: a ranking: this version cannot do that yet",
      ])
  }

  @Test func `what is not yet done is read all the same`() {
    let definition = MarkedDefinition(
      small(
        questions: "q2: { ①kind: ranking, columns: { A: c, ②A: d, B: ③[x] } }"))
    #expect(definition.codes == ["① not-yet", "② duplicate-key", "③ wrong-type"])
  }
}
