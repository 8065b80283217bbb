import Dispatch
import SurveyDefinition
import Synchronization
import Tabulation

/// Decides what is withheld of one wave, over all packs together.
///
/// Every figure that must not be known closely gets a *witness*: another whole-number table that agrees with all that
/// stays published and in which the figure differs by at least `minimum_cell`, or a pair of such tables. Witnesses are
/// built from exchanges; what an exchange changes is withheld, and what is newly withheld needs a witness of its own.
/// At the end a figure is published again only where every figure whose witness it was part of finds another.
///
/// The idea is the attacker's problem of Fischetti and Salazar (2001), Management Science 47(7), 1008-1027, solved from
/// the inside: instead of bounding what an attacker can conclude, the tables that stop them are exhibited. Where no
/// witness can be found, more is withheld: the table, the group, the question.
final class Protector {
  let tally: Tally
  let thresholds: ProtectionThresholds
  let model: AudienceModel
  var visibility: GroupVisibility
  private(set) var systems: [QuestionSystem] = []
  /// By audience, questions that are withheld whole.
  var isQuestionWithheld: [[Bool]]
  /// Rows of routed questions that are withheld whole, base and all.
  var rowsWithheld: Set<RoutedRow> = []
  /// Questions withheld whole for everyone: nothing is known of them but the sizes of groups.
  var isGone: Set<Int> = []
  /// What was found before, and the outcomes of those of the systems that were taken from there.
  let known: ProtectedQuestions
  private var knownOutcomes: [Int: Outcome] = [:]
  /// What the last round found, by question, and which of it is taken as it is for now.
  private var latest: [Int?: ProtectedQuestions.Found] = [:]
  private var settled: Set<[Int?]> = []
  /// Questions that routing joins, those of each ascending; the respondents by themselves.
  private let families: [[Int?]]
  /// What is withheld besides, and of that the rows of questions.
  private let places: Set<PlaceToWithhold>
  var rowsBesides: Set<RoutedRow> = []
  /// Questions of which nothing is told beside the tables: of a theme question no pair of themes, of a ranking no place.
  var questionsWithoutCompanion: Set<Int> = []
  /// Themes that are withheld in all groups under a banner, or in the total.
  var themesWithheld: Set<ThemeRow> = []
  /// By question and column: how many groups went for it.
  var groupsLost: [[Int]: Int] = [:]
  let atomSizes: [[Int]]
  /// Divisions of the respondents by their weights; none where no count is too small to be told, as weights then tell nothing that
  /// is not.
  let weightPartitions: [WeightPartition]
  /// By division: what a reader can tell of it.
  let weightReadings: [WeightReading]
  private(set) var sizes: [[Int]] = []
  private(set) var units: ColumnUnits
  private(set) var scopes: [Int?: PrintedScope]
  var routedRise: [RiseKey: Int] = [:]

  /// Whether groups may be chosen together with all else, and whether others were than would have been decided on.
  private let mayChooseGroups: Bool
  var hasChosenGroups = false

  /// What the analyst should know of packs that went whole.
  private(set) var remarks: [String] = []

  struct RoutedRow: Hashable, Sendable {
    var question: Int
    var column: Int
    var audience: Int
    var group: Int
  }

  /// A theme in all groups of an audience's table.
  struct ThemeRow: Hashable, Sendable {
    var question: Int
    /// The position of its table in the question.
    var table: Int
    var column: Int
    var audience: Int
  }

  struct RiseKey: Hashable {
    var source: Int
    var members: [Bool]
    var column: Int
    var unit: Int
    var group: Int
  }

  struct Failure {
    var system: Int
    /// The position of the table in its question.
    var table: Int
    var target: ExchangeSearch.Target
  }

  /// What protecting one system comes to.
  struct Outcome {
    var failures: [SuppressionProblemBuilder.Count]
    var rises: [RiseKey: Int]
  }

  var plan: TabulationPlan { tally.plan }
  var minimumCell: Int { thresholds.minimumCell }
  /// Whether a group that loses one answer of a question loses all of them.
  var keepsGroupsWhole: Bool { thresholds.prefer == .groups }

