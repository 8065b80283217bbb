import SurveyDefinition
import Tabulation

/// Groups of so few people that a base that is withheld beside their size would tell too much.
extension Protector {
  /// A group of exactly `minimum_cell` people of whom even the base of some question is withheld leaves its members too
  /// little to doubt: it goes whole, size and all.
  func dropNarrowGroups() {
    guard minimumCell > 1 else { return }
    for column in visibility.hasSizes.indices.dropFirst() {
      let groups = plan.groupCount(column - 1)
      for audience in model.audiences.indices where visibility.hasSizes[column][audience] {
        let narrow = (0..<groups).filter { group in
          size(column, audience, group) == minimumCell && !visibility.isDropped[column][audience][group]
            && plan.survey.questions.indices.contains { hasNoBase($0, column, audience, group) }
        }
        if !narrow.isEmpty { drop(Set(narrow), column: column, audience: audience) }
      }
    }
  }

  /// Whether a row that is printed is withheld whole.
  private func hasNoBase(_ question: Int, _ column: Int, _ audience: Int, _ group: Int) -> Bool {
    guard scopes[question]?.isPrinted[audience][column] ?? false else { return false }
    let row = RoutedRow(question: question, column: column, audience: audience, group: group)
    return isQuestionWithheld[audience][question] || isGone.contains(question) || rowsWithheld.contains(row)
      || rowsBesides.contains(row)
  }

  // MARK: - Questions across the top

  /// Where few did not answer a question that stands across the top, or just `minimum_cell` of whom fewer answered some
  /// question, its base would tell how many are in `Not stated`: the question goes.
  func withholdUnstated() {
    for column in visibility.hasSizes.indices.dropFirst() {
      guard let question = plan.question(across: column), plan.survey.questions[question].base != .asked,
        let scope = scopes[question], let table = plan.tables(ofQuestion: question).first
      else { continue }
      let categories = plan.tables[table].categories
      for part in model.parts {
        let audiences = part.composition.map { model.partOfAudience[$0.audience] }
        guard
          audiences.allSatisfy({
            scope.isPrinted[$0][0] && visibility.hasSizes[column][$0] && !isQuestionWithheld[$0][question]
          }), let smallest = audiences.max(by: { size(of: $0) > size(of: $1) })
        else { continue }
        let answered = part.atoms.indices.filter { part.atoms[$0] }.reduce(0) { sum, atom in
          sum
            + (0..<(categories - 1)).reduce(0) {
              $0 + tally.count(atom: atom, table: table, banner: nil, group: 0, category: $1)
            }
        }
        let people = part.atoms.indices.reduce(0) { $0 + (part.atoms[$1] ? atomSizes[0][$1] : 0) }
        let isTold =
          isSensitive(people - answered)
          || groupDecisions.cannotHideBase(part.atoms, audiences, column, plan.groupCount(column - 1) - 1)
        guard answered > 0, isTold else { continue }
        isQuestionWithheld[smallest][question] = true
      }
    }
  }

  /// Where a question stands across the top, its answers are the sizes of the groups: one that went whole because just
  /// `minimum_cell` people are in it, of whom some base is withheld, must be thought larger.
  func openNarrowAnswers(_ system: QuestionSystem) {
    guard let column = system.ownColumn else { return }
    for audience in model.audiences.indices
    where system.scope.isPrinted[audience][0] && visibility.hasSizes[column][audience] {
      for group in 0..<(system.main.categories - 1)
      where visibility.isDropped[column][audience][group] && size(column, audience, group) == minimumCell
        && (groupDecisions.cannotHideBase(model.parts[audience].atoms, [audience], column, group)
          || plan.survey.questions.indices.contains { hasNoBase($0, column, audience, group) })
      {
        guard let set = system.main.singleSet(of: group) else { continue }
        system.main.mustExceed.insert(.init(column: 0, part: audience, group: 0, set: set))
        system.main.withhold(0, audience: audience, group: 0, set: set)
      }
    }
  }
}
