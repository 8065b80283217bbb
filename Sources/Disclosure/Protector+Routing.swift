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

  /// Withholds rows of a routed question, with others that hide their bases.
  func withholdRoutedRows(_ question: Int, _ column: Int, _ audience: Int, _ groups: Range<Int>) {
    for group in groups { withholdRow(question, column, audience, group) }
    guard let scope = scopes[question],
      let system = SystemBuilder(tally, model, units).system(of: question, scope: scope)
    else { return }
    completeRows(system, question, column, audience)
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
    // Rows in which few were asked come last: what leads there would have to be withheld as well.
    let order = (0..<system.main.groups[column]).filter { base(whole, $0) > 0 }.sorted {
      (isNarrow(system, column, audience, $0) ? 1 : 0, base(whole, $0), $0)
        < (isNarrow(system, column, audience, $1) ? 1 : 0, base(whole, $1), $1)
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

  /// Withholds a row in which no witness was found: in the smallest pack concerned, then in the others, then all rows of
  /// the smallest; false where all of these were withheld before.
  /// - Parameters:
  ///   - audiences: The smallest first.
  ///   - before: The rows that were withheld when no witness was found.
  func withholdRows(
    _ group: Int, _ system: QuestionSystem, _ question: Int, _ column: Int, _ audiences: [Int],
    _ before: Set<RoutedRow>
  ) -> Bool {
    for audience in audiences {
      let row = RoutedRow(question: question, column: column, audience: audience, group: group)
      if before.contains(row) { continue }
      withholdRow(question, column, audience, group)
      completeRows(system, question, column, audience)
      return true
    }
    guard let smallest = audiences.first else { return false }
    let rest = (0..<system.main.groups[column]).filter {
      !before.contains(RoutedRow(question: question, column: column, audience: smallest, group: $0))
    }
    for other in rest { withholdRow(question, column, smallest, other) }
    return !rest.isEmpty
  }

  func size(of audience: Int) -> Int {
    let atoms = model.parts[audience].atoms
    return atoms.indices.reduce(0) { $0 + (atoms[$1] ? atomSizes[0][$1] : 0) }
  }

  /// Tells each routing question by how much its routing answers can fall before fewer would have been asked than
  /// answered, and each routed question by how much its asked could grow.
  func addRoutingBounds(of systems: [QuestionSystem]) {
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
        let bound = bound(members, of: routing.main, by: system, unanswered: last)
        routing.main.bounds.append(bound)
        openAsked(bound, of: routing, by: system)
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
    let search = search(routed, 0)
    return RoutingBound(
      members: members, fall: fall, rise: rise, isHidden: isHidden, hasTotal: hasTotal(routed),
      signatures: table.groups.indices.map(search.signatures))
  }

  private func hasTotal(_ routed: QuestionSystem) -> [Bool] {
    model.audiences.indices.map { audience in
      routed.scope.isPrinted[audience][0]
        && !(routed.question.map { isQuestionWithheld[audience][$0] || isGone.contains($0) } ?? false)
    }
  }

  // MARK: - Bases that are withheld

  /// Where no more than `minimum_cell` people can have answered, a withheld base would tell them too much of each other: it
  /// stays, unless it must go.
  func keepNarrowBases(_ system: QuestionSystem) {
    for column in system.main.groups.indices.dropFirst() {
      for audience in model.audiences.indices where system.scope.isPrinted[audience][column] {
        for group in 0..<system.main.groups[column] where isNarrow(system, column, audience, group) {
          system.main.keepBase(column, audience: audience, group: group)
        }
      }
    }
  }

  /// Whether no more than `minimum_cell` people of a group were asked.
  private func isNarrow(_ system: QuestionSystem, _ column: Int, _ audience: Int, _ group: Int) -> Bool {
    let table = system.main
    let atoms = model.parts[audience].atoms
    let asked = atoms.indices.reduce(0) { sum, atom in
      guard atoms[atom] else { return sum }
      let start = table.cell(column, unit: atom, group: group, category: 0)
      return sum + table.counts[column][start..<(start + table.categories)].reduce(0, +)
    }
    return asked <= minimumCell
  }

  /// The audiences to which everyone in one belongs.
  private func enclosing(_ audience: Int) -> [Int] {
    let atoms = model.parts[audience].atoms
    return model.audiences.indices.filter { other in
      zip(atoms, model.parts[other].atoms).allSatisfy { !$0 || $1 }
    }
  }

  /// Where a routed question's row is withheld and no more than `minimum_cell` people can have answered, for so few did of a
  /// larger pack, or answered the question that leads there, their row is withheld as well.
  func withholdSources() {
    let builder = SystemBuilder(tally, model, units)
    var bases: [Int: QuestionSystem] = [:]
    var open = rowsWithheld.sorted {
      ($0.question, $0.column, $0.audience, $0.group) < ($1.question, $1.column, $1.audience, $1.group)
    }
    while let row = open.popLast() {
      for source in [row.question] + sources(of: row.question) where !isGone.contains(source) {
        guard let scope = scopes[source],
          let system = bases[source] ?? builder.system(of: source, scope: scope)
        else {
          continue
        }
        bases[source] = system
        for audience in enclosing(row.audience) where scope.isPrinted[audience][row.column] {
          let base = system.base(row.column, atoms: model.parts[audience].atoms, group: row.group)
          let place = RoutedRow(question: source, column: row.column, audience: audience, group: row.group)
          guard base > 0, base <= minimumCell, !rowsWithheld.contains(place), !rowsBesides.contains(place)
          else {
            continue
          }
          if plan.survey.questions[source].askedIf != nil {
            rowsWithheld.insert(place)
            open.append(place)
          } else {
            rowsBesides.insert(place)
          }
        }
      }
    }
  }

  /// Where a routed question's base is withheld and so few could be asked that those who were would know too much of each
  /// other, the count that leads there must be thought larger.
  private func openAsked(_ bound: RoutingBound, of routing: QuestionSystem, by routed: QuestionSystem) {
    let table = routing.main
    guard let set = table.sets.firstIndex(where: { $0.members == bound.members }) else { return }
    for column in table.groups.indices.dropFirst() {
      for (index, part) in model.parts.enumerated()
      where isPrinted(index, column, routed) && isPrinted(index, column, routing) {
        let audiences = part.composition.map { model.partOfAudience[$0.audience] }
        for group in 0..<table.groups[column]
        where routed.base(column, atoms: part.atoms, group: group) > 0
          && audiences.contains(where: { routed.isRowWithheld[column][$0][group] || !bound.hasTotal[$0] })
          && !audiences.contains(where: { visibility.isFree(column, audience: $0, group: group) })
        {
          let count = table.count(column, atoms: part.atoms, group: group, set: set)
          guard count <= minimumCell else { continue }
          table.mustExceed.insert(.init(column: column, part: index, group: group, set: set))
          if index < model.audiences.count, table.sets[set].isPrinted {
            table.withhold(column, audience: index, group: group, set: set)
          }
        }
      }
    }
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
      let signatures = table.groups.map { _ in (0..<model.atomCount).map { [$0] } }
      table.bounds.append(
        RoutingBound(
          members: members, fall: none, rise: none, isHidden: isHidden, hasTotal: hasTotal(routed),
          signatures: signatures))
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