  init(
    _ tally: Tally, withholding places: Set<PlaceToWithhold>,
    knowing known: ProtectedQuestions = ProtectedQuestions(), choosingGroups mayChooseGroups: Bool = true
  ) {
    self.tally = tally
    self.mayChooseGroups = mayChooseGroups
    self.known = known
    families = Self.families(tally.plan)
    self.places = places
    thresholds = tally.plan.survey.protection
    let minimumCell = thresholds.minimumCell
    weightPartitions = minimumCell > 1 ? tally.weights?.partitions ?? [] : []
    weightReadings = weightPartitions.map { WeightReading($0, minimumCell: minimumCell) }
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
    units = ColumnUnits(model, visibility, plan)
  }

  /// Rounds in which groups go one at a time; then whole banners do.
  private static let patientRounds = 20

  /// Runs until every figure that needs a witness has one. Each round withholds more than the last, so there is an end;
  /// after many rounds whole banners go at once. Only the questions that failed are tried again, until they hold; then all
  /// of them, with all that went.
  func run() {
    guard minimumCell > 1 || thresholds.minimumBase > 1 else {
      build()
      return
    }
    hideSmallAudiences()
    groupDecisions.decide(&visibility)
    withholdUnstated()
    if mayChooseGroups { chooseGroups() }
    for place in places.sorted() { withhold(place) }
    // Their weighted shares would tell, as those of the tables would, how many there are of each weight.
    if !weightReadings.isEmpty { questionsWithoutCompanion = Set(plan.survey.questions.indices) }
    decideRoutedRows()
    var round = 0
    while true {
      build()
      let failures = protectAll()
      if failures.isEmpty && settled.isEmpty { return }
      settled = []
      if failures.isEmpty { continue }
      let failed = Set(failures.map { systems[$0.system].question })
      settled = Set(families.filter { failed.isDisjoint(with: $0) })
      round += 1
      escalate(failures, isPatient: round <= Self.patientRounds)
    }
  }

  var groupDecisions: GroupDecisions {
    GroupDecisions(tally: tally, model: model, sizes: atomSizes, thresholds: thresholds, scopes: scopes)
  }

  /// An audience of fewer than `minimum_cell` people receives nothing, and neither does one that would leave so few when
  /// it is taken from a larger one; or just `minimum_cell`, of whom fewer answered some question.
  private func hideSmallAudiences() {
    while true {
      let exposed = model.parts.first { part in
        let audiences = part.composition.map { model.partOfAudience[$0.audience] }
        guard audiences.allSatisfy({ scopes[nil]?.isPrinted[$0][0] ?? false }) else { return false }
        let size = part.atoms.indices.reduce(0) { $0 + (part.atoms[$1] ? atomSizes[0][$1] : 0) }
        let holdsHidden = model.audiences.indices.contains { audience in
          !(scopes[nil]?.isPrinted[audience][0] ?? false)
            && zip(model.parts[audience].atoms, part.atoms).allSatisfy { !$0 || $1 }
        }
        return isSensitive(size) || (holdsHidden && size == minimumCell)
          || (audiences.count > 1 && groupDecisions.cannotHideBase(part.atoms, audiences, 0, 0))
      }
      guard let exposed else { return }
      let audiences = exposed.composition.map { model.partOfAudience[$0.audience] }
      guard let smallest = audiences.filter({ $0 != 0 }).max(by: { size(of: $0) > size(of: $1) }) else {
        return
      }
      hide(smallest)
    }
  }

  /// Withholds everything that an audience would receive.
  func hide(_ audience: Int) {
    for key in scopes.keys {
      for column in visibility.hasSizes.indices { scopes[key]?.isPrinted[audience][column] = false }
    }
    for column in visibility.hasSizes.indices { visibility.hasSizes[column][audience] = false }
    remarks.append(
      "the pack of \(packNames(audience)) receives nothing: its people, or those it leaves of a larger pack, are too few"
    )
  }

  private func packNames(_ audience: Int) -> String {
    plan.survey.packs.indices
      .filter { model.partOfAudience[plan.audienceOfPack[$0]] == audience }
      .map { "`\(plan.survey.packs[$0].id)`" }.joined(separator: ", ")
  }

