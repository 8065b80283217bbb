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

  @Test(arguments: [
    // Often in both; seldom in both.
    ((60, 100), 3, 4, JointTheme.Comparison.agreement), ((2, 100), 1, 4, .agreement),
    // Often in one, and in the other seldom or not at all.
    ((60, 100), 1, 4, .dissonance), ((60, 100), 0, 4, .silence), ((2, 100), 2, 4, .dissonance),
    ((0, 100), 2, 4, .silence),
    // 10 of 100: the interval holds one in ten.
    ((10, 100), 4, 4, .unclear),
  ])
  func `sources are compared by what their figures leave no doubt of`(
    survey: (count: Int, base: Int), raised: Int, sessions: Int, expected: JointTheme.Comparison
  ) {
    let figure = ReleasedFigure.share(survey.count, of: survey.base)
    #expect(JointDisplay.compare(figure, raised: raised, of: sessions) == expected)
  }

  @Test func `what is withheld is not compared`() {
    #expect(JointDisplay.compare(.withheld, raised: 2, of: 4) == nil)
    #expect(JointDisplay.compare(.notApplicable, raised: 2, of: 4) == nil)
  }
}
