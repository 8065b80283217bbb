import SurveyDefinition
import Tabulation

/// Some categories of a table that are counted together and printed, or that a reader gets by subtracting.
struct CategorySet {
  var members: [Bool]
  /// False for a complement that is not printed.
  var isPrinted: Bool
  /// Of a complement: the printed set that it is left by.
  var complementOf: Int?
  /// True for the base row.
  var isBase: Bool
  /// What withholding one such figure costs, relative to a single answer's 100.
  var cost: Int
  /// True where the figure is printed by another table of the question, which it joins this one to: the theme above one of
  /// this table. What is withheld here is withheld there, and the other way about.
  var isShared = false

  /// Whether a respondent who moves from category `down` to `up` changes the count.
  func separates(_ up: Int, _ down: Int) -> Bool { members[up] != members[down] }
}

/// A set of categories that routes to other questions: its count is bounded by their bases.
struct RoutingBound {
  var members: [Bool]
  /// By column, then unit and group: by how much the count can fall, and rise.
  var fall: [[Int]]
  var rise: [[Int]]
  /// By column, audience and group: true where no base of the routed question is published, so that nothing binds the
  /// group by itself. What such groups have together follows from the total.
  var isHidden: [[[Bool]]]
  /// By audience: whether the routed question's base over all groups is published.
  var hasTotal: [Bool]
  /// By column and atom: what the routed question shows of it. Atoms alike in that may answer for each other where the
  /// column tells them apart no more.
  var signatures: [[[Int]]]

  func binds(_ column: Int, _ group: Int, _ audiences: [Int]) -> Bool {
    !audiences.allSatisfy { isHidden[column][$0][group] }
  }
}

/// One table with its counts by atom, group and category under each column of banners, what of it is withheld, and
/// for which figures a witness has been found. Column 0 is the total.
final class TableSystem {
  /// "As many as you like", small enough to add.
  static let unlimited = 1 << 40

  /// How much dearer a total is than a group.
  static let totalFactor = 40

  let index: Int
  let categories: Int
  let sets: [CategorySet]
  /// By column.
  let groups: [Int]
  /// By column: counts at `(unit * groups + group) * categories + category`; the first units are the atoms.
  let counts: [[Int]]
  /// By division of respondents by their weights, then class: the same as `counts`.
  var classCounts: [[[[Int]]]] = []
  /// By column and cell, how far a count can rise or fall beyond what its own count says; nil: no such bounds.
  let risingRoom: [[Int]]?
  let fallingRoom: [[Int]]?
  /// By column and cell: whether nobody can be in it; nil where that is not known of any.
  var structuralZeros: [[Bool]]?
  var bounds: [RoutingBound] = []
  /// Counts of no more than `minimum_cell` that bound a withheld base of a routed question: they must be thought larger, or
  /// those who were asked could tell too much of each other.
  var mustExceed: Set<ExchangeSearch.Target> = []
  /// By audience: whether another's total less its own is too small to be known.
  var exposesTotal: [Bool]
  /// By column and `(part * groups + group) * sets + set`.
  private(set) var withheld: [[Bool]]
  /// By column and `(part * groups + group) * sets + set`: the witness that holds the figure, -1 for none.
  private(set) var holder: [[Int]]
  /// By column and `(part * groups + group) * categories + category`: what withholding the answer would still cost.
  private(set) var cellCost: [[Int]]
  /// Rows whose base may not be withheld for the sake of others: by column and `audience * groups + group`.
  private var keepsBase: [[Bool]]
  /// The positions of printed sets of several categories: nets and bases.
  let wideSets: [Int]
  private let singleSet: [Int?]
  private let costFactor: [Int]

