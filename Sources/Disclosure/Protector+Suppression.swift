import Dispatch
import Solver
import SurveyDefinition
import Synchronization
import Tabulation

/// Secondary suppression: which figures to withhold so that what must be withheld cannot be worked out.
extension Protector {
  /// Linear programs that one table under one banner may take.
  private static let programLimit = 20_000

  /// A suppression problem with the printed counts that its figures stand for.
  struct TableProblem: Sendable {
    var scope: TableScope
    var columns: [Int]
    var problem: SuppressionProblem
    var figures: [SuppressionProblemBuilder.Count]
    /// By atom and group, the unknowns that add up to its size.
    var sizeRows: [[Int]: [Int]]
  }

  /// What the suppression search chose, by table (nil: all tables of the question together) and column.
  struct Choices {
    fileprivate var solved: [(problem: TableProblem, choice: [Bool]?)] = []
  }

  /// Solves the first problems of some questions, side by side, but those that are as they were when they were last solved.
  func choices(of systems: [QuestionSystem]) -> [Choices] {
    let problems = systems.map(firstProblems)
    let all = zip(systems, problems).flatMap { system, problems in
      problems.map { problem in
        let tables = system.tables.indices.filter { problem.scope.contains($0) }
        return (key: [system.question ?? -1, tables.count] + tables + problem.columns, problem: problem)
      }
    }
    var choices = all.map { known.choice($0.key, $0.problem.problem) }
    let open = all.indices.filter { choices[$0] == nil }
    for (index, choice) in zip(open, Self.solve(open.map { all[$0].problem })) {
      choices[index] = .some(choice)
      known.keep(choice, all[index].key, all[index].problem.problem)
    }
    var left = choices.map { $0 ?? nil }[...]
    return problems.map { problems in
      defer { left = left.dropFirst(problems.count) }
      return Choices(solved: Array(zip(problems, left)))
    }
  }

  /// Linked tables together, under every banner; the table of a question that has only one also under all banners together
  /// where these must be.
  private func firstProblems(_ system: QuestionSystem) -> [TableProblem] {
    let single = system.main.groups.indices.dropFirst().map { [$0] }
    if !system.linked.isEmpty {
      return system.linked.flatMap { scope in single.compactMap { problem(system, scope, $0) } }
    }
    let parts = search(system, 0).columnsTogether(.one(0)).map { [$0] } ?? single
    return parts.compactMap { problem(system, .one(0), $0) }
  }

  /// Withholds, under every banner, what the suppression search chooses: a good start for the search of witnesses, which
  /// has the last word. Returns the columns, by table, for which it found a choice.
  func withholdChosen(_ system: QuestionSystem, _ choices: Choices, besides joint: [Set<Int>]) -> [[Bool]] {
    var isChosen = system.tables.map { $0.groups.map { _ in false } }
    var solved = choices.solved
    if system.tables.count > 1 {
      // Where its tables could not be held together, each is a problem of its own.
      let problems = system.tables.indices.flatMap { position in
        system.main.groups.indices.dropFirst().filter { !joint[position].contains($0) }.compactMap {
          problem(system, .one(position), [$0])
        }
      }
      solved = Array(zip(problems, Self.solve(problems)))
    }
    for (problem, choice) in solved {
      guard let choice else { continue }
      if case .one(let position) = problem.scope {
        for column in problem.columns { isChosen[position][column] = true }
      }
      withhold(choice, problem, system)
    }
    return isChosen
  }

  /// Solves problems side by side; the answers are the same in whatever order they are worked on.
  private static func solve(_ problems: [TableProblem]) -> [[Bool]?] {
    let choices = Mutex<[[Bool]?]>(Array(repeating: nil, count: problems.count))
    // What takes longest first, so that no core is left alone with it at the end: attacks are programs over all unknowns.
    let work = problems.map { $0.problem.targets.count * $0.problem.unknowns.count }
    let order = problems.indices.sorted { (-work[$0], $0) < (-work[$1], $1) }
    DispatchQueue.concurrentPerform(iterations: problems.count) { turn in
      let index = order[turn]
      var search = SuppressionSearch(problems[index].problem, programLimit: programLimit)
      let choice = search.run()
      choices.withLock { $0[index] = choice }
    }
    return choices.withLock { $0 }
  }

