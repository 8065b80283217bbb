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
    /// 1 rises, -1 falls, in the layer's `plus` atom; the other way round in its `minus` atom.
    var sign: Int
  }

  var layer: Int
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
struct TableDifference {
  private(set) var values: [[Int]]
  private var touched: [(column: Int, cell: Int)] = []

  init(_ table: TableSystem) { values = table.counts.map { $0.map { _ in 0 } } }

  mutating func reset() {
    for (column, cell) in touched { values[column][cell] = 0 }
    touched.removeAll(keepingCapacity: true)
  }

  mutating func add(_ amount: Int, _ column: Int, _ cell: Int) {
    if values[column][cell] == 0 { touched.append((column, cell)) }
    values[column][cell] += amount
  }

  /// Whether some respondents' own cell is empty in the witness, so that they can tell it from the truth.
  func emptiesCell(of table: TableSystem) -> Bool {
    touched.contains { table.counts[$0.column][$0.cell] > 0 && table.counts[$0.column][$0.cell] + values[$0.column][$0.cell] == 0 }
  }

  var changedCells: [(column: Int, cell: Int)] { touched }
}

/// Finds the cheapest exchange that raises or lowers one figure.
struct ExchangeSearch {
  let model: AudienceModel
  let system: QuestionSystem
  let table: TableSystem
  let visibility: GroupVisibility
  /// By column and `atom * groups + group`: the size of each group in each atom; nobody can be thought to be where
  /// nobody is.
  let sizes: [[Int]]

  /// The figure that is to change: a set of categories in one group of a column, for one part.
  struct Target: Hashable {
    var column: Int
    var part: Int
    var group: Int
    var set: Int
  }

  /// The cheapest exchange that adds `sign` to the target, or nil where there is none.
  func cheapest(_ target: Target, sign: Int, beside difference: borrowing TableDifference) -> Exchange? {
    var best: Exchange?
    for (index, layer) in model.layers.enumerated() where layer.effect[target.part] == sign {
      if target.column > 0, let cycle = cycle(target, index, difference) {
        if best.map({ cycle.cost < $0.cost }) ?? true { best = cycle }
      }
      if best?.cost == 0 { return best }
    }
    if best != nil { return best }
    for (index, layer) in model.layers.enumerated() where layer.effect[target.part] == sign {
      if let shift = shiftOfTotals(target, index, difference) {
        if best.map({ shift.cost < $0.cost }) ?? true { best = shift }
      }
      if best?.cost == 0 { return best }
    }
    return best
  }

