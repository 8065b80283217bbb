/// A step from the true table to another that a reader cannot tell from it: some cells rise and others fall by the same
/// number of respondents, so that every figure that stays published is unchanged.
///
/// A step inside one column of banners keeps each group's and each category's sum (an alternating cycle, as in the
/// transportation problem). A step that changes totals is carried through the table of every banner.
struct Exchange {
  struct Change {
    var column: Int
    var group: Int
    var category: Int
    /// 1 rises, -1 falls, in the unit `plus`; the other way round in `minus`.
    var sign: Int
    var plus: Int
    var minus: Int?
    /// Whether the options of a multiple question bind each other here.
    var isBound: Bool
  }

  /// The audiences some of whose figures may change.
  var affected: [Int]
  var changes: [Change]
  /// What withholding the figures that change would cost.
  var cost: Int

  /// The changes added up by cell; those that cancel out are left away.
  var netChanges: [Change] {
    var net: [Change] = []
    for change in changes {
      if let known = net.firstIndex(where: {
        $0.column == change.column && $0.group == change.group && $0.category == change.category
      }) {
        net[known].sign += change.sign
      } else {
        net.append(change)
      }
    }
    return net.filter { $0.sign != 0 }
  }
}

/// Which groups a reader knows nothing of, by audience: neither a count nor a base nor the size.
struct GroupVisibility {
  /// By column, audience and group.
  var isDropped: [[[Bool]]]
  /// By column and audience: whether sizes are printed at all.
  var hasSizes: [[Bool]]

  func isFree(_ column: Int, audience: Int, group: Int) -> Bool {
    !hasSizes[column][audience] || isDropped[column][audience][group]
  }
}

/// The difference between the true table and a witness, cell by cell and atom by atom, while it is being built.
final class TableDifference {
  private(set) var values: [[Int]]
  private var touched: [(column: Int, cell: Int)] = []

  init(_ table: TableSystem) { values = table.counts.map { $0.map { _ in 0 } } }

  func reset() {
    for (column, cell) in touched { values[column][cell] = 0 }
    touched.removeAll(keepingCapacity: true)
  }

  func add(_ amount: Int, _ column: Int, _ cell: Int) {
    if values[column][cell] == 0 { touched.append((column, cell)) }
    values[column][cell] += amount
  }

  /// The cells that are empty in the witness though somebody is in them: those respondents can tell it from the truth.
  func emptiedCells(of table: TableSystem) -> [(column: Int, cell: Int)] {
    touched.filter {
      let count = table.counts[$0.column][$0.cell]
      return count > 0 && count + values[$0.column][$0.cell] == 0
    }
  }

  /// Whether some respondents' own cell is empty in the witness.
  func emptiesCell(of table: TableSystem) -> Bool {
    touched.contains { table.counts[$0.column][$0.cell] > 0 && table.counts[$0.column][$0.cell] + values[$0.column][$0.cell] == 0 }
  }

  var changedCells: [(column: Int, cell: Int)] { touched }
}

/// Finds the cheapest exchange that raises or lowers one figure.
struct ExchangeSearch {
  let model: AudienceModel
  let units: ColumnUnits
  let system: QuestionSystem
  let table: TableSystem
  let visibility: GroupVisibility
  /// By column and `unit * groups + group`: the size of each group in each unit; nobody can be thought to be where
  /// nobody is.
  let sizes: [[Int]]

  /// The figure that is to change: a set of categories in one group of a column, for one part.
  struct Target: Hashable {
    var column: Int
    var part: Int
    var group: Int
    var set: Int
  }

  /// A layer as one column sees it: its units there.
  private struct Place {
    var column: Int
    var layer: AudienceModel.Layer
    var plus: Int
    var minus: Int?

    /// By group: whether people may be thought to move between it and others.
    var isFree: [Bool]

    func change(_ group: Int, _ category: Int, _ sign: Int) -> Exchange.Change {
      Exchange.Change(
        column: column, group: group, category: category, sign: sign * layer.direction, plus: plus, minus: minus,
        isBound: !isFree[group])
    }
  }