  @discardableResult
  private func withhold(
    _ choice: [Bool], _ problem: TableProblem, _ system: QuestionSystem
  ) -> [SuppressionProblemBuilder.Count] {
    var withheld: [SuppressionProblemBuilder.Count] = []
    for (index, figure) in problem.figures.enumerated() where choice[problem.problem.figures[index].bundle] {
      let target = figure.target
      let table = system.tables[figure.table]
      guard !table.isWithheld(target.column, audience: target.part, group: target.group, set: target.set)
      else {
        continue
      }
      table.withhold(target.column, audience: target.part, group: target.group, set: target.set)
      withheld.append(figure)
    }
    return withheld
  }

  func search(_ system: QuestionSystem, _ position: Int) -> ExchangeSearch {
    ExchangeSearch(
      plan: plan, model: model, units: units, system: system, table: system.tables[position],
      position: position, visibility: visibility, sizes: sizes)
  }

  /// The problem of one table under one banner or several, or of all tables of a question; nil where nothing there is to be
  /// held open.
  /// - Parameter choosesSizes: Whether the sizes of groups, and bases, are to be chosen too.
  func problem(
    _ system: QuestionSystem, _ scope: TableScope, _ columns: [Int], choosesSizes: Bool = false
  ) -> TableProblem? {
    let printing = columns.map { column in
      model.audiences.indices.filter { system.scope.isPrinted[$0][column] }
    }
    guard printing.contains(where: { !$0.isEmpty }) else { return nil }
    let isFine =
      choosesSizes
      || zip(columns, printing).contains { column, audiences in
        audiences.contains { !units.isWhole(model.parts[$0].atoms, column) }
      }
    let search = search(system, system.tables.indices.first(where: scope.contains) ?? 0)
    let opensTotals = search.opensTotals(columns, scope)
    let tied = search.audiencesTied(to: columns)
    var builder = SuppressionProblemBuilder(
      search: search, scope: scope, columns: columns, isFine: isFine, choosesSizes: choosesSizes)
    var figures: [SuppressionProblemBuilder.Count] = []
    for figure in search.printedCounts(scope, columns: columns) {
      let target = figure.target
      let table = system.tables[figure.table]
      let isWithheld = table.isWithheld(
        target.column, audience: target.part, group: target.group, set: target.set)
      let mayRiseInTotal = opensTotals && tied.contains(target.part)
      let limit = min(
        highest(of: target, system, choosesSizes: choosesSizes),
        mayRiseInTotal ? .max : total(of: target, table))
      let isOpen =
        !isWithheld && (!table.sets[target.set].isBase || (choosesSizes && target.column > 0))
        && (target.column > 0
          || (tied.contains(target.part) && search.hidesTotal(target.part, figure.table)))
      let count = count(target, table)
      let added = builder.addFigure(
        figure, count: count,
        room: max(0, limit - count),
        status: isWithheld ? .withheld : isOpen ? .open : .published,
        cost: cost(of: target, count, system, table),
        bundle: keepsGroupsWhole && target.column > 0
          ? .init(audience: target.part, group: target.group) : nil)
      guard added else { continue }
      figures.append(figure)
      if isWithheld || isOpen, let need = need(of: target, system, table) {
        builder.addTarget(figure, need, figures: [figures.count - 1])
      }
    }
    let positions = Dictionary(uniqueKeysWithValues: zip(figures, figures.indices))
    for (index, table) in system.tables.enumerated() where scope.contains(index) {
      for target in derivedTargets(system, table)
      where (columns.contains(target.column) || (target.column == 0 && opensTotals))
        && !(scope.isLinked && table.sets[target.set].isShared)
      {
        if let need = need(of: target, system, table) {
          builder.addTarget(.init(table: index, target: target), need)
        }
      }
      for target in remaindersInDoubt(table, under: opensTotals ? [0] + columns : columns) {
        let parts = model.parts[target.part].composition.compactMap { member in
          var part = target
          part.part = model.partOfAudience[member.audience]
          return positions[.init(table: index, target: part)]
        }
        if !parts.isEmpty, isPrinted(target.part, target.column, system),
          let need = need(of: target, system, table)
        {
          builder.addTarget(.init(table: index, target: target), need, figures: parts)
        }
      }
    }
    guard choosesSizes || builder.hasWork else { return nil }
    return TableProblem(
      scope: scope, columns: columns, problem: builder.problem, figures: figures,
      sizeRows: choosesSizes ? builder.sizeRows : [:])
  }

