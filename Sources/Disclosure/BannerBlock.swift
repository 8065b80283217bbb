import Solver
import SurveyDefinition
import Tabulation

/// Unknown counts of tables, and what is known of them in any case.
struct TableUnknowns {
  /// A cell that an unknown stands for: its table's position in the question, and its place there.
  struct Cell {
    var table: Int
    var column: Int
    var cell: Int
  }

  var bounds: [(lower: Double, upper: Double)] = []
  /// The true counts.
  var truth: [Double] = []
  var cells: [Cell] = []
  var rows: [(form: LinearForm, lower: Double, upper: Double)] = []

  /// Adds a row of unknowns that add up to between two numbers. What can only be zero is said of each of them.
  mutating func add(_ row: [Int], _ lower: Double, _ upper: Double) {
    if upper == 0 {
      for unknown in row { bounds[unknown] = (0, 0) }
      return
    }
    relate(row, [], lower, upper)
  }

  /// Adds that some unknowns less others are between two numbers.
  mutating func relate(_ plus: [Int], _ minus: [Int], _ lower: Double, _ upper: Double) {
    var weights: [Int: Double] = [:]
    for unknown in plus { weights[unknown, default: 0] += 1 }
    for unknown in minus { weights[unknown, default: 0] -= 1 }
    var form = LinearForm()
    for unknown in weights.keys.sorted() where weights[unknown] != 0 && bounds[unknown].upper > 0 {
      form.add(unknown, weights[unknown] ?? 0)
    }
    if !form.columns.isEmpty { rows.append((form, lower, upper)) }
  }
}

/// One or several tables of a question under one banner, as unknowns of a suppression problem.
///
/// A table by itself is bounded by what the others of its question leave it; where all tables of a multiple question stand
/// in one problem, they are bound to each other instead.
struct BannerBlock {
  /// How far the totals of the tables are known.
  enum Totals {
    /// To whoever can tell the people apart here.
    case known
    /// Of people together whom no other banner tells apart, and as far as they are printed.
    case shown
    /// Only as far as they are printed: no other banner has them.
    case printed
    /// They stand in a block of their own.
    case apart
  }

  let column: Int
  private let search: ExchangeSearch
  private let tables: [(position: Int, table: TableSystem, first: Int)]
  private let unitsHere: [Int]
  /// Positions in `unitsHere` that nobody can tell apart under any other banner: what they have together is known there,
  /// what each has only where its totals are printed. All of them, where the totals are in a block of their own.
  private let joined: [[Int]]
  /// Positions in `unitsHere` that nobody can tell apart under this banner, where atoms are told apart all the same.
  private let classes: [[Int]]
  private let totals: Totals
  /// Whether the sizes of groups are known only as far as they are published, figures like all others.
  private let choosesSizes: Bool
  private let isLinked: Bool
  /// Of which theme, if any, those who raised it are split by the other themes that they raised, and the first unknown of
  /// that.
  private let combinations: (of: ThemeCombinations, first: Int)?

  private var groups: Int { search.table.groups[column] }
  private var isOnly: Bool { totals == .printed || totals == .apart }

  /// - Parameters:
  ///   - scope: The tables of the search's question that are meant.
  ///   - first: The first of the unknowns.
  ///   - isFine: Whether atoms that nobody can tell apart here are told apart all the same. So they are, too, where totals
  ///     are not known.
  init(
    search: ExchangeSearch, scope: TableScope, column: Int, first: Int, isFine: Bool, totals: Totals,
    choosesSizes: Bool, combinations: ThemeCombinations? = nil
  ) {
    self.search = search
    self.choosesSizes = choosesSizes
    self.column = column
    self.totals = totals
    let model = search.model
    let isAtoms = isFine || totals != .known
    let units = isAtoms ? Array(0..<model.atomCount) : Set(search.units.classUnit[column]).sorted()
    // People whom no pack shows here say nothing about those it does.
    let unitsHere = units.filter { unit in
      model.audiences.indices.contains { audience in
        search.system.scope.isPrinted[audience][column]
          && search.units.atoms[column][unit].contains { model.parts[audience].atoms[$0] }
      }
    }
    self.unitsHere = unitsHere
    let positions = Array(unitsHere.indices)
    joined =
      switch totals {
      case .known: positions.map { [$0] }
      case .shown: Self.grouped(positions) { search.signatureElsewhere(unitsHere[$0], column) }
      case .printed, .apart: [positions]
      }
    classes =
      isAtoms
      ? Self.grouped(positions) { search.units.classUnit[column][unitsHere[$0]] } : positions.map { [$0] }
    isLinked = scope.isLinked
    var tables: [(position: Int, table: TableSystem, first: Int)] = []
    var next = first
    for (index, table) in search.system.tables.enumerated() where scope.contains(index) {
      tables.append((index, table, next))
      next += unitsHere.count * table.groups[column] * table.categories
    }
    self.tables = tables
    self.combinations = combinations.map { ($0, next) }
  }

