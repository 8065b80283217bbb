import SurveyDefinition
import Tabulation

/// A good start for the search of witnesses.
extension Protector {
  /// Withholds, beside every answer that is small in a printed group, the answer that it can best be exchanged with: the
  /// same one in every group, so that exchanges find each other. What is not needed is published again.
  func withholdPartners(
    of targets: [ExchangeSearch.Target], _ system: QuestionSystem, _ table: TableSystem
  ) {
    guard table.categories > 2 else { return }
    for target in targets where target.column > 0 {
      guard let category = table.onlyCategory(of: target.set),
        !system.main.isWithheld(
          target.column, audience: target.part, group: target.group, set: system.baseSet)
      else { continue }
      let partner = partner(of: category, target, table)
      guard let partner, let set = table.singleSet(of: partner) else { continue }
      table.withhold(target.column, audience: target.part, group: target.group, set: set)
    }
  }

  /// The answer that shares most nets with another, and of those the one given most often.
  func partner(of category: Int, _ target: ExchangeSearch.Target, _ table: TableSystem) -> Int? {
    let atoms = model.parts[target.part].atoms
    var best: (broken: Int, count: Int, category: Int)?
    for other in 0..<table.categories where other != category {
      guard let set = table.singleSet(of: other) else { continue }
      let broken = table.wideSets.count { table.sets[$0].separates(category, other) }
      let count = table.count(0, atoms: atoms, group: 0, set: set)
      if best.map({ (broken, -count) < ($0.broken, -$0.count) }) ?? true { best = (broken, count, other) }
    }
    return best?.category
  }
}