  // MARK: - Building

  private func build() {
    withholdSources()
    dropNarrowGroups()
    systems = []
    routedRise = [:]
    knownOutcomes = [:]
    var kept: [Int?: ProtectedQuestions.Found] = [:]
    for family in families {
      let found =
        settled.contains(family)
        ? family.compactMap { latest[$0] } : known.found(family, conditions(of: family)) ?? []
      for found in found { kept[found.system.question] = found }
    }
    measureUnits()
    let builder = SystemBuilder(tally, model, units)
    let order = questionsInRoutingOrder()
    for question in [nil] + order.map(Optional.some) {
      if let found = kept[question] {
        knownOutcomes[systems.count] = found.outcome
        systems.append(found.system)
        continue
      }
      guard let scope = scopes[question], let system = builder.system(of: question, scope: scope) else {
        continue
      }
      withholdFirst(system)
      noteExposedTotals(system)
      openNarrowAnswers(system)
      withholdRestOfGroups(system)
      systems.append(system)
    }
    let isNew = systems.indices.filter { knownOutcomes[$0] == nil }.map { systems[$0] }
    addRoutingBounds(of: isNew)
    isNew.forEach(keepNarrowBases)
  }

  /// Finds what a reader can tell apart now, and how many people each of it has.
  func measureUnits() {
    units = ColumnUnits(model, visibility, plan)
    sizes = units.atoms.indices.map { column in
      let groups = plan.groupCount(column == 0 ? nil : column - 1)
      return units.atoms[column].flatMap { atoms in
        (0..<groups).map { group in atoms.reduce(0) { $0 + atomSizes[column][$1 * groups + group] } }
      }
    }
  }

  /// Routing questions before the questions they lead to.
  private func questionsInRoutingOrder() -> [Int] {
    var order: [Int] = []
    func visit(_ question: Int) {
      guard !order.contains(question) else { return }
      sources(of: question).forEach(visit)
      order.append(question)
    }
    plan.survey.questions.indices.forEach(visit)
    return order
  }

  // MARK: - Witnesses

  private func protectAll() -> [Failure] {
    var outcomes = knownOutcomes
    for outcome in knownOutcomes.values { record(outcome.rises) }
    for all in stages() {
      let stage = all.filter { knownOutcomes[$0] == nil }
      for index in stage { fillAskedRoom(systems[index]) }
      let choices = choices(of: stage.map { systems[$0] })
      for (index, outcome) in zip(stage, protect(stage, choices)) {
        record(outcome.rises)
        outcomes[index] = outcome
      }
    }
    latest = [:]
    for (index, system) in systems.enumerated() {
      latest[system.question] = .init(
        system: system, outcome: outcomes[index] ?? Outcome(failures: [], rises: [:]))
    }
    for family in families {
      let own = systems.indices.filter { family.contains(systems[$0].question) }
      guard own.contains(where: { knownOutcomes[$0] == nil }) else { continue }
      known.keep(
        family, conditions(of: family),
        own.compactMap { latest[systems[$0].question] })
    }
    return systems.indices.flatMap { index in
      (outcomes[index]?.failures ?? []).map { Failure(system: index, table: $0.table, target: $0.target) }
    }
  }

  /// Systems by how many questions lead to each other before theirs: those of one stage do not wait for each other.
  private func stages() -> [[Int]] {
    var stages: [[Int]] = []
    var stage: [Int: Int] = [:]
    for (index, system) in systems.enumerated() {
      var own = 0
      if let question = system.question {
        if isGone.contains(question) { continue }
        own = sources(of: question).compactMap { stage[$0] }.max().map { $0 + 1 } ?? 0
        stage[question] = own
      }
      while stages.count <= own { stages.append([]) }
      stages[own].append(index)
    }
    return stages
  }

