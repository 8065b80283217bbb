import Solver

/// The tables that agree with all that is published of a question under one banner, or several together, as a program that a
/// solver can search: where no exchange is enough for a witness, several together may be.
final class TableProgram {
  typealias Count = SuppressionProblemBuilder.Count

  /// The figures whose counts may be published or withheld.
  private let figures: [Count]
  private let forms: [LinearForm]
  private let counts: [Int]
  private let builder: SuppressionProblemBuilder
  private let isTogether: Bool
  private var program: IntegerProgram
  private var isWithheld: [Bool]
  /// Whose own cell may not be empty.
  private enum Guard: Equatable {
    case nobody
    case everyone
    /// Of all but one group under a banner.
    case everyoneBut(column: Int, group: Int)
  }

  private var guarding = Guard.nobody
  /// Tables found so far that no respondent can tell from the truth.
  private var guarded: [[Double]] = []
  private static let guardedLimit = 400
  /// Tables found so far, whoever can tell them from the truth.
  private var found: [[Double]] = []
  private static let foundLimit = 2_000
  /// Searches for whole numbers that are left under several banners, where points that are not whole are common.
  private var searchesLeft = 400

  /// - Parameters:
  ///   - scope: The tables of the search's question that are meant.
  ///   - combinations: Of one of the themes, those that other themes make with it and that are to stay as they are.
  init(
    search: ExchangeSearch, scope: TableScope, columns: [Int], isFine: Bool,
    combinations: ThemeCombinations? = nil
  ) {
    var builder = SuppressionProblemBuilder(
      search: search, scope: scope, columns: columns, isFine: isFine, combinations: combinations)
    var figures: [Count] = []
    for count in search.printedCounts(scope, columns: columns) {
      let table = search.system.tables[count.table]
      let target = count.target
      let value = table.count(
        target.column, atoms: search.model.parts[target.part].atoms, group: target.group, set: target.set)
      if builder.addFigure(count, count: value, room: 0, status: .open, cost: 0) { figures.append(count) }
    }
    self.figures = figures
    self.builder = builder
    isTogether = columns.count > 1
    let problem = builder.problem
    counts = problem.figures.map(\.count)
    forms = problem.figures.map(\.form)
    isWithheld = figures.map { _ in false }
    program = IntegerProgram(
      rows: problem.rows + problem.figures.map { ($0.form, Double($0.count), Double($0.count)) },
      columns: problem.unknowns)
    program.branchOnly()
  }

  /// Lets what is withheld now be anything.
  func update(_ system: QuestionSystem) {
    for (index, figure) in figures.enumerated() {
      let target = figure.target
      let isOpen = system.tables[figure.table].isWithheld(
        target.column, audience: target.part, group: target.group, set: target.set)
      guard isOpen != isWithheld[index] else { continue }
      isWithheld[index] = isOpen
      guarded = []
      found = []
      let count = Double(counts[index])
      program.setRow(
        builder.problem.rows.count + index, isOpen ? 0 : count, isOpen ? IntegerProgram.unbounded : count)
    }
  }

  /// Whether tables show a count open to outsiders and to every respondent: two of those found for other counts, or its own.
  func isOpen(_ count: Count, _ need: WitnessBuilder.Need) -> Bool {
    let form = builder.form(count)
    var low = Int.max
    var high = Int.min
    for point in guarded {
      let value = Int(form.value(at: point).rounded())
      low = min(low, value)
      high = max(high, value)
      if high >= need.width && high - low >= need.width { return true }
    }
    return witness(count, need, sharesTables: true) != nil
  }