  /// How many respondents an exchange can move before a cell runs out.
  func capacity(_ exchange: Exchange, beside difference: borrowing TableDifference) -> Int {
    let layer = model.layers[exchange.layer]
    var capacity = TableSystem.unlimited
    for change in exchange.netChanges {
      let sign = change.sign.signum()
      let room = room(change.column, change.group, change.category, sign, layer, difference)
      capacity = min(capacity, room / abs(change.sign))
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

  private func view(_ column: Int, _ layer: AudienceModel.Layer, _ difference: borrowing TableDifference) -> View {
    let groups = table.groups[column]
    let categories = table.categories
    var view = View(
      groups: groups, cellCost: Array(repeating: 0, count: groups * categories),
      up: Array(repeating: 0, count: groups * categories), down: Array(repeating: 0, count: groups * categories),
      isFree: Array(repeating: false, count: groups))
    for group in 0..<groups {
      view.isFree[group] = isFree(column, group, layer)
      for category in 0..<categories {
        let position = group * categories + category
        view.up[position] = room(column, group, category, 1, layer, difference)
        view.down[position] = room(column, group, category, -1, layer, difference)
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
    _ column: Int, _ group: Int, _ up: Int, _ down: Int, _ layer: AudienceModel.Layer, _ view: View
  ) -> Int? {
    let categories = table.categories
    guard view.up[group * categories + up] > 0, view.down[group * categories + down] > 0 else { return nil }
    for bound in table.bounds where bound.members[up] != bound.members[down] {
      if self.room(of: bound, column, group, rising: bound.members[up], layer) <= 0 { return nil }
    }
    return view.cellCost[group * categories + up] + view.cellCost[group * categories + down]
      + wideCost(column, group, up, down, layer)
  }

  /// An alternating cycle through the target: the target's row changes, other rows bring each category's sum back.
  private func cycle(_ target: Target, _ index: Int, _ difference: borrowing TableDifference) -> Exchange? {
    let layer = model.layers[index]
    let column = target.column
    let categories = table.categories
    let view = view(column, layer, difference)
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
          if let cost = rowCost(column, group, up, down, layer, view) { offer(up, down, cost, group, group) }
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
        changes.append(.init(column: column, group: arc.rising, category: up, sign: 1))
        changes.append(.init(column: column, group: arc.falling, category: down, sign: -1))
      }
      let exchange = Exchange(layer: index, changes: changes, cost: cost + path.cost)
      if capacity(exchange, beside: difference) > 0 { best = exchange }
    }
    for up in 0..<categories where members[up] && view.up[target.group * categories + up] > 0 {
      let rise = Exchange.Change(column: column, group: target.group, category: up, sign: 1)
      if view.isFree[target.group] {
        for row in free {
          for down in 0..<categories
          where (row != target.group || !members[down]) && view.down[row * categories + down] > 0 {
            consider(
              [rise, .init(column: column, group: row, category: down, sign: -1)], from: down, to: up, cost: 0)
          }
        }
      } else {
        for down in 0..<categories where !members[down] {
          guard let cost = rowCost(column, target.group, up, down, layer, view) else { continue }
          consider(
            [rise, .init(column: column, group: target.group, category: down, sign: -1)], from: down, to: up,
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
  private func shiftOfTotals(_ target: Target, _ index: Int, _ difference: borrowing TableDifference) -> Exchange? {
    let layer = model.layers[index]
    let categories = table.categories
    let members = table.sets[target.set].members
    let views = table.groups.indices.map { view($0, layer, difference) }
    var best: Exchange?
    for up in 0..<categories where members[up] {
      for down in 0..<categories where !members[down] {
        guard let exchange = shift(up, down, target, index, layer, views) else { continue }
        if let known = best, exchange.cost >= known.cost { continue }
        if capacity(exchange, beside: difference) > 0 { best = exchange }
      }
    }
    return best
  }

  private func shift(
    _ up: Int, _ down: Int, _ target: Target, _ index: Int, _ layer: AudienceModel.Layer, _ views: [View]
  ) -> Exchange? {
    let categories = table.categories
    guard let totalCost = rowCost(0, 0, up, down, layer, views[0]) else { return nil }
    var exchange = Exchange(
      layer: index,
      changes: [
        .init(column: 0, group: 0, category: up, sign: 1), .init(column: 0, group: 0, category: down, sign: -1),
      ], cost: totalCost)
    for column in table.groups.indices.dropFirst() {
      if column == system.ownColumn {
        // Under the question's own banner its answers are groups: their sizes would have to change.
        let rows = [up, down].map { min($0, table.groups[column] - 1) }
        let isHidden = layer.affected.allSatisfy { audience in
          rows.allSatisfy { visibility.isFree(column, audience: audience, group: $0) }
        }
        if !isHidden { return nil }
        continue
      }
      let view = views[column]
      let isUnseen = layer.affected.allSatisfy { !visibility.hasSizes[column][$0] }
      if isUnseen && column != target.column { continue }
      var best: (cost: Int, rising: Int, falling: Int)?
      let rows = column == target.column ? [target.group] : Array(0..<view.groups)
      for group in rows {
        guard let cost = rowCost(column, group, up, down, layer, view) else { continue }
        if best.map({ cost < $0.cost }) ?? true { best = (cost, group, group) }
      }
      let free = (0..<view.groups).filter { view.isFree[$0] }
      let rising = (column == target.column ? free.filter { $0 == target.group } : free)
        .max { view.up[$0 * categories + up] < view.up[$1 * categories + up] }
      let falling = free.max { view.down[$0 * categories + down] < view.down[$1 * categories + down] }
      if let rising, let falling, view.up[rising * categories + up] > 0, view.down[falling * categories + down] > 0,
        best.map({ $0.cost > 0 }) ?? true
      {
        best = (0, rising, falling)
      }
      guard let best else { return nil }
      exchange.cost += best.cost
      exchange.changes.append(.init(column: column, group: best.rising, category: up, sign: 1))
      exchange.changes.append(.init(column: column, group: best.falling, category: down, sign: -1))
    }
    return exchange
  }

  // MARK: - Room

  /// By how much a cell can change in the layer's direction: no count below zero, nobody where nobody is, and no cell
  /// that an earlier exchange of the same witness moved the other way.
  private func room(
    _ column: Int, _ group: Int, _ category: Int, _ sign: Int, _ layer: AudienceModel.Layer,
    _ difference: borrowing TableDifference
  ) -> Int {
    let plus = roomInAtom(column, layer.plus, group, category, sign, difference)
    guard plus > 0, let minus = layer.minus else { return plus }
    return min(plus, roomInAtom(column, minus, group, category, -sign, difference))
  }

  private func roomInAtom(
    _ column: Int, _ atom: Int, _ group: Int, _ category: Int, _ sign: Int, _ difference: borrowing TableDifference
  ) -> Int {
    let cell = table.cell(column, atom: atom, group: group, category: category)
    let moved = difference.values[column][cell]
    if sign > 0 {
      guard moved >= 0, sizes[column][atom * table.groups[column] + group] > 0 else { return 0 }
      return (table.risingRoom?[column][cell] ?? TableSystem.unlimited) - moved
    }
    guard moved <= 0 else { return 0 }
    return min(table.counts[column][cell], table.fallingRoom?[column][cell] ?? TableSystem.unlimited) + moved
  }

  /// By how much a routing count can rise or fall in one group, before what the same witness has moved.
  private func room(
    of bound: RoutingBound, _ column: Int, _ group: Int, rising: Bool, _ layer: AudienceModel.Layer
  ) -> Int {
    let groups = table.groups[column]
    func room(_ atom: Int, _ rising: Bool) -> Int {
      (rising ? bound.rise : bound.fall)[column][atom * groups + group]
    }
    let plus = room(layer.plus, rising)
    return layer.minus.map { min(plus, room($0, !rising)) } ?? plus
  }

  /// Each (atom, group) row that an exchange changes, with what happens to the count of a set of categories in it.
  private func rowChanges(
    _ exchange: Exchange, of members: (Int) -> Bool
  ) -> [(column: Int, atom: Int, group: Int, change: Int)] {
    let layer = model.layers[exchange.layer]
    var rows: [(column: Int, atom: Int, group: Int, change: Int)] = []
    for change in exchange.changes where members(change.category) {
      for (atom, sign) in [(Optional(layer.plus), change.sign), (layer.minus, -change.sign)] {
        guard let atom else { continue }
        if let known = rows.firstIndex(where: {
          $0.column == change.column && $0.atom == atom && $0.group == change.group
        }) {
          rows[known].change += sign
        } else {
          rows.append((change.column, atom, change.group, sign))
        }
      }
    }
    return rows.filter { $0.change != 0 }
  }

  private func boundRoom(
    _ bound: RoutingBound, _ exchange: Exchange, _ difference: borrowing TableDifference
  ) -> Int {
    var capacity = TableSystem.unlimited
    for row in rowChanges(exchange, of: { bound.members[$0] }) {
      let groups = table.groups[row.column]
      let start = table.cell(row.column, atom: row.atom, group: row.group, category: 0)
      var moved = 0
      for category in 0..<table.categories where bound.members[category] {
        moved += difference.values[row.column][start + category]
      }
      let index = row.atom * groups + row.group
      let room =
        row.change > 0 ? bound.rise[row.column][index] - moved : bound.fall[row.column][index] + moved
      capacity = min(capacity, room / abs(row.change))
    }
    return max(0, capacity)
  }

  /// In rows that are free only because a routed question's whole table is withheld, no more can have answered than
  /// can have been asked.
  private func askedRoom(_ exchange: Exchange, _ difference: borrowing TableDifference) -> Int {
    let layer = model.layers[exchange.layer]
    var capacity = TableSystem.unlimited
    for row in rowChanges(exchange, of: { _ in true }) where row.change > 0 && row.column > 0 {
      let isSizeFree = layer.affected.allSatisfy {
        visibility.isFree(row.column, audience: $0, group: row.group)
      }
      if isSizeFree { continue }
      let start = table.cell(row.column, atom: row.atom, group: row.group, category: 0)
      var moved = 0
      for category in 0..<table.categories { moved += difference.values[row.column][start + category] }
      let room = system.askedRoom[row.column][row.atom * table.groups[row.column] + row.group] - moved
      capacity = min(capacity, room / row.change)
    }
    return max(0, capacity)
  }
}
