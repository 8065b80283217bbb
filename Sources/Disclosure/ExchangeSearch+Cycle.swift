/// Exchanges within one banner.
extension ExchangeSearch {
  /// What one column looks like to a layer: what each cell and row would cost, and which rows may exchange people.
  struct View {
    var groups: Int
    var cellCost: [Int]
    var up: [Int]
    var down: [Int]
    var isFree: [Bool]
  }

  func view(_ place: Place, _ difference: TableDifference) -> View {
    let column = place.column
    let layer = place.layer
    let groups = table.groups[column]
    let categories = table.categories
    var view = View(
      groups: groups, cellCost: Array(repeating: 0, count: groups * categories),
      up: Array(repeating: 0, count: groups * categories),
      down: Array(repeating: 0, count: groups * categories),
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
  func isFree(_ column: Int, _ group: Int, _ layer: AudienceModel.Layer) -> Bool {
    column > 0
      && layer.affected.allSatisfy {
        visibility.isFree(column, audience: $0, group: group) || system.isRowWithheld[column][$0][group]
      }
  }

  func wideCost(_ column: Int, _ group: Int, _ up: Int, _ down: Int, _ layer: AudienceModel.Layer) -> Int {
    var cost = 0
    for set in table.wideSets where table.sets[set].separates(up, down) {
      for audience in layer.affected {
        cost += table.wideCost(column, audience: audience, group: group, set: set)
      }
    }
    return cost
  }

  /// The cost of one row rising in `up` and falling in `down`, or nil where it cannot.
  func rowCost(
    _ place: Place, _ group: Int, _ up: Int, _ down: Int, _ demand: Demand, _ view: View
  ) -> Int? {
    let categories = table.categories
    var room = min(view.up[group * categories + up], view.down[group * categories + down])
    for bound in table.bounds where room > 0 && bound.members[up] != bound.members[down] {
      room = min(
        room, self.room(of: bound, place, group, rising: bound.members[up] == (place.layer.direction > 0)))
    }
    guard room > 0 else { return nil }
    var cost = view.cellCost[group * categories + up] + view.cellCost[group * categories + down]
    if cost > demand.limit { return nil }
    cost += wideCost(place.column, group, up, down, place.layer)
    if cost > demand.limit || cost >= TableSystem.unlimited { return nil }
    // A row that runs out calls for another one, at about the same cost again.
    return cost * ((demand.amount + room - 1) / room)
  }

  /// An alternating cycle through the target: the target's row changes, other rows bring each category's sum back.
  func cycle(
    _ target: Target, _ place: Place, _ demand: Demand, _ difference: TableDifference
  ) -> Exchange? {
    let categories = table.categories
    let view = view(place, difference)
    let members = table.sets[target.set].members
    let free = (0..<view.groups).filter { view.isFree[$0] }

    // From each category that lacks one respondent, the cheapest row that gives it one and takes it from another.
    var arcs: [(cost: Int, rising: Int, falling: Int)?] = Array(
      repeating: nil, count: categories * categories)
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
        guard
          let rising = free.filter({ $0 != target.group || !members[up] }).max(by: {
            view.up[$0 * categories + up] < view.up[$1 * categories + up]
          }), view.up[rising * categories + up] > 0
        else { continue }
        for down in 0..<categories where down != up {
          guard
            let falling = free.filter({ $0 != target.group || !members[down] }).max(by: {
              view.down[$0 * categories + down] < view.down[$1 * categories + down]
            }), view.down[falling * categories + down] > 0
          else { continue }
          offer(up, down, 0, rising, falling)
        }
      }
    }

    // The first move: the target rises in one of its categories, and its row (or another free row) falls.
    var best: Exchange?
    func consider(_ first: [Exchange.Change], from: Int, to: Int, cost: Int) {
      if let known = best, cost >= known.cost { return }
      guard let path = cheapestPath(from: from, to: to, arcs, categories, limit: best.map { $0.cost - cost })
      else {
        return
      }
      var changes = first
      for (up, down) in path.steps {
        guard let arc = arcs[up * categories + down] else { continue }
        changes.append(place.change(arc.rising, up, 1))
        changes.append(place.change(arc.falling, down, -1))
      }
      let exchange = Exchange(changes: changes, cost: cost + path.cost)
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
  func cheapestPath(
    from start: Int, to end: Int, _ arcs: [(cost: Int, rising: Int, falling: Int)?], _ categories: Int,
    limit: Int?
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
}