  /// Protects the systems of a stage side by side.
  private func protect(_ stage: [Int], _ choices: [Choices]) -> [Outcome] {
    let outcomes = Mutex<[Outcome?]>(Array(repeating: nil, count: stage.count))
    // Each system has tables of its own, and nothing else is written until all are done.
    nonisolated(unsafe) let protector = self
    let order = stage.indices.sorted {
      (-systems[stage[$0]].tables.count, $0) < (-systems[stage[$1]].tables.count, $1)
    }
    DispatchQueue.concurrentPerform(iterations: stage.count) { turn in
      let position = order[turn]
      let outcome = unsafe protector.protect(stage[position], choices[position])
      outcomes.withLock { $0[position] = outcome }
    }
    return outcomes.withLock { $0.compactMap(\.self) }
  }

  private func protect(_ index: Int, _ choices: Choices) -> Outcome {
    let system = systems[index]
    var failures: [SuppressionProblemBuilder.Count] = []
    let primary = system.tables.map { firstTargets(system, $0) }
    let joint = holdJointly(system, choices)
    let isChosen = withholdChosen(system, choices, besides: joint)
    var builders = system.tables.indices.map {
      WitnessBuilder(search: search(system, $0), minimumCell: minimumCell)
    }
    for (position, table) in system.tables.enumerated() {
      system.takeShared(position)
      defer { system.giveShared(position) }
      let first = primary[position]
      withholdPartners(of: first.filter { !isChosen[position][$0.column] }, system, table)
      let enclosing = withholdEnclosing(of: first, system, table)
      // What encloses a hidden count and is itself too small stays withheld; a larger one may turn out not to be needed.
      let pinned =
        first + enclosing.filter { count($0, table) <= minimumCell }
        + firstTargets(system, table).filter { joint[position].contains($0.column) }
      let narrow = holdOpen(firstTargets(system, table) + enclosing, system, table, &builders[position])
      failures += narrow.map { .init(table: position, target: $0) }
      if keepsGroupsWhole { continue }
      republish(system, table, &builders[position], pinned: Set(pinned), enclosing: Set(enclosing))
    }
    failures += holdRestOfGroups(system, &builders)
    let rises = routedRises(system, builders[0])
    if !failures.isEmpty { failures = holdTogether(failures, system) }
    for position in system.tables.indices { system.giveShared(position) }
    return Outcome(failures: failures, rises: rises)
  }

  /// Finds witnesses for targets of one table, and for what is withheld for the sake of these; returns those that have none.
  private func holdOpen(
    _ targets: [ExchangeSearch.Target], _ system: QuestionSystem, _ table: TableSystem,
    _ builder: inout WitnessBuilder
  ) -> [ExchangeSearch.Target] {
    var failures: [ExchangeSearch.Target] = []
    var open = targets
    var isDone = Set<ExchangeSearch.Target>()
    while true {
      while let target = open.popLast() {
        guard isDone.insert(target).inserted, !isHeld(target, table), !system.isHeldByOwner(target, table)
        else { continue }
        guard !isHiddenWhole(target, system, table), let need = need(of: target, system, table) else {
          continue
        }
        if let withheld = builder.findWitness(for: target, need) {
          open += withheld.map {
            .init(column: $0.column, part: $0.audience, group: $0.group, set: $0.set)
          }
        } else {
          failures.append(target)
        }
      }
      // Totals first: what is withheld of them opens groups too.
      let derived = derivedTargets(system, table).filter { !isDone.contains($0) }
      open = derived.filter { $0.column > 0 } + derived.filter { $0.column == 0 }
      if open.isEmpty { return failures }
    }
  }

  /// Where groups are to be compared, withholds the rest of every group that has lost an answer, until none has lost some
  /// and kept others; returns what could not be held open.
  private func holdRestOfGroups(
    _ system: QuestionSystem, _ builders: inout [WitnessBuilder]
  ) -> [SuppressionProblemBuilder.Count] {
    var failures: [SuppressionProblemBuilder.Count] = []
    while true {
      let rest = withholdRestOfGroups(system)
      if rest.isEmpty { return failures }
      for (position, table) in system.tables.enumerated() {
        let targets = rest.filter { $0.table == position }.map(\.target)
        failures += holdOpen(targets, system, table, &builders[position]).map {
          .init(table: position, target: $0)
        }
      }
    }
  }

  func isHeld(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Bool {
    table.isHeld(target.column, part: target.part, group: target.group, set: target.set)
  }
}