  /// Positions that are alike in something, each group by its first.
  private static func grouped<Key: Hashable>(_ positions: [Int], by key: (Int) -> Key) -> [[Int]] {
    Dictionary(grouping: positions, by: key).values.sorted { $0[0] < $1[0] }
  }

  /// Adds the unknowns, with their totals, sizes and bounds.
  func add(to known: inout TableUnknowns) {
    let model = search.model
    for (position, table, _) in tables {
      for unit in unitsHere {
        for group in 0..<groups {
          addUnknowns(position, table, unit, group, isFree: isFree(unit, group), &known)
        }
      }
    }
    for (_, table, first) in tables {
      func cells(_ positions: [Int], _ chosen: [Int], _ categories: [Int]) -> [Int] {
        positions.flatMap { position in
          chosen.flatMap { group in
            categories.map { first + (position * groups + group) * table.categories + $0 }
          }
        }
      }
      func keep(_ cells: [Int]) {
        let total = cells.reduce(0) { $0 + known.truth[$1] }
        known.add(cells, total, total)
      }
      let allGroups = Array(0..<groups)
      let all = Array(0..<table.categories)
      for positions in joined {
        if !isOnly { for category in all { keep(cells(positions, allGroups, [category])) } }
        // As many of each are counted as there are, whatever they answered.
        if totals == .apart { continue }
        if isOnly || positions.count > 1, !isLinked || table === search.system.main {
          for positions in Self.grouped(positions, by: { search.signatureOfTotals(unitsHere[$0]) }) {
            keep(cells(positions, allGroups, all))
          }
        }
      }
      for group in allGroups where !choosesSizes {
        if let sizes = knownSizes(group) {
          for positions in sizes { addSize(table, cells(positions, [group], all), &known) }
        } else {
          for positions in classes { addRow(positions, group, table, cells(positions, [group], all), &known) }
        }
      }
      for bound in table.bounds {
        let members = all.filter { bound.members[$0] }
        for (position, unit) in unitsHere.enumerated() where column > 0 {
          let audiences = affected(unit, model)
          for group in allGroups where bound.binds(column, group, audiences) {
            addBound(bound, column, [unit * groups + group], cells([position], [group], members), &known)
          }
        }
        for positions in alike(under: bound) {
          let units = positions.map { unitsHere[$0] }
          let hidden = positions.map { position in
            allGroups.filter { !bound.binds(column, $0, affected(unitsHere[position], model)) }
          }
          if column > 0, hidden.contains(where: { !$0.isEmpty }),
            units.contains(where: { affected($0, model).contains { bound.hasTotal[$0] } })
          {
            addBound(
              bound, column, zip(units, hidden).flatMap { unit, hidden in hidden.map { unit * groups + $0 } },
              zip(positions, hidden).flatMap { cells([$0], $1, members) }, &known)
          }
          if isOnly || joined.contains(where: { $0.count > 1 && $0.contains(positions[0]) }) {
            addBound(bound, 0, units, cells(positions, allGroups, members), &known)
          }
        }
      }
    }
    guard isLinked else { return }
    for (position, unit) in unitsHere.enumerated() {
      for group in 0..<groups where search.sizes[column][unit * groups + group] > 0 {
        link(position, group, &known)
      }
    }
    if let combinations { add(combinations.of, combinations.first, &known) }
  }

  /// The positions in `unitsHere` that neither question of a bound tells apart but under this banner: only what they have
  /// together is bound.
  private func alike(under bound: RoutingBound) -> [[Int]] {
    joined.flatMap { positions in
      if positions.count == 1 { return [positions] }
      return Self.grouped(positions) { position in
        [search.signatureOfTotals(unitsHere[position]), bound.signatures[column][unitsHere[position]]]
      }
    }
  }

