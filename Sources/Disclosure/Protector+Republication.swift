import SurveyDefinition
import Tabulation

/// Takes back what turned out not to be needed.
extension Protector {
  /// Publishes what turns out not to be needed: each figure that is withheld only to protect others, the dearest first,
  /// wherever every figure whose witness changes it finds another witness among what stays withheld.
  func republish(
    _ system: QuestionSystem, _ table: TableSystem, _ builder: inout WitnessBuilder,
    pinned: Set<ExchangeSearch.Target>,
    enclosing: Set<ExchangeSearch.Target>
  ) {
    var candidates: [(cost: Int, figure: WitnessBuilder.Figure)] = []
    for column in table.groups.indices {
      for audience in model.audiences.indices where system.scope.isPrinted[audience][column] {
        for group in 0..<table.groups[column] {
          for set in table.sets.indices
          where table.sets[set].isPrinted
            && table.isWithheld(column, audience: audience, group: group, set: set)
            && !pinned.contains(.init(column: column, part: audience, group: group, set: set))
          {
            let figure = WitnessBuilder.Figure(column: column, audience: audience, group: group, set: set)
            let cost =
              table.sets[set].cost * builder.search.system.costWeight(audience)
              * (column == 0 ? TableSystem.totalFactor : 1)
            candidates.append((cost, figure))
          }
        }
      }
    }
    let order = candidates.enumerated().sorted {
      ($1.element.cost, $0.offset) < ($0.element.cost, $1.offset)
    }
    for (_, candidate) in order { tryToPublish(candidate.figure, system, table, &builder, enclosing) }
  }

  func tryToPublish(
    _ figure: WitnessBuilder.Figure, _ system: QuestionSystem, _ table: TableSystem,
    _ builder: inout WitnessBuilder,
    _ enclosing: Set<ExchangeSearch.Target>
  ) {
    let (column, group, set) = (figure.column, figure.group, figure.set)
    let users = (builder.users[figure] ?? []).filter { builder.witnesses[$0].isAlive }
    table.publish(column, audience: figure.audience, group: group, set: set)
    var lost: [(target: ExchangeSearch.Target, holder: Int)] = []
    for user in users {
      builder.kill(user)
      for target in builder.witnesses[user].held
      where table.holder(target.column, part: target.part, group: target.group, set: target.set) == user {
        lost.append((target, user))
        table.hold(target.column, part: target.part, group: target.group, set: target.set, by: -1)
      }
    }
    let firstNew = builder.witnesses.count
    var isSafe = true
    let following = derivedTargets(system, table, touching: figure)
    for target in lost.map(\.target) + following where isSafe && !isHeld(target, table) {
      guard enclosing.contains(target) || isRequired(target, system, table),
        !isHiddenWhole(target, system, table),
        let need = need(of: target, system, table)
      else { continue }
      isSafe = builder.findWitness(for: target, need, limit: 0) != nil
    }
    if isSafe { return }
    table.withhold(column, audience: figure.audience, group: group, set: set)
    for new in firstNew..<builder.witnesses.count {
      builder.kill(new)
      for target in builder.witnesses[new].held {
        table.hold(target.column, part: target.part, group: target.group, set: target.set, by: -1)
      }
    }
    for user in users { builder.revive(user) }
    for (target, holder) in lost {
      table.hold(target.column, part: target.part, group: target.group, set: target.set, by: holder)
    }
  }
}
