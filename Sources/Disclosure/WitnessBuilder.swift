/// Builds witnesses from exchanges and withholds whatever they change.
///
/// A witness must also stand for a reader who is one of the respondents: they know that their own cell is not empty.
/// An exchange that empties a cell is undone by one respondent for the one reader who can tell, so a witness that
/// empties cells counts for one less.
struct WitnessBuilder {
  /// What a figure's witnesses must show.
  struct Need {
    /// The true count.
    var count: Int
    /// How far the largest and smallest possible count must lie apart, and what the largest must reach.
    var width: Int
    /// The same for a reader who is one of the respondents.
    var insiderWidth: Int
  }

  /// A printed figure: one audience's count in one group.
  struct Figure: Hashable {
    var column: Int
    var audience: Int
    var group: Int
    var set: Int
  }

  /// A pair of tables that agree with all that is published, kept as the figures that they change.
  struct Witness {
    /// What must stay withheld for the witness to be one.
    var changed: [Figure]
    /// The figures that it is witness enough for.
    var held: [ExchangeSearch.Target]
    /// For each routing count of the table, how far it rises in which rows.
    var rises: [[Row: Int]]
    var isAlive = true
  }

  struct Row: Hashable {
    var column: Int
    var unit: Int
    var group: Int
  }

  let search: ExchangeSearch
  let minimumCell: Int
  private(set) var witnesses: [Witness] = []
  /// Which witnesses need a figure to stay withheld.
  private(set) var users: [Figure: [Int]] = [:]
  private let rising: TableDifference
  private let falling: TableDifference
  private var changed: [Figure] = []
  private var programs: [[Int]: TableProgram] = [:]

  init(search: ExchangeSearch, minimumCell: Int) {
    self.search = search
    self.minimumCell = minimumCell
    rising = TableDifference(search.table)
    falling = TableDifference(search.table)
  }

  private var table: TableSystem { search.table }

  /// How far witnesses let a routing count rise, by row.
  func rises(of bound: Int) -> [Row: Int] {
    witnesses.reduce(into: [:]) { rises, witness in
      guard witness.isAlive else { return }
      for (row, rise) in witness.rises[bound] { rises[row] = max(rise, rises[row, default: 0]) }
    }
  }

  /// Finds tables that show what is needed, withholds what they change, and returns what is newly withheld; nil where
  /// there are no such tables. With `limit` 0 nothing more is withheld.
  mutating func findWitness(
    for target: ExchangeSearch.Target, _ need: Need, limit: Int = .max
  ) -> [Figure]? {
    rising.reset()
    falling.reset()
    changed.removeAll(keepingCapacity: true)
    var withheld: [Figure] = []
    var risen = 0
    var fallen = 0
    while true {
      // What costs nothing first, in both directions: what an exchange has opened upwards is open downwards too.
      if !isWide(need, risen, fallen) {
        risen += moveFreely(target, 1, by: need.width + 1 - risen, rising)
      }
      if !isWide(need, risen, fallen) {
        fallen += moveFreely(target, -1, by: min(need.count, need.width + 2 - risen) - fallen, falling)
      }
      if isWide(need, risen, fallen) { break }
      if withheld.isEmpty, findByProgram(target, need) { break }
      if limit == 0 { return nil }
      // Then the cheaper of one more step upwards and one more downwards.
      let missing = max(1, need.width + 1 - risen - fallen)
      let up = search.cheapest(target, .init(sign: 1, amount: missing, limit: limit), beside: rising)
      let canFall = fallen < need.count && need.count + risen >= need.width + 1
      let down =
        canFall
        ? search.cheapest(target, .init(sign: -1, amount: missing, limit: limit), beside: falling) : nil
      if let down, up.map({ down.cost < $0.cost }) ?? true {
        withhold(down, &withheld)
        fallen += add(down, by: min(missing, need.count - fallen), falling)
      } else if let up {
        withhold(up, &withheld)
        risen += add(up, by: missing, rising)
      } else {
        return nil
      }
    }
    keepWitness(target)
    return withheld
  }

