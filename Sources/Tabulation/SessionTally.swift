public import SurveyDefinition

/// In how many focus groups each theme was raised, by audience: how many people raised it is counted nowhere.
public struct SessionTally: Sendable, Equatable {
  /// The codebook, each theme before those below it.
  public let themes: [CodedTheme]
  /// The audiences of sessions that were coded, in the order of the definition.
  public let audiences: [String]
  /// By audience: its sessions.
  public let sessions: [Int]
  /// By audience, then theme: the sessions in which it was raised.
  public let raised: [[Int]]

  /// - Parameters:
  ///   - coded: By session, the positions in the codebook of the themes raised there, each with all above it; nil for a
  ///     session that nobody coded, which is not counted.
  public init(_ sessions: [FocusGroupSession], codebook: [CodedTheme], coded: [Set<Int>?]) {
    var audiences: [String] = []
    var counts: [Int] = []
    var raised: [[Int]] = []
    for (session, themes) in zip(sessions, coded) {
      guard let themes else { continue }
      let audience = audiences.firstIndex(of: session.audience) ?? audiences.count
      if audience == audiences.count {
        audiences.append(session.audience)
        counts.append(0)
        raised.append(codebook.map { _ in 0 })
      }
      counts[audience] += 1
      for theme in themes { raised[audience][theme] += 1 }
    }
    themes = codebook
    self.audiences = audiences
    self.sessions = counts
    self.raised = raised
  }

  /// Sessions of an audience, or of all (nil).
  public func sessions(of audience: Int?) -> Int { audience.map { sessions[$0] } ?? sessions.reduce(0, +) }

  /// Of these, the sessions in which a theme was raised.
  public func raised(_ theme: Int, by audience: Int?) -> Int {
    audience.map { raised[$0][theme] } ?? raised.reduce(0) { $0 + $1[theme] }
  }
}
