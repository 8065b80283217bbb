import Solver

/// Numbers for the sizes that are not printed: how many people are in which atom, and in groups that are withheld whole.
struct SizeAssignments {
  typealias Assignment = [(unknown: Int, size: Int)]

  /// The first has people everywhere; each of the others makes one group that is withheld whole as large as it can be, or
  /// as small, with people elsewhere as that leaves.
  let assignments: [Assignment]

  /// More are not tried.
  private static let limit = 48
  /// How many people are wanted everywhere: a weight for each of the first, the next few, and some more. Packs that
  /// overlap much may go with no answers, so each of these wants less than the one before.
  static let presences: [[Double]] = [[1_000, 50, 5], [1_000, 50, 0], [1_000, 0, 0], [0, 0, 0]]
  static let tiers = [1, 8, 40]

  init(_ tables: CountTables, _ bounds: Propagation, presence: [Double]) {
    let system = tables.system.limited { tables.cells[$0].question < 0 }
    // Groups of a banner that is a question are counts of that question.
    let open = tables.cells.indices.filter { unknown in
      let cell = tables.cells[unknown]
      return cell.question < 0 && !bounds.isFixed(unknown)
        && !tables.questions.contains { $0.id == tables.columns[cell.column].id }
    }
    guard !open.isEmpty else {
      assignments = [[]]
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
    var program = TableProgram(local, tiers: Self.tiers)
    var found: [[Int]] = []
    // Else the packs overlap as little as the printed sizes allow.
    var overlap = LinearForm()
    for (index, unknown) in open.enumerated() {
      let cell = tables.cells[unknown]
      let packs = tables.columns[cell.column].classes[cell.people].map { atom in
        tables.atoms.isMember[atom].count { $0 }
      }
      overlap.add(index, -Double((packs.min() ?? 0) * (packs.min() ?? 0)))
    }
    func solve(_ form: ObjectiveSum) {
      var objective = form
      objective.add(overlap, 0.1)
      guard let point = program.point(objective, presence: presence), let table = local.table(point),
        !found.contains(table)
      else { return }
      found.append(table)
    }
    solve(ObjectiveSum())
    for (index, unknown) in open.enumerated()
    where tables.cells[unknown].column > 0 && found.count < Self.limit {
      for sign in [1.0, -1] {
        var objective = ObjectiveSum()
        objective.add(LinearForm(columns: [Int32(index)], coefficients: [sign]), 100_000)
        solve(objective)
      }
    }
    if found.isEmpty, let point = program.anyPoint(), let table = local.table(point) { found.append(table) }
    assignments = found.map { table in zip(open, table).map { ($0, $1) } }
  }
}
