import Solver

/// Linear programs over the tables of one component, in which each unknown is the sum of tiers: its first person, some
/// more, and all the rest.
///
/// A weight on the lower tiers finds tables that have many kinds of respondents, whatever else they are to have.
struct TableProgram: ~Copyable {
  private let system: LocalSystem
  private var program: IntegerProgram
  /// By unknown, the columns that it is the sum of: those of its tiers, the lowest first, and that of all the rest.
  private let columns: [[Int32]]
  /// By column, the tier that it is of; beyond all tiers for the rest.
  private let tierOfColumn: [Int]
  /// Nodes of branch and cut for one bound.
  static let nodeLimit = 2_000

  /// - Parameters:
  ///   - tiers: How many people each tier but the last holds.
  ///   - limits: More that every point is to satisfy.
  init(_ system: LocalSystem, tiers: [Int], limits: [LocalSystem.Row] = []) {
    self.system = system
    var columns: [[Int32]] = []
    var bounds: [(lower: Double, upper: Double)] = []
    var tierOfColumn: [Int] = []
    for unknown in system.lower.indices {
      let lower = system.lower[unknown]
      // People who are there in any case fill the lowest tiers.
      var filled = lower
      var left = system.upper[unknown] - lower
      var own: [Int32] = []
      var last = tiers.count
      for (tier, size) in tiers.enumerated() {
        let room = size - min(filled, size)
        filled -= size - room
        if room == 0 { continue }
        guard left > room else {
          last = tier
          break
        }
        own.append(Int32(bounds.count))
        bounds.append((0, Double(room)))
        tierOfColumn.append(tier)
        left -= room
      }
      own.append(Int32(bounds.count))
      bounds.append((Double(lower), Double(lower + left)))
      tierOfColumn.append(last)
      columns.append(own)
    }
    self.columns = columns
    self.tierOfColumn = tierOfColumn
    program = IntegerProgram(
      rows: (system.rows + limits).map { (Self.spread($0.form, columns), $0.lower, $0.upper) },
      columns: bounds)
  }

  private static func spread(_ form: LinearForm, _ columns: [[Int32]]) -> LinearForm {
    var spread = LinearForm()
    for index in form.columns.indices {
      for column in columns[Int(form.columns[index])] { spread.add(Int(column), form.coefficients[index]) }
    }
    return spread
  }

  /// Demands that a form is at least `lower`; nil takes the demand back.
  mutating func demand(_ form: LinearForm?, atLeast lower: Double = 0) {
    let columns = columns
    program.demand(form.map { Self.spread($0, columns) }, atLeast: lower)
  }

  /// The largest or smallest value of a form over all points.
  mutating func bound(_ form: LinearForm, isLargest: Bool) -> Optimum {
    let optimum = program.bound(Self.spread(form, columns), isLargest: isLargest)
    let columns = columns
    return optimum.map { Self.gathered($0, columns) }
  }

  /// The same over whole numbers.
  mutating func integerBound(
    _ form: LinearForm, isLargest: Bool, nodeLimit: Int = TableProgram.nodeLimit
  ) -> Optimum {
    let optimum = program.integerBound(
      Self.spread(form, columns), isLargest: isLargest, nodeLimit: nodeLimit)
    let columns = columns
    return optimum.map { Self.gathered($0, columns) }
  }

  /// A point at which a sum of forms is largest, with a weight for each person of the lower tiers.
  /// - Parameters:
  ///   - presence: The weights of the tiers, the lowest first.
  ///   - factor: By unknown, what its weights are multiplied by.
  mutating func point(
    _ objective: ObjectiveSum, presence: [Double], factor: (Int) -> Double = { _ in 1 }
  ) -> [Double]? {
    var form = Self.spread(objective.form, columns)
    var place: [Int32: Int] = [:]
    for (index, column) in form.columns.enumerated() { place[column] = index }
    for unknown in columns.indices {
      for column in columns[unknown] {
        let tier = tierOfColumn[Int(column)]
        guard tier < presence.count else { continue }
        let weight = presence[tier] * factor(unknown)
        if let known = place[column] {
          form.coefficients[known] += weight
        } else {
          form.add(Int(column), weight)
        }
      }
    }
    guard case .optimal(_, let point) = program.bound(form, isLargest: true) else { return nil }
    return Self.gathered(point, columns)
  }

  /// Nodes of the last search for whole numbers.
  var nodes: Int { program.nodes }

  /// Branches without cutting planes from now on.
  mutating func branchOnly() { program.branchOnly() }

  /// Any point of whole numbers, by branches in depth.
  mutating func anyPoint(nodeLimit: Int = TableProgram.nodeLimit) -> [Double]? {
    let columns = columns
    return program.anyWholePoint(nodeLimit: nodeLimit).map { Self.gathered($0, columns) }
  }

  private static func gathered(_ spread: [Double], _ columns: [[Int32]]) -> [Double] {
    columns.map { own in own.reduce(0.0) { $0 + spread[Int($1)] } }
  }
}

/// A sum of forms with weights.
struct ObjectiveSum {
  private var sums: [Int32: Double] = [:]

  mutating func add(_ form: LinearForm, _ weight: Double) {
    for index in form.columns.indices {
      sums[form.columns[index], default: 0] += weight * form.coefficients[index]
    }
  }

  var form: LinearForm {
    let columns = sums.keys.sorted()
    return LinearForm(columns: columns, coefficients: columns.map { sums[$0] ?? 0 })
  }
}

extension Optimum {
  fileprivate func map(_ change: ([Double]) -> [Double]) -> Optimum {
    switch self {
    case .optimal(let value, let point): .optimal(value: value, point: change(point))
    case .limited(let value, let bound, let point): .limited(value: value, bound: bound, point: change(point))
    case .infeasible, .unknown: self
    }
  }
}