  init(
    index: Int, categories: Int, sets: [CategorySet], counts: [[Int]], groups: [Int], risingRoom: [[Int]]?,
    fallingRoom: [[Int]]?, audiences: Int, parts: Int, costFactor: [Int]
  ) {
    self.index = index
    self.categories = categories
    self.sets = sets
    self.counts = counts
    self.groups = groups
    self.risingRoom = risingRoom
    self.fallingRoom = fallingRoom
    self.costFactor = costFactor
    exposesTotal = Array(repeating: false, count: audiences)
    withheld = groups.map { Array(repeating: false, count: audiences * $0 * sets.count) }
    keepsBase = groups.map { Array(repeating: false, count: audiences * $0) }
    holder = groups.map { Array(repeating: -1, count: parts * $0 * sets.count) }
    let printed = sets.indices.filter { sets[$0].isPrinted }
    wideSets = printed.filter { sets[$0].members.count { $0 } != 1 }
    let single = (0..<categories).map { category in
      printed.first { sets[$0].members.count { $0 } == 1 && sets[$0].members[category] }
    }
    singleSet = single
    cellCost = groups.map { groups in
      (0..<(audiences * groups * categories)).map { cell in
        single[cell % categories].map { sets[$0].cost * costFactor[cell / categories / groups] } ?? 0
      }
    }
    // A total is read by everyone and joins all banners: it is the last to go.
    cellCost[0] = cellCost[0].map { $0 * Self.totalFactor }
  }

  func cell(_ column: Int, unit: Int, group: Int, category: Int) -> Int {
    (unit * groups[column] + group) * categories + category
  }

  func isWithheld(_ column: Int, audience: Int, group: Int, set: Int) -> Bool {
    withheld[column][(audience * groups[column] + group) * sets.count + set]
  }

  func withhold(_ column: Int, audience: Int, group: Int, set: Int) {
    let row = audience * groups[column] + group
    withheld[column][row * sets.count + set] = true
    for category in 0..<categories where singleSet[category] == set {
      cellCost[column][row * categories + category] = 0
    }
  }

  func holder(_ column: Int, part: Int, group: Int, set: Int) -> Int {
    holder[column][(part * groups[column] + group) * sets.count + set]
  }

  func isHeld(_ column: Int, part: Int, group: Int, set: Int) -> Bool {
    holder(column, part: part, group: group, set: set) >= 0
  }

  func hold(_ column: Int, part: Int, group: Int, set: Int, by witness: Int) {
    holder[column][(part * groups[column] + group) * sets.count + set] = witness
  }

  /// Takes back that a figure is withheld.
  func publish(_ column: Int, audience: Int, group: Int, set: Int) {
    let row = audience * groups[column] + group
    withheld[column][row * sets.count + set] = false
    for category in 0..<categories where singleSet[category] == set {
      cellCost[column][row * categories + category] =
        sets[set].cost * costFactor[audience] * (column == 0 ? Self.totalFactor : 1)
    }
  }

  /// The printed set that is one category alone.
  func singleSet(of category: Int) -> Int? { singleSet[category] }

  /// The category of a printed set that has only one.
  func onlyCategory(of set: Int) -> Int? { singleSet.firstIndex(of: set) }

  func keepBase(_ column: Int, audience: Int, group: Int) {
    keepsBase[column][audience * groups[column] + group] = true
  }

  /// What withholding a net or base of one group would still cost; `unlimited` where it may not be.
  func wideCost(_ column: Int, audience: Int, group: Int, set: Int) -> Int {
    if isWithheld(column, audience: audience, group: group, set: set) { return 0 }
    if sets[set].isBase, keepsBase[column][audience * groups[column] + group] { return Self.unlimited }
    return sets[set].cost * costFactor[audience] * (column == 0 ? Self.totalFactor : 1)
  }

  /// The respondents of a part in a set of categories.
  func count(_ column: Int, atoms: [Bool], group: Int, set: Int) -> Int {
    count(column, atoms: atoms, group: group, set: set, in: counts)
  }

  /// The same by division of respondents by their weights, then class.
  func countsByClass(_ column: Int, atoms: [Bool], group: Int, set: Int) -> [[Int]] {
    classCounts.map { $0.map { count(column, atoms: atoms, group: group, set: set, in: $0) } }
  }

  private func count(_ column: Int, atoms: [Bool], group: Int, set: Int, in counts: [[Int]]) -> Int {
    let members = sets[set].members
    var sum = 0
    for atom in atoms.indices where atoms[atom] {
      let start = cell(column, unit: atom, group: group, category: 0)
      for category in 0..<categories where members[category] { sum += counts[column][start + category] }
    }
    return sum
  }

  /// Nothing of an audience's figures under a column costs anything to withhold, as none is printed.
  func markUnprinted(_ column: Int, audience: Int) {
    for group in 0..<groups[column] {
      for set in sets.indices { withhold(column, audience: audience, group: group, set: set) }
    }
  }
}