  /// Where a layer acts under a column, or nil where nobody could see that it does.
  private func place(_ layer: AudienceModel.Layer, _ column: Int, isFine: Bool) -> Place? {
    let free = (0..<table.groups[column]).map { isFree(column, $0, layer) }
    if isFine { return Place(column: column, layer: layer, plus: layer.plus, minus: layer.minus, isFree: free) }
    let plus = units.classUnit[column][layer.plus]
    let minus = layer.minus.map { units.classUnit[column][$0] }
    return plus == minus ? nil : Place(column: column, layer: layer, plus: plus, minus: minus, isFree: free)
  }

  /// What an exchange is wanted for.
  struct Demand {
    /// 1 to raise the target, -1 to lower it.
    var sign: Int
    /// How many respondents are to be moved, over several exchanges if need be.
    var amount: Int
    /// Exchanges that cost more are of no use; 0 asks for one that changes nothing that is published.
    var limit: Int
  }

  /// The cheapest exchange that meets a demand, or nil where there is none.
  func cheapest(
    _ target: Target, _ demand: Demand, beside difference: TableDifference
  ) -> Exchange? {
    let sign = demand.sign
    let isFine = !units.isWhole(model.parts[target.part].atoms, target.column)
    var best: Exchange?
    for layer in model.layers where layer.effect[target.part] == sign && target.column > 0 {
      let leads = units.isRepresentative[target.column]
      guard isFine || (leads[layer.plus] && (layer.minus.map { leads[$0] } ?? true)) else { continue }
      guard let place = place(layer, target.column, isFine: isFine) else { continue }
      if let cycle = cycle(target, place, demand, difference), best.map({ cycle.cost < $0.cost }) ?? true {
        best = cycle
      }
      if best?.cost == 0 { return best }
    }
    if best != nil { return best }
    for layer in model.layers where layer.effect[target.part] == sign {
      // A total joins all banners: it is touched for its own sake, or where nothing of the banner is left to withhold.
      guard target.column == 0 || totalsAreOpen(layer) || isAllHidden(target.column, layer) else { continue }
      if let shift = shiftOfTotals(target, layer, demand, isFine: isFine, difference),
        best.map({ shift.cost < $0.cost }) ?? true
      {
        best = shift
      }
      if best?.cost == 0 { return best }
    }
    return best
  }

  /// How many respondents an exchange can move before a cell runs out.
  func capacity(_ exchange: Exchange, beside difference: TableDifference) -> Int {
    var capacity = TableSystem.unlimited
    for change in exchange.netChanges {
      capacity = min(capacity, room(change, difference) / abs(change.sign))
    }
    for bound in table.bounds { capacity = min(capacity, boundRoom(bound, exchange, difference)) }
    return min(capacity, askedRoom(exchange, difference))
  }

  // MARK: - Within one banner

  /// What one column looks like to a layer: what each cell and row would cost, and which rows may exchange people.
  private struct View {
    var groups: Int
    var cellCost: [Int]
    var up: [Int]
    var down: [Int]
    var isFree: [Bool]
  }

  private func view(_ place: Place, _ difference: TableDifference) -> View {
    let column = place.column
    let layer = place.layer
    let groups = table.groups[column]
    let categories = table.categories
    var view = View(
      groups: groups, cellCost: Array(repeating: 0, count: groups * categories),
      up: Array(repeating: 0, count: groups * categories), down: Array(repeating: 0, count: groups * categories),
      isFree: place.isFree)
    for group in 0..<groups {
      for category in 0..<categories {
        let position = group * categories + category
        view.up[position] = room(place.change(group, category, 1), difference)
        view.down[position] = room(place.change(group, category, -1), difference)
        var cost = 0
        for audience in layer.affected {
          cost += table.cellCost[column][(audience * groups + group) * categories + category]
        }
        view.cellCost[position] = cost
      }
    }
    return view
  }

  /// Whether people may be thought to move between this row and other such rows.
  private func isFree(_ column: Int, _ group: Int, _ layer: AudienceModel.Layer) -> Bool {
    column > 0
      && layer.affected.allSatisfy {
        visibility.isFree(column, audience: $0, group: group) || system.isTableWithheld[column][$0]
      }
  }

  private func wideCost(_ column: Int, _ group: Int, _ up: Int, _ down: Int, _ layer: AudienceModel.Layer) -> Int {
    var cost = 0
    for set in table.wideSets where table.sets[set].separates(up, down) {
      for audience in layer.affected {
        cost += table.wideCost(column, audience: audience, group: group, set: set)
      }
    }
    return cost
  }

