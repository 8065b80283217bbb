import SurveyDefinition
import Tabulation

/// Which figures need a witness, and how wide.
extension Protector {
  /// Whether a figure must have a witness: it is printed and withheld, or follows from what is published.
  func isRequired(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> Bool {
    if target.part < model.audiences.count && table.sets[target.set].isPrinted {
      return system.scope.isPrinted[target.part][target.column]
        && table.isWithheld(target.column, audience: target.part, group: target.group, set: target.set)
    }
    return isExposed(target, system, table)
  }

  func firstTargets(_ system: QuestionSystem, _ table: TableSystem) -> [ExchangeSearch.Target] {
    var targets: [ExchangeSearch.Target] = []
    for column in table.groups.indices.reversed() {
      for audience in model.audiences.indices {
        let isTabulated = system.scope.isPrinted[audience][column]
        guard isTabulated else { continue }
        for group in 0..<table.groups[column] {
          for set in table.sets.indices
          where table.sets[set].isPrinted
            && table.isWithheld(column, audience: audience, group: group, set: set)
          {
            targets.append(.init(column: column, part: audience, group: group, set: set))
          }
        }
      }
    }
    return targets
  }

  /// Remainders of packs, and complements, that follow from figures that are all still published.
  func derivedTargets(_ system: QuestionSystem, _ table: TableSystem) -> [ExchangeSearch.Target] {
    var targets: [ExchangeSearch.Target] = []
    for part in model.parts.indices {
      for column in table.groups.indices where isPrinted(part, column, system) {
        for group in 0..<table.groups[column] {
          for set in table.sets.indices {
            let target = ExchangeSearch.Target(column: column, part: part, group: group, set: set)
            if isExposed(target, system, table) { targets.append(target) }
          }
        }
      }
    }
    return targets
  }

  /// The same, of one group and only where one figure takes part.
  func derivedTargets(
    _ system: QuestionSystem, _ table: TableSystem, touching figure: WitnessBuilder.Figure
  ) -> [ExchangeSearch.Target] {
    var targets: [ExchangeSearch.Target] = []
    let isBase = table.sets[figure.set].isBase
    for (part, definition) in model.parts.enumerated()
    where definition.composition.contains(where: { model.partOfAudience[$0.audience] == figure.audience })
      && isPrinted(part, figure.column, system)
    {
      for set in table.sets.indices
      where isBase || set == figure.set || table.sets[set].complementOf == figure.set {
        let target = ExchangeSearch.Target(column: figure.column, part: part, group: figure.group, set: set)
        if isExposed(target, system, table) { targets.append(target) }
      }
    }
    return targets
  }

  func isPrinted(_ part: Int, _ column: Int, _ system: QuestionSystem) -> Bool {
    model.parts[part].composition.allSatisfy {
      system.scope.isPrinted[model.partOfAudience[$0.audience]][column]
    }
  }

  /// Whether a remainder or complement follows from published figures and is too small to be known.
  func isExposed(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> Bool {
    let part = model.parts[target.part]
    let definition = table.sets[target.set]
    if part.composition.count == 1 && definition.isPrinted { return false }
    if table.mustExceed.contains(target) { return true }
    let count = table.count(target.column, atoms: part.atoms, group: target.group, set: target.set)
    // What an answer leaves of a small base is open where the answer is.
    let isSmall =
      system.question != nil && count > 0 && definition.isPrinted && !definition.isBase
      && part.composition.count > 1
      && system.base(target.column, atoms: part.atoms, group: target.group) < thresholds.minimumBase
    guard isSensitive(count) || isSmall || isInDoubt(target, table, count) else { return false }
    // Held open also where one of the figures is withheld: it could follow all the same, from the rest of what is published.
    return isPrinted(target.part, target.column, system)
  }

  /// Whether a remainder that is large enough to be known could still be thought small, as not all that it follows from is
  /// published.
  private func isInDoubt(_ target: ExchangeSearch.Target, _ table: TableSystem, _ count: Int) -> Bool {
    let part = model.parts[target.part]
    return part.composition.count > 1 && table.sets[target.set].isPrinted && isNearlySensitive(count)
      && part.composition.contains {
        table.isWithheld(
          target.column, audience: model.partOfAudience[$0.audience], group: target.group, set: target.set)
      }
  }

  /// Remainders of packs, under some columns, that need to be held open only where something that they follow from is
  /// withheld, and nothing is yet.
  func remaindersInDoubt(_ table: TableSystem, under columns: [Int]) -> [ExchangeSearch.Target] {
    var targets: [ExchangeSearch.Target] = []
    for (index, part) in model.parts.enumerated() where part.composition.count > 1 {
      for column in columns {
        for group in 0..<table.groups[column] {
          for set in table.sets.indices where table.sets[set].isPrinted {
            let target = ExchangeSearch.Target(column: column, part: index, group: group, set: set)
            let count = count(target, table)
            if isNearlySensitive(count), !isInDoubt(target, table, count) { targets.append(target) }
          }
        }
      }
    }
    return targets
  }

  /// Whether a count is not small, but so near that an interval of the promised width could be needed to say so.
  private func isNearlySensitive(_ count: Int) -> Bool {
    count >= minimumCell && count < 2 * minimumCell - 1
  }

  /// How wide the figure's interval must be, or nil where nothing is asked of it.
  func need(
    of target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> WitnessBuilder.Need? {
    let atoms = model.parts[target.part].atoms
    let count = table.count(target.column, atoms: atoms, group: target.group, set: target.set)
    let base = system.base(target.column, atoms: atoms, group: target.group)
    let exposesAll = system.isSensitive && count == base && count > 0
    // A count of 9 or more that could be as low as 4 has an interval of 5 by itself.
    if count >= 2 * minimumCell - 1 && !exposesAll { return nil }
    if table.mustExceed.contains(target) {
      return WitnessBuilder.Need(count: count, width: minimumCell + 1, insiderWidth: minimumCell)
    }
    if count == 0 && isKnownToBeZero(target, table) { return nil }
    var limit = minimumCell
    var isAll = false
    if system.question != nil, base < 2 * minimumCell, isBaseKnown(target, system, base) {
      limit = min(limit, base)
      isAll = limit == base
    }
    return WitnessBuilder.Need(count: count, width: limit, insiderWidth: isAll ? max(0, limit - 1) : limit)
  }

  /// Whether the base of a target's group is published, or follows from published bases of packs.
  private func isBaseKnown(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ base: Int
  ) -> Bool {
    let composition = model.parts[target.part].composition
    // A base that is too small to be known is to be held open itself.
    return (composition.count == 1 || base >= minimumCell)
      && composition.allSatisfy {
        let audience = model.partOfAudience[$0.audience]
        return system.scope.isPrinted[audience][target.column]
          && !system.main.isWithheld(
            target.column, audience: audience, group: target.group, set: system.baseSet)
      }
  }

  /// Nobody can have given an answer that nobody in the pack gave, or nobody in the group over all packs.
  func isKnownToBeZero(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Bool {
    let atoms = model.parts[target.part].atoms
    for (audience, part) in model.parts.prefix(model.audiences.count).enumerated()
    where zip(atoms, part.atoms).allSatisfy({ !$0 || $1 }) {
      for (column, group) in [(0, 0), (target.column, target.group)]
      where !table.isWithheld(column, audience: audience, group: group, set: target.set) {
        if table.count(column, atoms: part.atoms, group: group, set: target.set) == 0 { return true }
      }
    }
    return atoms.indices.allSatisfy {
      !atoms[$0] || atomSizes[target.column][$0 * table.groups[target.column] + target.group] == 0
    }
  }
}
