import SurveyDefinition
import Tabulation

/// Decides what is withheld of one wave, over all packs together.
///
/// Every figure that must not be known closely gets a *witness*: another whole-number table that agrees with all that
/// stays published and in which the figure differs by at least `minimum_cell`, or a pair of such tables. Witnesses are
/// built from exchanges; what an exchange changes is withheld, and what is newly withheld needs a witness of its own.
/// As nothing is ever published again, a witness once found stays valid, and the end is reached.
///
/// The idea is the attacker's problem of Fischetti and Salazar (2001), Management Science 47(7), 1008-1027, solved from
/// the inside: instead of bounding what an attacker can conclude, the tables that stop them are exhibited. Where no
/// witness can be found, more is withheld: the table, the group, the question.
final class Protector {
  let tally: Tally
  let thresholds: ProtectionThresholds
  let model: AudienceModel
  private(set) var visibility: GroupVisibility
  private(set) var systems: [QuestionSystem] = []
  /// By audience, questions that are withheld whole.
  private var isQuestionWithheld: [[Bool]]
  private var tablesWithheld: Set<TableKey> = []
  /// Questions withheld whole for everyone: nothing is known of them but the sizes of groups.
  private var isGone: Set<Int> = []
  private let atomSizes: [[Int]]
  private var sizes: [[Int]] = []
  private var units: ColumnUnits
  private let scopes: [Int?: PrintedScope]
  private var routedRise: [RiseKey: Int] = [:]

  private struct TableKey: Hashable {
    var question: Int
    var column: Int
    var audience: Int
  }

  private struct RiseKey: Hashable {
    var source: Int
    var members: [Bool]
    var column: Int
    var unit: Int
    var group: Int
  }

  private struct Failure {
    var system: Int
    var table: TableSystem
    var target: ExchangeSearch.Target
  }

  private var plan: TabulationPlan { tally.plan }
  private var minimumCell: Int { thresholds.minimumCell }

  init(_ tally: Tally) {
    self.tally = tally
    thresholds = tally.plan.survey.protection
    model = AudienceModel(tally)
    let scopes = PrintedScope.scopes(of: tally.plan, model)
    self.scopes = scopes
    let plan = tally.plan
    let model = model
    let columns: [Int?] = [nil] + plan.banners.indices.map(Optional.some)
    atomSizes = columns.map { column in
      (0..<model.atomCount).flatMap { atom in
        (0..<plan.groupCount(column)).map {
          tally.count(atom: atom, table: 0, banner: column, group: $0, category: 0)
        }
      }
    }
    isQuestionWithheld = model.audiences.map { _ in plan.survey.questions.map { _ in false } }
    let respondents = scopes[nil]
    let visibility = GroupVisibility(
      isDropped: columns.map { column in
        model.audiences.map { _ in Array(repeating: false, count: plan.groupCount(column)) }
      },
      hasSizes: columns.indices.map { column in
        model.audiences.indices.map { respondents?.isPrinted[$0][column] ?? false }
      })
    self.visibility = visibility
    units = ColumnUnits(model, visibility)
  }

  /// What the analyst should know of packs and groups that went whole.
  private(set) var remarks: [String] = []

  /// Runs until every figure that needs a witness has one.
  func run() {
    guard minimumCell > 1 || thresholds.minimumBase > 1 else {
      build()
      return
    }
    GroupDecisions(
      tally: tally, model: model, sizes: atomSizes, thresholds: thresholds, scopes: scopes
    ).decide(&visibility)
    decideRoutedTables()
    while true {
      build()
      debugLoss("primary")
      let failures = protectAll()
      debugLoss("after")
      if failures.isEmpty { return }
      escalate(failures)
    }
  }

  // MARK: - Building

