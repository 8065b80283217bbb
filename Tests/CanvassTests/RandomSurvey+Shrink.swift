extension RandomSurvey {
  /// The smallest survey that can be reached by leaving something out, step by step, while what is wrong stays wrong.
  /// - Parameter tries: How many surveys are tried at most.
  func shrunk(tries: Int, while isWrong: (RandomSurvey) -> Bool) -> RandomSurvey {
    var smallest = self
    var left = tries
    func accept(_ candidate: RandomSurvey) -> Bool {
      guard left > 0,
        candidate.packs.allSatisfy({ pack in candidate.people.contains { candidate.holds(pack.who, $0) } })
      else { return false }
      left -= 1
      guard isWrong(candidate) else { return false }
      smallest = candidate
      return true
    }
    var isShrinking = true
    while isShrinking, left > 0 {
      isShrinking = false
      for candidate in smallest.withOnePartLess where accept(candidate) {
        isShrinking = true
        break
      }
    }
    var length = smallest.people.count / 2
    while length > 0, left > 0 {
      var start = 0
      while start < smallest.people.count, left > 0 {
        var candidate = smallest
        candidate.people.removeSubrange(start..<min(start + length, candidate.people.count))
        if candidate.people.isEmpty || !accept(candidate) { start += length }
      }
      length /= 2
    }
    return smallest
  }

  /// The survey without one of its packs, questions, banners, nets or conditions, as far as nothing names them.
  private var withOnePartLess: [RandomSurvey] {
    var candidates: [RandomSurvey] = []
    func add(_ change: (inout RandomSurvey) -> Void) {
      var candidate = self
      change(&candidate)
      candidates.append(candidate)
    }
    if packs.count > 1 { for index in packs.indices { add { $0.packs.remove(at: index) } } }
    for (index, question) in questions.enumerated() {
      if questions.count > 1, !isNamed(question.id) { add { $0.questions.remove(at: index) } }
      if !question.nets.isEmpty { add { $0.questions[index].nets = [] } }
      if question.askedIf != nil { add { $0.questions[index].askedIf = nil } }
      if question.isSensitive { add { $0.questions[index].isSensitive = false } }
      if question.isBaseAsked { add { $0.questions[index].isBaseAsked = false } }
      if question.kind == .theme, question.labels.count > 1 {
        for theme in question.labels.indices { add { $0.leaveOut(theme, ofThemes: index) } }
      }
    }
    for (index, variable) in variables.enumerated() where variables.count > 1 && !isNamed(variable.id) {
      add { $0.variables.remove(at: index) }
    }
    for (index, pack) in packs.enumerated() {
      for banner in pack.banners.indices { add { $0.packs[index].banners.remove(at: banner) } }
      if pack.who != nil { add { $0.packs[index].who = nil } }
    }
    return candidates
  }

  private func isNamed(_ id: String) -> Bool {
    questions.contains { $0.askedIf?.contains { $0.contains { $0.item == id } } ?? false }
      || packs.contains { pack in
        pack.banners.contains(id) || pack.questions?.contains(id) ?? false
          || pack.who?.contains { $0.contains { $0.item == id } } ?? false
      }
  }
}
