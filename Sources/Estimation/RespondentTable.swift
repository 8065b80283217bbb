/// Two ways in which respondents answered, or a group and an answer, as a table: everybody in it falls in one cell.
///
/// Respondents who are in no cell, as those without an answer, are outside the table but count in the sample's strata.
public struct RespondentTable: Sendable, Equatable {
  public let rows: Int
  public let columns: Int
  /// How many strata the sample has: 1 without strata.
  public let strata: Int
  /// By stratum, row, column.
  private var cells: [WeightedBase]

  /// A table without respondents.
  public init(rows: Int, columns: Int, strata: Int = 1) {
    precondition(rows > 0 && columns > 0 && strata > 0, "a table has cells")
    self.rows = rows
    self.columns = columns
    self.strata = strata
    cells = Array(repeating: WeightedBase(), count: rows * columns * strata)
  }

  /// The respondents of a cell within a stratum.
  public subscript(row: Int, column: Int, stratum stratum: Int = 0) -> WeightedBase {
    get { cells[index(row, column, stratum)] }
    set { cells[index(row, column, stratum)] = newValue }
  }

  /// Adds the respondents of another part of the sample.
  public mutating func merge(_ other: RespondentTable) {
    precondition(
      (rows, columns, strata) == (other.rows, other.columns, other.strata), "tables have the same form")
    for index in cells.indices { cells[index].merge(other.cells[index]) }
  }

  private func index(_ row: Int, _ column: Int, _ stratum: Int) -> Int {
    precondition(
      0..<rows ~= row && 0..<columns ~= column && 0..<strata ~= stratum, "a cell lies within its table")
    return (stratum * rows + row) * columns + column
  }

  /// The respondents of a cell over all strata.
  func cell(_ row: Int, _ column: Int) -> WeightedBase {
    (0..<strata).reduce(into: WeightedBase()) { $0.merge(self[row, column, stratum: $1]) }
  }

  /// The table without rows and columns that are empty; nil where fewer than two rows or columns are left.
  func occupied() -> RespondentTable? {
    let kept = (
      rows: (0..<rows).filter { row in (0..<columns).contains { cell(row, $0).respondents > 0 } },
      columns: (0..<columns).filter { column in (0..<rows).contains { cell($0, column).respondents > 0 } }
    )
    guard kept.rows.count > 1, kept.columns.count > 1 else { return nil }
    var table = RespondentTable(rows: kept.rows.count, columns: kept.columns.count, strata: strata)
    for stratum in 0..<strata {
      for (row, source) in kept.rows.enumerated() {
        for (column, other) in kept.columns.enumerated() {
          table[row, column, stratum: stratum] = self[source, other, stratum: stratum]
        }
      }
    }
    return table
  }
}
