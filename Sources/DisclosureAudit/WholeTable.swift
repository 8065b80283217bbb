import Solver

/// One whole-number table of everything, with some sizes set to numbers.
struct WholeTable {
  /// The system with these sizes.
  let system: CountSystem
  let bounds: Propagation
  /// Parts that nothing joins, these sizes given.
  let components: [Component]
  /// By unknown: the position of its component; nil where it is fixed.
  let componentOfUnknown: [Int?]
  /// By unknown.
  private(set) var counts: [Int]

  static let workLimit = 40_000_000
  /// Nodes of a search for a table of one component, as far as its size allows; there are other sizes where it is not found.
  private static func nodeLimit(_ unknowns: Int) -> Int { min(4_000, 1_000_000 / max(1, unknowns)) }
  /// Unknowns of the largest component in which branches are tried at all.
  private static let sizeLimit = 4_000
  /// Weights of a person among the first, the next few, and some more.
  private static let presence: [Double] = [200, 10, 1]
  /// What a kind of respondent weighs that has not been looked at yet.
  private static let wanted = 20.0

  /// What a table had better have.
  struct Wishes {
    /// Unknowns that had better not be 0.
    var wanted: Set<Int>
    /// Counts that had better be large, or small where the weight is negative.
    var pushed: [(form: CountForm, weight: Double)]
  }

  /// - Parameter known: Bounds of the unknowns, whatever the sizes.
  /// - Returns: nil where these sizes go with no table, or none was found.
  init?(
    _ tables: CountTables, _ known: Propagation, _ sizes: SizeAssignments.Assignment, _ wishes: Wishes,
    kinds: RespondentKinds, workers: Workers
  ) {
    var start = (lower: known.lower, upper: known.upper)
    for (unknown, size) in sizes.sizes {
      guard size >= start.lower[unknown], size <= start.upper[unknown] else { return nil }
      start.lower[unknown] = size
      start.upper[unknown] = size
    }
    system = tables.system
    bounds = Propagation(system, from: start, workLimit: Self.workLimit)
    guard bounds.contradiction == nil else { return nil }
    components = Component.components(system, bounds, [], kinds)
    var componentOfUnknown = [Int?](repeating: nil, count: system.unknownCount)
    for (index, component) in components.enumerated() {
      for unknown in component.unknowns { componentOfUnknown[unknown] = index }
    }
    self.componentOfUnknown = componentOfUnknown
    counts = bounds.lower
    guard renew(Array(components.indices), wishes, workers) else { return nil }
  }

  /// A table of one component that has people of some kinds, as many of these as it can beside what is pushed; nil where
  /// none was found.
  /// - Parameter limits: What sizes are to satisfy for the tables of other questions.
  static func table(
    _ system: LocalSystem, with kinds: [(form: LinearForm, constant: Int)], pushing objective: ObjectiveSum,
    limits: [LocalSystem.Row]
  ) -> [Int]? {
    var program = TableProgram(system, tiers: SizeAssignments.tiers, limits: limits)
    let isWanted = Set(kinds.flatMap(\.form.columns))
    let point = program.point(
      objective, presence: presence, factor: { isWanted.contains(Int32($0)) ? wanted : 1 })
    func hasAny(_ table: [Int]) -> Bool {
      kinds.contains { system.value($0.form, table) + $0.constant >= 1 }
    }
    if let table = point.flatMap(system.table), hasAny(table) { return table }
    guard let kind = kinds.first, system.lower.count <= sizeLimit else { return nil }
    program.demand(kind.form, atLeast: Double(1 - kind.constant))
    return program.anyPoint(nodeLimit: nodeLimit(system.lower.count)).flatMap(system.table)
  }

  /// Looks for another table of some components.
  /// - Returns: Whether there is one of each; those that there are, are taken.
  mutating func renew(_ chosen: [Int], _ wishes: Wishes, _ workers: Workers) -> Bool {
    var weights: [Int: Double] = [:]
    for (form, weight) in wishes.pushed {
      for (unknown, coefficient) in form.terms {
        weights[unknown, default: 0] += weight * Double(coefficient)
      }
    }
    let weightOf = weights
    let (system, bounds, components) = (system, bounds, components)
    let parts = workers.map(sizes: chosen.map { components[$0].unknowns.count }) { position -> [Int]? in
      let component = components[chosen[position]]
      let local = LocalSystem(component, system, bounds)
      var program = TableProgram(local, tiers: SizeAssignments.tiers)
      let isWanted = component.unknowns.map(wishes.wanted.contains)
      var objective = ObjectiveSum()
      for (index, unknown) in component.unknowns.enumerated() {
        if let weight = weightOf[unknown] {
          objective.add(LinearForm(columns: [Int32(index)], coefficients: [1]), weight)
        }
      }
      // What is pushed far may end between whole numbers, where the plain table does not.
      for objective in [objective, ObjectiveSum()] {
        let point = program.point(
          objective, presence: Self.presence, factor: { isWanted[$0] ? Self.wanted : 1 })
        if let table = point.flatMap(local.table) { return table }
      }
      guard component.unknowns.count <= Self.sizeLimit else { return nil }
      return program.anyPoint(nodeLimit: Self.nodeLimit(local.lower.count)).flatMap(local.table)
    }
    var isComplete = true
    for (index, part) in zip(chosen, parts) {
      guard let part else {
        isComplete = false
        continue
      }
      for (unknown, count) in zip(components[index].unknowns, part) { counts[unknown] = count }
    }
    return isComplete
  }

