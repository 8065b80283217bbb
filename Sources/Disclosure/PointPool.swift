import Solver

/// Tables that an attacker found to agree with what was published, kept to settle later questions without a solver.
struct PointPool {
  private struct Point {
    /// Bundles of which some figure differs from the truth.
    var changed: [Int]
    /// By target, its count in the table.
    var values: [Double]
    var isValid = true
  }

  private let problem: SuppressionProblem
  private var points: [Point] = []
  private static let limit = 600

  init(_ problem: SuppressionProblem) { self.problem = problem }

  mutating func add(_ point: [Double]) {
    var changed: [Int] = []
    for figure in problem.figures
    where abs(figure.form.value(at: point) - Double(figure.count)) > 1e-6 && changed.last != figure.bundle {
      changed.append(figure.bundle)
    }
    if points.count >= Self.limit { points.removeFirst(Self.limit / 4) }
    points.append(
      Point(changed: changed, values: problem.targets.map { $0.form.value(at: point) }))
  }

  /// Points that need something withheld that a choice publishes no longer count.
  mutating func publish(_ choice: [Double]) {
    for index in points.indices {
      points[index].isValid = points[index].changed.allSatisfy { choice[$0] > 0.5 }
    }
  }

  /// The smallest and largest known count of a target.
  func range(_ target: Int) -> (low: Double, high: Double) {
    var low = Double(problem.targets[target].count)
    var high = low
    for point in points where point.isValid {
      low = min(low, point.values[target])
      high = max(high, point.values[target])
    }
    return (low, high)
  }
}