  /// Two tables, or more where respondents need others, that show a count open to outsiders and to every respondent; nil
  /// where there are none, or the solver found none.
  /// - Parameter sharesTables: Whether tables found for other counts may show it to respondents who need tables of their
  ///   own; the witness does not tell what these change.
  func witness(_ count: Count, _ need: WitnessBuilder.Need, sharesTables: Bool = false) -> Witness? {
    defer { guardRespondents(.nobody) }
    // Where nobody's own cell is empty, no respondent can tell a table from the truth.
    guardRespondents(.everyone)
    if let guarded = extremes(count), isWide(guarded, need.width) {
      return Witness(up: guarded.up, down: guarded.down, changed: guarded.up.changed + guarded.down.changed)
    }
    if count.target.column > 0 {
      // Then in which only people of its own group have one that is.
      let others = Guard.everyoneBut(column: count.target.column, group: count.target.group)
      if let witness = witness(count, need, beside: others, sharesTables) { return witness }
    }
    return witness(count, need, beside: .nobody, sharesTables)
  }

  /// The same from tables in which only some respondents' own cells are not empty: the others may need tables of their own.
  private func witness(
    _ count: Count, _ need: WitnessBuilder.Need, beside guarding: Guard, _ sharesTables: Bool
  ) -> Witness? {
    guardRespondents(guarding)
    guard let open = extremes(count), isWide(open, need.width) else { return nil }
    guardRespondents(.nobody)
    var changed = open.up.changed + open.down.changed
    var left = sharesTables ? 5 * Self.respondentLimit : Self.respondentLimit
    for kind in kindsOfRespondents(Set(open.up.emptied + open.down.emptied)) {
      if sharesTables, isWide(count, to: kind, need.insiderWidth) { continue }
      left -= 1
      if left < 0 { return nil }
      for unknown in kind {
        let bounds = builder.problem.unknowns[unknown]
        program.setColumn(unknown, max(1, bounds.lower), bounds.upper)
      }
      let own = extremes(count)
      for unknown in kind {
        let bounds = builder.problem.unknowns[unknown]
        program.setColumn(unknown, bounds.lower, bounds.upper)
      }
      guard let own, isWide(own, need.insiderWidth) else { return nil }
      changed += own.up.changed + own.down.changed
    }
    return Witness(up: open.up, down: open.down, changed: changed)
  }

  /// Whether tables found so far show a count to be open to respondents who know that some unknowns are not 0.
  private func isWide(_ count: Count, to kind: [Int], _ width: Int) -> Bool {
    let form = builder.form(count)
    var low = Int.max
    var high = Int.min
    for point in found where kind.allSatisfy({ point[$0] > 0.5 }) {
      let value = Int(form.value(at: point).rounded())
      low = min(low, value)
      high = max(high, value)
      if high >= width && high - low >= width { return true }
    }
    return false
  }

  struct Witness {
    var up: Extreme
    var down: Extreme
    /// The figures that some of the tables change: all are withheld.
    var changed: [Count]
  }

  /// Kinds of respondents for whom tables of their own may be looked for; with more the count is not shown to be open.
  private static let respondentLimit = 40

  /// The kinds of respondents who are counted in some unknowns, each as the unknowns that they know not to be 0. Under
  /// several banners a respondent is in a group of each: all of those count as known in which somebody is with the same
  /// answer.
  private func kindsOfRespondents(_ unknowns: Set<Int>) -> [[Int]] {
    guard isTogether else { return unknowns.sorted().map { [$0] } }
    let answers = Set(unknowns.map { builder.answer($0) })
    let counted = builder.problem.truth.indices.filter { builder.problem.truth[$0] >= 1 }
    let kinds = Dictionary(grouping: counted) { builder.answer($0) }.filter { answers.contains($0.key) }
    return kinds.values.sorted { $0[0] < $1[0] }
  }

  private func extremes(_ count: Count) -> (up: Extreme, down: Extreme)? {
    guard let up = extreme(count, isLargest: true), let down = extreme(count, isLargest: false) else {
      return nil
    }
    return (up, down)
  }

  private func isWide(_ ends: (up: Extreme, down: Extreme), _ width: Int) -> Bool {
    ends.up.value >= width && ends.up.value - ends.down.value >= width
  }

