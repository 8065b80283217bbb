/// Collects where values deviate from those expected.
struct Comparison {
  /// How many numbers were compared; that both are undefined does not count.
  private(set) var compared = 0
  /// What deviates, by row and column.
  private(set) var deviations: [String] = []

  /// Compares a value with one expected.
  /// - Parameters:
  ///   - tolerance: Relative.
  ///   - floor: What differs by less is equal: rounding of numbers near 1. 0 for p values, which may be small.
  mutating func check(
    _ value: Double?, _ expected: Double?, _ name: @autoclosure () -> String, tolerance: Double = 1e-9,
    floor: Double = 1e-14
  ) {
    switch (value, expected) {
    case (nil, nil): break
    case (let value?, let expected?):
      compared += 1
      let isNear = (value - expected).magnitude <= max(floor, tolerance * expected.magnitude)
      if !isNear { deviations.append("\(value) for \(expected): \(name())") }
    default:
      deviations.append(
        "\(value as Double?, default: "nil"), not \(expected as Double?, default: "nil"): \(name())")
    }
  }

  /// Compares a value with that of a column.
  mutating func check(
    _ value: Double?, _ row: ReferenceRow, _ column: String, tolerance: Double = 1e-9, floor: Double = 1e-14
  ) {
    check(value, row[column], "\(column): \(row.cells)", tolerance: tolerance, floor: floor)
  }

  /// Compares both limits with columns `NAME_lo` and `NAME_hi`. Expected limits that fall together, where an estimate
  /// has no spread, claim a certainty that nobody has: there nil is expected.
  mutating func check(
    _ interval: ClosedRange<Double>?, _ row: ReferenceRow, interval name: String, tolerance: Double = 1e-9
  ) {
    let prefix = name.isEmpty ? "" : name + "_"
    if let lower = row[prefix + "lo"], let upper = row[prefix + "hi"], upper - lower < 1e-14 {
      if interval != nil { deviations.append("an interval without width: \(row.cells)") }
      return
    }
    check(interval?.lowerBound, row, prefix + "lo", tolerance: tolerance)
    check(interval?.upperBound, row, prefix + "hi", tolerance: tolerance)
  }
}