  private func build() {
    systems = []
    routedRise = [:]
    units = ColumnUnits(model, visibility)
    sizes = units.atoms.indices.map { column in
      let groups = plan.groupCount(column == 0 ? nil : column - 1)
      return units.atoms[column].flatMap { atoms in
        (0..<groups).map { group in atoms.reduce(0) { $0 + atomSizes[column][$1 * groups + group] } }
      }
    }
    let builder = SystemBuilder(tally, model, units)
    let order = questionsInRoutingOrder()
    for question in [nil] + order.map(Optional.some) {
      guard let scope = scopes[question], let system = builder.system(of: question, scope: scope) else { continue }
      withholdFirst(system)
      systems.append(system)
    }
    addRoutingBounds()
  }

  /// Routing questions before the questions they lead to.
  private func questionsInRoutingOrder() -> [Int] {
    var order: [Int] = []
    func visit(_ question: Int) {
      guard !order.contains(question) else { return }
      for clause in plan.survey.questions[question].askedIf?.alternatives.joined() ?? [].joined() {
        if case .question(let source) = clause.item { visit(source) }
      }
      order.append(question)
    }
    plan.survey.questions.indices.forEach(visit)
    return order
  }

  /// What is withheld before any witness is looked for: what is not printed at all, dropped groups, small counts, small
  /// bases (primary suppression).
  private func withholdFirst(_ system: QuestionSystem) {
    for column in system.main.groups.indices {
      for (audience, _) in model.audiences.enumerated() {
        let isWhole = system.question.map {
          isQuestionWithheld[audience][$0] || isGone.contains($0)
            || tablesWithheld.contains(TableKey(question: $0, column: column, audience: audience))
        } ?? false
        if let question = system.question {
          system.isTableWithheld[column][audience] =
            column > 0 && tablesWithheld.contains(TableKey(question: question, column: column, audience: audience))
        }
        if isWhole || !system.scope.isPrinted[audience][column] {
          for table in system.tables { table.markUnprinted(column, audience: audience) }
          continue
        }
        let atoms = model.parts[audience].atoms
        for group in 0..<system.main.groups[column] {
          withholdFirst(system, column, audience, atoms, group)
        }
      }
    }
  }

  private func withholdFirst(
    _ system: QuestionSystem, _ column: Int, _ audience: Int, _ atoms: [Bool], _ group: Int
  ) {
    let isDropped = visibility.isDropped[column][audience][group]
    let base = system.base(column, atoms: atoms, group: group)
    let isSmall = base > 0 && base < thresholds.minimumBase
    let exposesAll = system.isSensitive && base > 0 && givesOneAnswer(system, column, atoms, group, base)
    for table in system.tables {
      for (position, set) in table.sets.enumerated() {
        let count = table.count(column, atoms: atoms, group: group, set: position)
        let isSensitiveCount = isSensitive(count)
        let withholds =
          isDropped || (set.isBase && isSensitive(base))
          || (!set.isBase && system.question != nil
            && (isSmall || exposesAll || isSensitiveCount
              || hasSensitiveComplement(system, table, column, atoms, group, position, count, base)))
        if withholds { table.withhold(column, audience: audience, group: group, set: position) }
      }
    }
  }

  private func isSensitive(_ count: Int) -> Bool { count > 0 && count < minimumCell }

  /// Of a multiple question, who did not choose an option follows from the base and from those who chose any.
  private func hasSensitiveComplement(
    _ system: QuestionSystem, _ table: TableSystem, _ column: Int, _ atoms: [Bool], _ group: Int, _ set: Int,
    _ count: Int, _ base: Int
  ) -> Bool {
    guard table.sets[set].isPrinted else { return false }
    if table !== system.main { return isSensitive(base - count) || isSensitive(others(table, column, atoms, group)) }
    guard let question = system.question, case .multiple = plan.survey.questions[question].kind else { return false }
    return isSensitive(base - count)
  }

  /// Those counted by an option's table outside its first category.
  private func others(_ table: TableSystem, _ column: Int, _ atoms: [Bool], _ group: Int) -> Int {
    var sum = 0
    for atom in atoms.indices where atoms[atom] {
      sum += table.counts[column][table.cell(column, unit: atom, group: group, category: 1)]
    }
    return sum
  }

