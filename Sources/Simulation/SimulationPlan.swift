import SurveyDefinition

/// Who is drawn when: every item's draw with its quotas worked out, in an order in which none comes before an item
/// that it depends on.
///
/// Quotas need to know how many of each group are asked, and for an item that depends on another that is only known
/// when the other has been drawn. Since the same seed draws the same answers again, the plan draws them as often as
/// items depend on each other in a chain, counts, and forgets: memory stays flat, and only the items that others
/// depend on are drawn more than once.
struct SimulationPlan: Sendable {
  private(set) var draws: [AnswerDraw]
  /// Places of the items that are drawn (all but themes), those that others depend on first.
  let order: [Int]

  init(for survey: Survey, shares: Shares, responses: Int, seed: UInt64) throws(SimulationFailure) {
    let items = survey.variables.indices.map(Item.variable) + survey.questions.indices.map(Item.question)
    let itemShares = shares.variables + shares.questions
    precondition(items.count == itemShares.count, "the shares are those of another survey")
    draws = items.indices.map {
      AnswerDraw(item: items[$0], of: survey, shares: itemShares[$0], seed: seed)
    }
    let levels = try Self.levels(of: draws, ids: survey.itemIDs)
    let drawn = survey.answerForms.indices.filter { !survey.answerForms[$0].isTheme }
    order = drawn.sorted { levels[$0] != levels[$1] ? levels[$0] < levels[$1] : $0 < $1 }

    for level in 0...(levels.max() ?? 0) {
      let next = order.filter { levels[$0] == level }
      for (item, asked) in zip(next, countAsked(of: next, responses: responses)) {
        draws[item].setQuotas(asked: asked)
      }
    }
  }

  /// The next respondent's answers, in place.
  mutating func draw(into response: inout [MadeAnswer]) {
    for item in order { draws[item].draw(into: &response, at: item) }
  }

  /// For each of `items`, how many respondents of each group will be asked; everything that they depend on has its
  /// quotas already.
  private func countAsked(of items: [Int], responses: Int) -> [[Int]] {
    guard items.contains(where: { !draws[$0].dependencies.isEmpty }) else {
      return items.map { _ in [responses] }
    }
    let needed = ancestors(of: items)
    let path = order.filter { needed.contains($0) }
    var rehearsal = draws
    var response = draws.map { _ in MadeAnswer() }
    var asked = items.map { [Int](repeating: 0, count: draws[$0].strataCount) }
    for _ in 0..<responses {
      for item in path { rehearsal[item].draw(into: &response, at: item) }
      for (index, item) in items.enumerated() {
        if let stratum = draws[item].stratum(of: response) { asked[index][stratum] += 1 }
      }
    }
    return asked
  }

  private func ancestors(of items: [Int]) -> Set<Int> {
    var found: Set<Int> = []
    var open = items.flatMap { draws[$0].dependencies }
    while let item = open.popLast() {
      if found.insert(item).inserted { open += draws[item].dependencies }
    }
    return found
  }

  /// How long the longest chain of dependencies below each item is.
  private static func levels(of draws: [AnswerDraw], ids: [String]) throws(SimulationFailure) -> [Int] {
    var levels = [Int](repeating: 0, count: draws.count)
    // A chain without a circle is at most as long as there are items.
    for _ in 0...draws.count {
      var changed: [Int] = []
      for (item, draw) in draws.enumerated() {
        let level = draw.dependencies.map { levels[$0] + 1 }.max() ?? 0
        if level != levels[item] {
          levels[item] = level
          changed.append(item)
        }
      }
      if changed.isEmpty { return levels }
      if changed.contains(where: { levels[$0] > draws.count }) { throw .circle(changed.map { ids[$0] }) }
    }
    throw .circle(ids)
  }
}
