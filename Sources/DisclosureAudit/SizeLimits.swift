import Solver

/// What the tables of some questions demand of sizes that are not printed: a weighted sum of sizes is at most `upper`.
struct SizeLimit: Sendable {
  var terms: [(unknown: Int, weight: Double)]
  var upper: Double
}

extension Auditor {
  /// Less than this is the error of the solver.
  private static let tolerance = 1e-6

  /// What sizes do not satisfy that they must for every question to have a table, if only one with parts of people.
  ///
  /// Where questions that routing joins have none with these sizes, the program that moves sizes as little as it can until
  /// they have says what sizes must satisfy: its optimum is a convex function of them, which lies nowhere below the plane
  /// that its dual values give, and must be 0 (Benders 1962, Partitioning procedures for solving mixed-variables
  /// programming problems, Numerische Mathematik 4, 238-252). Limits only choose sizes; tables are checked by themselves.
  func limitsBroken(by sizes: SizeAssignments.Assignment, _ report: inout AuditReport) -> [SizeLimit] {
    var sizeOf: [Int: Int] = [:]
    for (unknown, size) in sizes.sizes { sizeOf[unknown] = size }
    let known = sizeOf
    let families = Set(tables.questions.indices.map(tables.family))
      .sorted { $0.lexicographicallyPrecedes($1) }
    let pieces = families.flatMap { family in
      let system = tables.limited(to: family)
      return components(of: system, family, []).map { (system: system, component: $0) }
    }.filter { piece in piece.component.unknowns.contains { known[$0] != nil } }
    let limits = workers.map(sizes: pieces.map(\.component.unknowns.count)) { index in
      let (system, component) = pieces[index]
      return Self.limit(LocalSystem(component, system, bounds), component, known)
    }
    report.work.linear += pieces.count
    return limits.compactMap(\.self)
  }

  /// What one component demands of sizes; nil where it has a table with them.
  /// - Parameter sizes: By unknown, of the component or not.
  static func limit(
    _ system: LocalSystem, _ component: Component, _ sizes: [Int: Int]
  ) -> SizeLimit? {
    var rows = system.rows.map { (form: $0.form, lower: $0.lower, upper: $0.upper) }
    var columns = zip(system.lower, system.upper).map { (lower: Double($0), upper: Double($1)) }
    var distance = LinearForm()
    var moved: [(unknown: Int, size: Int)] = []
    for (index, unknown) in component.unknowns.enumerated() {
      guard let size = sizes[unknown] else { continue }
      var form = LinearForm(columns: [Int32(index)], coefficients: [1])
      for sign in [1.0, -1] {
        form.add(columns.count, sign)
        distance.add(columns.count, 1)
        columns.append((0, IntegerProgram.unbounded))
      }
      rows.append((form, Double(size), Double(size)))
      moved.append((unknown, size))
    }
    var program = IntegerProgram(rows: rows, columns: columns)
    guard case .optimal(let least, _) = program.bound(distance, isLargest: false), least > tolerance,
      let multipliers = program.multipliers()
    else { return nil }
    var limit = SizeLimit(terms: [], upper: -least)
    for (position, (unknown, size)) in moved.enumerated() {
      let weight = multipliers[system.rows.count + position]
      guard abs(weight) > tolerance else { continue }
      limit.terms.append((unknown, weight))
      limit.upper += weight * Double(size)
    }
    return limit.terms.isEmpty ? nil : limit
  }
}
