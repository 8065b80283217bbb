import SurveyDefinition
import Tabulation

/// In which groups of which packs it is told at which place each option of a ranking stands, and so the mean of its places and
/// who placed it within the first few.
///
/// First choices are answers like any other and are protected with everything else. The other places come on top of them, all
/// of a group's or none: what is told is a whole table of options by places, in which nothing has to be withheld. Such tables
/// are added and subtracted by readers, group from total and pack from pack, and what comes out is held to the same: every
/// count is 0, or large enough. A count of a place in a group of which nothing is told is then no figure, nor does one follow.
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
      (-people($0, 0, [0]), $0) < (-people($1, 0, [0]), $1)
    }
    for audience in order { tellTotal(audience, system) }
    for column in columns.dropFirst() {
      for audience in order where told[audience][0] == [0] { tellGroups(audience, column, system) }
    }
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
    guard people(audience, 0, [0]) > 0, isShownWhole(audience, 0, 0, system) else { return }
    let own = protector.model.parts[audience].atoms
    // Of packs that overlap only the larger is told of.
    let isNested = told.indices.allSatisfy { other in
      guard told[other][0] == [0] else { return true }
      let both = zip(own, protector.model.parts[other].atoms)
      return both.allSatisfy { !($0 && $1) } || both.allSatisfy { !$0 || $1 }
        || both.allSatisfy { $0 || !$1 }
    }
    guard isNested else { return }
    told[audience][0] = [0]
    if !parts(of: audience, 0).allSatisfy({ isSafe($0, 0, [0]) }) { told[audience][0] = [] }
  }

  private mutating func tellGroups(_ audience: Int, _ column: Int, _ system: QuestionSystem) {
    guard system.scope.isPrinted[audience][column] else { return }
    let all = Set(0..<system.main.groups[column])
    told[audience][column] = all.filter {
      people(audience, column, [$0]) > 0 && isShownWhole(audience, column, $0, system)
    }
    while !told[audience][column].isEmpty {
      let parts = parts(of: audience, column)
      func toldOfAll(_ part: Int) -> Set<Int> {
        protector.model.parts[part].composition.reduce(all) {
          $0.intersection(told[protector.model.partOfAudience[$1.audience]][column])
        }
      }
      let unsafe = parts.reduce(into: Set<Int>()) { found, part in
        found.formUnion(toldOfAll(part).filter { !isSafe(part, column, [$0]) })
      }
      if !unsafe.isEmpty {
        told[audience][column].subtract(unsafe)
      } else if parts.allSatisfy({ isSafe($0, column, all.subtracting(toldOfAll($0))) }) {
        return
      } else if let smallest = told[audience][column].min(by: {
        (people(audience, column, [$0]), -$0) < (people(audience, column, [$1]), -$1)
      }) {
        // What is left of the total would tell too much: the more groups are in it, the less it does.
        told[audience][column].remove(smallest)
      }
    }
  }

  /// An audience and what it and others leave of each other, as far as places are told of all of them.
  private func parts(of audience: Int, _ column: Int) -> [Int] {
    protector.model.parts.indices.filter { part in
      let members = protector.model.parts[part].composition.map {
        protector.model.partOfAudience[$0.audience]
      }
      return members.contains(audience) && members.allSatisfy { !told[$0][column].isEmpty }
    }
  }

  /// Whether all first choices of a group are shown, and its base.
  private func isShownWhole(_ audience: Int, _ column: Int, _ group: Int, _ system: QuestionSystem) -> Bool {
    system.scope.isPrinted[audience][column]
      && system.main.sets.indices.allSatisfy {
        !system.main.sets[$0].isPrinted
          || !system.main.isWithheld(column, audience: audience, group: group, set: $0)
      }
  }

  // MARK: - Counts

  /// Whether every count that follows from the table of some groups of a part is 0 or large enough.
  private func isSafe(_ part: Int, _ column: Int, _ groups: Set<Int>) -> Bool {
    let cells = tables.map { counts(part, column, groups, table: $0) }
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

  private func people(_ part: Int, _ column: Int, _ groups: Set<Int>) -> Int {
    tables.reduce(0) { $0 + counts(part, column, groups, table: $1)[0] }
  }

  /// By place, and last who did not rank the option.
  private func counts(_ part: Int, _ column: Int, _ groups: Set<Int>, table: Int) -> [Int] {
    let atoms = protector.model.parts[part].atoms
    return (0..<protector.plan.tables[table].categories).map { category in
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
