public import SurveyDefinition

extension Tally {
  /// The tally of the same responses as if the definition had pooled some groups: exactly what reading them again would
  /// give, without reading them. Cost: the counts of the tally.
  public func pooled(_ pooling: Pooling) -> Tally {
    let pooledPlan = TabulationPlan(plan.survey.pooled(pooling))
    let banner = plan.banners.firstIndex { $0.item == pooling.item }
    // `Not stated` keeps its place behind all groups.
    let groups = banner.map { pooling.positions(of: plan.banners[$0].groups.count) }
    let tables = plan.tables.map { table -> [Int]? in
      guard table.part == .answers, let question = table.question, .question(question) == pooling.item else {
        return nil
      }
      return pooling.positions(of: table.categories)
    }
    return Tally(
      self, under: pooledPlan, group: { $0 == banner ? groups?[$1] ?? $1 : $1 },
      category: { tables[$0]?[$1] ?? $1 })
  }
}
