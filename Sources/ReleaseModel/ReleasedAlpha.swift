/// How far the questions of an index go together among everyone in a pack: Cronbach's alpha.
///
/// The one figure of a release that is made of joint answers to several questions: it follows from no published count. How many
/// people answered all questions of the index is not told.
public struct ReleasedAlpha: Sendable, Hashable {
  /// The id of the index.
  public let index: String
  /// In hundredths, rounded half away from zero from the exact fraction: `range`.
  public let hundredths: Int

  /// What is told: alpha at 0.99 or above would say that nearly everybody answered all questions alike; one below 0 measures
  /// nothing.
  public static let range = 0...98
  /// Of how many questions at least: of two, alpha is their correlation, from which the table of both follows.
  public static let minimumQuestions = 3
  /// How many people at least gave an answer with a score to every question.
  public static let minimumRespondents = 100

  @_spi(Protection)
  public init(index: String, hundredths: Int) {
    precondition(Self.range.contains(hundredths), "an alpha out of this range is not told")
    self.index = index
    self.hundredths = hundredths
  }
}
