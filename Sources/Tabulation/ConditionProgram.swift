import SurveyDefinition

/// The conditions of a survey in flat arrays: which audiences a response belongs to, and which questions it was asked by routing.
///
/// Following the definition's own nested arrays would retain and release them at every response.
struct ConditionProgram: Sendable {
  /// Where the code of an item that can stand in a condition, a banner or a margin is.
  struct Place: Sendable {
    /// Its slot in the codes of a response; below 0 where it has none.
    var slot: Int32
    /// The question's position; below 0 for a variable, which is asked of everyone.
    var question: Int32

    init(_ item: Item, in layout: CodeLayout) {
      switch item {
      case .variable(let index): (slot, question) = (Int32(layout.variables[index]), -1)
      case .question(let index): (slot, question) = (Int32(layout.questions[index] ?? -1), Int32(index))
      }
    }

    /// The code, or that nobody was asked.
    @inline(__always)
    func code(in codes: Span<Int32>, asked: Span<Bool>) -> Int32 {
      if slot < 0 || (question >= 0 && !asked[Int(question)]) { return AnswerCode.notAsked }
      return codes[Int(slot)]
    }
  }

  private struct Clause: Sendable {
    var place: Place
    /// Whether the item is a multiple question, whose accepted options are listed; of others, a bit stands for each code.
    var isMultiple: Bool
    var accepted: Range<Int>
  }

  private struct Route: Sendable {
    var question: Int
    var condition: Int
  }

  /// By condition its alternatives, and by alternative its clauses.
  private var conditions: [Range<Int>] = []
  private var alternatives: [Range<Int>] = []
  private var clauses: [Clause] = []
  private var options: [Int32] = []
  private var bits: [UInt64] = []
  /// Questions that are not asked of everyone, each after those by which it is routed.
  private var routes: [Route] = []
  /// By audience: its condition; below 0 for everyone.
  private var audiences: [Int] = []

  init(_ plan: TabulationPlan) {
    for audience in plan.audiences {
      audiences.append(audience.map { add($0, plan) } ?? -1)
    }
    var isRouted = Array(repeating: false, count: plan.survey.questions.count)
    for question in plan.survey.questions.indices { addRoute(question, plan, &isRouted) }
  }

  private mutating func addRoute(_ question: Int, _ plan: TabulationPlan, _ isRouted: inout [Bool]) {
    guard !isRouted[question], let condition = plan.survey.questions[question].askedIf else { return }
    isRouted[question] = true
    for case .question(let earlier) in condition.alternatives.joined().map(\.item) {
      addRoute(earlier, plan, &isRouted)
    }
    routes.append(Route(question: question, condition: add(condition, plan)))
  }

  private mutating func add(_ condition: Condition, _ plan: TabulationPlan) -> Int {
    let first = alternatives.count
    for alternative in condition.alternatives {
      let start = clauses.count
      for clause in alternative { clauses.append(flattened(clause, plan)) }
      alternatives.append(start..<clauses.count)
    }
    conditions.append(first..<alternatives.count)
    return conditions.count - 1
  }

  private mutating func flattened(_ clause: Condition.Clause, _ plan: TabulationPlan) -> Clause {
    let place = Place(clause.item, in: plan.layout)
    if case .question(let index) = clause.item, case .multiple = plan.survey.questions[index].kind {
      options += clause.accepted.map { Int32($0) }
      return Clause(
        place: place, isMultiple: true, accepted: options.count - clause.accepted.count..<options.count)
    }
    let first = bits.count
    bits += Array(repeating: 0, count: (clause.accepted.max() ?? 0) / 64 + 1)
    for code in clause.accepted { bits[first + code / 64] |= 1 << UInt64(code % 64) }
    return Clause(place: place, isMultiple: false, accepted: first..<bits.count)
  }

  /// Follows routing to its start: who was not asked the routing question was not asked this one either.
  /// - Parameter asked: By position of the question; true for all that are asked of everyone.
  @inline(__always)
  func route(_ codes: Span<Int32>, asked: inout MutableSpan<Bool>) {
    let routes = routes.span
    for index in 0..<routes.count {
      asked[routes[index].question] = holds(routes[index].condition, codes, asked.span)
    }
  }

  /// Which audiences a response belongs to: bit a for audience a.
  /// - Parameter asked: By position of the question, whether routing leads to it.
  @inline(__always)
  func audiences(_ codes: Span<Int32>, asked: Span<Bool>) -> UInt64 {
    let audiences = audiences.span
    var mask: UInt64 = 0
    for audience in 0..<audiences.count
    where audiences[audience] < 0 || holds(audiences[audience], codes, asked) {
      mask |= 1 << UInt64(audience)
    }
    return mask
  }

  private func holds(_ condition: Int, _ codes: Span<Int32>, _ asked: Span<Bool>) -> Bool {
    let alternatives = alternatives.span
    let clauses = clauses.span
    for alternative in conditions.span[condition] {
      var all = true
      for clause in alternatives[alternative] where all { all = holds(clauses[clause], codes, asked) }
      if all { return true }
    }
    return false
  }

  @inline(__always)
  private func holds(_ clause: Clause, _ codes: Span<Int32>, _ asked: Span<Bool>) -> Bool {
    let code = clause.place.code(in: codes, asked: asked)
    if clause.isMultiple {
      guard code != AnswerCode.notAsked else { return false }
      let options = options.span
      for option in clause.accepted where codes[Int(clause.place.slot &+ 1 &+ options[option])] == 1 {
        return true
      }
      return false
    }
    let word = Int(code) >> 6
    guard code >= 0, word < clause.accepted.count else { return false }
    return bits.span[clause.accepted.lowerBound + word] >> UInt64(code & 63) & 1 == 1
  }
}
