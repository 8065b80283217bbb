import SurveyDefinition
import Tabulation

/// What goes where no witness was found.
extension Protector {
  /// Where no witness was found, the next larger thing goes: the row or theme, the group, the banner, the question; first in
  /// the smallest of the packs concerned. One step at a time, however many counts of a row failed.
  func escalate(_ failures: [Failure], isPatient: Bool) {
    let before = (rows: rowsWithheld, questions: isQuestionWithheld)
    let failures = isPatient ? first(failures) : failures
    var isDone: Set<[Int]> = []
    var groups: [[Int]: Set<Int>] = [:]
    for failure in failures {
      let column = failure.target.column
      let group = failure.target.group
      let audiences = model.parts[failure.target.part].composition.map {
        model.partOfAudience[$0.audience]
      }.sorted { size(of: $0) < size(of: $1) }
      guard let smallest = audiences.first else { continue }
      // A theme goes in all groups at once.
      let isTheme = isTheme(failure)
      guard
        isDone.insert(
          [failure.system, isTheme ? failure.table : -1, column, isTheme ? -1 : group] + audiences
        )
        .inserted
      else { continue }
      guard let question = systems[failure.system].question else {
        if !dropAll(column, smallest) { hide(smallest) }
        continue
      }
      if withholdTheme(failure, question, concerned(by: failure.target.part, column, audiences)) { continue }
      let isBesides = losesRowsBesides(failure)
      let isRouted = plan.survey.questions[question].askedIf != nil
      if !isBesides, column > 0, isRouted,
        withholdRows(
          group, systems[failure.system], question, column,
          concerned(by: failure.target.part, column, audiences), before.rows)
      {
        continue
      }
      let keepsGroup = isBesides || column == 0 || column == systems[failure.system].ownColumn
      let isHopeless = isRouted && groupsLost[[question, column], default: 0] >= Self.groupsForRouted
      if !keepsGroup, !isHopeless,
        let losesGroup = audienceToLose(group, column, audiences, failure.target.part)
      {
        groups[[column, losesGroup], default: []].insert(group)
        groupsLost[[question, column], default: 0] += 1
      } else if let audience = audiences.first(where: { !before.questions[$0][question] }) {
        isQuestionWithheld[audience][question] = true
      } else {
        withholdForAll(question)
      }
    }
    for key in groups.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
      if isPatient {
        drop(groups[key] ?? [], column: key[0], audience: key[1])
      } else {
        dropAll(key[0], key[1])
      }
    }
  }

  private func isTheme(_ failure: Failure) -> Bool {
    guard failure.table > 0, let question = systems[failure.system].question else { return false }
    if case .theme = plan.survey.questions[question].kind { return true }
    return false
  }

  /// Withholds a theme in all groups, as one that few raised has nowhere to hide: one pack after the other, under the banner
  /// and then in the total; then the themes of its tree likewise. False where all of these were withheld before.
  private func withholdTheme(_ failure: Failure, _ question: Int, _ audiences: [Int]) -> Bool {
    guard isTheme(failure) else { return false }
    let system = systems[failure.system]
    let tree = system.linked.first { $0.contains(failure.table) }
    let others = system.tables.indices.filter {
      $0 > 0 && $0 != failure.table && (tree?.contains($0) ?? false)
    }
    let columns = failure.target.column == 0 ? [0] : [failure.target.column, 0]
    for tables in [[failure.table], others] {
      for audience in audiences {
        for column in columns {
          let rows = tables.map {
            ThemeRow(question: question, table: $0, column: column, audience: audience)
          }
          if rows.allSatisfy(themesWithheld.contains) { continue }
          themesWithheld.formUnion(rows)
          return true
        }
      }
    }
    return false
  }

  /// The first of the packs concerned that still shows a group; else the first that shows any.
  private func audienceToLose(_ group: Int, _ column: Int, _ audiences: [Int], _ part: Int) -> Int? {
    let concerned = concerned(by: part, column, audiences)
    return concerned.first { !visibility.isDropped[column][$0][group] }
      ?? concerned.first { visibility.isDropped[column][$0].contains(false) }
  }

  /// The packs that a count follows from and then those that it is a part of, as far as they have a banner; the smallest first.
  private func concerned(by part: Int, _ column: Int, _ audiences: [Int]) -> [Int] {
    let atoms = model.parts[part].atoms
    let larger = model.audiences.indices.filter { other in
      !audiences.contains(other) && zip(atoms, model.parts[other].atoms).allSatisfy { !$0 || $1 }
    }.sorted { (size(of: $0), $0) < (size(of: $1), $1) }
    return (audiences + larger).filter { visibility.hasSizes[column][$0] }
  }

  /// Whether rows of a failure's question are withheld besides under its banner, in one of its packs.
  private func losesRowsBesides(_ failure: Failure) -> Bool {
    let audiences = model.parts[failure.target.part].composition.map { model.partOfAudience[$0.audience] }
    return rowsBesides.contains {
      $0.question == systems[failure.system].question && $0.column == failure.target.column
        && audiences.contains($0.audience)
    }
  }

  /// Those to be answered first, for what goes with them may leave the others nothing to hide: what packs leave of each other
  /// in their totals, then under banners, then all else, and last where rows were withheld besides: what others lose may
  /// be what these need.
  private func first(_ failures: [Failure]) -> [Failure] {
    func rank(_ failure: Failure) -> Int {
      if losesRowsBesides(failure) { return 3 }
      if model.parts[failure.target.part].composition.count == 1 { return 2 }
      return failure.target.column == 0 ? 0 : 1
    }
    let ranks = failures.map(rank)
    let least = ranks.min()
    return zip(failures, ranks).filter { $1 == least }.map(\.0)
  }

  /// Withholds a question whole, and those it leads to: their bases would tell of it.
  func withholdForAll(_ question: Int) {
    guard isGone.insert(question).inserted else { return }
    for routed in plan.survey.questions.indices where sources(of: routed).contains(question) {
      withholdForAll(routed)
    }
  }

  /// Groups that go, all answers and size, for a routed question of which every row is withheld: then it goes itself.
  private static let groupsForRouted = 4

  /// Groups of the largest banner that loses them one by one to the last: each takes a round.
  private static let patientGroups = 12

  /// Drops groups whole, and where they were dropped before the smallest of the others, among which their people may then be
  /// thought; the whole of a large banner, where most of its groups go.
  func drop(_ failed: Set<Int>, column: Int, audience: Int) {
    let isNew = failed.filter { !visibility.isDropped[column][audience][$0] }
    for group in isNew { visibility.isDropped[column][audience][group] = true }
    if isNew.isEmpty {
      let others = visibility.isDropped[column][audience].indices.filter {
        !visibility.isDropped[column][audience][$0] && size(column, audience, $0) > 0
      }
      let pools = groupDecisions.pools(column, besides: audience)
      let failedPools = Set(failed.map { pools[$0] })
      func rank(_ group: Int) -> (Int, Int, Int) {
        (failedPools.contains(pools[group]) ? 0 : 1, size(column, audience, group), group)
      }
      let next = others.min { rank($0) < rank($1) }
      if let next { visibility.isDropped[column][audience][next] = true } else { dropAll(column, audience) }
    }
    groupDecisions.completeDropped(&visibility, column, audience)
    let dropped = visibility.isDropped[column][audience].count { $0 }
    let groups = visibility.isDropped[column][audience].count
    if groups > Self.patientGroups, 2 * dropped > groups { dropAll(column, audience) }
  }

  /// The people of a group.
  func size(_ column: Int, _ audience: Int, _ group: Int) -> Int {
    let atoms = model.parts[audience].atoms
    let groups = visibility.isDropped[column][audience].count
    return atoms.indices.reduce(0) { $0 + (atoms[$1] ? atomSizes[column][$1 * groups + group] : 0) }
  }

  /// Drops every group of a banner; false where there is nothing left to drop.
  @discardableResult
  func dropAll(_ column: Int, _ audience: Int) -> Bool {
    guard column > 0, visibility.isDropped[column][audience].contains(false) else { return false }
    for group in visibility.isDropped[column][audience].indices {
      visibility.isDropped[column][audience][group] = true
    }
    return true
  }
}
