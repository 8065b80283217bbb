import SurveyDefinition
import Tabulation

/// Questions that are asked only of some: their bases and the answers that lead to them bound each other.
extension Protector {
  /// Where a routed question's base is small in some group of an audience, its row there is withheld whole: the base could
  /// be told from the answers that lead to it. Bases are joined by their sum, so rows go at least two at a time.
  func decideRoutedRows() {
    let builder = SystemBuilder(tally, model, units)
    for question in plan.survey.questions.indices where plan.survey.questions[question].askedIf != nil {
      guard let scope = scopes[question], let system = builder.system(of: question, scope: scope) else {
        continue
      }
      for column in system.main.groups.indices.dropFirst() {
        for part in model.parts {
          let printing = part.composition.map(\.audience).compactMap { model.audiences.firstIndex(of: $0) }
          guard printing.allSatisfy({ scope.isPrinted[$0][column] }),
            let smallest = printing.max(by: { size(of: $0) > size(of: $1) })
          else { continue }
          let exposed = (0..<system.main.groups[column]).filter { group in
            printing.allSatisfy { !visibility.isFree(column, audience: $0, group: group) }
              && isSensitive(system.base(column, atoms: part.atoms, group: group))
          }
          for group in exposed { withholdRow(question, column, smallest, group) }
          if !exposed.isEmpty { completeRows(system, question, column, smallest) }
        }
      }
    }
  }

  private func withholdRow(_ question: Int, _ column: Int, _ audience: Int, _ group: Int) {
    rowsWithheld.insert(RoutedRow(question: question, column: column, audience: audience, group: group))
  }

  private func isRowWithheld(_ question: Int, _ column: Int, _ audience: Int, _ group: Int) -> Bool {
    rowsWithheld.contains(RoutedRow(question: question, column: column, audience: audience, group: group))
  }

  /// Withholds the next smallest rows until those that are withheld hide each other's bases.
  private func completeRows(_ system: QuestionSystem, _ question: Int, _ column: Int, _ audience: Int) {
    func base(_ part: AudienceModel.Part, _ group: Int) -> Int {
      system.base(column, atoms: part.atoms, group: group)
    }
    let whole = model.parts[audience]
    let order = (0..<system.main.groups[column]).filter { base(whole, $0) > 0 }.sorted {
      (base(whole, $0), $0) < (base(whole, $1), $1)
    }
    let enough = max(2 * minimumCell + 2, thresholds.minimumBase)
    while true {
      let withheld = order.filter { isRowWithheld(question, column, audience, $0) }
      let leavesRemainder = model.parts.contains { part in
        part.composition.count > 1
          && part.composition.allSatisfy { system.scope.isPrinted[model.partOfAudience[$0.audience]][column] }
          && isSensitive(withheld.reduce(0) { $0 + base(part, $1) })
      }
      if withheld.count > 1, withheld.reduce(0, { $0 + base(whole, $1) }) >= enough, !leavesRemainder {
        return
      }
      guard let next = order.first(where: { !isRowWithheld(question, column, audience, $0) }) else { return }
      withholdRow(question, column, audience, next)
    }
  }

  /// Withholds a row in which no witness was found, then all rows; false where all were withheld before.
  func withholdRows(
    _ group: Int, _ system: QuestionSystem, _ question: Int, _ column: Int, _ audience: Int
  ) -> Bool {
    if !isRowWithheld(question, column, audience, group) {
      withholdRow(question, column, audience, group)
      completeRows(system, question, column, audience)
      return true
    }
    let rest = (0..<system.main.groups[column]).filter { !isRowWithheld(question, column, audience, $0) }
    for other in rest { withholdRow(question, column, audience, other) }
    return !rest.isEmpty
  }

  func size(of audience: Int) -> Int {
    let atoms = model.parts[audience].atoms
    return atoms.indices.reduce(0) { $0 + (atoms[$1] ? atomSizes[0][$1] : 0) }
  }

  /// Tells each routing question by how much its routing answers can fall before fewer would have been asked than
  /// answered, and each routed question by how much its asked could grow.
  func addRoutingBounds() {
    for system in systems {
      guard let question = system.question, let condition = plan.survey.questions[question].askedIf else {
        continue
      }
      let last = system.main.categories - 1
      for clause in condition.alternatives.joined() {
        guard case .question(let source) = clause.item,
          let routing = systems.first(where: { $0.question == source })
        else { continue }
        if case .multiple = plan.survey.questions[source].kind {
          addOptionBounds(clause.accepted, routing, system)
          continue
        }
        var members = Array(repeating: false, count: routing.main.categories)
        for answer in clause.accepted { members[answer] = true }
        routing.main.bounds.append(bound(members, of: routing.main, by: system, unanswered: last))
      }
    }
  }

