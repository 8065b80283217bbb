import SurveyDefinition
import Testing

/// Of a text that is no definition so much is told as somebody reads.
@Suite struct FindingLimitTests {
  /// A definition with so many unknown keys of a question, on a line each from the eighth on.
  private func reading(unknownKeys count: Int) -> DefinitionReading {
    let keys = (0..<count).map { "\n    unknown\($0): x" }.joined()
    return MarkedDefinition(small(questions: "q2:\n    kind: single\n    answers: [A]\(keys)")).reading
  }

  @Test func `two thousand findings are told, and how many more there are`() throws {
    let reading = reading(unknownKeys: 2_500)
    #expect(reading.wave == nil)
    #expect(reading.findings.count == 2_001)
    let last = try #require(reading.findings.last)
    #expect(last.code == "too-many-findings" && !last.isRemark)
    #expect(last.message == "and 500 more findings, the first of them here")
    #expect(reading.findings == reading.findings.sorted())
  }

  @Test func `up to two thousand all are told`() {
    #expect(Set(reading(unknownKeys: 2_000).findings.map(\.code)) == ["unknown-key"])
    #expect(reading(unknownKeys: 2_000).findings.count == 2_000)
    #expect(
      reading(unknownKeys: 2_001).findings.contains {
        $0.message == "and 1 more finding, the first of them here"
      })
  }

  @Test func `remarks beyond the limit stop nothing`() throws {
    let never = (0..<2_100).map { "\n  r\($0): { kind: single, answers: [A], asked_if: { q2: B, q3: B } }" }
    let reading = MarkedDefinition(
      small(
        questions: """
          q2: { kind: single, answers: [A, B] }
            q3: { kind: single, answers: [A, B], asked_if: { q2: A } }\(never.joined())
          """)
    ).reading
    #expect(Set(reading.findings.map(\.code)) == ["never-asked", "too-many-findings"])
    #expect(reading.findings.count == 2_001)
    #expect(reading.findings.allSatisfy { $0.isRemark })
    #expect(reading.wave != nil)
  }
}
