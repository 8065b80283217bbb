import CRmath

/// Tests of a table that take weights and strata into account.
public struct RaoScottTests: Sendable, Equatable {
  /// Pearson's chi-squared of weighted shares, over the mean of the generalised design effects: first order, by the
  /// chi-squared distribution. `statistic` is before the division, as R prints it.
  public let firstOrder: ChiSquaredTest
  /// By F with degrees of freedom that allow for how the design effects differ: second order. The one to publish.
  public let secondOrder: ChiSquaredTest
}

extension RespondentTable {
  /// The tests of Rao and Scott, from the sums of weights and of their squares in each cell: since a respondent falls
  /// in one cell only, these hold all that the covariance of shares needs.
  ///
  /// Pearson's chi-squared X² = n ∑(p - e)²/e of weighted shares behaves as ∑δᵢχ²₁, where δ are the generalised design
  /// effects, the eigenvalues of Δ = (C'D⁻¹C/n)⁻¹ C'D⁻¹VD⁻¹C with D the shares, V their covariance by linearisation
  /// over the whole sample, and C contrasts of interaction. Second order: X²/tr Δ by F with d = (tr Δ)²/tr Δ² and dν
  /// degrees of freedom, ν being the respondents in the table less their strata.
  ///
  /// Empty rows and columns are left out. Nil where fewer than two rows or columns are left, where a stratum of several
  /// people has a single respondent, where so many cells are empty that Δ does not exist or is 0, as where groups
  /// of one size decide the answer, and without degrees of freedom.
  ///
  /// Cost: of r rows and c columns, the cube of (r - 1)(c - 1).
  ///
  /// Source: Rao and Scott (1984), Annals of Statistics 12(1), 46-60; Thomas and Rao (1987), JASA 82(398), 630-636. As
  /// R's `svychisq`, `statistic = "F"` and `"Chisq"`.
  /// - Parameter sample: All strata, in the order of the table's.
  public func raoScott(_ sample: [SampledStratum]) -> RaoScottTests? {
    precondition(sample.count == strata, "a table has the strata of its sample")
    guard let table = occupied(), let covariance = table.covarianceOfShares(sample),
      let effects = table.designEffects(covariance)
    else { return nil }
    let cells = sample.indices.map { table.respondents(inStratum: $0) }
    let respondents = cells.reduce(0, +)
    let degrees = respondents - cells.count { $0 > 0 }
    let trace = effects.indices.reduce(0) { $0 + effects[$1][$1] }
    // Design effects are near 1: what is left where answers follow from groups is rounding.
    guard degrees > 0, trace > 1e-9 else { return nil }
    let squares = effects.indices.reduce(0) { sum, row in
      effects.indices.reduce(sum) { $0 + effects[row][$1] * effects[$1][row] }
    }

    let weight = table.total.weight
    let statistic = Double(respondents) * table.distance { $0.weight / weight }
    let count = Double(effects.count)
    let (above, scaled) = (trace * trace / squares, statistic / trace)
    let below = above * Double(degrees)
    return RaoScottTests(
      firstOrder: ChiSquaredTest(
        statistic: statistic, degreesOfFreedom: count, denominatorDegreesOfFreedom: nil,
        p: canvass_chi_squared_upper_tail(scaled * count, count)),
      secondOrder: ChiSquaredTest(
        statistic: scaled, degreesOfFreedom: above, denominatorDegreesOfFreedom: below,
        p: canvass_f_upper_tail(scaled, above, below)))
  }

  private var total: WeightedBase {
    places.reduce(into: WeightedBase()) { $0.merge(cell($1.row, $1.column)) }
  }

  /// Rows and columns of all cells, in the order of shares and covariances.
  private var places: [(row: Int, column: Int)] {
    (0..<rows).flatMap { row in (0..<columns).map { (row, $0) } }
  }

  private func respondents(inStratum stratum: Int) -> Int {
    places.reduce(0) { $0 + self[$1.row, $1.column, stratum: stratum].respondents }
  }

  private var shares: [Double] {
    let weight = total.weight
    return places.map { cell($0.row, $0.column).weight / weight }
  }

  /// The covariance of all cells' shares. A respondent of cell k adds to that of a and b the product of its residuals,
  /// w(1 if k is a - pₐ)/W and the same for b.
  private func covarianceOfShares(_ sample: [SampledStratum]) -> [[Double]]? {
    let (shares, weight) = (shares, total.weight)
    var covariance = [[Double]](
      repeating: [Double](repeating: 0, count: shares.count), count: shares.count)
    for (index, stratum) in sample.enumerated() {
      let cells = places.map { self[$0.row, $0.column, stratum: index] }
      let all = cells.reduce(into: WeightedBase()) { $0.merge($1) }
      if all.respondents == 0 { continue }
      precondition(all.respondents <= stratum.sampled, "a table is a part of the sample")
      guard let factor = stratum.varianceFactor else { return nil }
      let sums = zip(cells, shares).map { $0.weight - $1 * all.weight }
      for a in shares.indices {
        for b in shares.indices {
          var products =
            shares[a] * shares[b] * all.squaredWeight - shares[a] * cells[b].squaredWeight
            - shares[b] * cells[a].squaredWeight
          if a == b { products += cells[a].squaredWeight }
          covariance[a][b] +=
            factor * (products - sums[a] * sums[b] / Double(stratum.sampled)) / (weight * weight)
        }
      }
    }
    return covariance
  }

  /// Δ, of as many rows and columns as there are contrasts; nil where empty cells leave none.
  private func designEffects(_ covariance: [[Double]]) -> [[Double]]? {
    let shares = shares
    let respondents = Double(total.respondents)
    let contrasts = interactionContrasts().map { contrast in
      contrast.filter { shares[$0.cell] > 0 }.map { (cell: $0.cell, factor: $0.sign / shares[$0.cell]) }
    }
    func quadratic(_ entry: (Int, Int) -> Double) -> [[Double]] {
      contrasts.map { one in
        contrasts.map { other in
          one.reduce(0) { sum, a in
            other.reduce(sum) { $0 + a.factor * $1.factor * entry(a.cell, $1.cell) }
          }
        }
      }
    }
    let simple = quadratic { $0 == $1 ? shares[$0] / respondents : 0 }
    return solve(simple, quadratic { covariance[$0][$1] })
  }
  /// For each row i and column j but the first: cells (i, j) and (0, 0) less cells (i, 0) and (0, j). All are at right
  /// angles to effects of rows and of columns alone, which is what contrasts of interaction are.
  private func interactionContrasts() -> [[(cell: Int, sign: Double)]] {
    var contrasts: [[(cell: Int, sign: Double)]] = []
    for row in 1..<rows {
      for column in 1..<columns {
        contrasts.append([(row * columns + column, 1), (row * columns, -1), (column, -1), (0, 1)])
      }
    }
    return contrasts
  }
}