  /// Bounds the count of some rows together.
  private func addBound(
    _ bound: RoutingBound, _ column: Int, _ rows: [Int], _ cells: [Int], _ known: inout TableUnknowns
  ) {
    let count = cells.reduce(0) { $0 + known.truth[$1] }
    let fall = rows.reduce(0) { $0 + Double(bound.fall[column][$1]) }
    let rise = rows.reduce(0) { $0 + Double(bound.rise[column][$1]) }
    known.add(cells, max(0, count - fall), min(IntegerProgram.unbounded, count + rise))
  }

  private func affected(_ unit: Int, _ model: AudienceModel) -> [Int] {
    model.audiences.indices.filter { audience in
      search.units.atoms[column][unit].contains { model.parts[audience].atoms[$0] }
    }
  }

  /// The unknowns that add up to the size of a group in one atom; by atom and group.
  var sizeRows: [[Int]: [Int]] {
    var rows: [[Int]: [Int]] = [:]
    guard let entry = tables.first else { return rows }
    for (position, unit) in unitsHere.enumerated() {
      for group in 0..<groups where search.sizes[column][unit * groups + group] > 0 {
        let start = entry.first + (position * groups + group) * entry.table.categories
        rows[[unit, group]] = Array(start..<(start + entry.table.categories))
      }
    }
    return rows
  }

  private func isFree(_ unit: Int, _ group: Int) -> Bool {
    if choosesSizes { return false }
    return affected(unit, search.model).allSatisfy {
      search.visibility.isFree(column, audience: $0, group: group)
        || search.system.isRowWithheld[column][$0][group]
    }
  }

  private func addUnknowns(
    _ position: Int, _ table: TableSystem, _ unit: Int, _ group: Int, isFree: Bool,
    _ known: inout TableUnknowns
  ) {
    let hasPeople = search.sizes[column][unit * groups + group] > 0
    for category in 0..<table.categories {
      let cell = table.cell(column, unit: unit, group: group, category: category)
      let count = table.counts[column][cell]
      known.truth.append(Double(count))
      known.cells.append(.init(table: position, column: column, cell: cell))
      var lower = 0.0
      var upper = IntegerProgram.unbounded
      if isLinked {
        if search.plan.tables[table.index].part == .patterns, !isPossiblePattern(category, table.categories) {
          lower = Double(count)
          upper = Double(count)
        }
        // Themes of other trees are not among these tables, and everyone who raised one was coded.
        if search.plan.tables[table.index].part == .coded, let falling = table.fallingRoom?[column][cell] {
          lower = Double(max(0, count - falling))
        }
      } else if !isFree {
        if let falling = table.fallingRoom?[column][cell] { lower = Double(max(0, count - falling)) }
        if let rising = table.risingRoom?[column][cell] { upper = Double(count + rising) }
      }
      let isPossible = hasPeople && !(table.structuralZeros?[column][cell] ?? false)
      known.bounds.append(isPossible ? (lower, upper) : (0, 0))
    }
  }

  /// Contradictions, and answering without choosing anything, are not known to be possible.
  private func isPossiblePattern(_ pattern: Int, _ categories: Int) -> Bool {
    pattern == categories - 1 || pattern.nonzeroBitCount == 1
  }

  /// The positions in `unitsHere` of which sizes of a group are published together; nil where rows of the group are withheld
  /// though its size is not, or where people whom the question does not show here are in those sizes too.
  private func knownSizes(_ group: Int) -> [[Int]]? {
    var known: [[Int]] = []
    for (audience, part) in search.model.parts.prefix(search.model.audiences.count).enumerated() {
      if search.system.isRowWithheld[column][audience][group] { return nil }
      if search.visibility.isFree(column, audience: audience, group: group) { continue }
      let positions = unitsHere.indices.filter { position in
        search.units.atoms[column][unitsHere[position]].allSatisfy { part.atoms[$0] }
      }
      let here = Set(positions.flatMap { search.units.atoms[column][unitsHere[$0]] })
      let isCovered = part.atoms.indices.allSatisfy { atom in
        !part.atoms[atom] || here.contains(atom) || search.sizes[column][atom * groups + group] == 0
      }
      guard isCovered else { return nil }
      known.append(positions)
    }
    return known
  }