  /// The cost of one row rising in `up` and falling in `down`, or nil where it cannot.
  private func rowCost(
    _ place: Place, _ group: Int, _ up: Int, _ down: Int, _ demand: Demand, _ view: View
  ) -> Int? {
    let categories = table.categories
    var room = min(view.up[group * categories + up], view.down[group * categories + down])
    for bound in table.bounds where room > 0 && bound.members[up] != bound.members[down] {
      room = min(room, self.room(of: bound, place, group, rising: bound.members[up] == (place.layer.direction > 0)))
    }
    guard room > 0 else { return nil }
    var cost = view.cellCost[group * categories + up] + view.cellCost[group * categories + down]
    if cost > demand.limit { return nil }
    cost += wideCost(place.column, group, up, down, place.layer)
    if cost > demand.limit { return nil }
    // A row that runs out calls for another one, at about the same cost again.
    return cost * ((demand.amount + room - 1) / room)
  }

  /// An alternating cycle through the target: the target's row changes, other rows bring each category's sum back.
  private func cycle(
    _ target: Target, _ place: Place, _ demand: Demand, _ difference: TableDifference
  ) -> Exchange? {
    let categories = table.categories
    let view = view(place, difference)
    let members = table.sets[target.set].members
    let free = (0..<view.groups).filter { view.isFree[$0] }

    // From each category that lacks one respondent, the cheapest row that gives it one and takes it from another.
    var arcs: [(cost: Int, rising: Int, falling: Int)?] = Array(repeating: nil, count: categories * categories)
    func offer(_ up: Int, _ down: Int, _ cost: Int, _ rising: Int, _ falling: Int) {
      let arc = up * categories + down
      if arcs[arc].map({ cost < $0.cost }) ?? true { arcs[arc] = (cost, rising, falling) }
    }
    for group in 0..<view.groups where group != target.group && !view.isFree[group] {
      for up in 0..<categories where view.up[group * categories + up] > 0 {
        for down in 0..<categories where down != up && view.down[group * categories + down] > 0 {
          if let cost = rowCost(place, group, up, down, demand, view) { offer(up, down, cost, group, group) }
        }
      }
    }
    if !free.isEmpty {
      for up in 0..<categories {
        guard let rising = free.filter({ $0 != target.group || !members[up] }).max(by: {
          view.up[$0 * categories + up] < view.up[$1 * categories + up]
        }), view.up[rising * categories + up] > 0 else { continue }
        for down in 0..<categories where down != up {
          guard let falling = free.filter({ $0 != target.group || !members[down] }).max(by: {
            view.down[$0 * categories + down] < view.down[$1 * categories + down]
          }), view.down[falling * categories + down] > 0 else { continue }
          offer(up, down, 0, rising, falling)
        }
      }
    }

    // The first move: the target rises in one of its categories, and its row (or another free row) falls.
    var best: Exchange?
    func consider(_ first: [Exchange.Change], from: Int, to: Int, cost: Int) {
      if let known = best, cost >= known.cost { return }
      guard let path = cheapestPath(from: from, to: to, arcs, categories, limit: best.map { $0.cost - cost }) else {
        return
      }
      var changes = first
      for (up, down) in path.steps {
        guard let arc = arcs[up * categories + down] else { continue }
        changes.append(place.change(arc.rising, up, 1))
        changes.append(place.change(arc.falling, down, -1))
      }
      let exchange = Exchange(affected: place.layer.affected, changes: changes, cost: cost + path.cost)
      if capacity(exchange, beside: difference) > 0 { best = exchange }
    }
    for up in 0..<categories where members[up] && view.up[target.group * categories + up] > 0 {
      let rise = place.change(target.group, up, 1)
      if view.isFree[target.group] {
        for row in free {
          for down in 0..<categories
          where (row != target.group || !members[down]) && view.down[row * categories + down] > 0 {
            consider(
              [rise, place.change(row, down, -1)], from: down, to: up, cost: 0)
          }
        }
      } else {
        for down in 0..<categories where !members[down] {
          guard let cost = rowCost(place, target.group, up, down, demand, view) else { continue }
          consider(
            [rise, place.change(target.group, down, -1)], from: down, to: up,
            cost: cost)
        }
      }
    }
    return best
  }

