/// A step from the true table to another that a reader cannot tell from it: some cells rise and others fall by the same
/// number of respondents, so that every figure that stays published is unchanged.
///
/// A step inside one column of banners keeps each group's and each category's sum (an alternating cycle, as in the
/// transportation problem). A step that changes totals is carried through the table of every banner.
struct Exchange {
  struct Change {
    var column: Int
    var group: Int
    var category: Int
    /// 1 rises, -1 falls, in the unit `plus`; the other way round in `minus`.
    var sign: Int
    var plus: Int
    var minus: Int?
    /// Whether the options of a multiple question bind each other here.
    var isBound: Bool
    /// By audience: what happens to its count where the cell rises by one, -1, 0 or 1.
    var effect: [Int]

    /// The audiences whose figures change.
    var affected: [Int] { effect.indices.filter { effect[$0] != 0 } }
  }

  var changes: [Change]
  /// What withholding the figures that change would cost.
  var cost: Int

  /// The changes added up by cell; those that cancel out are left away.
  var netChanges: [Change] {
    var net: [Change] = []
    for change in changes {
      if let known = net.firstIndex(where: {
        $0.column == change.column && $0.group == change.group && $0.category == change.category
          && $0.plus == change.plus && $0.minus == change.minus
      }) {
        net[known].sign += change.sign
      } else {
        net.append(change)
      }
    }
    return net.filter { $0.sign != 0 }
  }
}

/// Which groups a reader knows nothing of, by audience: neither a count nor a base nor the size.
struct GroupVisibility: Hashable {
  /// By column, audience and group.
  var isDropped: [[[Bool]]]
  /// By column and audience: whether sizes are printed at all.
  var hasSizes: [[Bool]]

  func isFree(_ column: Int, audience: Int, group: Int) -> Bool {
    !hasSizes[column][audience] || isDropped[column][audience][group]
  }
}

/// The difference between the true table and a witness, cell by cell and atom by atom, while it is being built.
final class TableDifference {
  private(set) var values: [[Int]]
  private var touched: [(column: Int, cell: Int)] = []

  init(_ table: TableSystem) { values = table.counts.map { $0.map { _ in 0 } } }

  func reset() {
    for (column, cell) in touched { values[column][cell] = 0 }
    touched.removeAll(keepingCapacity: true)
  }

  func add(_ amount: Int, _ column: Int, _ cell: Int) {
    if amount == 0 { return }
    if values[column][cell] == 0 { touched.append((column, cell)) }
    values[column][cell] += amount
  }

  /// The cells that are empty in the witness though somebody is in them: those respondents can tell it from the truth.
  func emptiedCells(of table: TableSystem) -> [(column: Int, cell: Int)] {
    touched.filter {
      let count = table.counts[$0.column][$0.cell]
      return count > 0 && count + values[$0.column][$0.cell] == 0
    }
  }

  /// Whether some respondents' own cell is empty in the witness.
  func emptiesCell(of table: TableSystem) -> Bool {
    touched.contains {
      table.counts[$0.column][$0.cell] > 0
        && table.counts[$0.column][$0.cell] + values[$0.column][$0.cell] == 0
    }
  }

  var changedCells: [(column: Int, cell: Int)] { touched }
}
