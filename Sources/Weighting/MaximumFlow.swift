/// The most that can flow from rows to columns along the pairs given, and what stands in the way of more.
///
/// Whole numbers: the flow is exact and the same on every machine.
///
/// Source: Ford and Fulkerson (1956), Canadian Journal of Mathematics 8, 399-404; shortest ways first, Edmonds and
/// Karp (1972), Journal of the ACM 19(2), 248-264.
struct MaximumFlow {
  private(set) var value = 0
  /// The rows of which more could come: together they have more than their columns take. Empty where all rows are
  /// sent.
  private(set) var rowsInTheWay: [Int] = []

  private let columnsOf: [[Int]]
  private var rowRest: [Int]
  private var columnRest: [Int]
  /// What flows along each pair, by row and column.
  private var flow: [[Int]]

  /// - Parameters:
  ///   - rows: What each row sends at most.
  ///   - columns: What each column takes at most.
  ///   - columnsOf: For each row, the columns to which it can send.
  init(rows: [Int], columns: [Int], columnsOf: [[Int]]) {
    self.columnsOf = columnsOf
    rowRest = rows
    columnRest = columns
    flow = rows.map { _ in [Int](repeating: 0, count: columns.count) }
    while augment() {}
  }

  /// Sends along one more way, if there is one.
  private mutating func augment() -> Bool {
    /// For each column, the row from which it was reached; for each row, the column that gives back to it.
    var rowBefore = [Int?](repeating: nil, count: columnRest.count)
    var columnBefore = [Int?](repeating: nil, count: rowRest.count)
    var isReached = rowRest.map { $0 > 0 }
    var queue = isReached.indices.filter { isReached[$0] }
    var next = 0
    while next < queue.count {
      let row = queue[next]
      next += 1
      for column in columnsOf[row] where rowBefore[column] == nil {
        rowBefore[column] = row
        if columnRest[column] > 0 {
          send(to: column, rowBefore: rowBefore, columnBefore: columnBefore)
          return true
        }
        for other in flow.indices where !isReached[other] && flow[other][column] > 0 {
          isReached[other] = true
          columnBefore[other] = column
          queue.append(other)
        }
      }
    }
    rowsInTheWay = isReached.indices.filter { isReached[$0] }
    return false
  }

  private mutating func send(to last: Int, rowBefore: [Int?], columnBefore: [Int?]) {
    var way: [(row: Int, column: Int)] = []
    var column: Int? = last
    while let reached = column, let row = rowBefore[reached] {
      way.append((row, reached))
      column = columnBefore[row]
    }
    guard let first = way.last?.row else { preconditionFailure("a way begins at a row") }
    var amount = min(rowRest[first], columnRest[last])
    for (one, step) in way.enumerated() where one + 1 < way.count {
      amount = min(amount, flow[step.row][way[one + 1].column])
    }
    for (one, step) in way.enumerated() {
      flow[step.row][step.column] += amount
      if one + 1 < way.count { flow[step.row][way[one + 1].column] -= amount }
    }
    rowRest[first] -= amount
    columnRest[last] -= amount
    value += amount
  }
}
