/// The respondents with a base weight above 0, as raking and trimming see them.
struct WeightedRespondents {
  let combinations: [Combination]
  /// How many respondents each combination has.
  let counts: [Int]
  /// The cell of each combination.
  let cellOf: [Int]
  /// Of the sample, by base weights, for each cell.
  let baseShares: [Double]
  let table: RakingTable
  private let baseTotal: Double
  private let total: Int

  /// - Parameter combinations: Merged, and free of faults, as are margins.
  init(_ combinations: [Combination], margins: [Margin]) {
    let weighted = combinations.filter { $0.baseWeight > 0 }
    var slots: [Range<Int>] = []
    for margin in margins {
      let first = slots.last?.upperBound ?? 0
      slots.append(first..<first + margin.categories.count + 1)
    }
    // Combinations come in the order of their categories, so that those of a cell come in a row.
    var cells: [[Int]] = []
    var cellOf: [Int] = []
    for combination in weighted {
      let cell = zip(combination.categories, slots).map { category, slots in
        category.map { slots.lowerBound + $0 } ?? slots.upperBound - 1
      }
      if cells.last != cell { cells.append(cell) }
      cellOf.append(cells.count - 1)
    }
    self.combinations = weighted
    self.cellOf = cellOf
    counts = weighted.map(\.respondents)
    total = counts.reduce(0, +)
    baseTotal = weighted.map { Double($0.respondents) * $0.baseWeight }.compensatedSum()
    let shares = Self.sums(
      zip(weighted, cellOf).map { (Double($0.respondents) * $0.baseWeight, $1) }, cells: cells.count)
    baseShares = shares.map { [baseTotal] in $0 / baseTotal }
    table = RakingTable(
      slots: slots, targets: Self.targets(margins, slots: slots, cells: cells, shares: baseShares),
      cells: cells)
  }

  /// Weights with a mean of 1, for each combination.
  func weights(of raking: RakingTable.Raking) -> [Double] {
    zip(combinations, cellOf).map { combination, cell in
      combination.baseWeight * raking.factors[cell] * (Double(total) / baseTotal)
    }
  }

  /// Of the sample, by weights with a mean of 1, for each cell.
  func shares(of weights: [Double]) -> [Double] {
    let terms = weights.indices.map { (Double(counts[$0]) * weights[$0] / Double(total), cellOf[$0]) }
    return Self.sums(terms, cells: table.cells.count)
  }

  /// The same weights in whole units.
  func expressed(
    _ weights: [Double], margins: [Margin]
  ) throws(WeightingRefusal) -> [Combination: Weight] {
    var expressed: [Combination: Weight] = [:]
    var faults: [WeightingFault] = []
    for (combination, weight) in zip(combinations, weights) {
      if weight >= 1e-6, let units = Weight(weight) {
        expressed[combination] = units
      } else {
        let categories = zip(combination.categories, margins).map { place, margin in
          place.map { margin.categories[$0].label }
        }
        faults.append(
          .weightOutOfRange(categories: categories, baseWeight: combination.baseWeight, weight: weight))
      }
    }
    guard faults.isEmpty else { throw WeightingRefusal(faults: faults) }
    return expressed
  }

  private static func sums(_ terms: [(value: Double, cell: Int)], cells: Int) -> [Double] {
    var sums = [CompensatedSum](repeating: CompensatedSum(), count: cells)
    for (value, cell) in terms { sums[cell] += value }
    return sums.map(\.value)
  }

  /// As shares of the sample: "Not stated" keeps its own by base weights, the known categories share the rest.
  private static func targets(
    _ margins: [Margin], slots: [Range<Int>], cells: [[Int]], shares: [Double]
  ) -> [Double] {
    var targets: [Double] = []
    for (place, margin) in margins.enumerated() {
      let notStated = zip(cells, shares).filter { $0.0[place] == slots[place].upperBound - 1 }
        .map(\.1).compensatedSum()
      let given = margin.categories.map { $0.target ?? 0 }
      let sum = given.compensatedSum()
      targets += given.map { $0 / sum * (1 - notStated) } + [notStated]
    }
    return targets
  }
}
