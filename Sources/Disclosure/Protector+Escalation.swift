import SurveyDefinition
import Tabulation

/// What goes where no witness was found.
extension Protector {
  /// Where no witness was found, the next larger thing goes: the row, the group, the banner, the question; first in the
  /// smallest of the packs concerned. One step at a time, however many counts of a row failed.
  func escalate(_ failures: [Failure], isPatient: Bool) {
    let before = (rows: rowsWithheld, questions: isQuestionWithheld)
    var isDone: Set<[Int]> = []
    var groups: [[Int]: Set<Int>] = [:]
    for failure in failures {
      let column = failure.target.column
      let group = failure.target.group
      let audiences = model.parts[failure.target.part].composition.map {
        model.partOfAudience[$0.audience]
      }.sorted { size(of: $0) < size(of: $1) }
      guard let smallest = audiences.first,
        isDone.insert([failure.system, column, group] + audiences).inserted
      else { continue }
      guard let question = systems[failure.system].question else {
        if !dropAll(column, smallest) { hide(smallest) }
        continue
      }
      let isBesides = rowsBesides.contains {
        $0.question == question && $0.column == column && audiences.contains($0.audience)
      }
      if !isBesides, column > 0, plan.survey.questions[question].askedIf != nil,
        withholdRows(group, systems[failure.system], question, column, audiences, before.rows)
      {
        continue
      }
      let keepsGroup = isBesides || column == 0 || column == systems[failure.system].ownColumn
      let losesGroup = audiences.first {
        !keepsGroup && visibility.hasSizes[column][$0] && visibility.isDropped[column][$0].contains(false)
      }
      if let losesGroup {
        groups[[column, losesGroup], default: []].insert(group)
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

  /// Withholds a question whole, and those it leads to: their bases would tell of it.
  func withholdForAll(_ question: Int) {
    guard isGone.insert(question).inserted else { return }
    for routed in plan.survey.questions.indices where sources(of: routed).contains(question) {
      withholdForAll(routed)
    }
  }

  /// Drops groups whole, and where they were dropped before the smallest of the others, among which their people may then be
  /// thought; the whole banner, where most of its groups go.
  func drop(_ failed: Set<Int>, column: Int, audience: Int) {
    let isNew = failed.filter { !visibility.isDropped[column][audience][$0] }
    for group in isNew { visibility.isDropped[column][audience][group] = true }
    if isNew.isEmpty {
      let others = visibility.isDropped[column][audience].indices.filter {
        !visibility.isDropped[column][audience][$0] && size(column, audience, $0) > 0
      }
      let next = others.min { (size(column, audience, $0), $0) < (size(column, audience, $1), $1) }
      if let next { visibility.isDropped[column][audience][next] = true } else { dropAll(column, audience) }
    }
    groupDecisions.completeDropped(&visibility, column, audience)
    let dropped = visibility.isDropped[column][audience].count { $0 }
    if 2 * dropped > visibility.isDropped[column][audience].count { dropAll(column, audience) }
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
