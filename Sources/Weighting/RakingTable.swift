import Glibc

/// What raking works on: the categories of each combination, and the target of each category as a share of the
/// sample.
///
/// Categories of all margins are numbered through, those of a margin in a row and its "Not stated" last: these
/// numbers are slots.
struct RakingTable {
  /// The slots of each margin.
  let slots: [Range<Int>]
  /// A share for each slot; those of a margin add up to 1.
  let targets: [Double]
  /// For each cell, that is, each combination of categories that occurs, its slot in each margin.
  let cells: [[Int]]
  /// The same in one row, which takes less than half of the time to go through.
  private let slotOfCells: [Int]

  init(slots: [Range<Int>], targets: [Double], cells: [[Int]]) {
    self.slots = slots
    self.targets = targets
    self.cells = cells
    slotOfCells = cells.flatMap(\.self)
  }

  /// How far a margin may be off, as a fraction of the target of each category.
  static let tolerance = 1e-13

  /// How raking ended.
  enum End {
    case met
    /// It is proved that no weights meet the targets.
    case impossible
    case limit
  }

  struct Raking {
    /// Shares of the sample, one for each cell.
    var weights: [Double]
    /// What the weights of each cell were multiplied by.
    var factors: [Double]
    /// After each iteration, by how much the category that is off by most is off, as a fraction of its target.
    var errors: [Double]
    var end: End
  }

  /// Multiplies the weights of each category by what it lacks, margin after margin, until all margins are met. Of all
  /// weights that meet them these are nearest to the given ones, by ∑ w ln(w / given).
  ///
  /// Source: Deming and Stephan (1940), Annals of Mathematical Statistics 11(4), 427-444; Deville, Särndal and
  /// Sautory (1993), Journal of the American Statistical Association 88(423), 1013-1020; that it converges where
  /// weights exist, Csiszár (1975), Annals of Probability 3(1), 146-158.
  func rake(_ given: [Double], limit: Int) -> Raking {
    var factors = [Double](repeating: 1, count: targets.count)
    var raking = Raking(weights: given, factors: given.map { _ in 1 }, errors: [], end: .limit)
    while raking.errors.count < limit, raking.end == .limit {
      for margin in slots.indices {
        let totals = totals(of: raking.weights, in: margin)
        for (slot, total) in zip(slots[margin], totals) where targets[slot] > 0 {
          factors[slot] *= targets[slot] / total
        }
        for cell in cells.indices {
          let product = product(of: factors, in: cell)
          raking.factors[cell] = product
          raking.weights[cell] = given[cell] * product
        }
      }
      let error = largestError(of: raking.weights)
      raking.errors.append(error)
      if error <= Self.tolerance {
        raking.end = .met
      } else if raking.errors.count.isMultiple(of: 64), provesContradiction(factors) {
        raking.end = .impossible
      } else if !error.isFinite {
        break
      }
    }
    return raking
  }

  /// What the weights in each slot of a margin add up to.
  func totals(of weights: [Double], in margin: Int) -> [Double] {
    var totals = [CompensatedSum](repeating: CompensatedSum(), count: slots[margin].count)
    for cell in cells.indices {
      totals[slotOfCells[cell * slots.count + margin] - slots[margin].lowerBound] += weights[cell]
    }
    return totals.map(\.value)
  }

  private func product(of factors: [Double], in cell: Int) -> Double {
    var product = 1.0
    for place in cell * slots.count..<(cell + 1) * slots.count { product *= factors[slotOfCells[place]] }
    return product
  }

  /// Over all margins, as a fraction of the target; infinite where weights are no longer numbers.
  func largestError(of weights: [Double]) -> Double {
    var largest = 0.0
    for margin in slots.indices {
      for (slot, total) in zip(slots[margin], totals(of: weights, in: margin)) where targets[slot] > 0 {
        let error = abs(total - targets[slot]) / targets[slot]
        guard error.isFinite else { return .infinity }
        largest = max(largest, error)
      }
    }
    return largest
  }

  /// Whether the factors are a proof that no weights meet the targets. Where weights do, ∑ t ln f over slots, t
  /// being targets and f factors, is a mean of the cells' ∑ ln f, so it cannot exceed the greatest of these. Where
  /// there are none, the factors of raking come to exceed it, as its dual has no bound: Farkas' lemma.
  private func provesContradiction(_ factors: [Double]) -> Bool {
    let logarithms = factors.map { log($0) }
    guard logarithms.allSatisfy(\.isFinite) else { return false }
    let mean = zip(targets, logarithms).map { $0 * $1 }.compensatedSum()
    let greatest = cells.map { $0.reduce(0) { $0 + logarithms[$1] } }.max() ?? 0
    return mean - greatest > 1e-9 * (1 + logarithms.reduce(0) { max($0, abs($1)) })
  }
}
