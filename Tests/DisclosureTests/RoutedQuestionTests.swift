import ReleaseModel
import SurveyDefinition
import Tabulation
import Testing

@testable import Disclosure

/// A routed question's base, and the answers that lead there.
@Suite struct RoutedQuestionTests {
  /// By area: how many were asked the routed question, how many of these answered it, and how many were not asked.
  private typealias Area = (asked: Int, answered: Int, others: Int)

  private func release(_ areas: [Area]) -> ExampleRelease {
    let everyone = Pack(id: "all", title: "All", who: nil, banners: [.variable(1)], questions: [0, 1])
    let made = MadeUpSurvey(areas: areas.count, scales: 1, packs: [everyone])
    let layout = CodeLayout(made.definition())
    var responses: [CodedResponse] = []
    for (area, counts) in areas.enumerated() {
      for person in 0..<(counts.asked + counts.others) {
        var response = CodedResponse(layout)
        response.codes[layout.variables[0]] = 0
        response.codes[layout.variables[1]] = Int32(area)
        let isAsked = person < counts.asked
        // Answers 0 and 1 lead to the routed question.
        layout.questions[0].map { response.codes[$0] = Int32(isAsked ? person % 2 : 2 + person % 3) }
        if person < counts.answered { layout.questions[1].map { response.codes[$0] = Int32(person % 2) } }
        responses.append(response)
      }
    }
    return ExampleRelease(made, responses)
  }

  private func base(_ release: ExampleRelease, _ question: String, _ group: String) -> Int? {
    release.rows.first { $0.key.question == question && $0.key.row == .base && $0.key.group == group }?.base
  }

  private func net(_ release: ExampleRelease, _ group: String) -> ReleasedFigure? {
    release.rows.first {
      $0.key.question == "scale0" && $0.key.row == .net("Any agreement") && $0.key.group == group
    }?.figure
  }

  /// Those who were asked would know that nobody but five can have answered, of whom they are one.
  @Test func `where a routed base is withheld it is not told that just minimum_cell were asked`() throws {
    let release = release([
      (60, 58, 60), (40, 39, 50), (30, 28, 40), (22, 22, 25), (5, 3, 20), (16, 15, 20), (5, 5, 25),
    ])
    #expect(base(release, "routed", "Area 4") == nil)
    #expect(net(release, "Area 4") == .withheld)
    // Where the base itself is published, it may be told that all of those who were asked answered.
    for (area, group) in (0..<7).map({ ($0, "Area \($0)") }) where base(release, "routed", group) == nil {
      guard case .share(let asked, _, _, _, _) = net(release, group) else { continue }
      #expect(asked > 5, "area \(area)")
    }
  }

  @Test func `a small base of a routed question costs rows, not the question`() {
    let release = release([
      (60, 58, 60), (40, 39, 50), (30, 28, 40), (22, 22, 25), (4, 3, 20), (16, 15, 20), (12, 12, 25),
    ])
    #expect(base(release, "routed", "Total") == 177)
    #expect((0..<7).count { base(release, "routed", "Area \($0)") != nil } >= 4)
  }

  /// A failure to hold open the counts of one row is answered by one step, not by one for each of its counts.
  @Test(arguments: 1...6)
  func `a routed question with a hundred answers keeps its total`(_ seed: Int) {
    var made = MadeUpSurvey(areas: 6, scales: 1, respondents: 400)
    made.packs = made.defaultPacks(4).filter { $0.id == "all" || $0.id == "staff" }
    let release = ExampleRelease(made, made.responses(seed: UInt64(100 + seed)))
    #expect(base(release, "routed", "Total") != nil)
  }
}
