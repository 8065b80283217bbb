/// Two margins and the pairs of their categories that occur together: whether any weights meet both.
///
/// Weights that are all above 0 exist where every set of rows has less to carry than the columns in which its
/// respondents are found, or as much and these columns hold nobody else.
///
/// Source: Pukelsheim (2014), Annals of Operations Research 215, 269-283; Gale (1957), Pacific Journal of
/// Mathematics 7(2), 1073-1082.
struct PairOfMargins {
  /// Shares that are to be met.
  let rows: [Double]
  let columns: [Double]
  /// For each row, the columns in which its respondents are found, ascending.
  let columnsOf: [[Int]]

  /// Of the sample, what every pair that occurs has to keep: less is taken for nothing.
  static let leastShare = 1e-11

  /// Whether weights bring these rows to their targets.
  enum Verdict {
    case reachable
    /// Only by leaving nothing to the others in their columns.
    case leavesOutOthers
    case contradiction
  }

  /// The columns in which respondents of these rows are found, ascending.
  func confinement(of rows: [Int]) -> [Int] {
    Set(rows.flatMap { columnsOf[$0] }).sorted()
  }

  func verdict(on these: [Int]) -> Verdict {
    let confining = confinement(of: these)
    let room = confining.map { columns[$0] }.compensatedSum() - these.map { rows[$0] }.compensatedSum()
    if room < -1e-12 { return .contradiction }
    let isThese = Set(these)
    let isConfining = Set(confining)
    let others = rows.indices.filter { !isThese.contains($0) }
      .reduce(0) { $0 + columnsOf[$1].count { isConfining.contains($0) } }
    return others > 0 && room < Double(others) * Self.leastShare ? .leavesOutOthers : .reachable
  }

  /// Sets of rows, none of which could be smaller, that are not reachable: each single row that is not, or one
  /// larger set where every row is by itself. Empty where weights exist.
  func unreachable() -> [[Int]] {
    let single = rows.indices.filter { verdict(on: [$0]) != .reachable }.map { [$0] }
    guard single.isEmpty else { return single }
    var set = rowsInTheWay()
    guard !set.isEmpty, verdict(on: set) != .reachable else { return [] }
    for row in set {
      let without = set.filter { $0 != row }
      if verdict(on: without) != .reachable { set = without }
    }
    return [set]
  }

  /// The same with these rows as one, which comes last.
  func merging(_ these: [Int]) -> PairOfMargins {
    let kept = rows.indices.filter { !these.contains($0) }
    return PairOfMargins(
      rows: kept.map { rows[$0] } + [these.map { rows[$0] }.compensatedSum()], columns: columns,
      columnsOf: kept.map { columnsOf[$0] } + [confinement(of: these)])
  }

  /// With rows for columns.
  var turned: PairOfMargins {
    PairOfMargins(
      rows: columns, columns: rows,
      columnsOf: columns.indices.map { column in rows.indices.filter { columnsOf[$0].contains(column) } })
  }

  /// By a flow in which every pair that occurs has got its least share beforehand.
  private func rowsInTheWay() -> [Int] {
    let unit = 1e15
    let least = Int(Self.leastShare * unit)
    let turned = turned
    func units(_ shares: [Double], pairs: [[Int]]) -> [Int] {
      zip(shares, pairs).map { max(0, Int(($0 * unit).rounded()) - least * $1.count) }
    }
    let flow = MaximumFlow(
      rows: units(rows, pairs: columnsOf), columns: units(columns, pairs: turned.columnsOf),
      columnsOf: columnsOf)
    return flow.rowsInTheWay
  }
}
