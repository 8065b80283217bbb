/// Exchanges that change totals, and so the table of every banner.
extension ExchangeSearch {
  /// An exchange that changes totals: one category rises and another falls, in the total and in every banner.
  func shiftOfTotals(
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
        guard
          let exchange = shift(
            up, down, target, layer, demand, places, views, difference)
        else { continue }
        if let known = best, exchange.cost >= known.cost { continue }
        if capacity(exchange, beside: difference) > 0 { best = exchange }
      }
    }
    return best
  }

  /// Whether a layer's change of totals moves the target the way it should.
  func shifts(_ target: Target, _ layer: AudienceModel.Layer, _ sign: Int) -> Bool {
    guard let minus = layer.minus, units.areSeparate(layer.plus, minus, target.column) else {
      return layer.effect[target.part] == sign
    }
    // Each of the two atoms changes in a row of its own: the one that is to be the target's must have people there.
    let atom = sign > 0 ? layer.plus : minus
    return model.parts[target.part].atoms[atom]
      && sizes[target.column][atom * table.groups[target.column] + target.group] > 0
  }

  /// Whether at least two answers' totals are withheld from everyone who could see them change.
  func totalsAreOpen(_ layer: AudienceModel.Layer) -> Bool {
    (0..<table.categories).count { category in
      layer.affected.allSatisfy { table.cellCost[0][$0 * table.categories + category] == 0 }
    } >= 2
  }

  func isAllHidden(_ column: Int, _ layer: AudienceModel.Layer) -> Bool {
    (0..<table.groups[column]).allSatisfy { isFree(column, $0, layer) }
  }

  func shift(
    _ up: Int, _ down: Int, _ target: Target, _ layer: AudienceModel.Layer, _ demand: Demand,
    _ places: [Place?], _ views: [View?], _ difference: TableDifference
  ) -> Exchange? {
    guard let total = places[0], let totalView = views[0],
      let totalCost = rowCost(total, 0, up, down, demand, totalView)
    else { return nil }
    var exchange = Exchange(
      changes: [total.change(0, up, 1), total.change(0, down, -1)], cost: totalCost)
    for column in table.groups.indices.dropFirst() {
      if column == system.ownColumn {
        // Under the question's own banner its answers are groups: their sizes would have to change.
        let isHidden = layer.affected.allSatisfy { audience in
          [up, down].allSatisfy { visibility.isFree(column, audience: audience, group: $0) }
        }
        if !isHidden { return nil }
        continue
      }
      if let minus = layer.minus, units.areSeparate(layer.plus, minus, column) {
        guard let parts = separateRows(target, layer, column, up, down, demand, difference) else {
          return nil
        }
        exchange.cost += parts.cost
        exchange.changes += parts.changes
        continue
      }
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

  /// Under a banner that the packs are made by, the two atoms of a layer have rows of their own: each changes by itself,
  /// and whoever sees both rows sees them change.
  private func separateRows(
    _ target: Target, _ layer: AudienceModel.Layer, _ column: Int, _ up: Int, _ down: Int, _ demand: Demand,
    _ difference: TableDifference
  ) -> (cost: Int, changes: [Exchange.Change])? {
    guard let minus = layer.minus, let rising = model.single(layer.plus, direction: 1),
      let falling = model.single(minus, direction: -1)
    else { return nil }
    var cost = 0
    var changes: [Exchange.Change] = []
    let atoms = model.parts[target.part].atoms
    for (part, atom, isTarget) in [(rising, layer.plus, demand.sign > 0), (falling, minus, demand.sign < 0)] {
      guard part.affected.contains(where: { visibility.hasSizes[column][$0] }) else { continue }
      let isFine = column == target.column && !units.isWhole(atoms, column)
      guard let place = place(part, column, isFine: isFine) else { return nil }
      var rows = Array(0..<table.groups[column])
      if column == target.column {
        // The other atom must not undo the change in the target's own row.
        rows = isTarget ? [target.group] : atoms[atom] ? rows.filter { $0 != target.group } : rows
      }
      // A reversed layer falls where its changes say rise.
      let view = view(place, difference)
      guard let best = cheapestRows(place, view, up, down, demand, rows) else { return nil }
      cost += best.cost
      changes.append(place.change(best.rising, up, 1))
      changes.append(place.change(best.falling, down, -1))
    }
    return (cost, changes)
  }

  /// The row, or two free rows, that carry a change of totals under one column at the least cost.
  func cheapestRows(
    _ place: Place, _ view: View, _ up: Int, _ down: Int, _ demand: Demand, _ rows: [Int]
  ) -> (cost: Int, rising: Int, falling: Int)? {
    let categories = table.categories
    var best: (cost: Int, rising: Int, falling: Int)?
    for group in rows {
      guard let cost = rowCost(place, group, up, down, demand, view) else { continue }
      if best.map({ cost < $0.cost }) ?? true { best = (cost, group, group) }
    }
    let free = (0..<view.groups).filter { view.isFree[$0] }
    let rising = free.filter(rows.contains).max {
      view.up[$0 * categories + up] < view.up[$1 * categories + up]
    }
    let falling = free.max { view.down[$0 * categories + down] < view.down[$1 * categories + down] }
    if let rising, let falling, view.up[rising * categories + up] > 0,
      view.down[falling * categories + down] > 0,
      best.map({ $0.cost > 0 }) ?? true
    {
      best = (0, rising, falling)
    }
    return best
  }
}
