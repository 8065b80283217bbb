import Ingest

extension SurveyDraft {
  /// Finds whom a question was asked of where blanks show it: everyone who gave some answers to an earlier question left
  /// this one blank, and those who gave the others mostly did not.
  mutating func guessRouting(in table: CodedTable) {
    let routes = items.indices.compactMap { index in Route(items[index], index, in: table) }
    // Each question is held against each before it: beyond what any questionnaire asks, nothing is guessed.
    guard items.count * routes.count <= 4_000_000 else { return }
    for index in items.indices {
      let answered = isAnswered(items[index], in: table)
      let all = answered.count { $0 }
      guard all >= 2 * leastTold, all < answered.count else { continue }
      var best: (unasked: Int, route: Route, answers: [String])?
      for route in routes where route.index < index {
        guard let (unasked, answers) = route.asked(answered), unasked > best?.unasked ?? 0 else { continue }
        best = (unasked, route, answers)
      }
      guard let best else { continue }
      items[index].routing = (items[best.route.index].id, best.answers)
    }
  }

  /// By record: whether any of an item's columns has a text.
  private func isAnswered(_ item: Item, in table: CodedTable) -> [Bool] {
    var answered = [Bool](repeating: false, count: table.columns.first?.codes.count ?? 0)
    for column in item.columns {
      for (record, code) in table.columns[column].codes.enumerated() where code != CodedColumn.blank {
        answered[record] = true
      }
    }
    return answered
  }
}

/// A question of one answer by which others may have been routed.
private struct Route {
  let index: Int
  let labels: [String]
  /// By record: the position of the answer, -1 where it is blank or not declared.
  let answers: [Int]

  init?(_ item: SurveyDraft.Item, _ index: Int, in table: CodedTable) {
    guard case .choice(let column, let answers, _) = item.kind, (2...12).contains(answers.answers.count)
    else { return nil }
    self.index = index
    labels = answers.labels
    let cells = table.columns[column]
    let positions = cells.texts.map { text in
      answers.answers.firstIndex { $0.texts.contains(text.revealed()) || $0.label == text.revealed() } ?? -1
    }
    self.answers = cells.codes.map { $0 >= 0 ? positions[Int($0)] : -1 }
  }

  /// The answers after which a question was asked, and how many respondents gave others; nil where the blanks show no
  /// routing.
  func asked(_ answered: [Bool]) -> (unasked: Int, answers: [String])? {
    var given = [Int](repeating: 0, count: labels.count)
    var followed = [Int](repeating: 0, count: labels.count)
    for (record, answer) in answers.enumerated() {
      guard answer >= 0 else {
        // Somebody answered whose answer to the routing question is not known.
        if answered[record] { return nil }
        continue
      }
      given[answer] += 1
      if answered[record] { followed[answer] += 1 }
    }
    let asked = labels.indices.filter { followed[$0] > 0 }
    let unasked = labels.indices.filter { followed[$0] == 0 }
    let unaskedCount = unasked.reduce(0) { $0 + given[$1] }
    let askedCount = asked.reduce(0) { $0 + given[$1] }
    let followedCount = asked.reduce(0) { $0 + followed[$1] }
    guard !asked.isEmpty, unaskedCount >= 2 * leastTold, 10 * followedCount >= 6 * askedCount,
      asked.allSatisfy({ 4 * followed[$0] >= given[$0] })
    else { return nil }
    return (unaskedCount, asked.map { labels[$0] })
  }
}
