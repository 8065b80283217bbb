/// What follows by adding and subtracting from sums over some unknowns.
struct LinearSpan {
  /// A sum of the given ones: 1 at its pivot, where all others have 0.
  private struct Reduced {
    var pivot: Int
    var row: [Double]
    /// How often each of the given ones is in it.
    var combination: [Double]
  }

  private var reduced: [Reduced] = []
  private let count: Int

  private static let nothing = 1e-9

  /// - Parameter sums: Each by unknown, whether that is added.
  init(_ sums: [[Bool]]) {
    count = sums.count
    for (index, sum) in sums.enumerated() {
      var own = Reduced(
        pivot: 0, row: sum.map { $0 ? 1 : 0 }, combination: Array(repeating: 0, count: sums.count))
      own.combination[index] = 1
      for other in reduced { Self.take(other, times: own.row[other.pivot], from: &own) }
      guard let pivot = own.row.firstIndex(where: { abs($0) > Self.nothing }) else { continue }
      own.pivot = pivot
      let scale = own.row[pivot]
      own.row = own.row.map { $0 / scale }
      own.combination = own.combination.map { $0 / scale }
      for index in reduced.indices { Self.take(own, times: reduced[index].row[pivot], from: &reduced[index]) }
      reduced.append(own)
    }
  }

  /// How often each sum is added for a sum over other unknowns; nil where that does not follow.
  func combination(of sum: [Bool]) -> [Double]? {
    var left = Reduced(
      pivot: 0, row: sum.map { $0 ? 1 : 0 }, combination: Array(repeating: 0, count: count))
    for other in reduced { Self.take(other, times: left.row[other.pivot], from: &left) }
    return left.row.allSatisfy { abs($0) <= 1e-6 } ? left.combination.map { -$0 } : nil
  }

  private static func take(_ other: Reduced, times factor: Double, from own: inout Reduced) {
    if abs(factor) <= nothing { return }
    for index in own.row.indices { own.row[index] -= factor * other.row[index] }
    for index in own.combination.indices { own.combination[index] -= factor * other.combination[index] }
  }
}
