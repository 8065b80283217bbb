import SurveyDefinition
import Tabulation

extension PrintedScope {
  /// By question (nil: the respondents), what is printed by which audience under which column.
  static func scopes(of plan: TabulationPlan, _ model: AudienceModel) -> [Int?: PrintedScope] {
    let columns = plan.banners.count + 1
    let nothing = PrintedScope(
      isPrinted: model.audiences.map { _ in Array(repeating: false, count: columns) },
      packCount: model.audiences.map { _ in Array(repeating: 0, count: columns) })
    var scopes: [Int?: PrintedScope] = [nil: nothing]
    for question in plan.survey.questions.indices { scopes[question] = nothing }
    // How many responses there are is told in the manifest, whether or not a pack covers everyone.
    scopes[nil]?.isPrinted[0][0] = true
    for (position, pack) in plan.survey.packs.enumerated() {
      let audience = model.partOfAudience[plan.audienceOfPack[position]]
      guard audience >= 0 else { continue }
      let banners = pack.banners.compactMap { item in plan.banners.firstIndex { $0.item == item } }
      for column in [0] + banners.map({ $0 + 1 }) {
        scopes[nil]?.isPrinted[audience][column] = true
        for question in pack.questions
        where column == 0 || plan.banners[column - 1].item != .question(question) {
          scopes[question]?.isPrinted[audience][column] = true
          scopes[question]?.packCount[audience][column] += 1
        }
      }
    }
    return scopes
  }
}