  /// Replaces what has been built by the two tables, of all that agree with what is published, in which the target is
  /// largest and smallest; false, and nothing replaced, where these do not show what is needed either.
  private mutating func findByProgram(_ target: ExchangeSearch.Target, _ need: Need) -> Bool {
    // A total is open where some banner alone ties it to anything, or under all of them together; then groups are, too.
    let columns =
      target.column > 0
      ? [target.column]
      : table.groups.indices.filter { search.opensTotals($0, .one(search.position)) }
    if columns.contains(where: { findByProgram(target, need, under: [$0]) }) { return true }
    guard let together = search.columnsTogether(.one(search.position)) else { return false }
    return findByProgram(target, need, under: together)
  }

  private mutating func findByProgram(
    _ target: ExchangeSearch.Target, _ need: Need, under columns: [Int]
  ) -> Bool {
    let isFine = columns.contains { !search.units.isWhole(search.model.parts[target.part].atoms, $0) }
    let key = columns + [isFine ? 1 : 0]
    let program =
      programs[key]
      ?? TableProgram(search: search, scope: .one(search.position), columns: columns, isFine: isFine)
    programs[key] = program
    program.update(search.system)
    guard let witness = program.witness(.init(table: search.position, target: target), need) else {
      return false
    }
    set(rising, witness.up, hasTotals: columns.count > 1)
    set(falling, witness.down, hasTotals: columns.count > 1)
    changed = Set(witness.changed.map(\.target)).map {
      Figure(column: $0.column, audience: $0.part, group: $0.group, set: $0.set)
    }.sorted { ($0.column, $0.audience, $0.group, $0.set) < ($1.column, $1.audience, $1.group, $1.set) }
    return true
  }

  /// Makes a difference that of a table, with the totals that change with it where they are not among its cells.
  private func set(_ difference: TableDifference, _ extreme: TableProgram.Extreme, hasTotals: Bool) {
    difference.reset()
    var totals: [Int: Int] = [:]
    for (place, change) in extreme.changes {
      difference.add(change, place.column, place.cell)
      let row = place.cell / table.categories
      let unit = row / table.groups[place.column]
      guard !hasTotals, unit < search.model.atomCount else { continue }
      totals[
        table.cell(0, unit: unit, group: 0, category: place.cell % table.categories), default: 0] += change
    }
    for cell in totals.keys.sorted() { difference.add(totals[cell] ?? 0, 0, cell) }
  }

  /// Gives up witnesses that need a figure to stay withheld, so that it may be published.
  mutating func kill(_ witness: Int) { witnesses[witness].isAlive = false }
  mutating func revive(_ witness: Int) { witnesses[witness].isAlive = true }

  private func isWide(_ need: Need, _ risen: Int, _ fallen: Int) -> Bool {
    guard risen + fallen >= need.width && need.count + risen >= need.width else { return false }
    let loss = insiderLoss()
    return risen + fallen - loss.both >= need.insiderWidth
      && need.count + risen - loss.rising >= need.insiderWidth
  }

  /// By how much one and the same respondent can narrow what the rising and the falling table leave open.
  ///
  /// Under one banner a respondent is in one cell; where tables of several banners change, they are in one of each.
  private func insiderLoss() -> (rising: Int, both: Int) {
    let risen = rising.emptiedCells(of: table)
    let fallen = falling.emptiedCells(of: table)
    if risen.isEmpty || fallen.isEmpty {
      return (risen.isEmpty ? 0 : 1, risen.isEmpty && fallen.isEmpty ? 0 : 1)
    }
    let isOneColumn = (risen + fallen).allSatisfy { $0.column == risen[0].column }
    let meet = risen.contains { cell in fallen.contains { $0.column == cell.column && $0.cell == cell.cell } }
    return (1, isOneColumn && !meet ? 1 : 2)
  }

  /// Moves the target by up to `amount` through exchanges that change nothing that is still published.
  private mutating func moveFreely(
    _ target: ExchangeSearch.Target, _ sign: Int, by amount: Int, _ difference: TableDifference
  ) -> Int {
    var moved = 0
    while moved < amount,
      let exchange = search.cheapest(
        target, .init(sign: sign, amount: amount - moved, limit: 0), beside: difference)
    {
      moved += add(exchange, by: amount - moved, difference)
      var nothing: [Figure] = []
      withhold(exchange, &nothing)
      precondition(nothing.isEmpty, "an exchange without cost changes nothing that is published")
    }
    return moved
  }

