import Tabulation

/// How many respondents raised which of the themes whose pairs are counted.
struct CombinationCounts {
  let tally: Tally
  /// The table of combinations in the plan.
  let index: Int

  var combinations: Int { tally.plan.tables[index].categories }
  /// The total and every banner.
  var columns: Range<Int> { 0..<(tally.plan.banners.count + 1) }

  func groups(_ column: Int) -> Int { tally.plan.groupCount(column == 0 ? nil : column - 1) }

  func count(_ column: Int, atom: Int, group: Int, _ combination: Int) -> Int {
    tally.count(
      atom: atom, table: index, banner: column == 0 ? nil : column - 1, group: group, category: combination)
  }

  /// Those in some atoms of a group whose combination holds all themes of one mask and none of another.
  func count(_ column: Int = 0, atoms: [Bool], group: Int = 0, with: Int, without: Int) -> Int {
    atoms.indices.reduce(0) { sum, atom in
      guard atoms[atom] else { return sum }
      return sum
        + (0..<combinations).reduce(0) {
          $1 & with == with && $1 & without == 0 ? $0 + count(column, atom: atom, group: group, $1) : $0
        }
    }
  }

  /// What those in some atoms weigh whose combination holds both themes.
  func weight(of pair: Protector.ThemePair, atoms: [Bool]) -> WeightSum {
    let both = 1 << pair.first | 1 << pair.second
    var sum = WeightSum()
    for atom in atoms.indices where atoms[atom] {
      for combination in 0..<combinations where combination & both == both {
        sum.add(tally.weight(atom: atom, table: index, banner: nil, group: 0, category: combination))
      }
    }
    return sum
  }

  /// Of two themes, those who raised both, only the first, only the second, neither.
  func cells(of pair: Protector.ThemePair, atoms: [Bool], column: Int = 0, group: Int = 0) -> [Int] {
    let (first, second) = (1 << pair.first, 1 << pair.second)
    return [(first | second, 0), (first, second), (second, first), (0, first | second)].map {
      count(column, atoms: atoms, group: group, with: $0.0, without: $0.1)
    }
  }

  /// Of each group of a banner, the least and the most who can have raised both themes where it is known how many raised
  /// each (Fréchet, 1951, Annales de l'Université de Lyon A 14, 53-77).
  private func bounds(of pair: Protector.ThemePair, atoms: [Bool], column: Int) -> [ClosedRange<Int>] {
    (0..<groups(column)).map { group in
      let row = cells(of: pair, atoms: atoms, column: column, group: group)
      let (first, second, base) = (row[0] + row[1], row[0] + row[2], row.reduce(0, +))
      return max(0, first + second - base)...min(first, second)
    }
  }

  /// The same of all people together, by whatever banner says most.
  func bounds(of pair: Protector.ThemePair, atoms: [Bool]) -> ClosedRange<Int> {
    let each = columns.map { column -> ClosedRange<Int> in
      let groups = bounds(of: pair, atoms: atoms, column: column)
      return groups.reduce(0) { $0 + $1.lowerBound }...groups.reduce(0) { $0 + $1.upperBound }
    }
    return (each.map(\.lowerBound).max() ?? 0)...(each.map(\.upperBound).min() ?? 0)
  }

  /// Whether a pair's total leaves some group of some banner, together with how many raised each theme in each group, a
  /// count of its own that is small and closely known, and that these alone do not leave.
  func narrowsGroup(of pair: Protector.ThemePair, atoms: [Bool], minimumCell: Int) -> Bool {
    let total = cells(of: pair, atoms: atoms)[0]
    return columns.dropFirst().contains { column in
      let bounds = bounds(of: pair, atoms: atoms, column: column)
      let least = bounds.reduce(0) { $0 + $1.lowerBound }
      let most = bounds.reduce(0) { $0 + $1.upperBound }
      return bounds.enumerated().contains { group, own in
        let low = max(own.lowerBound, total - (most - own.upperBound))
        let high = min(own.upperBound, total - (least - own.lowerBound))
        guard low > own.lowerBound || high < own.upperBound else { return false }
        let row = cells(of: pair, atoms: atoms, column: column, group: group)
        // What both raised moves, the other three move with it.
        return [
          low...high, row[0] + row[1] - high...row[0] + row[1] - low,
          row[0] + row[2] - high...row[0] + row[2] - low, row[3] - row[0] + low...row[3] - row[0] + high,
        ].contains { !CombinationProgram.isOpen($0, minimumCell) }
      }
    }
  }
}
