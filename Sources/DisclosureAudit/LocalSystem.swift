import Solver

/// The constraints of one component over its own unknowns, with everything that is fixed taken out.
struct LocalSystem: Sendable {
  struct Row: Sendable {
    var form: LinearForm
    var lower: Double
    var upper: Double
  }

  let rows: [Row]
  let lower: [Int]
  let upper: [Int]
  private let indexOfUnknown: [Int32: Int32]

  init(_ component: Component, _ system: CountSystem, _ bounds: Propagation) {
    var indexOfUnknown: [Int32: Int32] = [:]
    for (index, unknown) in component.unknowns.enumerated() { indexOfUnknown[Int32(unknown)] = Int32(index) }
    self.indexOfUnknown = indexOfUnknown
    lower = component.unknowns.map { bounds.lower[$0] }
    upper = component.unknowns.map { bounds.upper[$0] }
    var rows: [Row] = []
    for index in component.constraints {
      let constraint = system.constraints[index]
      var form = LinearForm()
      var constant = 0
      for (unknown, coefficient) in constraint.form.terms {
        if let local = indexOfUnknown[Int32(unknown)] {
          form.add(Int(local), Double(coefficient))
        } else {
          constant += coefficient * bounds.lower[unknown]
        }
      }
      rows.append(
        Row(
          form: form,
          lower: constraint.lower == .min ? -IntegerProgram.unbounded : Double(constraint.lower - constant),
          upper: constraint.upper == .max ? IntegerProgram.unbounded : Double(constraint.upper - constant)))
    }
    self.rows = rows
  }

  /// A form over the component's own unknowns and what its fixed ones add; nil where it needs others that are open.
  func local(_ form: CountForm, _ bounds: Propagation) -> (form: LinearForm, constant: Int)? {
    var local = LinearForm()
    var constant = 0
    for (unknown, coefficient) in form.terms {
      if let index = indexOfUnknown[Int32(unknown)] {
        local.add(Int(index), Double(coefficient))
      } else if bounds.isFixed(unknown) {
        constant += coefficient * bounds.lower[unknown]
      } else {
        return nil
      }
    }
    return (local, constant)
  }

  /// A limit of sizes over the component's own unknowns.
  /// - Parameter beside: Sizes of other unknowns, which stay as they are.
  func local(_ limit: SizeLimit, beside: [Int: Int]) -> Row {
    var row = Row(form: LinearForm(), lower: -IntegerProgram.unbounded, upper: limit.upper)
    for (unknown, weight) in limit.terms {
      if let index = indexOfUnknown[Int32(unknown)] {
        row.form.add(Int(index), weight)
      } else {
        row.upper -= weight * Double(beside[unknown] ?? 0)
      }
    }
    return row
  }

  /// A point as whole numbers, where it is one that satisfies every bound and constraint exactly.
  func table(_ point: [Double]) -> [Int]? {
    var table: [Int] = []
    table.reserveCapacity(point.count)
    for (index, value) in point.enumerated() {
      let whole = value.rounded()
      guard abs(whole - value) < 1e-6 else { return nil }
      let number = Int(whole)
      guard number >= lower[index], number <= upper[index] else { return nil }
      table.append(number)
    }
    for row in rows {
      let sum = Double(value(row.form, table))
      guard sum >= row.lower, sum <= row.upper else { return nil }
    }
    return table
  }

  func value(_ form: LinearForm, _ table: [Int]) -> Int {
    var sum = 0
    for index in form.columns.indices {
      sum += Int(form.coefficients[index]) * table[Int(form.columns[index])]
    }
    return sum
  }
}