  private func add(_ exchange: Exchange, by amount: Int, _ difference: TableDifference) -> Int {
    let step = min(amount, search.capacity(exchange, beside: difference))
    precondition(step > 0, "an exchange is only offered where it can move somebody")
    for change in exchange.netChanges {
      let plus = table.cell(change.column, unit: change.plus, group: change.group, category: change.category)
      difference.add(step * change.sign, change.column, plus)
      if let minus = change.minus {
        let cell = table.cell(change.column, unit: minus, group: change.group, category: change.category)
        difference.add(-step * change.sign, change.column, cell)
      }
    }
    return step
  }

  /// Withholds every printed figure that an exchange changes. Each exchange is looked at by itself, as an insider may
  /// have to undo any one of them.
  private mutating func withhold(_ exchange: Exchange, _ withheld: inout [Figure]) {
    var rows: [(column: Int, group: Int, changes: [Exchange.Change])] = []
    for change in exchange.netChanges {
      if let known = rows.firstIndex(where: { $0.column == change.column && $0.group == change.group }) {
        rows[known].changes.append(change)
      } else {
        rows.append((change.column, change.group, [change]))
      }
    }
    for row in rows {
      let affected = Set(row.changes.flatMap(\.affected)).sorted()
      for (position, set) in table.sets.enumerated() where set.isPrinted {
        for audience in affected {
          let change = row.changes.reduce(0) {
            $0 + (set.members[$1.category] ? $1.sign * $1.effect[audience] : 0)
          }
          guard change != 0 else { continue }
          let figure = Figure(column: row.column, audience: audience, group: row.group, set: position)
          if !changed.contains(figure) { changed.append(figure) }
          if !table.isWithheld(row.column, audience: audience, group: row.group, set: position) {
            table.withhold(row.column, audience: audience, group: row.group, set: position)
            withheld.append(figure)
          }
        }
      }
    }
  }

  /// Keeps the tables that have been built as a witness, for the target and for every other figure that they hold.
  private mutating func keepWitness(_ target: ExchangeSearch.Target) {
    let identity = witnesses.count
    var held = [target]
    table.hold(target.column, part: target.part, group: target.group, set: target.set, by: identity)
    let insiders = insiderLoss()
    let fallLoss = falling.emptiesCell(of: table) ? 1 : 0
    var rows = Set<[Int]>()
    for (column, cell) in rising.changedCells + falling.changedCells {
      rows.insert([column, cell / table.categories % table.groups[column]])
    }
    // The order in which others are found for these, should this one be given up, decides what is published again.
    for row in rows.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      let (column, group) = (row[0], row[1])
      for (part, definition) in search.model.parts.enumerated() {
        for set in table.sets.indices where !table.isHeld(column, part: part, group: group, set: set) {
          let rise = change(rising, column, definition.atoms, group, set)
          let fall = change(falling, column, definition.atoms, group, set)
          if rise == 0 && fall == 0 { continue }
          let count = table.count(column, atoms: definition.atoms, group: group, set: set)
          let highest = count + max(0, rise, fall)
          let lowest = count + min(0, rise, fall)
          let loss = rise == 0 ? fallLoss : fall == 0 ? insiders.rising : insiders.both
          if highest - lowest - loss >= minimumCell && highest - loss >= minimumCell {
            table.hold(column, part: part, group: group, set: set, by: identity)
            held.append(.init(column: column, part: part, group: group, set: set))
          }
        }
      }
    }
    witnesses.append(Witness(changed: changed, held: held, rises: boundRises()))
    for figure in changed { users[figure, default: []].append(identity) }
  }

  private func change(
    _ difference: TableDifference, _ column: Int, _ atoms: [Bool], _ group: Int, _ set: Int
  ) -> Int {
    let members = table.sets[set].members
    var sum = 0
    for (unit, unitAtoms) in search.units.atoms[column].enumerated() where unitAtoms.allSatisfy({ atoms[$0] })
    {
      let start = table.cell(column, unit: unit, group: group, category: 0)
      for category in 0..<table.categories where members[category] {
        sum += difference.values[column][start + category]
      }
    }
    return sum
  }

  private func boundRises() -> [[Row: Int]] {
    table.bounds.map { bound in
      var rises: [Row: Int] = [:]
      for (column, cell) in rising.changedCells {
        let row = cell / table.categories
        let rise = (0..<table.categories).reduce(0) {
          $0 + (bound.members[$1] ? rising.values[column][row * table.categories + $1] : 0)
        }
        guard rise > 0 else { continue }
        rises[Row(column: column, unit: row / table.groups[column], group: row % table.groups[column])] = rise
      }
      return rises
    }
  }
}