  /// Demands that cells with respondents in them keep at least one, or no longer does.
  private func guardRespondents(_ guarding: Guard) {
    guard guarding != self.guarding else { return }
    self.guarding = guarding
    let problem = builder.problem
    for (unknown, bounds) in problem.unknowns.enumerated()
    where problem.truth[unknown] >= 1 && bounds.upper > 0 {
      let isGuarded: Bool
      switch guarding {
      case .nobody: isGuarded = false
      case .everyone: isGuarded = true
      case .everyoneBut(let column, let group):
        isGuarded = builder.cells[unknown].column != column || builder.group(unknown) != group
      }
      program.setColumn(unknown, isGuarded ? max(1, bounds.lower) : bounds.lower, bounds.upper)
    }
  }

  /// A table of whole numbers in which a count is largest or smallest, with that count, as differences from the truth by cell;
  /// nil where the solver found none.
  private func extreme(_ count: Count, isLargest: Bool) -> Extreme? {
    let form = builder.form(count)
    guard case .optimal(_, var point) = program.bound(form, isLargest: isLargest) else { return nil }
    if point.contains(where: { abs($0 - $0.rounded()) > 1e-6 }) {
      if isTogether {
        if searchesLeft == 0 { return nil }
        searchesLeft -= 1
      }
      switch program.integerBound(form, isLargest: isLargest, nodeLimit: 30) {
      case .optimal(_, let whole), .limited(_, _, let whole): point = whole
      case .infeasible, .unknown: return nil
      }
    }
    if found.count < Self.foundLimit { found.append(point) }
    if guarding == .everyone, guarded.count < Self.guardedLimit { guarded.append(point) }
    let truth = builder.problem.truth
    return Extreme(
      value: Int(form.value(at: point).rounded()),
      changes: point.indices.compactMap { unknown in
        let change = Int(point[unknown].rounded()) - Int(truth[unknown])
        return change == 0 ? nil : (builder.cells[unknown], change)
      },
      changed: figures.indices.filter {
        Int(forms[$0].value(at: point).rounded()) != counts[$0]
      }.map { figures[$0] },
      emptied: point.indices.filter { truth[$0] >= 1 && point[$0].rounded() == 0 })
  }

  struct Extreme {
    var value: Int
    var changes: [(cell: TableUnknowns.Cell, change: Int)]
    /// The figures that the table changes: all are withheld.
    var changed: [Count]
    /// Unknowns that are 0 in the table though somebody is counted.
    var emptied: [Int]
  }
}

extension ExchangeSearch {
  /// The counts of some tables of the question under some columns that some pack prints; with the totals, where these are
  /// open there.
  func printedCounts(_ scope: TableScope, columns: [Int]) -> [SuppressionProblemBuilder.Count] {
    var counts: [SuppressionProblemBuilder.Count] = []
    let columns = opensTotals(columns, scope) ? [0] + columns : columns
    for (index, table) in system.tables.enumerated() where scope.contains(index) {
      for column in columns {
        for audience in model.audiences.indices where system.scope.isPrinted[audience][column] {
          for group in 0..<table.groups[column] {
            for set in table.sets.indices
            where table.sets[set].isPrinted && !(scope.isLinked && table.sets[set].isShared) {
              counts.append(
                .init(table: index, target: .init(column: column, part: audience, group: group, set: set)))
            }
          }
        }
      }
    }
    return counts
  }

  /// What tells an atom from others under every banner but one.
  func signatureElsewhere(_ atom: Int, _ column: Int) -> [Int] {
    table.groups.indices.dropFirst().filter { other in
      other != column && model.audiences.indices.contains { system.scope.isPrinted[$0][other] }
    }.map { units.classUnit[$0][atom] }
  }

  /// Whether totals may change under some banners: of one if it says so, of several in any case.
  func opensTotals(_ columns: [Int], _ scope: TableScope) -> Bool {
    columns.count > 1 || columns.contains { opensTotals($0, scope) }
  }

  /// The most counts, of all packs, that are looked at under several banners together.
  private static let togetherLimit = 250