  /// Adds what is published of how many are in one group.
  private func addSize(_ table: TableSystem, _ row: [Int], _ known: inout TableUnknowns) {
    guard !isLinked || table === search.system.main else { return }
    let size = row.reduce(0) { $0 + known.truth[$1] }
    known.add(row, size, size)
  }

  /// Adds what is known of how many are counted in one group.
  private func addRow(
    _ positions: [Int], _ group: Int, _ table: TableSystem, _ row: [Int], _ known: inout TableUnknowns
  ) {
    // Of the further tables of a multiple question, the links say how many are counted.
    guard !isLinked || table === search.system.main else { return }
    let size = row.reduce(0) { $0 + known.truth[$1] }
    let units = positions.map { unitsHere[$0] }
    if !units.allSatisfy({ isFree($0, group) }) {
      known.add(row, size, size)
    } else if !units.allSatisfy({ unit in
      affected(unit, search.model).allSatisfy { search.visibility.isFree(column, audience: $0, group: group) }
    }) {
      let room = units.reduce(0) { $0 + search.system.askedRoom[column][$1 * groups + group] }
      known.add(row, 0, size + Double(room))
    }
  }

  // MARK: - Tables of one question

  /// Binds the tables of a multiple question in one row of one unit: who chose an option or one of a net chose something,
  /// and whoever chose something chose an option.
  private func link(_ position: Int, _ group: Int, _ known: inout TableUnknowns) {
    let plan = search.plan
    guard let question = search.system.question else { return }
    if case .theme = plan.survey.questions[question].kind { return linkThemes(position, group, &known) }
    guard case .multiple(let choice) = plan.survey.questions[question].kind else { return }
    let exclusive = CountTable.patternExclusives(choice)
    func unknown(_ index: Int, _ category: Int) -> Int {
      tables[index].first + (position * groups + group) * tables[index].table.categories + category
    }
    let last = tables[0].table.categories - 1
    let any = (0..<last).filter { $0 & 1 != 0 }.map { unknown(0, $0) }
    let answered = (0..<last).map { unknown(0, $0) }
    var options: [Int: Int] = [:]
    for (index, entry) in tables.enumerated() {
      if case .option(let option) = plan.tables[entry.table.index].part {
        options[option] = unknown(index, 0)
      }
    }
    func relate(_ plus: [Int], _ minus: [Int], isEqual: Bool = false) {
      known.relate(plus, minus, isEqual ? 0 : -IntegerProgram.unbounded, 0)
    }
    relate(any, Array(options.values))
    for (index, entry) in tables.enumerated().dropFirst() {
      let chosen = unknown(index, 0)
      switch plan.tables[entry.table.index].part {
      case .option:
        relate([chosen, unknown(index, 1)], any, isEqual: true)
      case .net(let net), .mixedNet(let net):
        guard case .answers(let members) = plan.survey.questions[question].nets[net].members else { continue }
        let isMixed = entry.table.categories > 2
        relate([chosen, unknown(index, 1)], isMixed ? answered : any, isEqual: true)
        if isMixed { relate([unknown(index, 2)], [unknown(0, last)], isEqual: true) }
        let parts = members.map { option -> [Int] in
          if let bit = exclusive.firstIndex(of: option) {
            return (0..<last).filter { $0 & (1 << (bit + 1)) != 0 }.map { unknown(0, $0) }
          }
          return options[option].map { [$0] } ?? []
        }
        relate([chosen], parts.flatMap { $0 })
        for part in parts { relate(part, [chosen]) }
        if !isMixed {
          relate(any, [chosen] + options.filter { !members.contains($0.key) }.map(\.value))
        }
      case .respondents, .answers, .patterns, .coded, .theme, .themeBelow, .combinations, .place:
        break
      }
    }
  }

  /// Binds the tables of a theme question in one row of one unit: everyone whose text was coded is in each, and who raised
  /// a theme above another is in the other's table too.
  private func linkThemes(_ position: Int, _ group: Int, _ known: inout TableUnknowns) {
    func unknowns(_ table: Int, _ categories: Range<Int>) -> [Int] {
      guard let entry = tables.first(where: { $0.position == table }) else { return [] }
      return categories.map { entry.first + (position * groups + group) * entry.table.categories + $0 }
    }
    for entry in tables where entry.position > 0 {
      known.relate(unknowns(entry.position, 0..<entry.table.categories), unknowns(0, 0..<1), 0, 0)
      guard case .themeBelow(_, let parent) = search.plan.tables[entry.table.index].part else { continue }
      known.relate(unknowns(entry.position, 0..<2), unknowns(parent + 1, 0..<1), 0, 0)
    }
  }