  /// Dijkstra (1959) over the categories: from the one that lacks a respondent to the one that has one too many.
  private func cheapestPath(
    from start: Int, to end: Int, _ arcs: [(cost: Int, rising: Int, falling: Int)?], _ categories: Int, limit: Int?
  ) -> (cost: Int, steps: [(Int, Int)])? {
    if start == end { return (0, []) }
    var distance = Array(repeating: Int.max, count: categories)
    var previous = Array(repeating: -1, count: categories)
    var isDone = Array(repeating: false, count: categories)
    distance[start] = 0
    while true {
      var node = -1
      for candidate in 0..<categories where !isDone[candidate] && distance[candidate] < Int.max {
        if node < 0 || distance[candidate] < distance[node] { node = candidate }
      }
      guard node >= 0 else { return nil }
      if let limit, distance[node] >= limit { return nil }
      if node == end { break }
      isDone[node] = true
      for next in 0..<categories where !isDone[next] {
        guard let arc = arcs[node * categories + next] else { continue }
        if distance[node] + arc.cost < distance[next] {
          distance[next] = distance[node] + arc.cost
          previous[next] = node
        }
      }
    }
    var steps: [(Int, Int)] = []
    var node = end
    while node != start {
      steps.append((previous[node], node))
      node = previous[node]
    }
    return (distance[end], steps.reversed())
  }

  // MARK: - Through the totals

  /// An exchange that changes totals: one category rises and another falls, in the total and in every banner.
  private func shiftOfTotals(
    _ target: Target, _ layer: AudienceModel.Layer, _ demand: Demand, isFine: Bool,
    _ difference: TableDifference
  ) -> Exchange? {
    let members = table.sets[target.set].members
    var places: [Place?] = []
    for column in table.groups.indices {
      places.append(place(layer, column, isFine: column == 0 || (isFine && column == target.column)))
    }
    let views = places.map { $0.map { view($0, difference) } }
    var best: Exchange?
    for up in 0..<table.categories where members[up] {
      for down in 0..<table.categories where !members[down] {
        guard let exchange = shift(up, down, target, layer, demand, places, views) else { continue }
        if let known = best, exchange.cost >= known.cost { continue }
        if capacity(exchange, beside: difference) > 0 { best = exchange }
      }
    }
    return best
  }

  /// Whether at least two answers' totals are withheld from everyone who could see them change.
  private func totalsAreOpen(_ layer: AudienceModel.Layer) -> Bool {
    (0..<table.categories).count { category in
      layer.affected.allSatisfy { table.cellCost[0][$0 * table.categories + category] == 0 }
    } >= 2
  }

  private func isAllHidden(_ column: Int, _ layer: AudienceModel.Layer) -> Bool {
    (0..<table.groups[column]).allSatisfy { isFree(column, $0, layer) }
  }

  private func shift(
    _ up: Int, _ down: Int, _ target: Target, _ layer: AudienceModel.Layer, _ demand: Demand, _ places: [Place?],
    _ views: [View?]
  ) -> Exchange? {
    guard let total = places[0], let totalView = views[0],
      let totalCost = rowCost(total, 0, up, down, demand, totalView)
    else { return nil }
    var exchange = Exchange(
      affected: layer.affected, changes: [total.change(0, up, 1), total.change(0, down, -1)], cost: totalCost)
    for column in table.groups.indices.dropFirst() {
      if column == system.ownColumn {
        // Under the question's own banner its answers are groups: their sizes would have to change.
        let isHidden = layer.affected.allSatisfy { audience in
          [up, down].allSatisfy { visibility.isFree(column, audience: audience, group: $0) }
        }
        if !isHidden { return nil }
        continue
      }
      let isUnseen = layer.affected.allSatisfy { !visibility.hasSizes[column][$0] }
      if isUnseen && column != target.column { continue }
      guard let place = places[column], let view = views[column] else {
        // Nobody can see under this column that anything changed.
        if column == target.column { return nil }
        continue
      }
      let rows = column == target.column ? [target.group] : Array(0..<view.groups)
      guard let best = cheapestRows(place, view, up, down, demand, rows) else { return nil }
      exchange.cost += best.cost
      exchange.changes.append(place.change(best.rising, up, 1))
      exchange.changes.append(place.change(best.falling, down, -1))
    }
    return exchange
  }

