import SurveyDefinition
import Testing

@testable import Tabulation

struct TallyTests {
  @Test func `answers and who gave none are counted under the total and every banner`() {
    let tally = ToySurvey.tally([
      Answers(role: 0, tools: 0), Answers(role: 0, tools: 1), Answers(role: 1, tools: 2), Answers(role: 1),
      Answers(tools: 1),
    ])
    #expect(tally.responses == 5)
    #expect(tally.row(ToySurvey.tools, .answers) == [1, 2, 1, 1])
    #expect(tally.row(ToySurvey.tools, .answers, group: 0) == [1, 1, 0, 0])
    #expect(tally.row(ToySurvey.tools, .answers, group: 1) == [0, 0, 1, 1])
    // Who states no role stands under `Not stated`, the last group.
    #expect(tally.row(ToySurvey.tools, .answers, group: 2) == [0, 1, 0, 0])
    #expect(tally.row(nil, .respondents) == [5])
  }

  @Test func `a net counts each respondent once`() {
    let tally = ToySurvey.tally([
      Answers(lacking: [0]), Answers(lacking: [0, 1]), Answers(lacking: [2]), Answers(lacking: [3]),
      Answers(lacking: [0, 2]), Answers(),
    ])
    // Torch or radio: three of the four who lack anything; the other two answered "Nothing" and not at all.
    #expect(tally.row(ToySurvey.lacking, .net(1)) == [3, 1])
    #expect(tally.row(ToySurvey.lacking, .option(0)) == [3, 1])
    #expect(tally.row(ToySurvey.lacking, .option(1)) == [1, 3])
    #expect(tally.row(ToySurvey.lacking, .option(2)) == [2, 2])
    // Chose none, any ordinary option, the exclusive one, both; no answer.
    #expect(tally.row(ToySurvey.lacking, .patterns) == [0, 4, 1, 0, 1])
  }

  @Test func `a net that mixes exclusive and ordinary options counts each respondent once`() {
    let tally = ToySurvey.tally([
      Answers(lacking: [0]), Answers(lacking: [2]), Answers(lacking: [3]), Answers(lacking: [0, 3]),
      Answers(),
    ])
    #expect(tally.row(ToySurvey.lacking, .mixedNet(2)) == [3, 1, 1])
    #expect(tally.row(ToySurvey.lacking, .patterns) == [0, 2, 1, 1, 1])
  }

  @Test func `who declined every option has answered`() {
    let tally = ToySurvey.tally([Answers(lacking: [])])
    #expect(tally.row(ToySurvey.lacking, .patterns) == [1, 0, 0, 0, 0])
    #expect(tally.row(ToySurvey.lacking, .option(0)) == [0, 0])
  }

  @Test func `a routed question is asked of those alone whose answer leads there`() {
    let tally = ToySurvey.tally([
      Answers(tools: 2, why: 0), Answers(tools: 2, why: 1), Answers(tools: 2), Answers(tools: 0),
    ])
    #expect(tally.row(ToySurvey.why, .answers) == [1, 1, 1])
    #expect(tally.routingViolations == [0, 0, 0, 0])
  }

  @Test func `who left the routing question unanswered was not asked`() {
    let tally = ToySurvey.tally([Answers(), Answers(tools: 2)])
    #expect(tally.row(ToySurvey.why, .answers) == [0, 0, 1])
  }

  @Test func `an answer to a question not asked is left out and counted`() {
    let tally = ToySurvey.tally([
      Answers(tools: 0, why: 0), Answers(why: 1), Answers(tools: 2, why: 1, more: 0),
      Answers(tools: 0, why: 0, more: 1),
    ])
    #expect(tally.row(ToySurvey.why, .answers) == [0, 1, 0])
    // The next question hangs on this one: an answer that was left out leads nowhere.
    #expect(tally.row(ToySurvey.more, .answers) == [0, 0, 0])
    #expect(tally.routingViolations == [0, 3, 2, 0])
  }

  @Test func `routing is followed to its start`() {
    let tally = ToySurvey.tally([Answers(tools: 2, why: 0, more: 1), Answers(tools: 2, why: 0)])
    #expect(tally.row(ToySurvey.more, .answers) == [0, 1, 1])
    #expect(tally.routingViolations == [0, 0, 0, 0])
  }

  @Test func `what the responses call not asked is no missing answer`() {
    let tally = ToySurvey.tally([Answers(tools: Int(AnswerCode.notAsked)), Answers(tools: 0), Answers()])
    #expect(tally.row(ToySurvey.tools, .answers) == [1, 0, 0, 1])
  }

  @Test func `packs of the same people share an audience, and every pack is a union of atoms`() {
    let tally = ToySurvey.tally([Answers(role: 0), Answers(role: 1), Answers(role: 1), Answers()])
    #expect(tally.plan.audienceOfPack == [0, 1, 1])
    #expect(tally.plan.audiences.count == 2)
    #expect(tally.row(nil, .respondents, audience: 1) == [2])
    // In their own order, whoever answered first.
    #expect(tally.atoms == [0b01, 0b11])
    #expect(ToySurvey.tally([Answers(role: 1), Answers()]).atoms == [0b01, 0b11])
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `the order of the responses does not matter`(seed: UInt64) {
    var generator = SplitMix64(state: seed)
    let responses = (0..<200).map { _ in Answers.random(&generator) }
    let first = ToySurvey.tally(responses)
    let second = ToySurvey.tally(responses.shuffled(using: &generator))
    #expect(first.routingViolations == second.routingViolations)
    for table in first.plan.tables {
      for audience in first.plan.audiences.indices {
        for group in [nil, 0, 1, 2] as [Int?] {
          let one = first.row(table.question, table.part, group: group, audience: audience)
          let other = second.row(table.question, table.part, group: group, audience: audience)
          #expect(one == other, "seed \(seed)")
        }
      }
    }
  }
}

extension Answers {
  fileprivate static func random(_ generator: inout SplitMix64) -> Answers {
    Answers(
      role: Int.random(in: -1...1, using: &generator), tools: Int.random(in: -2...2, using: &generator),
      why: Int.random(in: -1...1, using: &generator), more: Int.random(in: -1...1, using: &generator),
      lacking: Bool.random(using: &generator)
        ? nil : (0..<4).filter { _ in Bool.random(using: &generator) })
  }
}

/// Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA 2014.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
