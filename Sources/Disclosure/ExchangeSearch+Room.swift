/// How far a table can be thought to differ from the truth.
extension ExchangeSearch {
  /// By how much a cell can change: no count below zero, nobody where nobody is, and no cell that an earlier exchange of
  /// the same witness moved the other way.
  func room(_ change: Exchange.Change, _ difference: TableDifference) -> Int {
    let plus = room(change, change.plus, change.sign, difference)
    guard plus > 0, let minus = change.minus else { return plus }
    return min(plus, room(change, minus, -change.sign, difference))
  }

  /// Options are bound to each other only where a reader sees any of them: people who may be thought elsewhere take all
  /// of their answers with them.
  func room(
    _ change: Exchange.Change, _ unit: Int, _ sign: Int, _ difference: TableDifference
  ) -> Int {
    let column = change.column
    let cell = table.cell(column, unit: unit, group: change.group, category: change.category)
    let moved = difference.values[column][cell]
    if sign > 0 {
      guard moved >= 0, sizes[column][unit * table.groups[column] + change.group] > 0,
        !(table.structuralZeros?[column][cell] ?? false)
      else { return 0 }
      return
        (change.isBound ? table.risingRoom?[column][cell] ?? TableSystem.unlimited : TableSystem.unlimited)
        - moved
    }
    guard moved <= 0 else { return 0 }
    let room =
      change.isBound ? table.fallingRoom?[column][cell] ?? TableSystem.unlimited : TableSystem.unlimited
    return min(table.counts[column][cell], room) + moved
  }

  /// By how much a routing count can rise or fall in one group, before what the same witness has moved.
  func room(of bound: RoutingBound, _ place: Place, _ group: Int, rising: Bool) -> Int {
    let column = place.column
    guard bound.binds(column, group, place.layer.affected) else { return TableSystem.unlimited }
    let groups = table.groups[column]
    func room(_ unit: Int, _ rising: Bool) -> Int {
      (rising ? bound.rise : bound.fall)[column][unit * groups + group]
    }
    let plus = room(place.plus, rising)
    return place.minus.map { min(plus, room($0, !rising)) } ?? plus
  }

  /// What happens to the count of a set of categories in one row.
  struct RowChange {
    var column: Int
    var unit: Int
    var group: Int
    var change: Int
    var affected: [Int]
  }

  /// Each (unit, group) row that an exchange changes, with what happens to the count of a set of categories in it.
  func rowChanges(
    _ exchange: Exchange, of members: (Int) -> Bool
  ) -> [RowChange] {
    var rows: [RowChange] = []
    for change in exchange.changes where members(change.category) {
      for (unit, sign) in [(Optional(change.plus), change.sign), (change.minus, -change.sign)] {
        guard let unit else { continue }
        if let known = rows.firstIndex(where: {
          $0.column == change.column && $0.unit == unit && $0.group == change.group
        }) {
          rows[known].change += sign
        } else {
          rows.append(
            RowChange(
              column: change.column, unit: unit, group: change.group, change: sign, affected: change.affected)
          )
        }
      }
    }
    return rows.filter { $0.change != 0 }
  }

  func boundRoom(
    _ bound: RoutingBound, _ exchange: Exchange, _ difference: TableDifference
  ) -> Int {
    var capacity = TableSystem.unlimited
    let rows = rowChanges(exchange, of: { bound.members[$0] })
    for row in rows {
      guard bound.binds(row.column, row.group, row.affected) else {
        capacity = min(capacity, hiddenRoom(bound, row, rows, difference))
        continue
      }
      let groups = table.groups[row.column]
      let start = table.cell(row.column, unit: row.unit, group: row.group, category: 0)
      var moved = 0
      for category in 0..<table.categories where bound.members[category] {
        moved += difference.values[row.column][start + category]
      }
      let index = row.unit * groups + row.group
      let room =
        row.change > 0 ? bound.rise[row.column][index] - moved : bound.fall[row.column][index] + moved
      capacity = min(capacity, room / abs(row.change))
    }
    return max(0, capacity)
  }

  /// The same over all rows of a unit whose routed bases are withheld: what these are together follows from the total.
  private func hiddenRoom(
    _ bound: RoutingBound, _ row: RowChange, _ rows: [RowChange], _ difference: TableDifference
  ) -> Int {
    guard row.column > 0, row.affected.contains(where: { bound.hasTotal[$0] }) else {
      return TableSystem.unlimited
    }
    let hidden = (0..<table.groups[row.column]).filter { !bound.binds(row.column, $0, row.affected) }
    let change = rows.reduce(0) {
      $0 + ($1.column == row.column && $1.unit == row.unit && hidden.contains($1.group) ? $1.change : 0)
    }
    guard change != 0 else { return TableSystem.unlimited }
    var room = 0
    var moved = 0
    for group in hidden {
      let index = row.unit * table.groups[row.column] + group
      let limit = (change > 0 ? bound.rise : bound.fall)[row.column][index]
      room = min(TableSystem.unlimited, room + limit)
      for category in 0..<table.categories where bound.members[category] {
        moved += difference.values[row.column][index * table.categories + category]
      }
    }
    return (change > 0 ? room - moved : room + moved) / abs(change)
  }

  /// In rows that are free only because a routed question's whole table is withheld, no more can have answered than
  /// can have been asked.
  func askedRoom(_ exchange: Exchange, _ difference: TableDifference) -> Int {
    var capacity = TableSystem.unlimited
    for row in rowChanges(exchange, of: { _ in true }) where row.change > 0 && row.column > 0 {
      let isSizeFree = row.affected.allSatisfy {
        visibility.isFree(row.column, audience: $0, group: row.group)
      }
      if isSizeFree { continue }
      let start = table.cell(row.column, unit: row.unit, group: row.group, category: 0)
      var moved = 0
      for category in 0..<table.categories { moved += difference.values[row.column][start + category] }
      let room = system.askedRoom[row.column][row.unit * table.groups[row.column] + row.group] - moved
      capacity = min(capacity, room / row.change)
    }
    return max(0, capacity)
  }
}
