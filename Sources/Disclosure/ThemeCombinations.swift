/// Who raised a theme, and who did not, split by which of some other themes they raised.
///
/// Where pairs of themes are published, a table of a theme is only one that nobody can tell from the truth if people can
/// be found for it with every combination of the other themes as often as it is.
struct ThemeCombinations {
  let of: CombinationCounts
  /// The position, in its question, of the theme's own table.
  let table: Int
  /// The theme's bit of a combination, and those of the others.
  let own: Int
  let others: [Int]

  /// Combinations of the others.
  var count: Int { 1 << others.count }

  /// By combination of the others: those in some atoms of a group who raised the theme itself, then those who did not.
  func counts(_ column: Int, atoms: [Int], group: Int) -> [Int] {
    var counts = Array(repeating: 0, count: 2 * count)
    for combination in 0..<of.combinations {
      let side = combination & (1 << own) != 0 ? 0 : count
      let rest = others.enumerated().reduce(0) {
        $0 | (combination & (1 << $1.element) != 0 ? 1 << $1.offset : 0)
      }
      for atom in atoms { counts[side + rest] += of.count(column, atom: atom, group: group, combination) }
    }
    return counts
  }
}
