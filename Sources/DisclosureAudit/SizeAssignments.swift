import Solver

/// Numbers for the sizes that are not printed: how many people are in which atom, and in groups that are withheld whole.
struct SizeAssignments {
  typealias Assignment = [(unknown: Int, size: Int)]

  /// The first ones take the packs to overlap as little as the printed sizes allow, with room in groups that are withheld
  /// whole; each of the others makes one such group as large as it can be, or as small.
  let assignments: [Assignment]

  /// More are not tried.
  private static let limit = 48

  init(_ tables: CountTables, _ bounds: Propagation) {
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
    let component = Component(
      unknowns: open,
      constraints: system.constraints.indices.filter { index in
        system.constraints[index].form.unknowns.contains { !bounds.isFixed(Int($0)) }
          && system.constraints[index].form.unknowns.allSatisfy {
            open.contains(Int($0)) || bounds.isFixed(Int($0))
          }
      })
    let local = LocalSystem(component, system, bounds)
    var program = IntegerProgram(
      rows: local.rows.map { ($0.form, $0.lower, $0.upper) },
      columns: local.lower.indices.map { (Double(local.lower[$0]), Double(local.upper[$0])) })
    // In groups that are withheld whole, room for a count that is large enough.
    let room = tables.release.definition.protection.minimumCell + 1
    var roomy = IntegerProgram(
      rows: local.rows.map { ($0.form, $0.lower, $0.upper) },
      columns: local.lower.indices.map { index in
        let isGroup = tables.cells[open[index]].column > 0
        let least = isGroup ? max(local.lower[index], min(room, local.upper[index] / 2)) : local.lower[index]
        return (Double(least), Double(local.upper[index]))
      })
    var overlap = LinearForm()
    for (index, unknown) in open.enumerated() {
      let cell = tables.cells[unknown]
      let packs = tables.columns[cell.column].classes[cell.people].map { atom in
        tables.atoms.isMember[atom].count { $0 }
      }
      overlap.add(index, -Double((packs.min() ?? 0) * (packs.min() ?? 0)))
    }
    var found: [[Int]] = []
    func solve(_ form: LinearForm, isLargest: Bool) {
      var weighted = form
      // A little weight on the overlap decides what the form leaves open.
      for index in weighted.coefficients.indices { weighted.coefficients[index] *= 10_000 }
      var sum: [Int32: Double] = [:]
      for (column, coefficient) in zip(weighted.columns, weighted.coefficients) {
        sum[column, default: 0] += isLargest ? coefficient : -coefficient
      }
      for (column, coefficient) in zip(overlap.columns, overlap.coefficients) {
        sum[column, default: 0] += coefficient
      }
      let columns = sum.keys.sorted()
      let objective = LinearForm(columns: columns, coefficients: columns.map { sum[$0] ?? 0 })
      guard case .optimal(_, let point) = program.bound(objective, isLargest: true),
        let table = local.table(point),
        !found.contains(table)
      else { return }
      found.append(table)
    }
    solve(LinearForm(), isLargest: true)
    if case .optimal(_, let point) = roomy.bound(overlap, isLargest: true), let table = local.table(point),
      !found.contains(table)
    {
      found.append(table)
    }
    for (index, unknown) in open.enumerated()
    where tables.cells[unknown].column > 0 && found.count < Self.limit {
      var form = LinearForm()
      form.add(index, 1)
      solve(form, isLargest: true)
      solve(form, isLargest: false)
    }
    assignments = found.map { table in zip(open, table).map { ($0, $1) } }
  }
}
