extension Ratings {
  /// Cohen's kappa over the units that both coders coded: κ = (p - e) / (1 - e), where p is the share of them on which
  /// the two agree and e is ∑ₖ aₖ bₖ, aₖ and bₖ being the shares of category k among either coder's codes.
  ///
  /// Nil for other than two coders, where no unit was coded by both, and where both gave one and the same category
  /// throughout, as 0 / 0 is.
  ///
  /// Source: Cohen (1960), Educational and Psychological Measurement 20(1), 37-46. Standard error: Fleiss, Cohen and
  /// Everitt (1969), Psychological Bulletin 72(5), 323-327, as SAS, statsmodels and irrCAC compute it. Interval: as
  /// irrCAC 1.4 for R, `kappa2.table`, by Student's t; SAS and statsmodels take the normal quantile, which is a little
  /// narrower.
  public func cohenKappa() -> AgreementCoefficient? {
    guard coders == 2 else { return nil }
    let table = PairTable(rows)
    guard table.units > 0 else { return nil }
    let n = Double(table.units)
    let chance = table.chancePairs
    // Whole numbers, so that neither the order of units nor that of coders changes a bit of it.
    guard n * n > chance else { return nil }
    let kappa = (n * Double(table.agreeing) - chance) / (n * n - chance)

    let expected = chance / (n * n)
    var mean = 0.0
    var contributions: [(value: Double, share: Double)] = []
    for cell in table.cells {
      let marginals = Double(table.second[cell.first, default: 0] + table.first[cell.second, default: 0]) / n
      let value = ((cell.first == cell.second ? 1 : 0) - (1 - kappa) * marginals) / (1 - expected)
      contributions.append((value, Double(cell.units) / n))
      mean += value * Double(cell.units) / n
    }
    let variance = contributions.reduce(0.0) { $0 + $1.share * ($1.value - mean) * ($1.value - mean) } / n
    return AgreementCoefficient(value: kappa, variance: variance, units: table.units)
  }
}

/// The units that both of two coders coded, by what either gave them.
private struct PairTable {
  /// In ascending order of categories.
  let cells: [(first: Int, second: Int, units: Int)]
  /// How many of the units each coder gave a category.
  let first: [Int: Int]
  let second: [Int: Int]
  let units: Int
  let agreeing: Int

  init(_ rows: [[Int?]: Int]) {
    var cells: [(first: Int, second: Int, units: Int)] = []
    var (first, second): ([Int: Int], [Int: Int]) = ([:], [:])
    for (row, units) in rows {
      guard let one = row[0], let other = row[1] else { continue }
      cells.append((one, other, units))
      first[one, default: 0] += units
      second[other, default: 0] += units
    }
    self.cells = cells.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
    (self.first, self.second) = (first, second)
    units = first.values.reduce(0, +)
    agreeing = cells.reduce(0) { $0 + ($1.first == $1.second ? $1.units : 0) }
  }

  /// Among all pairs of a unit of one coder and a unit of the other, those with the same category.
  var chancePairs: Double {
    first.keys.sorted().reduce(0.0) { $0 + Double(first[$1, default: 0]) * Double(second[$1, default: 0]) }
  }
}
