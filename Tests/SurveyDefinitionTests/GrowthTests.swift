import SurveyDefinition
import Testing

/// Reading takes time and memory in proportion to the text. Each text here is a tenth of what a file may hold, read in
/// well under a second unoptimised; at quadratic cost it would take several, and a full file minutes.
@Suite(.timeLimit(.minutes(1))) struct GrowthTests {
  private func listed(_ count: Int, _ separator: String = ", ", _ text: (Int) -> String) -> String {
    (0..<count).map(text).joined(separator: separator)
  }

  @Test func `thousands of texts of one answer`() throws {
    let texts = listed(7_000) { "t\($0)" }
    _ = try survey(small(questions: "q2: { kind: single, answers: { A: [\(texts)] } }"))
  }

  @Test func `thousands of answers and nets, and conditions that name them`() throws {
    let answers = listed(3_000) { "a\($0)" }
    let nets = listed(3_000) { "n\($0): a\($0)" }
    let asking = listed(1_000, "\n  ") {
      "r\($0): { kind: single, answers: [A], asked_if: { q2: [a\($0), n\($0)] } }"
    }
    _ = try survey(
      small(questions: "q2: { kind: single, answers: [\(answers)], nets: { \(nets) } }\n  \(asking)"))
  }

  @Test func `a wave that takes out thousands of questions and misspells others`() {
    let questions = listed(1_500, "\n  ") { "r\($0): { kind: single, answers: [A] }" }
    let definition = MarkedDefinition(
      small(questions: questions),
      wave: "questions: { \(listed(1_500) { "r\($0): null" }), \(listed(300) { "s\($0): { text: x }" }) }")
    #expect(definition.reading.findings.count == 300)
    #expect(definition.reading.findings.allSatisfy { $0.code == "missing-key" })
  }

  @Test func `a circle of a thousand questions`() {
    let questions = listed(1_000, "\n  ") {
      "r\($0): { kind: single, answers: [A], asked_if: { r\(($0 + 1) % 1_000): A } }"
    }
    let findings = MarkedDefinition(small(questions: questions)).reading.findings
    #expect(findings.count == 1_000)
    #expect(findings.allSatisfy { $0.code == "asked-in-a-circle" })
  }

  @Test func `one long scale that many questions name is told once`() {
    let questions = listed(600, "\n  ") { "r\($0): { kind: scale, answers: s }" }
    let definition = MarkedDefinition(
      small(top: "scales: { s: [\(listed(1_000) { "a\($0)" })] }", questions: questions))
    #expect(definition.reading.findings.map(\.code) == ["too-large"])
  }

  @Test func `a text without end is refused, and a long one does not multiply`() {
    let endless = String(repeating: "x", count: 5_001)
    #expect(MarkedDefinition(small(top: "publisher: ①\(endless)")).codes == ["① too-large"])
    let long = String(repeating: "x", count: 4_000)
    let definition = MarkedDefinition(
      small(questions: "q2: { kind: single, answers: { A: [1, 2], \"\(long)\": [①1, ②2] } }"))
    #expect(definition.reading.findings.allSatisfy { $0.message.count < 700 })
  }
}
