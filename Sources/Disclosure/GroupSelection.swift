import Solver
import SurveyDefinition
import Tabulation

/// Which groups go whole, where a release is small enough to choose that together with everything else: all questions
/// under one banner are one problem, in which the sizes of groups are figures that may be withheld like any other, though
/// never without all answers of their group.
extension Protector {
  /// Printed counts under one banner, over all packs and questions, up to which groups are chosen so.
  private static let countLimit = 400
  /// Linear programs that choosing may take.
  private static let programLimit = 20_000

  /// Replaces, banner by banner, the groups that were dropped by the best choice of groups, where one is found.
  func chooseGroups() {
    let decided = visibility
    let columns = visibility.hasSizes.indices.dropFirst().filter {
      visibility.hasSizes[$0].contains(true) && printedCounts(under: $0) <= Self.countLimit
    }
    if columns.isEmpty { return }
    for column in columns {
      visibility.isDropped[column] = visibility.isDropped[column].map { $0.map { _ in false } }
    }
    measureUnits()
    let builder = SystemBuilder(tally, model, units)
    let systems = ([nil] + plan.survey.questions.indices.map(Optional.some)).compactMap { question in
      scopes[question].flatMap { builder.system(of: question, scope: $0) }
    }
    for system in systems {
      withholdFirst(system)
      noteExposedTotals(system)
    }
    let chosen = columns.map { column in
      known.groups(column) {
        var selection = GroupSelection()
        for system in systems {
          guard let problem = problem(system, system.whole, [column], choosesSizes: true) else { continue }
          selection.add(problem, system)
        }
        return selection.solve(programLimit: Self.programLimit)
      }
    }
    visibility = decided
    for (column, chosen) in zip(columns, chosen) {
      guard let chosen, !dropsOneAlone(chosen, column) else { continue }
      for (row, isDropped) in chosen {
        visibility.isDropped[column][row.audience][row.group] = isDropped
      }
    }
    hasChosenGroups = visibility != decided
  }

  /// Whether just one group of a pack is to go: its size would follow from the total, and nothing be gained.
  private func dropsOneAlone(_ chosen: GroupSelection.Choice, _ column: Int) -> Bool {
    let dropped = chosen.filter { $0.value && size(column, $0.key.audience, $0.key.group) > 0 }.keys
    return Dictionary(grouping: dropped, by: \.audience).values.contains { $0.count == 1 }
  }

  /// Counts that are printed under a banner, of all questions in all packs.
  private func printedCounts(under column: Int) -> Int {
    let packs = scopes.map { question, scope in
      let rows = question.map { PrintedRow.rows(of: $0, in: plan).count } ?? 1
      return rows * scope.isPrinted.count { $0[column] }
    }
    return packs.reduce(0, +) * plan.groupCount(column - 1)
  }
}

/// The problems of all questions under one banner, put together.
struct GroupSelection {
  /// A group in one audience.
  struct Row: Hashable {
    var audience: Int
    var group: Int
  }

  /// By group that shows anything, whether it is to go whole.
  typealias Choice = [Row: Bool]

  private var problem = SuppressionProblem()
  /// The bundle that is a group's size, and with it all its bases.
  private var sizes: [Row: Int] = [:]
  /// By atom and group, the unknowns of the respondents' table.
  private var people: [[Int]: [Int]] = [:]

  /// Adds the problem of one question; that of the respondents first.
  mutating func add(_ part: Protector.TableProblem, _ system: QuestionSystem) {
    let firstUnknown = problem.unknowns.count
    let firstFigure = problem.figures.count
    func moved(_ form: LinearForm) -> LinearForm {
      LinearForm(columns: form.columns.map { $0 + Int32(firstUnknown) }, coefficients: form.coefficients)
    }
    problem.unknowns += part.problem.unknowns
    problem.truth += part.problem.truth
    problem.rows += part.problem.rows.map { (moved($0.form), $0.lower, $0.upper) }
    var bundles: [Int: Int] = [:]
    var implied: [(row: Row, bundle: Int)] = []
    for (figure, count) in zip(part.problem.figures, part.figures) {
      let target = count.target
      let row = Row(audience: target.part, group: target.group)
      let own = part.problem.bundles[figure.bundle]
      let isBase = target.column > 0 && system.tables[count.table].sets[target.set].isBase
      if bundles[figure.bundle] == nil {
        if isBase, system.question == nil || own.status == .open {
          if let known = sizes[row] {
            problem.bundles[known].cost += own.cost
            bundles[figure.bundle] = known
          } else {
            sizes[row] = problem.bundles.count
          }
        }
        if bundles[figure.bundle] == nil {
          bundles[figure.bundle] = problem.bundles.count
          problem.bundles.append(own)
        }
      }
      guard let bundle = bundles[figure.bundle] else { continue }
      if target.column > 0, !isBase { implied.append((row, bundle)) }
      problem.figures.append(
        .init(form: moved(figure.form), count: figure.count, room: figure.room, bundle: bundle))
    }
    for (row, bundle) in implied where problem.bundles[bundle].status == .open {
      // An answer that everyone must have given is the same count as its base.
      guard let size = sizes[row], size != bundle else { continue }
      if problem.bundles[size].status == .withheld {
        problem.bundles[bundle].status = .withheld
      } else if !(problem.implied[size] ?? []).contains(bundle) {
        problem.implied[size, default: []].append(bundle)
      }
    }
    problem.targets += part.problem.targets.map {
      .init(
        form: moved($0.form), count: $0.count, width: $0.width, height: $0.height,
        figures: $0.figures.map { $0 + firstFigure })
    }
    for (place, unknowns) in part.sizeRows.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
      let own = unknowns.map { $0 + firstUnknown }
      if system.question == nil { people[place] = own }
      guard system.question != nil, let people = people[place] else { continue }
      var form = LinearForm()
      for unknown in own where problem.unknowns[unknown].upper > 0 { form.add(unknown, 1) }
      for unknown in people where problem.unknowns[unknown].upper > 0 { form.add(unknown, -1) }
      if form.columns.isEmpty { continue }
      // Not everyone is asked a routed question.
      let isRouted = form.value(at: problem.truth) < 0
      problem.rows.append((form, isRouted ? -IntegerProgram.unbounded : 0, 0))
    }
  }

  /// By group that shows anything, whether it is to go whole; nil where no safe choice was found.
  func solve(programLimit: Int) -> Choice? {
    var search = SuppressionSearch(problem, programLimit: programLimit)
    guard problem.bundles.contains(where: { $0.status == .open }), let choice = search.run() else {
      return nil
    }
    return sizes.mapValues { choice[$0] }
  }
}
