import Solver

/// Finds the shortest arithmetic over published figures that gives a bound away.
///
/// A bound of a linear program is proven by multipliers on its constraints (linear programming duality); among all that
/// prove it, those with the smallest sum over published figures are sought, by a linear program of their own.
struct WorkedExample {
  private let tables: CountTables
  private let bounds: Propagation

  init(_ tables: CountTables, _ bounds: Propagation) {
    self.tables = tables
    self.bounds = bounds
  }

  /// The lines of the example; empty where there is none over whole multiples of figures.
  func lines(for form: CountForm, _ range: ClosedRange<Int>, kind: CountForm?) -> [String] {
    for nearby in [constraints(of: form, kind), constraints(around: form, kind)] {
      let found = lines(for: form, range, kind: kind, nearby)
      if !found.isEmpty { return found }
    }
    return []
  }

  private func lines(for form: CountForm, _ range: ClosedRange<Int>, kind: CountForm?, _ nearby: [Int])
    -> [String]
  {
    guard let most = proof(of: form, isLargest: true, range.upperBound, nearby, kind),
      let least = range.lowerBound == 0
        ? [] : proof(of: form, isLargest: false, range.lowerBound, nearby, kind)
    else { return [] }
    var lines = sum(
      most, kind, range.lowerBound == range.upperBound ? "exactly" : "at most", range.upperBound)
    if range.lowerBound > 0, range.lowerBound != range.upperBound || least != most {
      lines += sum(least, kind, "at least", range.lowerBound)
    }
    return lines
  }

  private struct Step: Equatable {
    /// The position of the constraint; -1 for what a respondent knows of themselves.
    var constraint: Int
    var multiplier: Int
    var value: Int
  }

  private func sum(_ steps: [Step], _ kind: CountForm?, _ word: String, _ result: Int) -> [String] {
    var lines: [String] = []
    for step in steps.sorted(by: { ($1.multiplier, $0.constraint) < ($0.multiplier, $1.constraint) }) {
      let source: String
      if step.constraint < 0 {
        source = "the respondent, who knows \(kind.map(tables.name(ofKind:)) ?? "themselves")"
      } else {
        source = tables.name(of: tables.system.constraints[step.constraint])
      }
      let times = abs(step.multiplier) == 1 ? "" : "\(abs(step.multiplier)) × "
      lines.append("\(step.multiplier < 0 ? "−" : "+") \(times)\(step.value)  \(source)")
    }
    lines.append("= \(word) \(result)")
    return lines
  }

  /// The constraints over a form's own question and groups.
  private func constraints(of form: CountForm, _ kind: CountForm?) -> [Int] {
    let places = Set(
      (form.unknowns + (kind?.unknowns ?? [])).map { unknown in
        let cell = tables.cells[Int(unknown)]
        return [cell.question, cell.column, cell.group]
      })
    return tables.system.constraints.indices.filter { index in
      tables.system.constraints[index].form.unknowns.allSatisfy { unknown in
        let cell = tables.cells[Int(unknown)]
        return places.contains([cell.question, cell.column, cell.group])
      }
    }
  }

  /// The constraints that can bear on a form: those of its questions and what these are joined to, in the same columns
  /// and the total.
  private func constraints(around form: CountForm, _ kind: CountForm?) -> [Int] {
    var questions = Set<Int>()
    var columns: Set<Int> = [0]
    for unknown in form.unknowns + (kind?.unknowns ?? []) {
      let cell = tables.cells[Int(unknown)]
      questions.insert(cell.question)
      columns.insert(cell.column)
    }
    for question in questions where question >= 0 {
      for other in tables.questions.indices
      where tables.isRouted(question, by: other) || tables.isRouted(other, by: question) {
        questions.insert(other)
      }
    }
    questions.insert(-1)
    return tables.system.constraints.indices.filter { index in
      tables.system.constraints[index].form.unknowns.allSatisfy { unknown in
        let cell = tables.cells[Int(unknown)]
        return questions.contains(cell.question) && columns.contains(cell.column)
      }
    }
  }

  /// Multipliers that prove a bound: the weighted constraints cover the form, and their values add up to it.
  private func proof(
    of form: CountForm, isLargest: Bool, _ bound: Int, _ nearby: [Int], _ kind: CountForm?
  ) -> [Step]? {
    var columnsOf: [Int32: Int] = [:]
    struct Side {
      var constraint: Int
      var form: CountForm
      var value: Int
      /// +1: multiplied by a positive number, -1 by a negative one.
      var sign: Int
    }
    // For a largest value: an upper end with a positive multiplier or a lower end with a negative one.
    var sides: [Side] = []
    for index in nearby {
      let constraint = tables.system.constraints[index]
      if constraint.upper != .max {
        sides.append(
          Side(constraint: index, form: constraint.form, value: constraint.upper, sign: isLargest ? 1 : -1))
      }
      if constraint.lower != .min {
        sides.append(
          Side(constraint: index, form: constraint.form, value: constraint.lower, sign: isLargest ? -1 : 1))
      }
    }
    if let kind { sides.append(Side(constraint: -1, form: kind, value: 1, sign: isLargest ? -1 : 1)) }
    var rowForms: [LinearForm] = []
    for (position, side) in sides.enumerated() {
      for (unknown, coefficient) in side.form.terms {
        let row = columnsOf[Int32(unknown)] ?? rowForms.count
        if row == rowForms.count {
          columnsOf[Int32(unknown)] = row
          rowForms.append(LinearForm())
        }
        rowForms[row].add(position, Double(side.sign * coefficient))
      }
    }
    var needs = Array(repeating: 0.0, count: rowForms.count)
    for (unknown, coefficient) in form.terms {
      guard let row = columnsOf[Int32(unknown)] else { return nil }
      needs[row] = Double(coefficient)
    }
    var rows: [(form: LinearForm, lower: Double, upper: Double)] = rowForms.enumerated().map { index, form in
      isLargest
        ? (form, needs[index], IntegerProgram.unbounded) : (form, -IntegerProgram.unbounded, needs[index])
    }
    var value = LinearForm()
    var cost = LinearForm()
    for (position, side) in sides.enumerated() {
      if side.value != 0 { value.add(position, Double(side.sign * side.value)) }
      let isFigure = side.constraint < 0 || tables.system.constraints[side.constraint].source != .structure
      cost.add(position, isFigure ? 1 : 0.001)
    }
    rows.append(
      isLargest
        ? (value, -IntegerProgram.unbounded, Double(bound) + 1e-7)
        : (value, Double(bound) - 1e-7, IntegerProgram.unbounded))
    var program = IntegerProgram(
      rows: rows, columns: sides.map { _ in (0, IntegerProgram.unbounded) })
    guard case .optimal(_, let point) = program.bound(cost, isLargest: false) else { return nil }
    var steps: [Step] = []
    var total = 0
    for (position, side) in sides.enumerated() where point[position] > 1e-7 {
      let multiplier = point[position].rounded()
      guard abs(multiplier - point[position]) < 1e-6 else { return nil }
      total += Int(multiplier) * side.sign * side.value
      let isFigure = side.constraint < 0 || tables.system.constraints[side.constraint].source != .structure
      guard isFigure else { continue }
      steps.append(
        Step(constraint: side.constraint, multiplier: Int(multiplier) * side.sign, value: side.value))
    }
    return total == bound ? steps : nil
  }
}
