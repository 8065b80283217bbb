import SurveyDefinition
import Tabulation

/// What goes besides, for an audit asked for it.
extension Protector {
  /// Withholds what is to go besides, in the smallest of the packs concerned.
  func withhold(_ place: PlaceToWithhold) {
    guard let positions = PlacePositions(place, plan) else { return }
    if place.extent == .companion {
      if let question = positions.question { questionsWithoutCompanion.insert(question) }
      return
    }
    let audiences = positions.packs.map { model.partOfAudience[plan.audienceOfPack[$0]] }.filter { $0 >= 0 }
    guard let audience = audiences.max(by: { size(of: $0) > size(of: $1) }) else { return }
    guard let question = positions.question else {
      if place.extent == .row, positions.column > 0, let group = positions.group {
        drop([group], column: positions.column, audience: audience)
      } else if place.extent > .table || !dropAll(positions.column, audience) {
        // How many responses there are is told by every release.
        if audience != 0 { hide(audience) }
      }
      // A question tells the sizes of the groups that its own answers make.
      if place.extent > .row, let question = plan.question(across: positions.column) {
        if place.extent > .table { withholdForAll(question) }
        isQuestionWithheld[audience][question] = true
      }
      return
    }
    if place.extent == .questionForAll { withholdForAll(question) }
    guard place.extent < .question, positions.column > 0 else {
      isQuestionWithheld[audience][question] = true
      if let own = plan.banners.firstIndex(where: { $0.item == .question(question) }) {
        dropAll(own + 1, audience)
      }
      return
    }
    let row = place.extent == .row ? positions.group.map { $0..<($0 + 1) } : nil
    let groups = row ?? 0..<plan.groupCount(positions.column - 1)
    if plan.survey.questions[question].askedIf != nil {
      withholdRoutedRows(question, positions.column, audience, groups)
      return
    }
    for group in groups {
      rowsBesides.insert(
        RoutedRow(question: question, column: positions.column, audience: audience, group: group))
    }
  }
}
