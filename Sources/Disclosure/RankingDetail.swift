import SurveyDefinition
import Tabulation

/// In which groups of which packs it is told at which place each option of a ranking stands, and so the mean of its places and
/// who placed it within the first few.
///
/// First choices are answers like any other and are protected with everything else. The other places come on top of them, all
/// of a group's or none, and under a banner of all its groups or none: what is told is a whole table of options by places.
///
/// Readers add and subtract such tables, group from total and pack from pack. Whatever they get so is made of pieces: the people
/// whom the packs that are told of leave apart, or each of their groups. In each piece every option is at every place that was
/// given, and often enough; as are those who left it out or stopped at a place, where there are any; and more often than there are
/// people who stopped before the last place. So those who gave all places lie within the cone of rankings as long, whose only facets
/// are that no count is below 0 (König 1916, Mathematische Annalen 77, 453-465; Birkhoff 1946): how often two options are at two
/// places is then not determined by how often each is at its own. Of one table a reader learns nothing else.
///
/// Nor does any of it tell of a first choice that is withheld. Of a total, people can be thought to have each other's groups under
/// any banner, and then no place's sum has changed. Of groups it is only told under a banner that withholds no first choice in any
/// pack, while the totals of all packs with any of the people are told, too: then people of one piece can be thought to have each
/// other's groups under the other banners.
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
    // Of packs that overlap only the larger is told of, unless nothing is to be withheld at all.
    let isNested = told.indices.allSatisfy { other in
      if protector.thresholds.minimumCell <= 1, protector.thresholds.minimumBase <= 1 { return true }
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
    let concerned = told.indices.filter { system.scope.isPrinted[$0][0] && people(atoms(of: $0), 0, [0]) > 0 }
    let audiences = concerned.filter { system.scope.isPrinted[$0][column] }
    let groups = (0..<system.main.groups[column]).filter { group in
      audiences.contains { people(atoms(of: $0), column, [group]) > 0 }
    }
    guard concerned.allSatisfy({ told[$0][0] == [0] }),
      audiences.allSatisfy({ audience in
        (0..<system.main.groups[column]).allSatisfy { isShownWhole(audience, column, $0, system) }
      }),
      regions.allSatisfy({ region in groups.allSatisfy { isSafe(region, column, [$0]) } })
    else { return }
    for audience in audiences {
      told[audience][column] = Set(groups.filter { people(atoms(of: audience), column, [$0]) > 0 })
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

  /// Whether the table of some people in some groups tells of no few.
  private func isSafe(_ atoms: [Bool], _ column: Int, _ groups: Set<Int>) -> Bool {
    let minimum = protector.thresholds.minimumCell
    let cells = tables.map { counts(atoms, column, groups, table: $0) }
    // How many gave each place that anybody gave.
    let given = (0..<(cells[0].count - 1)).map { place in cells.reduce(0) { $0 + $1[place] } }.filter {
      $0 > 0
    }
    guard let people = given.first, let whole = given.last else { return true }
    guard people >= protector.thresholds.minimumBase else { return false }
    if minimum <= 1 { return true }
    func isOpen(_ count: Int) -> Bool { count == 0 || count >= minimum }
    let stopped = zip(given, given.dropFirst()).map { $0 - $1 }
    let notRanked = cells.compactMap(\.last)
    // Of a sensitive question also where everyone placed an option among fewer places than there are options.
    let isAgreed = isSensitive && given.count < cells.count && notRanked.contains(0)
    return stopped.allSatisfy(isOpen) && notRanked.allSatisfy(isOpen) && !isAgreed
      && cells.allSatisfy { $0.prefix(given.count).allSatisfy { $0 >= minimum && $0 > people - whole } }
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