  /// The components that have an unknown of a form.
  func components(of form: CountForm) -> Set<Int> {
    Set(form.unknowns.compactMap { componentOfUnknown[Int($0)] })
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
    /// Of a question with several answers, those that nothing but its bases joins to the others: its bases are those of this
    /// table.
    case answers
    /// The same under one banner: its totals are those of this table, too.
    case answersAndBanner

    /// Whether it holds only those answers of a question that more than bases joins.
    var isOfAnswers: Bool {
      switch self {
      case .answers, .answersAndBanner: true
      case .family, .question, .questionAndBanner: false
      }
    }

    /// The questions that a block with one of them may be about.
    func questions(with question: Int, _ tables: CountTables) -> [Int] {
      switch self {
      case .family: tables.family(of: question)
      case .question, .questionAndBanner, .answers, .answersAndBanner: [question]
      }
    }
  }

  /// The system of some components with more set to numbers, so that blocks stand alone: what joins them by an equality is
  /// set to what it is in this table, and what joins them by an inequality is divided between them at a number.
  func divided(_ tables: CountTables, by size: Block, _ chosen: [Int]) -> (
    system: CountSystem, bounds: Propagation
  ) {
    var divided = CountSystem(unknownsOf: system)
    var isChosen = Array(repeating: false, count: components.count)
    for index in chosen { isChosen[index] = true }
    var blockOfAnswers: [[Int]: Int] = [:]
    let blocks: [Int?] = tables.cells.indices.map { unknown in
      guard let component = componentOfUnknown[unknown], isChosen[component] else { return nil }
      let cell = tables.cells[unknown]
      switch size {
      case .family: return 0
      case .question: return cell.question < 0 ? nil : cell.question
      case .questionAndBanner:
        let isSet = cell.question < 0 || cell.column == 0
        return isSet ? nil : cell.question * tables.columns.count + cell.column
      case .answersAndBanner, .answers:
        guard cell.question >= 0, let part = tables.part(of: cell) else { return nil }
        var key = [cell.question, part]
        if case .answersAndBanner = size {
          if cell.column == 0 { return nil }
          key.append(cell.column)
        }
        let block = blockOfAnswers[key] ?? blockOfAnswers.count
        blockOfAnswers[key] = block
        return block
      }
    }
    var start = (lower: bounds.lower, upper: bounds.upper)
    for unknown in blocks.indices where blocks[unknown] == nil {
      start.lower[unknown] = counts[unknown]
      start.upper[unknown] = counts[unknown]
    }
    for index in chosen.flatMap({ components[$0].constraints }).sorted() {
      for constraint in parts(of: system.constraints[index], blocks) { divided.require(constraint) }
    }
    return (divided, Propagation(divided, from: start, workLimit: Self.workLimit))
  }

  /// What a constraint demands of each block.
  private func parts(of constraint: CountSystem.Constraint, _ blocks: [Int?]) -> [CountSystem.Constraint] {
    var terms: [Int: [(unknown: Int, coefficient: Int)]] = [:]
    var constant = 0
    for (unknown, coefficient) in constraint.form.terms {
      if let block = blocks[unknown] {
        terms[block, default: []].append((unknown, coefficient))
      } else {
        constant += coefficient * counts[unknown]
      }
    }
    if terms.isEmpty { return [] }
    if terms.count == 1 { return [constraint] }
    let parts = terms.sorted { $0.key < $1.key }.map { CountForm(terms: $0.value) }
    let values = parts.map { $0.value(counts) }
    let sum = values.reduce(constant, +)
    return zip(parts, values).map { part, value in
      CountSystem.Constraint(
        form: part,
        lower: constraint.lower == .min ? .min : value - (sum - constraint.lower) / parts.count,
        upper: constraint.upper == .max ? .max : value + (constraint.upper - sum) / parts.count,
        source: constraint.source)
    }
  }
}