  /// Whether everyone in the group gave the same answer (of a multiple question: whether an option has all or none).
  private func givesOneAnswer(
    _ system: QuestionSystem, _ column: Int, _ atoms: [Bool], _ group: Int, _ base: Int
  ) -> Bool {
    system.tables.contains { table in
      table.sets.indices.contains {
        table.sets[$0].isPrinted && !table.sets[$0].isBase
          && table.count(column, atoms: atoms, group: group, set: $0) == base
      }
    }
  }

  // MARK: - Routing

  /// Where a routed question's base is small in some group of an audience, its whole table there is withheld: the bases
  /// of its groups could be told from the answers that lead to it.
  private func decideRoutedTables() {
    let builder = SystemBuilder(tally, model, units)
    for question in plan.survey.questions.indices where plan.survey.questions[question].askedIf != nil {
      guard let scope = scopes[question], let system = builder.system(of: question, scope: scope) else { continue }
      for column in system.main.groups.indices.dropFirst() {
        for part in model.parts {
          let printing = part.composition.map(\.audience).compactMap { model.audiences.firstIndex(of: $0) }
          guard printing.allSatisfy({ scope.isPrinted[$0][column] }) else { continue }
          let isExposed = (0..<system.main.groups[column]).contains { group in
            printing.allSatisfy { !visibility.isFree(column, audience: $0, group: group) }
              && isSensitive(system.base(column, atoms: part.atoms, group: group))
          }
          if isExposed, let smallest = printing.max(by: { size(of: $0) > size(of: $1) }) {
            tablesWithheld.insert(TableKey(question: question, column: column, audience: smallest))
          }
        }
      }
    }
  }

  private func size(of audience: Int) -> Int {
    let atoms = model.parts[audience].atoms
    return atoms.indices.reduce(0) { $0 + (atoms[$1] ? atomSizes[0][$1] : 0) }
  }

