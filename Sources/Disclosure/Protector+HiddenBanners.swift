import SurveyDefinition
import Tabulation

/// Banners of which an audience is shown nothing.
extension Protector {
  /// Whether nothing of the target's audience is published under its banner, neither an answer nor a size.
  ///
  /// Then a count of it is bounded by no more than what encloses it: the audience's total, and the same group in a larger
  /// audience. People of the larger one can be thought to be in any group of the smaller (the bounds of Fréchet, 1940, for
  /// a table of which only sums are known), so the count is wide where those two are.
  func isHiddenWhole(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> Bool {
    guard target.column > 0, target.part < model.audiences.count,
      !visibility.isDropped[target.column][target.part].contains(false)
    else { return false }
    return enclosing(target, system, table).allSatisfy {
      isWideEnclosure($0, table) || isWithheldFigure($0, table)
    }
  }

  /// The counts that enclose one of a hidden audience: its total, and its group in the audience next larger.
  func enclosing(
    _ target: ExchangeSearch.Target, _ system: QuestionSystem, _ table: TableSystem
  ) -> [ExchangeSearch.Target] {
    let atoms = model.parts[target.part].atoms
    var enclosing = [ExchangeSearch.Target(column: 0, part: target.part, group: 0, set: target.set)]
    for (part, definition) in model.parts.enumerated() where part != target.part {
      guard zip(atoms, definition.atoms).allSatisfy({ !$0 || $1 }),
        definition.composition.allSatisfy({
          let audience = model.partOfAudience[$0.audience]
          return system.scope.isPrinted[audience][target.column]
            && !visibility.isFree(target.column, audience: audience, group: target.group)
        })
      else { continue }
      enclosing.append(
        .init(column: target.column, part: part, group: target.group, set: target.set))
    }
    return enclosing
  }

  /// Whether a count leaves enough room for one within it, whoever looks: nobody, or more than `minimum_cell`.
  func isWideEnclosure(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Bool {
    let count = table.count(
      target.column, atoms: model.parts[target.part].atoms, group: target.group, set: target.set)
    return count == 0 || count > minimumCell
  }

  func isWithheldFigure(_ target: ExchangeSearch.Target, _ table: TableSystem) -> Bool {
    model.parts[target.part].composition.contains {
      table.isWithheld(
        target.column, audience: model.partOfAudience[$0.audience], group: target.group, set: target.set)
    }
  }

  /// Withholds the counts of exactly `minimum_cell` or fewer that enclose a hidden one, and returns them.
  func withholdEnclosing(
    of targets: [ExchangeSearch.Target], _ system: QuestionSystem, _ table: TableSystem
  ) -> [ExchangeSearch.Target] {
    var withheld: [ExchangeSearch.Target] = []
    for target in targets
    where target.column > 0 && !visibility.isDropped[target.column][target.part].contains(false) {
      let count = table.count(
        target.column, atoms: model.parts[target.part].atoms, group: target.group, set: target.set)
      if count == 0 { continue }
      for enclosure in enclosing(target, system, table)
      where !isWideEnclosure(enclosure, table) && !isWithheldFigure(enclosure, table) {
        let composition = model.parts[enclosure.part].composition.map { model.partOfAudience[$0.audience] }
        guard let audience = composition.max(by: { size(of: $0) > size(of: $1) }) else { continue }
        table.withhold(enclosure.column, audience: audience, group: enclosure.group, set: enclosure.set)
        withheld.append(
          .init(column: enclosure.column, part: audience, group: enclosure.group, set: enclosure.set))
      }
    }
    return withheld
  }
}
