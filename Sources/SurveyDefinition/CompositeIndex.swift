/// Questions that together measure one thing: the mean of their mean scores is told as one figure.
public struct CompositeIndex: Sendable, Hashable {
  /// Unique over variables, questions and indices.
  public var id: String
  /// What it measures; the id where the definition does not say.
  public var text: String
  /// Positions of its questions in the survey, two at least; each has scores, and none is sensitive.
  public var questions: [Int]

  public init(id: String, text: String, questions: [Int]) {
    self.id = id
    self.text = text
    self.questions = questions
  }
}