  /// The banners that are to be looked at together, as totals are to be held open that more than one of them shows; nil where
  /// there are none, or where they have too many counts.
  func columnsTogether(_ scope: TableScope) -> [Int]? {
    guard system.ownColumn == nil, scope.isWhole(system) else { return nil }
    let columns = table.groups.indices.dropFirst().filter { column in
      system.scope.isPrinted.contains { $0[column] }
    }
    guard columns.count > 1 else { return nil }
    let tied = Set(columns.flatMap { audiencesTied(to: [$0]) })
    let isNeeded = model.audiences.indices.contains { audience in
      system.scope.isPrinted[audience][0] && !tied.contains(audience)
        && system.tables.indices.contains {
          scope.contains($0) && hidesTotal(audience, $0)
        }
    }
    guard isNeeded, printedCounts(scope, columns: columns).count <= Self.togetherLimit else {
      return nil
    }
    return columns
  }

  /// Whether totals are to be held open of packs whose people only this banner tells from others: their counts under it may
  /// then rise and fall against each other, and no other banner shows it.
  func opensTotals(_ column: Int, _ scope: TableScope) -> Bool {
    audiencesTied(to: [column]).contains { audience in
      system.tables.indices.contains {
        scope.contains($0) && hidesTotal(audience, $0)
      }
    } || joinsAtoms(column)
  }

  /// Whether people have rows of their own under this banner whom no other banner and no printed total tells apart, as
  /// those of a pack that receives nothing.
  private func joinsAtoms(_ column: Int) -> Bool {
    guard column > 0, system.ownColumn == nil, units.isStructural[column] else { return false }
    let signatures = signatures(besides: column)
    return signatures.indices.contains { atom in
      (0..<atom).contains { signatures[$0] == signatures[atom] && units.areSeparate($0, atom, column) }
    }
  }

  /// By atom, what tells it from others under every banner but one, and in the printed totals.
  func signatures(besides column: Int) -> [[Int]] {
    (0..<model.atomCount).map { signatureElsewhere($0, column) + signatureOfTotals($0) }
  }

  /// Which printed totals an atom is part of.
  func signatureOfTotals(_ atom: Int) -> [Int] {
    model.audiences.indices.filter { system.scope.isPrinted[$0][0] && model.parts[$0].atoms[atom] }
  }

  /// Whether some total of an audience is withheld in one table of the question, or leaves too few of another.
  func hidesTotal(_ audience: Int, _ index: Int) -> Bool {
    let table = system.tables[index]
    return table.exposesTotal[audience]
      || table.sets.indices.contains {
        table.sets[$0].isPrinted && table.isWithheld(0, audience: audience, group: 0, set: $0)
      }
  }

  /// Whether a question is printed under this banner alone, wherever its totals are.
  func isOnlyBanner(_ column: Int) -> Bool {
    column > 0 && system.ownColumn == nil
      && system.scope.isPrinted.allSatisfy { isPrinted in
        isPrinted.indices.dropFirst().allSatisfy {
          $0 == column ? isPrinted[0] == isPrinted[$0] : !isPrinted[$0]
        }
      }
  }

  /// The audiences with printed totals whose people only one banner tells from others, or whose totals nothing else ties; all
  /// of them where several banners stand together.
  func audiencesTied(to columns: [Int]) -> [Int] {
    guard let column = columns.first, column > 0, system.ownColumn == nil else { return [] }
    if columns.count > 1 || isOnlyBanner(column) {
      return model.audiences.indices.filter { system.scope.isPrinted[$0][0] }
    }
    let signatures = (0..<model.atomCount).map { signatureElsewhere($0, column) }
    return model.audiences.indices.filter { audience in
      let atoms = model.parts[audience].atoms
      return system.scope.isPrinted[audience][0]
        && signatures.indices.contains { atom in
          atoms[atom]
            && signatures.indices.contains { other in
              !atoms[other] && signatures[other] == signatures[atom]
                && units.areSeparate(atom, other, column)
            }
        }
    }
  }
}
