import SurveyDefinition
import Tabulation

/// In which groups of which packs it is told at which place each option of a ranking stands, and so the mean of its places and
/// who placed it within the first few.
///
/// First choices are answers like any other and are protected with everything else. The other places come on top of them, all
/// of a group's or none: what is told is a whole table of options by places, in which nothing has to be withheld. Readers add
/// and subtract such tables, group from total and pack from pack. Whatever they get so is made of pieces: the people whom the
/// packs that are told of leave apart, each split into the groups that are told of and, together, those that are not. So each
/// piece is held to the same: every count is 0, or large enough. A sum of such counts is, too. A count of a place in a group
/// of which nothing is told is then no figure, nor does one follow.
///
/// Nor does any of it tell of a first choice that is withheld: those of whom places are told have all of theirs shown, and the
/// rest can be thought to have each other's rankings, whole, under the groups of any banner; first choices are then as its table
/// says, and no place's sum has changed.
struct RankingDetail {
  /// By audience of the model and column, the groups of which places are told.
  private var told: [[Set<Int>]]

  private let protector: Protector
  /// The tables of the options, place by place.
  private let tables: [Int]
  private let isSensitive: Bool

  init(of question: Int, _ protector: Protector) {
    self.protector = protector
    tables = protector.plan.places(ofQuestion: question)
    told = protector.model.audiences.map { _ in [] }
    isSensitive = protector.plan.survey.questions[question].isSensitive
    guard let system = protector.systems.first(where: { $0.question == question }),
      !protector.questionsWithoutCompanion.contains(question)
    else { return }
    let columns = system.main.groups.indices
    told = protector.model.audiences.map { _ in columns.map { _ in [] } }
    let order = protector.model.audiences.indices.sorted {
      (-people(atoms(of: $0), 0, [0]), $0) < (-people(atoms(of: $1), 0, [0]), $1)
    }
    for audience in order { tellTotal(audience, system) }
    for column in columns.dropFirst() { tellGroups(column, system) }
  }

  /// Whether places are told of a group.
  /// - Parameters:
  ///   - audience: Its position in the model.
  ///   - column: 0 the total, and then the banners of the plan.
  func isTold(audience: Int, column: Int, group: Int) -> Bool {
    told[audience].indices.contains(column) && told[audience][column].contains(group)
  }

  // MARK: - Choosing

  private mutating func tellTotal(_ audience: Int, _ system: QuestionSystem) {
    let own = atoms(of: audience)
    guard people(own, 0, [0]) > 0, isShownWhole(audience, 0, 0, system) else { return }
    // Of packs that overlap only the larger is told of.
    let isNested = told.indices.allSatisfy { other in
      guard told[other][0] == [0] else { return true }
      let both = zip(own, atoms(of: other))
      return both.allSatisfy { !($0 && $1) } || both.allSatisfy { !$0 || $1 }
        || both.allSatisfy { $0 || !$1 }
    }
    guard isNested else { return }
    told[audience][0] = [0]
    if !regions.allSatisfy({ isSafe($0, 0, [0]) }) { told[audience][0] = [] }
  }

  private mutating func tellGroups(_ column: Int, _ system: QuestionSystem) {
    let audiences = told.indices.filter { told[$0][0] == [0] && system.scope.isPrinted[$0][column] }
    let regions = regions.filter { region in
      audiences.contains { audience in zip(region, atoms(of: audience)).allSatisfy { !$0 || $1 } }
    }
    let all = Set(0..<system.main.groups[column])
    func people(_ group: Int) -> Int { regions.reduce(0) { $0 + self.people($1, column, [group]) } }
    var safe = all.filter { group in
      people(group) > 0 && regions.allSatisfy { isSafe($0, column, [group]) }
    }
    // What is left of a total would tell too much: the more groups are in it, the less it does.
    while !regions.allSatisfy({ isSafe($0, column, all.subtracting(safe)) }) {
      guard let smallest = safe.min(by: { (people($0), -$0) < (people($1), -$1) }) else { return }
      safe.remove(smallest)
    }
    for audience in audiences {
      told[audience][column] = safe.filter {
        self.people(atoms(of: audience), column, [$0]) > 0 && isShownWhole(audience, column, $0, system)
      }
    }
  }

  /// The people whom packs that are told of leave apart, by atom.
  private var regions: [[Bool]] {
    let packs = told.indices.filter { told[$0][0] == [0] }.map(atoms)
    let count = packs.first?.count ?? 0
    let signatures = (0..<count).map { atom in packs.map { $0[atom] } }
    return Set(signatures).filter { $0.contains(true) }.map { own in signatures.map { $0 == own } }
  }

  private func atoms(of audience: Int) -> [Bool] { protector.model.parts[audience].atoms }

  /// Whether all first choices of a group are shown, and its base.
  private func isShownWhole(_ audience: Int, _ column: Int, _ group: Int, _ system: QuestionSystem) -> Bool {
    system.scope.isPrinted[audience][column]
      && system.main.sets.indices.allSatisfy {
        !system.main.sets[$0].isPrinted
          || !system.main.isWithheld(column, audience: audience, group: group, set: $0)
      }
  }

  // MARK: - Counts

  /// Whether every count of the table of some people in some groups is 0 or large enough.
  private func isSafe(_ atoms: [Bool], _ column: Int, _ groups: Set<Int>) -> Bool {
    let cells = tables.map { counts(atoms, column, groups, table: $0) }
    let base = cells.reduce(0) { $0 + $1[0] }
    if base == 0 { return true }
    guard base >= protector.thresholds.minimumBase else { return false }
    func isOpen(_ count: Int) -> Bool { count == 0 || count >= protector.thresholds.minimumCell }
    // Leaving an option out is an answer, too.
    guard cells.allSatisfy({ $0.allSatisfy(isOpen) && !(isSensitive && $0.contains(base)) }) else {
      return false
    }
    guard isSensitive else { return true }
    // How many gave a place and no further one.
    let given = (0..<(cells[0].count - 1)).map { place in cells.reduce(0) { $0 + $1[place] } }
    return zip(given, given.dropFirst()).allSatisfy { isOpen($0 - $1) }
  }

  private func people(_ atoms: [Bool], _ column: Int, _ groups: Set<Int>) -> Int {
    tables.reduce(0) { $0 + counts(atoms, column, groups, table: $1)[0] }
  }

  /// By place, and last who did not rank the option.
  private func counts(_ atoms: [Bool], _ column: Int, _ groups: Set<Int>, table: Int) -> [Int] {
    (0..<protector.plan.tables[table].categories).map { category in
      atoms.indices.reduce(0) { sum, atom in
        atoms[atom]
          ? groups.reduce(sum) {
            $0
              + protector.tally.count(
                atom: atom, table: table, banner: column > 0 ? column - 1 : nil, group: $1,
                category: category)
          } : sum
      }
    }
  }
}
