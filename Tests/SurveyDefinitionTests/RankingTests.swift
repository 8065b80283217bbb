import SurveyDefinition
import Testing

struct RankingTests {
  @Test func `places and the first few are as many as there are options unless said`() throws {
    let definition = MarkedDefinition(
      small(
        questions: """
          two: { kind: ranking, columns: { A: a, B: b } }
            three: { kind: ranking, columns: { A: c, B: d, C: e } }
            five: { kind: ranking, columns: { A: f, B: g, C: h, D: i, E: j } }
            best: { kind: ranking, columns: { A: k, B: l, C: m, D: n, E: o }, places: 4, top: 2 }
          """))
    #expect(definition.told == [])
    let rankings = try #require(definition.reading.wave?.survey).questions.compactMap {
      question -> Ranking? in
      if case .ranking(let ranking) = question.kind { ranking } else { nil }
    }
    #expect(rankings.map(\.places) == [2, 3, 5, 4])
    #expect(rankings.map(\.top) == [nil, 2, 3, 2])
  }

  @Test func `what a ranking cannot be is told at its key`() {
    let definition = MarkedDefinition(
      small(
        questions: """
          one: { kind: ranking, ①columns: { A: a } }
            chosen: { kind: ranking, columns: { A: ②{ column: b, chosen: any }, B: c } }
            places: { kind: ranking, columns: { A: d, B: e, C: f }, places: ③4 }
            top: { kind: ranking, columns: { A: g, B: h, C: i }, top: ④3 }
            few: { kind: ranking, columns: { A: j, B: k }, top: ⑤2 }
            ⑥none: { kind: ranking }
          """))
    #expect(
      definition.codes == [
        "① too-few-options", "② key-of-other-kind", "③ out-of-range", "④ out-of-range", "⑤ out-of-range",
        "⑥ missing-key",
      ])
  }
}
