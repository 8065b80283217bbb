import Testing

/// Groups of exactly `minimum_cell` people, of whom fewer answered some question: they would tell too much of each other.
@Suite struct NarrowGroupTests {
  /// Three of 64 said `last` of a question that stands across the top, or said nothing; the text of one of them was coded.
  private func survey(last: RandomSurvey.Answer) -> RandomSurvey {
    var survey = RandomSurvey()
    survey.variables = [RandomSurvey.Variable(id: "role", groups: ["Officer", "Staff"])]
    survey.questions = [
      RandomSurvey.Question(id: "q1", kind: .single, labels: ["Good", "Fair", "Poor"]),
      RandomSurvey.Question(id: "themes", kind: .theme, labels: ["Ict", "Ict / A", "Ict / B"]),
    ]
    survey.packs = [RandomSurvey.Pack(id: "p1", who: nil, banners: ["q1"], questions: nil)]
    func add(_ count: Int, _ answer: RandomSurvey.Answer, _ raised: Set<String>?) {
      for _ in 0..<count {
        survey.people.append(["q1": answer, "themes": raised.map { .many($0) } ?? .none])
      }
    }
    add(2, .one("Good"), ["Ict", "Ict / A"])
    add(2, .one("Good"), ["Ict", "Ict / B"])
    add(11, .one("Good"), [])
    add(25, .one("Good"), nil)
    add(6, .one("Fair"), [])
    add(15, .one("Fair"), nil)
    add(1, last, [])
    add(2, last, nil)
    return survey
  }

  @Test func `so few who said nothing of the question across the top do not stop a release`() {
    let faults = RandomRelease.faults(of: survey(last: .none), seed: 1)
    #expect(faults.isEmpty, "\(faults.map(\.words))")
  }

  @Test func `so few who gave one answer to the question across the top do not stop a release`() {
    let faults = RandomRelease.faults(of: survey(last: .one("Poor")), seed: 1)
    #expect(faults.isEmpty, "\(faults.map(\.words))")
  }
}
