import SurveyDefinition
import Testing

@testable import Tabulation

/// What is kept of joint answers to the questions of an index.
@Suite struct IndexSumsTests {
  private static func scored(_ id: String, _ scores: [Int64?]) -> Question {
    let answers = scores.indices.map { AnswerOption(label: "\($0)", texts: ["\($0)"]) }
    return Question(
      id: id, text: id,
      kind: .scale(
        Choice(
          source: .column(.heading(id)), answers: answers,
          scores: scores.map { $0.map { Decimal6(millionths: $0) } })))
  }

  /// Scores 2, 0.5, none and -1; the second question is asked of those alone who gave one of the first three to the first.
  private static let survey: Survey = {
    var second = scored("second", [2_000_000, 500_000, nil, -1_000_000])
    second.askedIf = Condition(alternatives: [[.init(item: .question(0), accepted: [0, 1, 2])]])
    let groups = ["North", "South"].map { AnswerOption(label: $0, texts: [$0]) }
    return Survey(
      id: "toy", title: "Toy",
      variables: [Variable(id: "area", label: "Area", source: .column(.heading("area")), groups: groups)],
      questions: [scored("first", [2_000_000, 500_000, nil, -1_000_000]), second],
      indices: [CompositeIndex(id: "both", text: "Both", questions: [0, 1])],
      packs: [
        Pack(id: "all", title: "All", who: nil, banners: [.variable(0)], questions: [0, 1]),
        Pack(
          id: "south", title: "South",
          who: Condition(alternatives: [[.init(item: .variable(0), accepted: [1])]]), banners: [],
          questions: [0, 1]),
      ])
  }()

  private static func tally(_ answers: [[Int32]]) -> Tally {
    var tally = Tally(TabulationPlan(survey))
    let layout = tally.plan.layout
    for answer in answers {
      var response = CodedResponse(layout)
      response.codes[layout.variables[0]] = answer[0]
      for question in 0..<2 { response.codes[layout.questions[question]!] = answer[question + 1] }
      tally.add(response)
    }
    return tally
  }

  /// In halves: of the first (4, 4), (1, -2), (1, 1); -1 alone is no answer; a third answer has no score; the last was not asked.
  private static let answers: [[Int32]] = [
    [0, 0, 0], [1, 1, 3], [0, 1, 1], [1, 2, 0], [0, 0, 2], [1, 0, -1], [0, -1, 0], [1, 3, 0],
  ]

  @Test func `only who gave an answer with a score to all questions counts`() {
    let tally = Self.tally(Self.answers)
    let all = tally.variances(ofIndex: 0, atoms: Array(tally.atoms.indices))
    // First 4, 1, 1: 3 · 18 - 36. Second 4, -2, 1: 3 · 21 - 9. Sum 8, -1, 2: 3 · 69 - 81.
    #expect(all == IndexVariances(respondents: 3, questions: [18, 54], ofSum: 126))
    let south = tally.atoms.indices.filter { tally.atoms[$0] & 2 != 0 }
    #expect(
      tally.variances(ofIndex: 0, atoms: south)
        == IndexVariances(respondents: 1, questions: [0, 0], ofSum: 0))
  }

  @Test func `neither the order of responses nor of atoms changes what is kept`() {
    let expected = Self.tally(Self.answers)
    for turn in Self.answers.indices {
      let tally = Self.tally(Array(Self.answers[turn...] + Self.answers[..<turn]))
      #expect(tally.atoms == expected.atoms)
      for atom in tally.atoms.indices {
        #expect(tally.variances(ofIndex: 0, atoms: [atom]) == expected.variances(ofIndex: 0, atoms: [atom]))
      }
    }
  }

  @Test func `pooled tallies keep it`() {
    var survey = Self.survey
    survey.packs.removeLast()
    var tally = Tally(TabulationPlan(survey))
    var response = CodedResponse(tally.plan.layout)
    response.codes[tally.plan.layout.variables[0]] = 1
    for question in 0..<2 { response.codes[tally.plan.layout.questions[question]!] = 0 }
    tally.add(response)
    let pooled = tally.pooled(Pooling(item: .variable(0), sets: [[0, 1]]))
    #expect(pooled.plan.banners[0].groups.count == 2)
    #expect(pooled.variances(ofIndex: 0, atoms: [0]) == tally.variances(ofIndex: 0, atoms: [0]))
    #expect(pooled.variances(ofIndex: 0, atoms: [0]).respondents == 1)
  }
}