  func bound(
    _ members: [Bool], of table: TableSystem, by routed: QuestionSystem, unanswered: Int
  ) -> RoutingBound {
    let isAsked = routed.question.map { plan.survey.questions[$0].base == .asked } ?? false
    var fall: [[Int]] = []
    var rise: [[Int]] = []
    for column in table.groups.indices {
      let groups = table.groups[column]
      let slack = (0..<(units.atoms[column].count * groups)).map {
        routed.main.counts[column][$0 * routed.main.categories + unanswered]
      }
      // Where the base is everyone who was asked, the routing count is printed as that base.
      fall.append(isAsked ? slack.map { _ in 0 } : slack)
      rise.append(slack.map { _ in isAsked ? 0 : TableSystem.unlimited })
    }
    let isHidden = table.groups.indices.map { column in
      model.audiences.indices.map { audience in
        (0..<table.groups[column]).map {
          !routed.scope.isPrinted[audience][column]
            || (column > 0
              && (routed.isRowWithheld[column][audience][$0]
                || visibility.isFree(column, audience: audience, group: $0)))
        }
      }
    }
    return RoutingBound(members: members, fall: fall, rise: rise, isHidden: isHidden)
  }

  /// Options that route to other questions stay as they are: how many chose at least one of them is no count of theirs.
  func addOptionBounds(_ options: [Int], _ routing: QuestionSystem, _ routed: QuestionSystem) {
    for table in routing.tables {
      if case .option(let option) = plan.tables[table.index].part, !options.contains(option) { continue }
      let none = table.groups.indices.map {
        Array(repeating: 0, count: units.atoms[$0].count * table.groups[$0])
      }
      var members = Array(repeating: false, count: table.categories)
      members[0] = true
      let isHidden = table.groups.map { groups in
        model.audiences.map { _ in Array(repeating: false, count: groups) }
      }
      table.bounds.append(RoutingBound(members: members, fall: none, rise: none, isHidden: isHidden))
    }
  }

  /// How much more could have been asked in each group: by how much the witness of the routing count rises there.
  func fillAskedRoom(_ system: QuestionSystem) {
    guard let question = system.question, let condition = plan.survey.questions[question].askedIf else {
      return
    }
    let clauses = condition.alternatives.joined()
    guard clauses.count == 1, let clause = clauses.first else { return }
    let last = system.main.categories - 1
    for column in system.main.groups.indices.dropFirst() {
      for unit in units.atoms[column].indices {
        for group in 0..<system.main.groups[column] {
          let position = unit * system.main.groups[column] + group
          var room = system.main.counts[column][
            system.main.cell(column, unit: unit, group: group, category: last)]
          switch clause.item {
          case .question(let source):
            guard let routing = systems.first(where: { $0.question == source }) else { break }
            var members = Array(repeating: false, count: routing.main.categories)
            for answer in clause.accepted where answer < members.count { members[answer] = true }
            room +=
              routedRise[
                RiseKey(source: source, members: members, column: column, unit: unit, group: group),
                default: 0]
          case .variable:
            let asked = (0..<system.main.categories).reduce(0) {
              $0
                + system.main.counts[column][
                  system.main.cell(column, unit: unit, group: group, category: $1)]
            }
            if asked > 0 { room += sizes[column][position] - asked }
          }
          system.askedRoom[column][position] = room
        }
      }
    }
  }

  /// By how much the counts that lead to other questions rise in the witnesses of a system.
  func routedRises(_ system: QuestionSystem, _ builder: WitnessBuilder) -> [RiseKey: Int] {
    var rises: [RiseKey: Int] = [:]
    guard let question = system.question else { return rises }
    for (index, bound) in system.main.bounds.enumerated() {
      for (row, rise) in builder.rises(of: index) {
        let key = RiseKey(
          source: question, members: bound.members, column: row.column, unit: row.unit, group: row.group)
        rises[key] = max(rise, rises[key, default: 0])
      }
    }
    return rises
  }

  func record(_ rises: [RiseKey: Int]) { routedRise.merge(rises, uniquingKeysWith: max) }

  /// The questions whose answers lead to a question.
  func sources(of question: Int) -> [Int] {
    (plan.survey.questions[question].askedIf?.alternatives.joined() ?? [].joined()).compactMap {
      if case .question(let source) = $0.item { source } else { nil }
    }
  }
}
