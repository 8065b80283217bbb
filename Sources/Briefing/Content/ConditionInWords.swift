import ReleaseModel

/// What a condition speaks of, as people know it.
public enum ConditionItem: Sendable, Hashable {
  case variable(label: String)
  case question(text: String)
}

extension Words {
  /// A condition in words.
  /// - Parameter item: What an id of the definition stands for; nil where it knows none.
  func condition(
    _ alternatives: [[PublicDefinition.Clause]], item: (String) -> ConditionItem?
  ) -> [Sentence.Run] {
    var runs: [Sentence.Run] = []
    for (index, clauses) in alternatives.enumerated() {
      if index > 0 { runs.append(.text(self[.alternatively])) }
      for (index, clause) in clauses.enumerated() {
        if index > 0 { runs.append(.text(self[.both])) }
        let answers = Sentence.list(clause.answers, self[.or])
        switch item(clause.item) ?? .question(text: clause.item) {
        case .variable(let label):
          runs += sentence(.whoIs, ["variable": [.label(label)], "groups": answers]).runs
        case .question(let text):
          // The sentence goes on after the wording.
          runs += sentence(.whoAnswered, ["question": [.label(text.withoutStop)], "answers": answers]).runs
        }
      }
    }
    return runs
  }
}
