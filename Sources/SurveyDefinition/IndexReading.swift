extension SurveyReader {
  /// Reads `indices:`, questions whose mean scores are taken together.
  ///
  /// An index one of whose questions is out of this wave is out of it, too: of other questions it would be another figure under
  /// the same name.
  func indices(_ fields: Fields, questions: [Question]) -> [CompositeIndex] {
    guard let entry = fields.entry("indices"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`indices`", keys: nil, log: log)
    else { return [] }
    return map.entries.compactMap { index in
      checkItemID(index)
      guard
        let fields = Fields(
          index.value, at: index.keyPlace, what: "an index", keys: DefinitionKeys.index, log: log)
      else { return nil }
      let text = fields.text("text") ?? index.key
      guard let entry = fields.required("questions") else { return nil }
      let listed = questionReferences(entry)
      let areUsable = listed.map { isUsable(questions[$0], in: index.key, entry) }
      if namesWhatIsTakenOut(entry) { return nil }
      if entry.listedCount < 2 {
        log.fault(
          "too-few-questions", at: entry.keyPlace, "the index `\(index.key)` is of fewer than two questions",
          remedy: "list the questions that measure it together; one alone has its mean score already")
      }
      return listed.count > 1 && areUsable.allSatisfy { $0 }
        ? CompositeIndex(id: index.key, text: text, questions: listed) : nil
    }
  }

  /// Whether a question may be part of an index; a fault if not.
  private func isUsable(_ question: Question, in index: String, _ entry: YAMLEntry) -> Bool {
    // What is wrong with a question that could not be read has been told.
    guard known[question.id]?.labels != nil else { return false }
    if question.isSensitive {
      log.fault(
        "sensitive-in-index", at: entry.keyPlace,
        "`\(question.id)` is sensitive, and the index `\(index)` would tell how its answers go with others",
        remedy: "leave it out of the index")
      return false
    }
    guard question.scores == nil else { return true }
    if unreadableScores.contains(question.id) { return false }
    log.fault(
      "no-scores", at: entry.keyPlace,
      "no answer of `\(question.id)` stands for a number, so the index `\(index)` cannot be worked out",
      remedy: "give the question or its scale `scores`, or leave it out of the index")
    return false
  }
}

extension YAMLEntry {
  /// How many things a list has; a scalar stands for a list of one.
  fileprivate var listedCount: Int {
    if case .list(let items) = value.content { items.count } else { 1 }
  }
}

extension Question {
  /// By position of the answer, which number it stands for; nil where the question has no scores.
  public var scores: [Decimal6?]? {
    switch kind {
    case .single(let choice), .scale(let choice): choice.scores
    case .multiple, .number, .ranking, .theme: nil
    }
  }
}
