/// The narrowest bounds of each unknown that follow constraint by constraint, over whole numbers.
struct Propagation {
  private(set) var lower: [Int]
  private(set) var upper: [Int]
  /// A constraint that nothing can satisfy: the figures contradict each other.
  private(set) var contradiction: Int?

  /// - Parameter workLimit: Visits of constraints, after which the bounds found so far stand; they are true all the same.
  init(_ system: CountSystem, workLimit: Int) {
    lower = Array(repeating: 0, count: system.unknownCount)
    upper = system.upper
    var constraintsOf = Array(repeating: [Int32](), count: system.unknownCount)
    for (index, constraint) in system.constraints.enumerated() {
      for unknown in constraint.form.unknowns { constraintsOf[Int(unknown)].append(Int32(index)) }
    }
    var isQueued = Array(repeating: true, count: system.constraints.count)
    var queue = Array(system.constraints.indices)
    var next = 0
    var work = 0
    while next < queue.count, work < workLimit {
      let index = queue[next]
      next += 1
      work += 1
      isQueued[index] = false
      for unknown in tighten(system.constraints[index]) {
        for other in constraintsOf[unknown] where !isQueued[Int(other)] {
          isQueued[Int(other)] = true
          queue.append(Int(other))
        }
      }
      if contradiction != nil {
        contradiction = index
        return
      }
      if next > 1 << 16 {
        queue.removeFirst(next)
        next = 0
      }
    }
  }

  func isFixed(_ unknown: Int) -> Bool { lower[unknown] == upper[unknown] }

  /// What a form's value lies between, by the bounds of its unknowns alone.
  func range(_ form: CountForm) -> ClosedRange<Int> {
    var least = 0
    var most = 0
    for (unknown, coefficient) in form.terms {
      least += coefficient * (coefficient > 0 ? lower[unknown] : upper[unknown])
      most += coefficient * (coefficient > 0 ? upper[unknown] : lower[unknown])
    }
    return least...most
  }

  /// Narrows the unknowns of one constraint and returns those that changed.
  private mutating func tighten(_ constraint: CountSystem.Constraint) -> [Int] {
    let range = range(constraint.form)
    var least = range.lowerBound
    var most = range.upperBound
    if least > constraint.upper || most < constraint.lower {
      contradiction = -1
      return []
    }
    var changed: [Int] = []
    for index in constraint.form.unknowns.indices {
      let unknown = Int(constraint.form.unknowns[index])
      let coefficient = Int(constraint.form.coefficients[index])
      guard lower[unknown] < upper[unknown] else { continue }
      let own = bounds(unknown, times: coefficient)
      // The unknown's own term lies in lower - (most of the others) ... upper - (least of the others).
      let lowestTerm = constraint.lower == .min ? own.least : constraint.lower - (most - own.most)
      let highestTerm = constraint.upper == .max ? own.most : constraint.upper - (least - own.least)
      guard lowestTerm > own.least || highestTerm < own.most else { continue }
      if coefficient > 0 {
        lower[unknown] = max(lower[unknown], -floorDivide(-lowestTerm, coefficient))
        upper[unknown] = min(upper[unknown], floorDivide(highestTerm, coefficient))
      } else {
        lower[unknown] = max(lower[unknown], -floorDivide(highestTerm, -coefficient))
        upper[unknown] = min(upper[unknown], floorDivide(-lowestTerm, -coefficient))
      }
      guard lower[unknown] <= upper[unknown] else {
        contradiction = -1
        return []
      }
      let now = bounds(unknown, times: coefficient)
      guard now.least != own.least || now.most != own.most else { continue }
      least += now.least - own.least
      most += now.most - own.most
      changed.append(unknown)
    }
    return changed
  }

  private func bounds(_ unknown: Int, times coefficient: Int) -> (least: Int, most: Int) {
    coefficient > 0
      ? (coefficient * lower[unknown], coefficient * upper[unknown])
      : (coefficient * upper[unknown], coefficient * lower[unknown])
  }

  private func floorDivide(_ number: Int, _ divisor: Int) -> Int {
    let quotient = number / divisor
    return number % divisor != 0 && (number < 0) != (divisor < 0) ? quotient - 1 : quotient
  }
}