  /// The row, or two free rows, that carry a change of totals under one column at the least cost.
  private func cheapestRows(
    _ place: Place, _ view: View, _ up: Int, _ down: Int, _ demand: Demand, _ rows: [Int]
  ) -> (cost: Int, rising: Int, falling: Int)? {
    let categories = table.categories
    var best: (cost: Int, rising: Int, falling: Int)?
    for group in rows {
      guard let cost = rowCost(place, group, up, down, demand, view) else { continue }
      if best.map({ cost < $0.cost }) ?? true { best = (cost, group, group) }
    }
    let free = (0..<view.groups).filter { view.isFree[$0] }
    let rising = free.filter(rows.contains).max { view.up[$0 * categories + up] < view.up[$1 * categories + up] }
    let falling = free.max { view.down[$0 * categories + down] < view.down[$1 * categories + down] }
    if let rising, let falling, view.up[rising * categories + up] > 0, view.down[falling * categories + down] > 0,
      best.map({ $0.cost > 0 }) ?? true
    {
      best = (0, rising, falling)
    }
    return best
  }

  // MARK: - Room

  /// By how much a cell can change: no count below zero, nobody where nobody is, and no cell that an earlier exchange of
  /// the same witness moved the other way.
  private func room(_ change: Exchange.Change, _ difference: TableDifference) -> Int {
    let plus = room(change, change.plus, change.sign, difference)
    guard plus > 0, let minus = change.minus else { return plus }
    return min(plus, room(change, minus, -change.sign, difference))
  }

  /// Options are bound to each other only where a reader sees any of them: people who may be thought elsewhere take all
  /// of their answers with them.
  private func room(
    _ change: Exchange.Change, _ unit: Int, _ sign: Int, _ difference: TableDifference
  ) -> Int {
    let column = change.column
    let cell = table.cell(column, unit: unit, group: change.group, category: change.category)
    let moved = difference.values[column][cell]
    if sign > 0 {
      guard moved >= 0, sizes[column][unit * table.groups[column] + change.group] > 0 else { return 0 }
      return (change.isBound ? table.risingRoom?[column][cell] ?? TableSystem.unlimited : TableSystem.unlimited) - moved
    }
    guard moved <= 0 else { return 0 }
    let room = change.isBound ? table.fallingRoom?[column][cell] ?? TableSystem.unlimited : TableSystem.unlimited
    return min(table.counts[column][cell], room) + moved
  }

  /// By how much a routing count can rise or fall in one group, before what the same witness has moved.
  private func room(of bound: RoutingBound, _ place: Place, _ group: Int, rising: Bool) -> Int {
    let column = place.column
    guard bound.binds(column, group, place.layer.affected) else { return TableSystem.unlimited }
    let groups = table.groups[column]
    func room(_ unit: Int, _ rising: Bool) -> Int {
      (rising ? bound.rise : bound.fall)[column][unit * groups + group]
    }
    let plus = room(place.plus, rising)
    return place.minus.map { min(plus, room($0, !rising)) } ?? plus
  }

  /// Each (unit, group) row that an exchange changes, with what happens to the count of a set of categories in it.
  private func rowChanges(
    _ exchange: Exchange, of members: (Int) -> Bool
  ) -> [(column: Int, unit: Int, group: Int, change: Int)] {
    var rows: [(column: Int, unit: Int, group: Int, change: Int)] = []
    for change in exchange.changes where members(change.category) {
      for (unit, sign) in [(Optional(change.plus), change.sign), (change.minus, -change.sign)] {
        guard let unit else { continue }
        if let known = rows.firstIndex(where: {
          $0.column == change.column && $0.unit == unit && $0.group == change.group
        }) {
          rows[known].change += sign
        } else {
          rows.append((change.column, unit, change.group, sign))
        }
      }
    }
    return rows.filter { $0.change != 0 }
  }

  private func boundRoom(
    _ bound: RoutingBound, _ exchange: Exchange, _ difference: TableDifference
  ) -> Int {
    var capacity = TableSystem.unlimited
    for row in rowChanges(exchange, of: { bound.members[$0] }) where bound.binds(row.column, row.group, exchange.affected) {
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

  /// In rows that are free only because a routed question's whole table is withheld, no more can have answered than
  /// can have been asked.
  private func askedRoom(_ exchange: Exchange, _ difference: TableDifference) -> Int {
    var capacity = TableSystem.unlimited
    for row in rowChanges(exchange, of: { _ in true }) where row.change > 0 && row.column > 0 {
      let isSizeFree = exchange.affected.allSatisfy {
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