  /// Tells each routing question by how much its routing answers can fall before fewer would have been asked than
  /// answered, and each routed question by how much its asked could grow.
  private func addRoutingBounds() {
    for system in systems {
      guard let question = system.question, let condition = plan.survey.questions[question].askedIf else { continue }
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

  private func bound(
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
              && (routed.isTableWithheld[column][audience]
                || visibility.isFree(column, audience: audience, group: $0)))
        }
      }
    }
    return RoutingBound(members: members, fall: fall, rise: rise, isHidden: isHidden)
  }

  /// Options that route to other questions stay as they are: how many chose at least one of them is no count of theirs.
  private func addOptionBounds(_ options: [Int], _ routing: QuestionSystem, _ routed: QuestionSystem) {
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

  // MARK: - Witnesses

  private func protectAll() -> [Failure] {
    var failures: [Failure] = []
    for index in systems.indices {
      if let question = systems[index].question, isGone.contains(question) { continue }
      fillAskedRoom(systems[index])
      failures += protect(index)
    }
    return failures
  }

  /// How much more could have been asked in each group: by how much the witness of the routing count rises there.
  private func fillAskedRoom(_ system: QuestionSystem) {
    guard let question = system.question, let condition = plan.survey.questions[question].askedIf else { return }
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
            room += routedRise[
              RiseKey(source: source, members: members, column: column, unit: unit, group: group), default: 0]
          case .variable:
            let asked = (0..<system.main.categories).reduce(0) {
              $0 + system.main.counts[column][
                system.main.cell(column, unit: unit, group: group, category: $1)]
            }
            if asked > 0 { room += sizes[column][position] - asked }
          }
          system.askedRoom[column][position] = room
        }
      }
    }
  }

  private func protect(_ index: Int) -> [Failure] {
    let system = systems[index]
    var failures: [Failure] = []
    for table in system.tables {
      let search = ExchangeSearch(
        model: model, units: units, system: system, table: table, visibility: visibility, sizes: sizes)
      var builder = WitnessBuilder(search: search, minimumCell: minimumCell)
      var first = firstTargets(system, table)
      withholdPartners(of: first, system, table)
      let enclosing = withholdEnclosing(of: first, system, table)
      first += enclosing
      var open = first
      var isDone = Set<ExchangeSearch.Target>()
      while true {
        while let target = open.popLast() {
          guard isDone.insert(target).inserted, !isHeld(target, table) else { continue }
          guard !isHiddenWhole(target, system, table), let need = need(of: target, system, table) else { continue }
          if let withheld = builder.findWitness(for: target, need) {
            open += withheld.map {
              .init(column: $0.column, part: $0.audience, group: $0.group, set: $0.set)
            }
          } else {
            failures.append(Failure(system: index, table: table, target: target))
          }
        }
        open = derivedTargets(system, table).filter { !isDone.contains($0) }
        if open.isEmpty { break }
      }
      if failures.isEmpty { republish(system, table, &builder, first: Set(first)) }
      recordRoutedRise(system, table, builder)
    }
    return failures
  }

  /// Withholds, beside every answer that is small in a printed group, the answer that it can best be exchanged with: the
  /// same one in every group, so that exchanges find each other. What is not needed is published again.
  private func withholdPartners(
    of targets: [ExchangeSearch.Target], _ system: QuestionSystem, _ table: TableSystem
  ) {
    guard table.categories > 2 else { return }
    for target in targets where target.column > 0 {
      guard let category = table.onlyCategory(of: target.set),
        !system.main.isWithheld(
          target.column, audience: target.part, group: target.group, set: system.baseSet)
      else { continue }
      let partner = partner(of: category, target, table)
      guard let partner, let set = table.singleSet(of: partner) else { continue }
      table.withhold(target.column, audience: target.part, group: target.group, set: set)
    }
  }

  /// The answer that shares most nets with another, and of those the one given most often.
  private func partner(of category: Int, _ target: ExchangeSearch.Target, _ table: TableSystem) -> Int? {
    let atoms = model.parts[target.part].atoms
    var best: (broken: Int, count: Int, category: Int)?
    for other in 0..<table.categories where other != category {
      guard let set = table.singleSet(of: other) else { continue }
      let broken = table.wideSets.count { table.sets[$0].separates(category, other) }
      let count = table.count(0, atoms: atoms, group: 0, set: set)
      if best.map({ (broken, -count) < ($0.broken, -$0.count) }) ?? true { best = (broken, count, other) }
    }
    return best?.category
  }

  private func isHeld(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Bool {
    table.isHeld(target.column, part: target.part, group: target.group, set: target.set)
  }

  // MARK: - Publishing again

  /// Publishes what turns out not to be needed: each figure that is withheld only to protect others, the dearest first,
  /// wherever every figure whose witness changes it finds another witness among what stays withheld.
  private func republish(
    _ system: QuestionSystem, _ table: TableSystem, _ builder: inout WitnessBuilder, first: Set<ExchangeSearch.Target>
  ) {
    var candidates: [(cost: Int, figure: WitnessBuilder.Figure)] = []
    for column in table.groups.indices {
      for audience in model.audiences.indices where system.scope.isPrinted[audience][column] {
        for group in 0..<table.groups[column] {
          for set in table.sets.indices
          where table.sets[set].isPrinted && table.isWithheld(column, audience: audience, group: group, set: set)
            && !first.contains(.init(column: column, part: audience, group: group, set: set))
          {
            let figure = WitnessBuilder.Figure(column: column, audience: audience, group: group, set: set)
            let cost =
              table.sets[set].cost * builder.search.system.costWeight(audience) * (column == 0 ? 8 : 1)
            candidates.append((cost, figure))
          }
        }
      }
    }
    let order = candidates.enumerated().sorted {
      ($1.element.cost, $0.offset) < ($0.element.cost, $1.offset)
    }
    for (_, candidate) in order { tryToPublish(candidate.figure, system, table, &builder) }
  }

  private func tryToPublish(
    _ figure: WitnessBuilder.Figure, _ system: QuestionSystem, _ table: TableSystem, _ builder: inout WitnessBuilder
  ) {
    let (column, group, set) = (figure.column, figure.group, figure.set)
    let users = (builder.users[figure] ?? []).filter { builder.witnesses[$0].isAlive }
    table.publish(column, audience: figure.audience, group: group, set: set)
    var lost: [(target: ExchangeSearch.Target, holder: Int)] = []
    for user in users {
      builder.kill(user)
      for target in builder.witnesses[user].held
      where table.holder(target.column, part: target.part, group: target.group, set: target.set) == user {
        lost.append((target, user))
        table.hold(target.column, part: target.part, group: target.group, set: target.set, by: -1)
      }
    }
    let firstNew = builder.witnesses.count
    var isSafe = true
    let following = derivedTargets(system, table, touching: figure)
    for target in lost.map(\.target) + following where isSafe && !isHeld(target, table) {
      guard isRequired(target, system, table), !isHiddenWhole(target, system, table), let need = need(of: target, system, table) else { continue }
      isSafe = builder.findWitness(for: target, need, limit: 0) != nil
    }
    if isSafe { return }
    table.withhold(column, audience: figure.audience, group: group, set: set)
    for new in firstNew..<builder.witnesses.count {
      builder.kill(new)
      for target in builder.witnesses[new].held {
        table.hold(target.column, part: target.part, group: target.group, set: target.set, by: -1)
      }
    }
    for user in users { builder.revive(user) }
    for (target, holder) in lost {
      table.hold(target.column, part: target.part, group: target.group, set: target.set, by: holder)
    }
  }

  /// Whether a figure must have a witness: it is printed and withheld, or follows from what is published.
  private func isRequired(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> Bool {
    if target.part < model.audiences.count && table.sets[target.set].isPrinted {
      return system.scope.isPrinted[target.part][target.column]
        && table.isWithheld(target.column, audience: target.part, group: target.group, set: target.set)
    }
    return follows(target, system, table)
  }

  // MARK: - What needs a witness

  private func firstTargets(_ system: QuestionSystem, _ table: TableSystem) -> [ExchangeSearch.Target] {
    var targets: [ExchangeSearch.Target] = []
    for column in table.groups.indices.reversed() {
      for audience in model.audiences.indices {
        let isTabulated = system.scope.isPrinted[audience][column]
        guard isTabulated else { continue }
        for group in 0..<table.groups[column] {
          for set in table.sets.indices
          where table.sets[set].isPrinted
            && table.isWithheld(column, audience: audience, group: group, set: set)
          {
            targets.append(.init(column: column, part: audience, group: group, set: set))
          }
        }
      }
    }
    return targets
  }

  /// Remainders of packs, and complements, that follow from figures that are all still published.
  private func derivedTargets(_ system: QuestionSystem, _ table: TableSystem) -> [ExchangeSearch.Target] {
    var targets: [ExchangeSearch.Target] = []
    for part in model.parts.indices {
      for column in table.groups.indices where isPrinted(part, column, system) {
        for group in 0..<table.groups[column] {
          for set in table.sets.indices {
            let target = ExchangeSearch.Target(column: column, part: part, group: group, set: set)
            if isExposed(target, system, table) { targets.append(target) }
          }
        }
      }
    }
    return targets
  }

  /// The same, of one group and only where one figure takes part.
  private func derivedTargets(
    _ system: QuestionSystem, _ table: TableSystem, touching figure: WitnessBuilder.Figure
  ) -> [ExchangeSearch.Target] {
    var targets: [ExchangeSearch.Target] = []
    let isBase = table.sets[figure.set].isBase
    for (part, definition) in model.parts.enumerated()
    where definition.composition.contains(where: { model.partOfAudience[$0.audience] == figure.audience })
      && isPrinted(part, figure.column, system)
    {
      for set in table.sets.indices
      where isBase || set == figure.set || table.sets[set].complementOf == figure.set {
        let target = ExchangeSearch.Target(column: figure.column, part: part, group: figure.group, set: set)
        if isExposed(target, system, table) { targets.append(target) }
      }
    }
    return targets
  }

  private func isPrinted(_ part: Int, _ column: Int, _ system: QuestionSystem) -> Bool {
    model.parts[part].composition.allSatisfy { system.scope.isPrinted[model.partOfAudience[$0.audience]][column] }
  }

  /// Whether a remainder or complement follows from published figures and is too small to be known.
  private func isExposed(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> Bool {
    let part = model.parts[target.part]
    let definition = table.sets[target.set]
    if part.composition.count == 1 && definition.isPrinted { return false }
    let count = table.count(target.column, atoms: part.atoms, group: target.group, set: target.set)
    let isSmall =
      system.question != nil && count > 0 && !definition.isBase && part.composition.count > 1
      && system.base(target.column, atoms: part.atoms, group: target.group) < thresholds.minimumBase
    return (isSensitive(count) || isSmall) && follows(target, system, table)
  }

  private func follows(_ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem) -> Bool {
    let definition = table.sets[target.set]
    let printed = definition.complementOf ?? target.set
    return model.parts[target.part].composition.allSatisfy {
      let audience = model.partOfAudience[$0.audience]
      return system.scope.isPrinted[audience][target.column]
        && !table.isWithheld(target.column, audience: audience, group: target.group, set: printed)
        && (definition.complementOf == nil
          || !system.main.isWithheld(
            target.column, audience: audience, group: target.group, set: system.baseSet))
    }
  }

  // MARK: - Banners withheld whole

  /// Whether nothing of the target's audience is published under its banner, neither an answer nor a size.
  ///
  /// Then a count of it is bounded by no more than what encloses it: the audience's total, and the same group in a larger
  /// audience. People of the larger one can be thought to be in any group of the smaller (the bounds of Fréchet, 1940, for
  /// a table of which only sums are known), so the count is wide where those two are.
  private func isHiddenWhole(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> Bool {
    guard target.column > 0, target.part < model.audiences.count,
      !visibility.isDropped[target.column][target.part].contains(false)
    else { return false }
    return enclosing(target, system, table).allSatisfy {
      isWideEnclosure($0, table) || isWithheldFigure($0, table)
    }
  }

  /// The counts that enclose one of a hidden audience: its total, and its group in the audience next larger.
  private func enclosing(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> [ExchangeSearch.Target] {
    let atoms = model.parts[target.part].atoms
    var enclosing = [ExchangeSearch.Target(column: 0, part: target.part, group: 0, set: target.set)]
    for (part, definition) in model.parts.enumerated() where part != target.part {
      guard zip(atoms, definition.atoms).allSatisfy({ !$0 || $1 }),
        definition.composition.allSatisfy({
          let audience = model.partOfAudience[$0.audience]
          return system.scope.isPrinted[audience][target.column]
            && !visibility.isFree(target.column, audience: audience, group: target.group)
        })
      else { continue }
      enclosing.append(
        .init(column: target.column, part: part, group: target.group, set: target.set))
    }
    return enclosing
  }

  /// Whether a count leaves enough room for one within it, whoever looks: nobody, or more than `minimum_cell`.
  private func isWideEnclosure(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Bool {
    let count = table.count(
      target.column, atoms: model.parts[target.part].atoms, group: target.group, set: target.set)
    return count == 0 || count > minimumCell
  }

  private func isWithheldFigure(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Bool {
    model.parts[target.part].composition.contains {
      table.isWithheld(
        target.column, audience: model.partOfAudience[$0.audience], group: target.group, set: target.set)
    }
  }

  /// Withholds the counts of exactly `minimum_cell` or fewer that enclose a hidden one, and returns them.
  private func withholdEnclosing(
    of targets: [ExchangeSearch.Target], _ system: QuestionSystem, _ table: TableSystem
  ) -> [ExchangeSearch.Target] {
    var withheld: [ExchangeSearch.Target] = []
    for target in targets
    where target.column > 0 && !visibility.isDropped[target.column][target.part].contains(false) {
      let count = table.count(
        target.column, atoms: model.parts[target.part].atoms, group: target.group, set: target.set)
      if count == 0 { continue }
      for enclosure in enclosing(target, system, table)
      where !isWideEnclosure(enclosure, table) && !isWithheldFigure(enclosure, table) {
        let composition = model.parts[enclosure.part].composition.map { model.partOfAudience[$0.audience] }
        guard let audience = composition.max(by: { size(of: $0) > size(of: $1) }) else { continue }
        table.withhold(enclosure.column, audience: audience, group: enclosure.group, set: enclosure.set)
        withheld.append(
          .init(column: enclosure.column, part: audience, group: enclosure.group, set: enclosure.set))
      }
    }
    return withheld
  }

  /// How wide the figure's interval must be, or nil where nothing is asked of it.
  private func need(
    of target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> WitnessBuilder.Need? {
    let atoms = model.parts[target.part].atoms
    let count = table.count(target.column, atoms: atoms, group: target.group, set: target.set)
    let base = system.base(target.column, atoms: atoms, group: target.group)
    let exposesAll = system.isSensitive && count == base && count > 0
    // A count of 9 or more that could be as low as 4 has an interval of 5 by itself.
    if count >= 2 * minimumCell - 1 && !exposesAll { return nil }
    if count == 0 && isKnownToBeZero(target, table) { return nil }
    var limit = minimumCell
    let isAudience = target.part < model.audiences.count
    if isAudience, system.question != nil, base < 2 * minimumCell,
      !system.main.isWithheld(target.column, audience: target.part, group: target.group, set: system.baseSet)
    {
      limit = min(limit, base)
    }
    return WitnessBuilder.Need(count: count, width: limit, insiderWidth: min(minimumCell, max(0, limit == base ? limit - 1 : limit)))
  }

  /// Nobody can have given an answer that nobody in the pack gave, or nobody in the group over all packs.
  private func isKnownToBeZero(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Bool {
    let atoms = model.parts[target.part].atoms
    for (audience, part) in model.parts.prefix(model.audiences.count).enumerated()
    where zip(atoms, part.atoms).allSatisfy({ !$0 || $1 }) {
      for (column, group) in [(0, 0), (target.column, target.group)]
      where !table.isWithheld(column, audience: audience, group: group, set: target.set) {
        if table.count(column, atoms: part.atoms, group: group, set: target.set) == 0 { return true }
      }
    }
    return atoms.indices.allSatisfy {
      !atoms[$0] || atomSizes[target.column][$0 * table.groups[target.column] + target.group] == 0
    }
  }

  private func recordRoutedRise(_ system: QuestionSystem, _ table: TableSystem, _ builder: WitnessBuilder) {
    guard let question = system.question, table === system.main else { return }
    for (index, bound) in table.bounds.enumerated() {
      for (row, rise) in builder.rises(of: index) {
        let key = RiseKey(
          source: question, members: bound.members, column: row.column, unit: row.unit, group: row.group)
        routedRise[key] = max(rise, routedRise[key, default: 0])
      }
    }
  }

  // MARK: - Withholding more

  /// Where no witness was found, the next larger thing goes: the table, the group, the banner, the question.
  private func escalate(_ failures: [Failure]) {
    print("DEBUG round: \(failures.count) failures")
    for failure in failures.prefix(400) {
      let sys = systems[failure.system]
      let t = failure.target
      do {
        let table = failure.table; do { print("DEBUG q\(sys.question ?? -1) col\(t.column) part\(t.part) \(model.parts[t.part].composition) g\(t.group) set\(t.set) count \(table.count(t.column, atoms: model.parts[t.part].atoms, group: t.group, set: t.set)) size \(system(sys, t)) table \(plan.tables[table.index].part) atoms \((0..<model.atomCount).map { a in table.count(t.column, atoms: (0..<model.atomCount).map { $0 == a }, group: t.group, set: t.set) }) total \(table.count(0, atoms: model.parts[t.part].atoms, group: 0, set: t.set)) held \(table.sets[t.set].members)") }
      }
    }
    var groups: [[Int]: Set<Int>] = [:]
    for failure in failures {
      let system = systems[failure.system]
      let column = failure.target.column
      let composition = model.parts[failure.target.part].composition.map { model.partOfAudience[$0.audience] }
      let audience = composition.max { size(of: $0) > size(of: $1) } ?? 0
      guard let question = system.question else {
        dropAll(column, audience)
        continue
      }
      let key = TableKey(question: question, column: column, audience: audience)
      if column > 0, plan.survey.questions[question].askedIf != nil, tablesWithheld.insert(key).inserted { continue }
      if column > 0, visibility.hasSizes[column][audience], column != system.ownColumn,
        visibility.isDropped[column][audience].contains(false)
      {
        groups[[column, audience], default: []].insert(failure.target.group)
      } else if isQuestionWithheld[audience][question] {
        isGone.insert(question)
      } else {
        isQuestionWithheld[audience][question] = true
      }
    }
    for (key, failed) in groups { drop(failed, column: key[0], audience: key[1]) }
  }

  /// Drops groups whole; the whole banner, where they were dropped before or where most of its groups go.
  private func drop(_ failed: Set<Int>, column: Int, audience: Int) {
    let isNew = failed.filter { !visibility.isDropped[column][audience][$0] }
    for group in isNew { visibility.isDropped[column][audience][group] = true }
    GroupDecisions(tally: tally, model: model, sizes: atomSizes, thresholds: thresholds, scopes: scopes)
      .completeDropped(&visibility, column, audience)
    let dropped = visibility.isDropped[column][audience].count { $0 }
    if isNew.isEmpty || 2 * dropped > visibility.isDropped[column][audience].count { dropAll(column, audience) }
  }

  private func debugLoss(_ what: String) {
    for system in systems {
      var line = "DEBUG \(what) q\(system.question ?? -1):"
      for audience in model.audiences.indices {
        for column in system.main.groups.indices where system.scope.isPrinted[audience][column] {
          var w = 0, n = 0
          for table in system.tables {
            for group in 0..<table.groups[column] {
              for set in table.sets.indices where table.sets[set].isPrinted {
                n += 1
                if table.isWithheld(column, audience: audience, group: group, set: set) { w += 1 }
              }
            }
          }
          line += " a\(audience)c\(column) \(w)/\(n)"
        }
      }
      print(line)
    }
  }
  private func system(_ s: QuestionSystem, _ t: ExchangeSearch.Target) -> Int { s.base(t.column, atoms: model.parts[t.part].atoms, group: t.group) }
  private func dropAll(_ column: Int, _ audience: Int) {
    guard column > 0 else { return }
    for group in visibility.isDropped[column][audience].indices {
      visibility.isDropped[column][audience][group] = true
    }
  }
}

extension PrintedScope {
  /// By question (nil: the respondents), what is printed by which audience under which column.
  static func scopes(of plan: TabulationPlan, _ model: AudienceModel) -> [Int?: PrintedScope] {
    let columns = plan.banners.count + 1
    let nothing = PrintedScope(
      isPrinted: model.audiences.map { _ in Array(repeating: false, count: columns) })
    var scopes: [Int?: PrintedScope] = [nil: nothing]
    for question in plan.survey.questions.indices { scopes[question] = nothing }
    // How many responses there are is told in the manifest, whether or not a pack covers everyone.
    scopes[nil]?.isPrinted[0][0] = true
    for (position, pack) in plan.survey.packs.enumerated() {
      let audience = model.partOfAudience[plan.audienceOfPack[position]]
      guard audience >= 0 else { continue }
      let banners = pack.banners.compactMap { item in plan.banners.firstIndex { $0.item == item } }
      for column in [0] + banners.map({ $0 + 1 }) {
        scopes[nil]?.isPrinted[audience][column] = true
        for question in pack.questions
        where column == 0 || plan.banners[column - 1].item != .question(question) {
          scopes[question]?.isPrinted[audience][column] = true
        }
      }
    }
    return scopes
  }
}
