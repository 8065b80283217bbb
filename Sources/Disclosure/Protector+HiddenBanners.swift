import SurveyDefinition
import Tabulation

/// Banners of which an audience is shown nothing.
extension Protector {
  /// Whether nothing of the target's audience is published under its banner, neither an answer nor a size, and what is
  /// published elsewhere leaves its count wide.
  ///
  /// A count of such an audience is bounded by what encloses it: the totals of its people, and the same group in larger
  /// audiences. The bounds are those of Fréchet (1951), Sur les tableaux de corrélation dont les marges sont données,
  /// Annales de l'Université de Lyon A 14, for a table of which only the sums are known.
  func isHiddenWhole(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> Bool {
    guard isHidden(target) else { return false }
    let atoms = model.parts[target.part].atoms
    // Where a larger audience has dropped this group among others, their sum is known: the search must tell.
    let isCovered = model.audiences.indices.allSatisfy { audience in
      guard zip(atoms, model.parts[audience].atoms).allSatisfy({ !$0 || $1 }) else { return true }
      return !visibility.hasSizes[target.column][audience]
        || !visibility.isDropped[target.column][audience].contains(false)
        || !visibility.isDropped[target.column][audience][target.group]
    }
    return isCovered
      && enclosing(target, system, table).allSatisfy {
        isHeld($0, table) || leavesRoom($0, target, table)
      }
  }

  private func isHidden(_ target: ExchangeSearch.Target) -> Bool {
    target.column > 0 && target.part < model.audiences.count
      && !visibility.isDropped[target.column][target.part].contains(false)
  }

  /// The counts that enclose one of a hidden audience: the totals of everyone it may be of, and its group in audiences
  /// that are larger.
  private func enclosing(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> [ExchangeSearch.Target] {
    let atoms = model.parts[target.part].atoms
    let groups = table.groups[target.column]
    let present = atoms.indices.map {
      atoms[$0] && atomSizes[target.column][$0 * groups + target.group] > 0
    }
    func encloses(_ part: AudienceModel.Part, _ atoms: [Bool]) -> Bool {
      zip(atoms, part.atoms).allSatisfy { !$0 || $1 }
    }
    var enclosing: [ExchangeSearch.Target] = []
    for (part, definition) in model.parts.enumerated() {
      let audiences = definition.composition.map { model.partOfAudience[$0.audience] }
      if encloses(definition, present), audiences.allSatisfy({ system.scope.isPrinted[$0][0] }) {
        enclosing.append(.init(column: 0, part: part, group: 0, set: target.set))
      }
      if part != target.part, encloses(definition, atoms),
        audiences.allSatisfy({
          system.scope.isPrinted[$0][target.column]
            && !visibility.isFree(target.column, audience: $0, group: target.group)
        })
      {
        enclosing.append(.init(column: target.column, part: part, group: target.group, set: target.set))
      }
    }
    return enclosing
  }

  func count(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Int {
    table.count(target.column, atoms: model.parts[target.part].atoms, group: target.group, set: target.set)
  }

  /// Whether a published count leaves enough room for one within it, whoever looks.
  private func leavesRoom(
    _ enclosure: ExchangeSearch.Target, _ target: ExchangeSearch.Target, _ table: TableSystem
  ) -> Bool {
    let outer = count(enclosure, table)
    if outer == 0 { return true }
    if outer <= minimumCell { return false }
    if enclosure.column == 0 { return true }
    // All others of the larger audience may be in this group, but no more than there are.
    func total(_ part: Int) -> Int {
      table.count(0, atoms: model.parts[part].atoms, group: 0, set: target.set)
    }
    let highest = min(outer, total(target.part))
    let lowest = max(0, outer - (total(enclosure.part) - total(target.part)))
    return lowest >= minimumCell || highest - lowest > minimumCell
  }

  /// A total of exactly `minimum_cell` leaves a member of one of its groups too little to doubt: it goes where a part of it
  /// is withheld.
  private func withholdNarrowTotals(
    of targets: [ExchangeSearch.Target], _ system: QuestionSystem, _ table: TableSystem
  ) -> [ExchangeSearch.Target] {
    var withheld: [ExchangeSearch.Target] = []
    for target in targets where target.column > 0 && target.part < model.audiences.count {
      let total = ExchangeSearch.Target(column: 0, part: target.part, group: 0, set: target.set)
      guard count(target, table) > 0, count(total, table) == minimumCell, !withheld.contains(total) else {
        continue
      }
      table.withhold(0, audience: target.part, group: 0, set: target.set)
      withheld.append(total)
    }
    return withheld
  }

  /// Withholds the counts of `minimum_cell` or fewer that enclose a hidden one, and returns them: they need witnesses of
  /// their own.
  func withholdEnclosing(
    of targets: [ExchangeSearch.Target], _ system: QuestionSystem, _ table: TableSystem
  ) -> [ExchangeSearch.Target] {
    var withheld = withholdNarrowTotals(of: targets, system, table)
    for target in targets where isHidden(target) {
      for enclosure in enclosing(target, system, table)
      where (1...minimumCell).contains(count(enclosure, table)) && !withheld.contains(enclosure) {
        let composition = model.parts[enclosure.part].composition.map { model.partOfAudience[$0.audience] }
        guard let audience = composition.max(by: { size(of: $0) > size(of: $1) }) else { continue }
        table.withhold(enclosure.column, audience: audience, group: enclosure.group, set: enclosure.set)
        withheld.append(enclosure)
        let printed = ExchangeSearch.Target(
          column: enclosure.column, part: audience, group: enclosure.group, set: enclosure.set)
        if printed != enclosure { withheld.append(printed) }
      }
    }
    return withheld
  }
}