  /// How many of a group's people a count can be of, for all that its base says.
  private func highest(
    of target: ExchangeSearch.Target, _ system: QuestionSystem, choosesSizes: Bool
  ) -> Int {
    let atoms = model.parts[target.part].atoms
    let hidesBase =
      target.column > 0
      && (choosesSizes
        || system.main.isWithheld(
          target.column, audience: target.part, group: target.group, set: system.baseSet))
    return hidesBase
      ? system.base(0, atoms: atoms, group: 0)
      : system.base(target.column, atoms: atoms, group: target.group)
  }

  /// The same count over all groups.
  private func total(of target: ExchangeSearch.Target, _ table: TableSystem) -> Int {
    table.count(0, atoms: model.parts[target.part].atoms, group: 0, set: target.set)
  }

  /// What withholding a figure costs: one for each pack that prints it, a little more for the people it describes, and more
  /// for a net than for an answer and for a total than for a group.
  private func cost(
    of target: ExchangeSearch.Target, _ count: Int, _ system: QuestionSystem, _ table: TableSystem
  ) -> Double {
    let packs = max(1, system.scope.packCount[target.part][target.column])
    let isNet = table.onlyCategory(of: target.set) == nil
    let share = Double(count) / Double(max(1, tally.responses))
    let isTotal = target.column == 0
    return Double(packs) * (isNet ? 1.1 : 1) * (isTotal ? 1.5 : 1) * (1 + 0.4 * share)
  }

  // MARK: - All tables of a question together

  /// Chooses what to withhold of linked tables together, banner by banner, and holds open whatever programs over all of them
  /// show to be open. Returns, by table, the columns for which that was all.
  func holdJointly(_ system: QuestionSystem, _ choices: Choices) -> [Set<Int>] {
    let scopes = system.linked
    let found = Mutex<[[HeldColumns]]>(scopes.map { _ in [] })
    // Tables that are linked are in one scope, but for that of the base, of which nothing is chosen here.
    nonisolated(unsafe) let protector = self
    nonisolated(unsafe) let tables = system
    DispatchQueue.concurrentPerform(iterations: scopes.count) { index in
      let held = unsafe protector.heldColumns(of: scopes[index], tables, choices)
      found.withLock { $0[index] = held }
    }
    var held = system.tables.map { _ in Set<Int>() }
    for (scope, columns) in zip(scopes, found.withLock { $0 }) {
      for columns in columns {
        for position in system.tables.indices where scope.contains(position) {
          held[position].formUnion(columns.columns)
        }
        for count in columns.counts {
          let target = count.target
          system.tables[count.table].hold(
            target.column, part: target.part, group: target.group, set: target.set, by: Self.jointly)
        }
      }
    }
    return held
  }

  /// Columns under which linked tables hold all open, with what they hold.
  private struct HeldColumns: Sendable {
    var columns: [Int]
    var counts: [SuppressionProblemBuilder.Count]
  }

  /// Withholds what was chosen of linked tables, and finds what they hold open then.
  private func heldColumns(
    of scope: TableScope, _ system: QuestionSystem, _ choices: Choices
  ) -> [HeldColumns] {
    var held: [HeldColumns] = []
    for (problem, choice) in choices.solved where problem.scope == scope {
      guard let choice else { continue }
      let columns = problem.columns
      let opensTotals = search(system, 0).opensTotals(columns, scope)
      withhold(choice, problem, system)
      var targets: [SuppressionProblemBuilder.Count] = []
      for (position, table) in system.tables.enumerated() where scope.contains(position) {
        let all = firstTargets(system, table) + derivedTargets(system, table)
        targets += all.filter {
          (columns.contains($0.column) || ($0.column == 0 && opensTotals))
            && !isHiddenWhole($0, system, table) && !table.sets[$0.set].isShared
        }.map { .init(table: position, target: $0) }
      }
      guard let wide = heldTogether(targets, problem, system) else { continue }
      held.append(HeldColumns(columns: opensTotals ? [0] + columns : columns, counts: wide))
    }
    return held
  }

