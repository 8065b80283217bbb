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

  struct Row: Hashable {
    var column: Int
    var unit: Int
    var group: Int
  }

  let search: ExchangeSearch
  let minimumCell: Int
  private var rising: TableDifference
  private var falling: TableDifference
  /// For each routing count of the table, how far a witness lets it rise in each row.
  private var boundRises: [[Row: Int]]

  init(search: ExchangeSearch, minimumCell: Int) {
    self.search = search
    self.minimumCell = minimumCell
    rising = TableDifference(search.table)
    falling = TableDifference(search.table)
    boundRises = search.table.bounds.map { _ in [:] }
  }

  func rises(of members: [Bool]) -> [(key: Row, value: Int)] {
    guard let bound = search.table.bounds.firstIndex(where: { $0.members == members }) else { return [] }
    return Array(boundRises[bound])
  }

  /// Finds tables that show what is needed, withholds what they change, and returns what is newly withheld; nil where
  /// there are no such tables.
  mutating func findWitness(
    for target: ExchangeSearch.Target, _ need: Need
  ) -> [ExchangeSearch.Target]? {
    rising.reset()
    falling.reset()
    var withheld: [ExchangeSearch.Target] = []
    var risen = 0
    var fallen = 0
    func isWide() -> Bool {
      let riseLoss = rising.emptiesCell(of: search.table) ? 1 : 0
      let fallLoss = falling.emptiesCell(of: search.table) ? 1 : 0
      return risen + fallen >= need.width && need.count + risen >= need.width
        && risen + fallen - riseLoss - fallLoss >= need.insiderWidth
        && need.count + risen - riseLoss >= need.insiderWidth
    }
    // What costs nothing first, in both directions; then upwards, and downwards for what is still missing.
    for limit in [0, Int.max] {
      if !isWide() {
        risen += move(target, 1, by: need.width + 1 - risen, atCost: limit, &rising, &withheld)
      }
      if !isWide() {
        let wanted = min(need.count, need.width + 2 - risen)
        fallen += move(target, -1, by: wanted - fallen, atCost: limit, &falling, &withheld)
      }
    }
    guard isWide() else { return nil }
    let riseLoss = rising.emptiesCell(of: search.table) ? 1 : 0
    let fallLoss = falling.emptiesCell(of: search.table) ? 1 : 0
    search.table.hold(target.column, part: target.part, group: target.group, set: target.set)
    recordHeld(riseLoss, fallLoss)
    recordBoundRises()
    return withheld
  }

  /// Moves the target by up to `amount`, exchange by exchange.
  private func move(
    _ target: ExchangeSearch.Target, _ sign: Int, by amount: Int, atCost limit: Int, _ difference: inout TableDifference,
    _ withheld: inout [ExchangeSearch.Target]
  ) -> Int {
    var moved = 0
    while moved < amount,
      let exchange = search.cheapest(target, sign: sign, amount: amount - moved, beside: difference),
      exchange.cost <= limit
    {
      let step = min(amount - moved, search.capacity(exchange, beside: difference))
      precondition(step > 0, "an exchange is only offered where it can move somebody")
      for change in exchange.netChanges {
        let plus = search.table.cell(
          change.column, unit: change.plus, group: change.group, category: change.category)
        difference.add(step * change.sign, change.column, plus)
        if let minus = change.minus {
          let cell = search.table.cell(
            change.column, unit: minus, group: change.group, category: change.category)
          difference.add(-step * change.sign, change.column, cell)
        }
      }
      withhold(exchange, &withheld)
      moved += step
    }
    return moved
  }

  /// Withholds every printed figure that an exchange changes. Each exchange is looked at by itself, as an insider may
  /// have to undo any one of them.
  private func withhold(
    _ exchange: Exchange, _ withheld: inout [ExchangeSearch.Target]
  ) {
    let table = search.table
    var rows: [(column: Int, group: Int, changes: [Exchange.Change])] = []
    for change in exchange.netChanges {
      if let known = rows.firstIndex(where: { $0.column == change.column && $0.group == change.group }) {
        rows[known].changes.append(change)
      } else {
        rows.append((change.column, change.group, [change]))
      }
    }
    for row in rows {
      for (position, set) in table.sets.enumerated() where set.isPrinted {
        let change = row.changes.reduce(0) { $0 + (set.members[$1.category] ? $1.sign : 0) }
        guard change != 0 else { continue }
        for audience in exchange.affected
        where !table.isWithheld(row.column, audience: audience, group: row.group, set: position) {
          table.withhold(row.column, audience: audience, group: row.group, set: position)
          withheld.append(.init(column: row.column, part: audience, group: row.group, set: position))
        }
      }
    }
  }

  /// Marks every other figure for which the same tables are witness enough.
  private func recordHeld(_ riseLoss: Int, _ fallLoss: Int) {
    let table = search.table
    var rows = Set<[Int]>()
    for (column, cell) in rising.changedCells + falling.changedCells {
      rows.insert([column, cell / table.categories % table.groups[column]])
    }
    for row in rows {
      let (column, group) = (row[0], row[1])
      for (part, definition) in search.model.parts.enumerated() {
        for set in table.sets.indices where !table.isHeld(column, part: part, group: group, set: set) {
          let count = table.count(column, atoms: definition.atoms, group: group, set: set)
          let rise = change(rising, column, definition.atoms, group, set)
          let fall = change(falling, column, definition.atoms, group, set)
          let highest = count + max(0, rise, fall)
          let lowest = count + min(0, rise, fall)
          let loss = (rise == 0 ? 0 : riseLoss) + (fall == 0 ? 0 : fallLoss)
          if highest - lowest - loss >= minimumCell && highest - loss >= minimumCell {
            table.hold(column, part: part, group: group, set: set)
          }
        }
      }
    }
  }

  private func change(
    _ difference: borrowing TableDifference, _ column: Int, _ atoms: [Bool], _ group: Int, _ set: Int
  ) -> Int {
    let table = search.table
    let members = table.sets[set].members
    var sum = 0
    for (unit, unitAtoms) in search.units.atoms[column].enumerated() where unitAtoms.allSatisfy({ atoms[$0] }) {
      let start = table.cell(column, unit: unit, group: group, category: 0)
      for category in 0..<table.categories where members[category] {
        sum += difference.values[column][start + category]
      }
    }
    return sum
  }

  private mutating func recordBoundRises() {
    let table = search.table
    for (index, bound) in table.bounds.enumerated() {
      for (column, cell) in rising.changedCells {
        let row = cell / table.categories
        let start = row * table.categories
        let rise = (0..<table.categories).reduce(0) {
          $0 + (bound.members[$1] ? rising.values[column][start + $1] : 0)
        }
        guard rise > 0 else { continue }
        let key = Row(column: column, unit: row / table.groups[column], group: row % table.groups[column])
        boundRises[index][key] = max(rise, boundRises[index][key, default: 0])
      }
    }
  }
}
