import Solver

/// One whole-number table of everything, with some sizes set to numbers.
struct WholeTable {
  /// The system with these sizes.
  let system: CountSystem
  let bounds: Propagation
  /// By unknown.
  let counts: [Int]

  static let workLimit = 40_000_000
  /// Weights of a person among the first, the next few, and some more.
  private static let presence: [Double] = [200, 10, 1]
  /// What a kind of respondent weighs that has not been looked at yet.
  private static let wanted = 20.0

  /// - Parameters:
  ///   - wanted: Unknowns that had better not be 0.
  ///   - pushed: Counts that had better be large, or small where the weight is negative.
  /// - Returns: nil where these sizes go with no table, or none was found.
  init?(
    _ tables: CountTables, _ sizes: SizeAssignments.Assignment, wanted: Set<Int>,
    pushed: [(form: CountForm, weight: Double)], kinds: RespondentKinds, workers: Workers
  ) {
    var fixed = tables.system
    for (unknown, size) in sizes { fixed.require(CountForm(sum: [unknown]), equals: size, .structure) }
    let system = fixed
    let bounds = Propagation(system, workLimit: Self.workLimit)
    guard bounds.contradiction == nil else { return nil }
    let components = Component.components(system, bounds, [], kinds)
    var weights: [Int: Double] = [:]
    for (form, weight) in pushed {
      for (unknown, coefficient) in form.terms {
        weights[unknown, default: 0] += weight * Double(coefficient)
      }
    }
    let weightOf = weights
    let parts = workers.map(sizes: components.map(\.unknowns.count)) {
      index -> [Int]? in
      let local = LocalSystem(components[index], system, bounds)
      var program = TableProgram(local, tiers: SizeAssignments.tiers)
      let isWanted = components[index].unknowns.map(wanted.contains)
      var objective = ObjectiveSum()
      for (index, unknown) in components[index].unknowns.enumerated() {
        if let weight = weightOf[unknown] {
          objective.add(LinearForm(columns: [Int32(index)], coefficients: [1]), weight)
        }
      }
      let point = program.point(
        objective, presence: Self.presence, factor: { isWanted[$0] ? Self.wanted : 1 })
      if let table = point.flatMap(local.table) { return table }
      return program.anyPoint().flatMap(local.table)
    }
    var counts = bounds.lower
    for (component, part) in zip(components, parts) {
      guard let part else { return nil }
      for (unknown, count) in zip(component.unknowns, part) { counts[unknown] = count }
    }
    self.system = system
    self.bounds = bounds
    self.counts = counts
  }

  /// The part of the table that a component has.
  func part(_ component: Component) -> [Int] { component.unknowns.map { counts[$0] } }

  /// What stands alone in a system that is divided.
  enum Block {
    /// A question with those that it is routed by, and those that they are.
    case family
    case question
    /// One question under one banner: its totals are those of this table.
    case questionAndBanner
  }

  /// The system with more set to numbers, so that blocks stand alone: what joins them by an equality is set to what it is
  /// in this table, and what joins them by an inequality is divided between them at a number.
  func divided(_ tables: CountTables, by size: Block) -> CountSystem {
    if case .family = size { return system }
    var divided = CountSystem(unknownsOf: system)
    func block(_ unknown: Int) -> Int? {
      let cell = tables.cells[unknown]
      if bounds.isFixed(unknown) || cell.question < 0 { return nil }
      switch size {
      case .question, .family: return cell.question
      case .questionAndBanner:
        return cell.column == 0 ? nil : cell.question * tables.columns.count + cell.column
      }
    }
    for unknown in tables.cells.indices where block(unknown) == nil {
      divided.require(CountForm(sum: [unknown]), equals: counts[unknown], .structure)
    }
    for constraint in system.constraints {
      var blocks: [Int: [(unknown: Int, coefficient: Int)]] = [:]
      var constant = 0
      for (unknown, coefficient) in constraint.form.terms {
        if let block = block(unknown) {
          blocks[block, default: []].append((unknown, coefficient))
        } else {
          constant += coefficient * counts[unknown]
        }
      }
      guard blocks.count > 1 else {
        if !blocks.isEmpty {
          divided.require(
            constraint.form, lower: constraint.lower, upper: constraint.upper, constraint.source)
        }
        continue
      }
      let parts = blocks.sorted { $0.key < $1.key }.map { CountForm(terms: $0.value) }
      let values = parts.map { $0.value(counts) }
      let sum = values.reduce(constant, +)
      for (part, value) in zip(parts, values) {
        divided.require(
          part,
          lower: constraint.lower == .min ? .min : value - (sum - constraint.lower) / parts.count,
          upper: constraint.upper == .max ? .max : value + (constraint.upper - sum) / parts.count,
          constraint.source)
      }
    }
    return divided
  }
}
