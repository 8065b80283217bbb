import CRmath

/// What a test of a table says: whether rows and columns have to do with each other.
public struct ChiSquaredTest: Sendable, Equatable {
  /// Chi-squared; F where there are degrees of freedom below.
  public let statistic: Double
  public let degreesOfFreedom: Double
  /// Of F, below; nil for chi-squared.
  public let denominatorDegreesOfFreedom: Double?
  /// The probability of a statistic at least as large where rows and columns are independent.
  public let p: Double
}

extension RespondentTable {
  /// Pearson's chi-squared of the counts, weights left out, without continuity correction. Empty rows and columns are
  /// left out; nil where fewer than two rows or columns are left.
  ///
  /// Source: Pearson (1900), Philosophical Magazine 50(302), 157-175; as R's `chisq.test(correct = FALSE)`.
  public func pearson() -> ChiSquaredTest? {
    guard let table = occupied() else { return nil }
    let statistic = table.distance { Double($0.respondents) }
    let degrees = Double((table.rows - 1) * (table.columns - 1))
    return ChiSquaredTest(
      statistic: statistic, degreesOfFreedom: degrees, denominatorDegreesOfFreedom: nil,
      p: canvass_chi_squared_upper_tail(statistic, degrees))
  }

  /// ∑(observed - expected)² / expected over cells, expected as rows and columns without anything to do with each other
  /// would have it.
  func distance(_ size: (WeightedBase) -> Double) -> Double {
    let sizes = (0..<rows).map { row in (0..<columns).map { size(cell(row, $0)) } }
    let ofRows = sizes.map { $0.reduce(0, +) }
    let ofColumns = (0..<columns).map { column in sizes.reduce(0) { $0 + $1[column] } }
    let total = ofRows.reduce(0, +)
    var distance = 0.0
    for row in 0..<rows {
      for column in 0..<columns {
        let expected = ofRows[row] * ofColumns[column] / total
        distance += (sizes[row][column] - expected) * (sizes[row][column] - expected) / expected
      }
    }
    return distance
  }
}
