/// The matrix X with AX = B for a symmetric, positive definite A; nil where A is not, but for rounding.
///
/// Source: Golub and Van Loan (2013), Matrix Computations, 4th edition, section 4.2 (Cholesky).
func solve(_ matrix: [[Double]], _ right: [[Double]]) -> [[Double]]? {
  let size = matrix.count
  var root = [[Double]](repeating: [Double](repeating: 0, count: size), count: size)
  for row in 0..<size {
    for column in 0...row {
      let rest = (0..<column).reduce(matrix[row][column]) { $0 - root[row][$1] * root[column][$1] }
      if row == column {
        guard rest > 1e-12 * matrix[row][row] else { return nil }
        root[row][row] = rest.squareRoot()
      } else {
        root[row][column] = rest / root[column][column]
      }
    }
  }
  var solution = right
  for column in right.first?.indices ?? 0..<0 {
    for row in 0..<size {
      let rest = (0..<row).reduce(solution[row][column]) { $0 - root[row][$1] * solution[$1][column] }
      solution[row][column] = rest / root[row][row]
    }
    for row in (0..<size).reversed() {
      let rest = (row + 1..<size).reduce(solution[row][column]) { $0 - root[$1][row] * solution[$1][column] }
      solution[row][column] = rest / root[row][row]
    }
  }
  return solution
}
