import Solver

/// Numbers for the sizes that are not printed: how many people are in which atom, and in groups that are withheld whole.
struct SizeAssignments {
  struct Assignment {
    var sizes: [(unknown: Int, size: Int)]
    /// The size that is as large or as small as it can be, where it is one alone.
    var moved: Int?
  }

  /// The first has people everywhere; the next move many sizes at a time; each of the others makes one group that is
  /// withheld whole as large as it can be, or as small, with people elsewhere as that leaves.
  let assignments: [Assignment]

  /// What moving one person weighs where all sizes are moved at once: less than the next few who are wanted, and more.
  private static let swings: [Double] = [30, 300, 30, 300]
  /// More are not tried.
  private static let limit = 96
  /// How many people are wanted everywhere: a weight for each of the first, the next few, and some more. Packs that
  /// overlap much may go with no answers, so each of these wants less than the one before.
  static let presences: [[Double]] = [[1_000, 50, 5], [1_000, 50, 0], [1_000, 0, 0], [0, 0, 0]]
  static let tiers = [1, 8, 40]

  init(
    _ tables: CountTables, _ bounds: Propagation, _ groups: InterchangeableGroups, presence: [Double],
    limits: [SizeLimit]
  ) {
    let system = tables.system.limited { tables.cells[$0].question < 0 }
    // Groups of a banner that is a question are counts of that question.
    let open = tables.cells.indices.filter { unknown in
      let cell = tables.cells[unknown]
      return cell.question < 0 && !bounds.isFixed(unknown)
        && !tables.questions.contains { $0.id == tables.columns[cell.column].id }
    }
    guard !open.isEmpty else {
      assignments = [Assignment(sizes: [])]
      return
    }
    let isOpen = Set(open)
    let component = Component(
      unknowns: open,
      constraints: system.constraints.indices.filter { index in
        system.constraints[index].form.unknowns.contains { !bounds.isFixed(Int($0)) }
          && system.constraints[index].form.unknowns.allSatisfy {
            isOpen.contains(Int($0)) || bounds.isFixed(Int($0))
          }
      })
    let local = LocalSystem(component, system, bounds)
    var program = TableProgram(
      local, tiers: Self.tiers, limits: limits.map { local.local($0, beside: [:]) })
    var found: [(table: [Int], moved: Int?)] = []
    // Else the packs overlap as little as the printed sizes allow.
    var overlap = LinearForm()
    for (index, unknown) in open.enumerated() {
      let cell = tables.cells[unknown]
      let packs = tables.columns[cell.column].classes[cell.people].map { atom in
        tables.atoms.isMember[atom].count { $0 }
      }
      overlap.add(index, -Double((packs.min() ?? 0) * (packs.min() ?? 0)))
    }
    func solve(_ form: ObjectiveSum, moved: Int? = nil) {
      var objective = form
      objective.add(overlap, 0.1)
      guard let point = program.point(objective, presence: presence), let table = local.table(point),
        !found.contains(where: { $0.table == table })
      else { return }
      found.append((table, moved))
    }
    solve(ObjectiveSum())
    // Many at a time one way and the other, first with some people left everywhere, then with at least one.
    var random = SplitMix(state: 0x517E5)
    for weight in Self.swings {
      let signs = open.map { _ in Double(random.next(below: 2) * 2 - 1) }
      for side in [1.0, -1] {
        var objective = ObjectiveSum()
        for (index, unknown) in open.enumerated() where tables.cells[unknown].column > 0 {
          objective.add(LinearForm(columns: [Int32(index)], coefficients: [1]), signs[index] * side * weight)
        }
        solve(objective)
      }
    }
    func isLookedAt(_ unknown: Int) -> Bool {
      let cell = tables.cells[unknown]
      return cell.column > 0 && !groups.hasFirst(cell.column, cell.group)
    }
    // One at a time, with people left elsewhere, and then as far as it goes.
    for weight in [Self.swings.last ?? 0, 100_000] {
      for (index, unknown) in open.enumerated() where isLookedAt(unknown) && found.count < Self.limit {
        for sign in [1.0, -1] {
          var objective = ObjectiveSum()
          objective.add(LinearForm(columns: [Int32(index)], coefficients: [sign]), weight)
          solve(objective, moved: unknown)
        }
      }
    }
    if found.isEmpty, let point = program.anyPoint(), let table = local.table(point) {
      found.append((table, nil))
    }
    let order = Self.order(
      found.map(\.table), Self.pairs(of: open, tables, groups),
      width: tables.release.definition.protection.minimumCell)
    assignments = order.map { position in
      Assignment(sizes: zip(open, found[position].table).map { ($0, $1) }, moved: found[position].moved)
    }
  }

  /// Sizes, each with those of the groups whose respondents it must not be told by.
  private static func pairs(
    of open: [Int], _ tables: CountTables, _ groups: InterchangeableGroups
  ) -> [(size: Int, beside: Int)] {
    var pairs: [(size: Int, beside: Int)] = []
    for (size, unknown) in open.enumerated() {
      let cell = tables.cells[unknown]
      if cell.column == 0 || groups.hasFirst(cell.column, cell.group) { continue }
      for (beside, other) in open.enumerated() {
        let other = tables.cells[other]
        if other.column == cell.column, !groups.isSpared(other.column, other.group) {
          pairs.append((size, beside))
        }
      }
    }
    return pairs
  }

  /// The first, then those that do most next for each size to lie far apart in tables that have people of another group: so
  /// that a respondent of that group cannot tell it. Last, in their order, those that add nothing.
  private static func order(_ tables: [[Int]], _ pairs: [(size: Int, beside: Int)], width: Int) -> [Int] {
    guard tables.count > 2 else { return Array(tables.indices) }
    var low = pairs.map { _ in Int.max }
    var high = pairs.map { _ in Int.min }
    func take(_ table: [Int]) {
      for (index, pair) in pairs.enumerated() where table[pair.beside] >= people {
        low[index] = min(low[index], table[pair.size])
        high[index] = max(high[index], table[pair.size])
      }
    }
    func gain(_ table: [Int]) -> Int {
      var gain = 0
      for (index, pair) in pairs.enumerated() where table[pair.beside] >= people {
        if low[index] == .max {
          gain += 1
          continue
        }
        let known = min(width, high[index] - low[index])
        if known == width { continue }
        gain += min(width, max(high[index], table[pair.size]) - min(low[index], table[pair.size])) - known
      }
      return gain
    }
    var order = [0]
    take(tables[0])
    var left = Array(tables.indices.dropFirst())
    while true {
      let gains = left.map { (position: $0, gain: gain(tables[$0])) }
      guard let best = gains.max(by: { ($0.gain, -$0.position) < ($1.gain, -$1.position) }), best.gain > 0
      else { return order + left }
      order.append(best.position)
      take(tables[best.position])
      left.removeAll { $0 == best.position }
    }
  }

  /// So many people of a group may answer a question in different ways.
  private static let people = 3
}