  /// Splits those who raised a theme, and those who did not, by the other themes that they raised: these are as many as they
  /// are, row by row, and who raised the theme as well are as many in all.
  private func add(_ combinations: ThemeCombinations, _ first: Int, _ known: inout TableUnknowns) {
    guard let entry = tables.first(where: { $0.position == combinations.table }) else { return }
    let count = combinations.count
    let table = entry.table
    func unknown(_ position: Int, _ group: Int, _ combination: Int) -> Int {
      first + (position * groups + group) * 2 * count + combination
    }
    for unit in unitsHere {
      for group in 0..<groups {
        let truth = combinations.counts(column, atoms: search.units.atoms[column][unit], group: group)
        let hasPeople = search.sizes[column][unit * groups + group] > 0
        for combination in 0..<(2 * count) {
          // Who raised none of the others may be anybody: a base that is withheld may be larger.
          let mayBe =
            combination % count == 0
            ? hasPeople : truth[combination % count] + truth[combination % count + count] > 0
          known.truth.append(Double(truth[combination]))
          known.bounds.append((0, mayBe ? IntegerProgram.unbounded : 0))
          known.cells.append(
            .init(
              table: combinations.table, column: column,
              cell: table.cell(column, unit: unit, group: group, category: combination / count)))
        }
      }
    }
    for position in unitsHere.indices {
      for group in 0..<groups {
        let start = entry.first + (position * groups + group) * table.categories
        for side in 0..<2 {
          known.relate((0..<count).map { unknown(position, group, side * count + $0) }, [start + side], 0, 0)
        }
        for combination in 1..<max(1, count) {
          let both = [unknown(position, group, combination), unknown(position, group, combination + count)]
          let people = both.reduce(0) { $0 + known.truth[$1] }
          if people > 0 { known.add(both, people, people) }
        }
      }
    }
    if totals == .apart { return }
    for positions in joined {
      let alike = isOnly ? Self.grouped(positions) { search.signatureOfTotals(unitsHere[$0]) } : [positions]
      for positions in alike {
        for combination in 0..<(2 * count) where !isOnly || combination % count > 0 {
          let cells = positions.flatMap { position in
            (0..<groups).map { unknown(position, $0, combination) }
          }
          let total = cells.reduce(0) { $0 + known.truth[$1] }
          known.add(cells, total, total)
        }
      }
    }
  }

  // MARK: - Counts

  /// The unknowns that a count adds up, of whatever table of the block.
  func unknowns(of count: SuppressionProblemBuilder.Count) -> [Int] {
    guard let entry = tables.first(where: { $0.position == count.table }) else { return [] }
    let target = count.target
    let atoms = search.model.parts[target.part].atoms
    let members = entry.table.sets[target.set].members
    let chosen = target.column == 0 ? Array(0..<groups) : [target.group]
    return unitsHere.enumerated().flatMap { position, unit -> [Int] in
      guard search.units.atoms[column][unit].allSatisfy({ atoms[$0] }) else { return [] }
      return (0..<entry.table.categories).filter { members[$0] }.flatMap { category in
        chosen.map { entry.first + (position * groups + $0) * entry.table.categories + category }
      }
    }
  }

  /// By atom, table and category, the unknowns that add up to its total.
  var partsOfTotals: [[Int]: [Int]] {
    var parts: [[Int]: [Int]] = [:]
    for (position, unit) in unitsHere.enumerated() {
      for entry in tables {
        for category in 0..<entry.table.categories {
          parts[[unit, entry.position, category]] = (0..<groups).map {
            entry.first + (position * groups + $0) * entry.table.categories + category
          }
        }
      }
      guard let combinations else { continue }
      for combination in 0..<(2 * combinations.of.count) {
        parts[[unit, -1, combination]] = (0..<groups).map {
          combinations.first + (position * groups + $0) * 2 * combinations.of.count + combination
        }
      }
    }
    return parts
  }
}