  /// Of some targets, those that linked tables hold open: all of groups, and what they can of totals; nil where they do not
  /// hold all of groups. What is found of themes is kept, as most trees are the same in the next round.
  private func heldTogether(
    _ targets: [SuppressionProblemBuilder.Count], _ problem: TableProblem, _ system: QuestionSystem
  ) -> [SuppressionProblemBuilder.Count]? {
    let chosen = system.tables.indices.filter { problem.scope.contains($0) }
    let place = [system.question ?? -1, chosen.count] + chosen + problem.columns
    let withheld = chosen.map { system.tables[$0].withheld }
    // Other questions are also bound by those that they lead to.
    let isKept = system.linked.count > 1
    if isKept, let last = known.heldTogether(place), last.visibility == visibility, last.withheld == withheld
    {
      return last.held
    }
    // What other witnesses are to hold may change later: all or nothing.
    let isOpen = openness(targets, problem.scope, problem.columns, system)
    let isHeld = targets.allSatisfy { $0.target.column == 0 || isOpen($0) }
    let held = isHeld ? targets.filter { $0.target.column > 0 || isOpen($0) } : nil
    if isKept {
      known.keep(.init(visibility: visibility, withheld: withheld, held: held), place)
    }
    return held
  }

  /// In place of a witness: held open by tables of the whole question.
  private static let jointly = 1 << 40

  /// Tells whether programs over linked tables of the question, under some columns, show one of some targets to be open.
  /// - Parameter combinations: Of one of the themes, those that other themes make with it and that are to stay as they are.
  func openness(
    _ targets: [SuppressionProblemBuilder.Count], _ scope: TableScope, _ columns: [Int],
    _ system: QuestionSystem, keeping combinations: ThemeCombinations? = nil
  ) -> (SuppressionProblemBuilder.Count) -> Bool {
    let isFine = targets.contains { target in
      columns.contains { !units.isWhole(model.parts[target.target.part].atoms, $0) }
    }
    let program = TableProgram(
      search: search(system, 0), scope: scope, columns: columns, isFine: isFine, combinations: combinations)
    program.update(system)
    return { count in
      self.need(of: count.target, system, system.tables[count.table]).map { program.isOpen(count, $0) }
        ?? true
    }
  }

  /// Holds targets open for which no table by itself has a witness, by tables that are linked to it: withholds more where
  /// that is needed, and returns what remains narrow.
  func holdTogether(
    _ targets: [SuppressionProblemBuilder.Count], _ system: QuestionSystem
  ) -> [SuppressionProblemBuilder.Count] {
    system.linked.isEmpty
      ? targets
      : Dictionary(grouping: targets) { target in
        system.linked.first { $0.contains(target.table) } ?? system.whole
      }.sorted { $0.value[0].table < $1.value[0].table }.flatMap { holdTogether($1, $0, system) }
  }

  private func holdTogether(
    _ targets: [SuppressionProblemBuilder.Count], _ scope: TableScope, _ system: QuestionSystem
  ) -> [SuppressionProblemBuilder.Count] {
    var failed = targets.filter { $0.target.column == 0 }
    for column in system.main.groups.indices.dropFirst() {
      failed += holdTogether(targets.filter { $0.target.column == column }, scope, [column], system)
    }
    guard !failed.isEmpty, let together = search(system, 0).columnsTogether(scope) else { return failed }
    return holdTogether(failed, scope, together, system)
  }

  /// The same under one banner, or several together with their totals.
  private func holdTogether(
    _ targets: [SuppressionProblemBuilder.Count], _ scope: TableScope, _ columns: [Int],
    _ system: QuestionSystem
  ) -> [SuppressionProblemBuilder.Count] {
    if targets.isEmpty { return [] }
    var open = targets
    if let problem = problem(system, scope, columns) {
      var search = SuppressionSearch(problem.problem, programLimit: Self.programLimit)
      if let choice = search.run() { open += withhold(choice, problem, system) }
    }
    // What is withheld only now brings complements and remainders of packs with it.
    for (index, table) in system.tables.enumerated() where scope.contains(index) {
      for target in derivedTargets(system, table)
      where (columns.contains(target.column) || (target.column == 0 && columns.count > 1))
        && !isHeld(target, table) && !table.sets[target.set].isShared
      {
        if need(of: target, system, table) != nil { open.append(.init(table: index, target: target)) }
      }
    }
    let isOpen = openness(open, scope, columns, system)
    return open.filter { !isOpen($0) }
  }
}
