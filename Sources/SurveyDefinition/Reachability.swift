/// Whether any respondent could meet a condition, as far as the definition alone tells.
///
/// A respondent has one group of a variable and one answer of a single or scale question or a number, and has an answer
/// at all only where the question's own `asked_if` holds, and so on to the start of the routing. The search looks for
/// one way to meet all of it. It is cut off by a count of steps over the whole definition, and beyond that, as wherever
/// a condition could not be read, it says yes: only what certainly excludes itself is told.
struct Reachability {
  private let questions: [Question]
  private var steps = 100_000
  /// Deeper routing than this is taken to hold: each level of it is a level of the search.
  private static let depthLimit = 100

  init(_ questions: [Question]) { self.questions = questions }

  mutating func canHold(_ condition: Condition) -> Bool {
    search(Search(open: [condition]), depth: 0)
  }

  /// What has been settled on one way, and what is still to be met.
  private struct Search {
    var open: [Condition]
    /// By item: the groups or answers that everything so far allows.
    var allowed: [Item: Set<Int>] = [:]
    /// Questions whose own routing is met or among the open conditions.
    var asked: Set<Int> = []
  }

  private mutating func search(_ search: Search, depth: Int) -> Bool {
    var rest = search
    guard let condition = rest.open.popLast() else { return true }
    steps -= 1
    guard steps > 0, depth < Self.depthLimit, !condition.alternatives.isEmpty else { return true }
    for clauses in condition.alternatives {
      if let next = meet(clauses, rest), self.search(next, depth: depth + 1) { return true }
    }
    return false
  }

  /// The search with all of some clauses met; nil where they exclude what has been settled.
  private func meet(_ clauses: [Condition.Clause], _ search: Search) -> Search? {
    var search = search
    for clause in clauses where !clause.accepted.isEmpty {
      if case .question(let index) = clause.item {
        if search.asked.insert(index).inserted, let routing = questions[index].askedIf {
          search.open.append(routing)
        }
        // Any number of options may be chosen together, so they exclude nothing.
        if case .multiple = questions[index].kind { continue }
      }
      let accepted = Set(clause.accepted)
      let left = search.allowed[clause.item]?.intersection(accepted) ?? accepted
      guard !left.isEmpty else { return nil }
      search.allowed[clause.item] = left
    }
    return search
  }
}

extension SurveyReader {
  /// Tells what can never happen: a pack that nobody can be in is a fault, a question that nobody can be asked a remark,
  /// because it harms nobody and may be asked in another wave.
  func reportUnreachable(_ survey: Survey) {
    var reachability = Reachability(survey.questions)
    for question in survey.questions {
      guard let condition = question.askedIf, !reachability.canHold(condition),
        let place = places.routes[question.id]
      else { continue }
      log.remark(
        "never-asked", at: place,
        "nobody can be asked `\(question.id)`: what `asked_if` names excludes itself",
        remedy: "see of whom the questions that it names were asked")
    }
    for pack in survey.packs {
      guard let who = pack.who, !reachability.canHold(who), let place = places.packs[pack.id] else {
        continue
      }
      log.fault(
        "empty-pack", at: place, "nobody can be in the pack `\(pack.id)`: what `who` names excludes itself",
        remedy: "see of whom the questions that it names were asked; a list of conditions means or")
    }
  }
}
