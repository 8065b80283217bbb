import CSolver

/// A linear form over the columns of a program: coefficients by column.
public struct LinearForm: Sendable, Hashable {
  public var columns: [Int32]
  public var coefficients: [Double]

  public init(columns: [Int32] = [], coefficients: [Double] = []) {
    self.columns = columns
    self.coefficients = coefficients
  }

  /// Adds a term; a column may occur once only.
  public mutating func add(_ column: Int, _ coefficient: Double) {
    columns.append(Int32(column))
    coefficients.append(coefficient)
  }

  /// Whether no column occurs twice: GLPK fails on a form in which one does.
  var hasDistinctColumns: Bool { Set(columns).count == columns.count }

  /// The value at a point.
  public func value(at point: [Double]) -> Double {
    var sum = 0.0
    for index in columns.indices { sum += coefficients[index] * point[Int(columns[index])] }
    return sum
  }
}

/// What a solver has to say about the largest or smallest value of a form.
public enum Optimum: Sendable {
  /// The value is reached at the point.
  case optimal(value: Double, point: [Double])
  /// A limit of work was reached: the point is one that was found, no point goes beyond `bound`.
  case limited(value: Double, bound: Double, point: [Double])
  case infeasible
  /// The solver failed or found nothing before its limit: nothing is known.
  case unknown
}

/// Whole numbers within bounds that satisfy linear constraints, with GLPK behind it.
///
/// Every column and row has finite or infinite bounds; rows are forms over the columns. A program is used by the thread
/// that made it. A solver that fails says `unknown`, and stays so for all further questions: nothing may be concluded.
@safe
public struct IntegerProgram: ~Copyable {
  /// A number beyond every count: no bound.
  public static let unbounded = 1e18

  private let program: OpaquePointer?
  private let columnCount: Int
  private let rowCount: Int
  private var point: [Double]

  /// - Parameters:
  ///   - rows: Constraints: lower <= form <= upper.
  ///   - columns: Bounds of the unknowns.
  public init(
    rows: [(form: LinearForm, lower: Double, upper: Double)], columns: [(lower: Double, upper: Double)]
  ) {
    var starts: [Int32] = [0]
    var indices: [Int32] = []
    var coefficients: [Double] = []
    for row in rows {
      assert(row.form.hasDistinctColumns)
      indices += row.form.columns
      coefficients += row.form.coefficients
      starts.append(Int32(indices.count))
    }
    unsafe program = canvass_program_new(
      Int32(rows.count), Int32(columns.count), rows.map(\.lower), rows.map(\.upper), columns.map(\.lower),
      columns.map(\.upper), starts, indices, coefficients)
    columnCount = columns.count
    rowCount = rows.count
    point = Array(repeating: 0, count: columns.count)
  }

  deinit { unsafe canvass_program_free(program) }

  /// Demands, beside all rows, that a form is at least `lower`; nil takes the demand back.
  public mutating func demand(_ form: LinearForm?, atLeast lower: Double = 0) {
    guard let program = unsafe program else { return }
    if let form {
      assert(form.hasDistinctColumns)
      _ = unsafe canvass_program_demand(
        program, Int32(form.columns.count), form.columns, form.coefficients, lower)
    } else {
      _ = unsafe canvass_program_release(program)
    }
  }

  /// The largest or smallest value of a form over all points, whole numbers or not.
  public mutating func bound(_ form: LinearForm, isLargest: Bool) -> Optimum {
    guard let program = unsafe program else { return .unknown }
    var value = 0.0
    let status = unsafe canvass_program_bound(
      program, isLargest ? 1 : -1, Int32(form.columns.count), form.columns, form.coefficients, &value, &point)
    switch status {
    case Int32(CANVASS_OPTIMAL.rawValue): return .optimal(value: value, point: point)
    case Int32(CANVASS_INFEASIBLE.rawValue): return .infeasible
    default: return .unknown
    }
  }

  /// Nodes of the last search for whole numbers.
  public var nodes: Int {
    guard let program = unsafe program else { return 0 }
    return Int(unsafe canvass_program_nodes(program))
  }

  /// Branches without cutting planes from now on: faster where a program is solved once and is small.
  public mutating func branchOnly() {
    if let program = unsafe program { unsafe canvass_program_branch_only(program) }
  }

  /// Sets what a row, counted from 0, must lie between.
  public mutating func setRow(_ row: Int, _ lower: Double, _ upper: Double) {
    guard let program = unsafe program else { return }
    _ = unsafe canvass_program_set_row(program, Int32(row), lower, upper)
  }

  /// Sets what an unknown, counted from 0, must lie between.
  public mutating func setColumn(_ column: Int, _ lower: Double, _ upper: Double) {
    guard let program = unsafe program else { return }
    _ = unsafe canvass_program_set_column(program, Int32(column), lower, upper)
  }

  /// The multiplier (dual value) of each row at the last answer of `bound`: by how much the optimum changes where the row's
  /// active bound does. Positive where a largest value is held by an upper bound. nil where the solver failed.
  public mutating func multipliers() -> [Double]? {
    guard let program = unsafe program else { return nil }
    var multipliers = Array(repeating: 0.0, count: rowCount)
    guard unsafe canvass_program_multipliers(program, &multipliers) == Int32(CANVASS_OPTIMAL.rawValue) else {
      return nil
    }
    return multipliers
  }

  /// The largest or smallest value of a form over all points of whole numbers.
  /// - Parameters:
  ///   - nodeLimit: Nodes of branch and cut, after which the best point found so far is given.
  ///   - gap: A point is good enough where none is better by more than this; it is then `limited`, with that bound.
  public mutating func integerBound(
    _ form: LinearForm, isLargest: Bool, nodeLimit: Int, gap: Double = 0
  ) -> Optimum {
    guard let program = unsafe program else { return .unknown }
    var value = 0.0
    var bound = 0.0
    let status = unsafe canvass_program_bound_integer(
      program, isLargest ? 1 : -1, Int32(form.columns.count), form.columns, form.coefficients,
      Int32(nodeLimit), gap, &value, &bound, &point)
    switch status {
    case Int32(CANVASS_OPTIMAL.rawValue): return .optimal(value: value, point: point.map { $0.rounded() })
    case Int32(CANVASS_LIMIT.rawValue):
      return .limited(value: value, bound: bound, point: point.map { $0.rounded() })
    case Int32(CANVASS_INFEASIBLE.rawValue): return .infeasible
    default: return .unknown
    }
  }

  /// Any point of whole numbers; nil where none was found.
  /// - Parameter nodeLimit: Nodes of a search in depth, after which it ends.
  public mutating func anyWholePoint(nodeLimit: Int) -> [Double]? {
    guard let program = unsafe program else { return nil }
    let status = unsafe canvass_program_any(program, Int32(nodeLimit), &point)
    return status == Int32(CANVASS_OPTIMAL.rawValue) ? point.map { $0.rounded() } : nil
  }
}

/// The solver and its version, for reports.
public var solverName: String { unsafe "GLPK " + String(cString: canvass_solver_version()) }
