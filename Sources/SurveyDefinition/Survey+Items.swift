extension Survey {
  /// The id of a variable or question.
  public func id(of item: Item) -> String {
    switch item {
    case .variable(let index): variables[index].id
    case .question(let index): questions[index].id
    }
  }

  /// What people are told apart by under it: the groups of a variable, the answers of a question.
  public func groupLabels(of item: Item) -> [String] {
    switch item {
    case .variable(let index): variables[index].groupLabels
    case .question(let index): questions[index].answerLabels
    }
  }
}
