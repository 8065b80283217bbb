import ReleaseModel
import SurveyDefinition
import Tabulation
import Testing

@testable import Disclosure

/// Sessions are shown of audiences that had two or more, and no other follows.
@Suite struct SessionFigureTests {
  private static let codebook = [CodedTheme(id: "ict", label: "ICT")]

  /// Sessions by audience; ICT was raised in as many of them as `raised` says.
  private static func figures(_ audiences: [(label: String, sessions: Int, raised: Int)]) -> SessionFigures {
    var sessions: [FocusGroupSession] = []
    var coded: [Set<Int>?] = []
    for (label, count, raised) in audiences {
      for number in 0..<count {
        sessions.append(FocusGroupSession(id: "\(label)\(number)", label: label, audience: label))
        coded.append(number < raised ? [0] : [])
      }
    }
    return SessionFigures(SessionTally(sessions, codebook: codebook, coded: coded))
  }

  private static func shown(_ figures: SessionFigures, audiences: Int) -> [ReleasedFigure] {
    ([nil] + (0..<audiences).map(Optional.some)).map {
      figures.published(SessionForm(audience: $0, theme: 0)).figure
    }
  }

  @Test func `audiences of two sessions and more are shown whole`() {
    let figures = Self.figures([("staff", 2, 2), ("officers", 2, 1)])
    #expect(Self.shown(figures, audiences: 2) == [.sessions(3), .sessions(2), .sessions(1)])
    #expect(figures.published(SessionForm(audience: 1, theme: nil)).figure == .base(2))
  }

  @Test func `an audience of one session goes with the smallest other`() {
    let figures = Self.figures([("staff", 3, 2), ("officers", 1, 1), ("board", 2, 0)])
    #expect(Self.shown(figures, audiences: 3) == [.sessions(3), .sessions(2), .withheld, .withheld])
    // How many sessions there were is no secret.
    #expect(figures.published(SessionForm(audience: 1, theme: nil)).figure == .base(1))
  }

  @Test func `two audiences of one session hide each other`() {
    let figures = Self.figures([("staff", 2, 2), ("officers", 1, 1), ("board", 1, 0)])
    #expect(Self.shown(figures, audiences: 3) == [.sessions(3), .sessions(2), .withheld, .withheld])
  }

  @Test func `a single session is not shown at all`() {
    #expect(Self.shown(Self.figures([("staff", 1, 1)]), audiences: 1) == [.withheld, .withheld])
  }

  @Test func `a session that nobody coded is not counted`() {
    let sessions = [
      FocusGroupSession(id: "a", label: "a", audience: "staff"),
      FocusGroupSession(id: "b", label: "b", audience: "staff"),
    ]
    let tally = SessionTally(sessions, codebook: Self.codebook, coded: [[0], nil])
    #expect(tally.sessions(of: nil) == 1)
    #expect(tally.audiences == ["staff"])
  }

  // MARK: - The joint display

  /// What a hundred respondents and four sessions raised.
  private struct Sources {
    var count: Int
    var raised: Int
    var expected: JointTheme.Comparison
  }

  @Test func `sources are compared by what their figures leave no doubt of`() {
    let cases = [
      // Often in both; seldom in both.
      Sources(count: 60, raised: 3, expected: .agreement), Sources(count: 2, raised: 1, expected: .agreement),
      // Often in one, and in the other seldom or not at all.
      Sources(count: 60, raised: 1, expected: .dissonance), Sources(count: 60, raised: 0, expected: .silence),
      Sources(count: 2, raised: 2, expected: .dissonance), Sources(count: 0, raised: 2, expected: .silence),
      // 10 of 100: the interval holds one in ten.
      Sources(count: 10, raised: 4, expected: .unclear),
    ]
    for sources in cases {
      let figure = ReleasedFigure.share(
        sources.count, of: 100, IntervalRules(Survey(id: "staff", title: "Staff"), responses: 100))
      #expect(JointDisplay.compare(figure, raised: sources.raised, of: 4) == sources.expected, "\(sources)")
    }
  }

  @Test func `what is withheld is not compared`() {
    #expect(JointDisplay.compare(.withheld, raised: 2, of: 4) == nil)
    #expect(JointDisplay.compare(.notApplicable, raised: 2, of: 4) == nil)
  }
}
