/// The narrowest bounds of each unknown that follow constraint by constraint, over whole numbers.
struct Propagation {
  private(set) var lower: [Int]
  private(set) var upper: [Int]
  /// A constraint that nothing can satisfy: the figures contradict each other.
  private(set) var contradiction: Int?

  /// - Parameters:
  ///   - start: Bounds that are known to hold already.
  ///   - workLimit: Visits of constraints, after which the bounds found so far stand; they are true all the same.
  init(_ system: CountSystem, from start: (lower: [Int], upper: [Int])? = nil, workLimit: Int) {
    lower = start?.lower ?? Array(repeating: 0, count: system.unknownCount)
    upper = start?.upper ?? system.upper
    // The constraints of each unknown, one unknown after the other.
    var first = Array(repeating: 0, count: system.unknownCount + 1)
    for constraint in system.constraints {
      for unknown in constraint.form.unknowns { first[Int(unknown) + 1] += 1 }
    }
    for unknown in 0..<system.unknownCount { first[unknown + 1] += first[unknown] }
    var place = first
    var constraintsOf = Array(repeating: Int32(0), count: first[system.unknownCount])
    for (index, constraint) in system.constraints.enumerated() {
      for unknown in constraint.form.unknowns {
        constraintsOf[place[Int(unknown)]] = Int32(index)
        place[Int(unknown)] += 1
      }
    }
    var isQueued = Array(repeating: true, count: system.constraints.count)
    var queue = Array(system.constraints.indices)
    var next = 0
    var work = 0
    var changed: [Int] = []
    while next < queue.count, work < workLimit {
      let index = queue[next]
      next += 1
      work += 1
      isQueued[index] = false
      changed.removeAll(keepingCapacity: true)
      tighten(system.constraints[index], &changed)
      for unknown in changed {
        for position in first[unknown]..<first[unknown + 1] {
          let other = Int(constraintsOf[position])
          if isQueued[other] { continue }
          isQueued[other] = true
          queue.append(other)
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

  /// What follows where some unknowns, which can be, are 0.
  func emptying(_ unknowns: [Int], _ system: CountSystem, workLimit: Int) -> Propagation {
    if unknowns.isEmpty { return self }
    var start = (lower: lower, upper: upper)
    for unknown in unknowns { start.upper[unknown] = 0 }
    return Propagation(system, from: start, workLimit: workLimit)
  }

  func isFixed(_ unknown: Int) -> Bool { lower[unknown] == upper[unknown] }

  /// What a form's value lies between, by the bounds of its unknowns alone.
  func range(_ form: CountForm) -> ClosedRange<Int> {
    var least = 0
    var most = 0
    for index in form.unknowns.indices {
      let unknown = Int(form.unknowns[index])
      let coefficient = Int(form.coefficients[index])
      least += coefficient * (coefficient > 0 ? lower[unknown] : upper[unknown])
      most += coefficient * (coefficient > 0 ? upper[unknown] : lower[unknown])
    }
    return least...most
  }

  /// Narrows the unknowns of one constraint and adds those that changed.
  private mutating func tighten(_ constraint: CountSystem.Constraint, _ changed: inout [Int]) {
    let range = range(constraint.form)
    var least = range.lowerBound
    var most = range.upperBound
    if least > constraint.upper || most < constraint.lower {
      contradiction = -1
      return
    }
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
        return
      }
      let now = bounds(unknown, times: coefficient)
      guard now.least != own.least || now.most != own.most else { continue }
      least += now.least - own.least
      most += now.most - own.most
      changed.append(unknown)
    }
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
