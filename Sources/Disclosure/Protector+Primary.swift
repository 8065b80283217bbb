import SurveyDefinition
import Tabulation

/// Primary suppression: what the thresholds alone withhold.
extension Protector {
  /// What is withheld before any witness is looked for: what is not printed at all, dropped groups, small counts, small
  /// bases (primary suppression).
  func withholdFirst(_ system: QuestionSystem) {
    for column in system.main.groups.indices {
      for (audience, _) in model.audiences.enumerated() {
        let isWhole =
          system.question.map { isQuestionWithheld[audience][$0] || isGone.contains($0) } ?? false
        if let question = system.question {
          for group in 0..<system.main.groups[column] {
            system.isRowWithheld[column][audience][group] =
              column > 0
              && rowsWithheld.contains(
                RoutedRow(question: question, column: column, audience: audience, group: group))
          }
        }
        if isWhole || !system.scope.isPrinted[audience][column] {
          for table in system.tables { table.markUnprinted(column, audience: audience) }
          continue
        }
        let atoms = model.parts[audience].atoms
        for group in 0..<system.main.groups[column] {
          withholdFirst(system, column, audience, atoms, group)
        }
      }
    }
  }

  /// Notes of which audiences the totals, taken from others, leave too few.
  func noteExposedTotals(_ system: QuestionSystem) {
    guard system.question != nil else { return }
    for table in system.tables {
      for target in derivedTargets(system, table) where target.column == 0 {
        for member in model.parts[target.part].composition {
          table.exposesTotal[model.partOfAudience[member.audience]] = true
        }
      }
    }
  }

  func withholdFirst(
    _ system: QuestionSystem, _ column: Int, _ audience: Int, _ atoms: [Bool], _ group: Int
  ) {
    let isDropped =
      visibility.isDropped[column][audience][group] || system.isRowWithheld[column][audience][group]
      || isRowBesides(system.question, column, audience, group)
    let base = system.base(column, atoms: atoms, group: group)
    let isSmall = base > 0 && base < thresholds.minimumBase
    let baseByClass = system.main.countsByClass(column, atoms: atoms, group: group, set: system.baseSet)
    let splitsBase =
      system.question != nil
      && zip(weightReadings, baseByClass).contains { $0.isReadable && $1.contains(where: isSensitive) }
    let exposesAll = system.isSensitive && base > 0 && givesOneAnswer(system, column, atoms, group, base)
    for (index, table) in system.tables.enumerated() {
      let isThemeWithheld = isThemeWithheld(system, index, column, audience)
      for (position, set) in table.sets.enumerated() {
        let count = table.count(column, atoms: atoms, group: group, set: position)
        let isSensitiveCount = isSensitive(count)
        let withholds =
          isDropped || (isThemeWithheld && set.isPrinted && !set.isShared)
          || (set.isBase && isSensitive(base))
          || (!set.isBase && system.question != nil
            && (isSmall || exposesAll || isSensitiveCount || splitsBase
              || splitsClasses(system, table, column, atoms, group, position, baseByClass)
              || hasSensitiveComplement(system, table, column, atoms, group, position, count, base)))
        if withholds { table.withhold(column, audience: audience, group: group, set: position) }
      }
    }
  }

  /// Whether weighted and unweighted figures together would say that few of those counted are of some class of weights.
  private func splitsClasses(
    _ system: QuestionSystem, _ table: TableSystem, _ column: Int, _ atoms: [Bool], _ group: Int, _ set: Int,
    _ bases: [[Int]]
  ) -> Bool {
    guard !weightReadings.isEmpty, table.sets[set].isPrinted, let question = system.question else {
      return false
    }
    let follows =
      switch plan.survey.questions[question].kind {
      case .multiple, .theme: true
      case .single, .scale, .number, .ranking: false
      }
    let counts = table.countsByClass(column, atoms: atoms, group: group, set: set)
    if weightReadings.indices.contains(where: {
      weightReadings[$0].tellsFew(counts[$0], of: bases[$0], complementFollows: follows)
    }) {
      return true
    }
    // What a larger pack has beside these people is told by subtracting, class by class.
    return model.parts.contains { part in
      guard part.composition.count > 1,
        part.composition.dropFirst().contains(where: {
          model.parts[model.partOfAudience[$0.audience]].atoms == atoms
        })
      else { return false }
      let rest = table.countsByClass(column, atoms: part.atoms, group: group, set: set)
      return zip(weightReadings, rest).contains { $0.isReadable && $1.contains(where: isSensitive) }
    }
  }

  /// Where groups are to be compared: withholds all answers of a group under a banner that has lost one, and returns what
  /// is newly withheld. The group's base stays.
  @discardableResult
  func withholdRestOfGroups(_ system: QuestionSystem) -> [SuppressionProblemBuilder.Count] {
    guard keepsGroupsWhole, system.question != nil else { return [] }
    var withheld: [SuppressionProblemBuilder.Count] = []
    for column in system.main.groups.indices.dropFirst() {
      for audience in model.audiences.indices where system.scope.isPrinted[audience][column] {
        for group in 0..<system.main.groups[column] {
          var kept: [SuppressionProblemBuilder.Count] = []
          var hasLost = false
          for (position, table) in system.tables.enumerated() {
            for set in table.sets.indices where table.sets[set].isPrinted && !table.sets[set].isBase {
              if table.isWithheld(column, audience: audience, group: group, set: set) {
                hasLost = true
              } else {
                kept.append(
                  .init(
                    table: position, target: .init(column: column, part: audience, group: group, set: set)))
              }
            }
          }
          guard hasLost else { continue }
          for count in kept {
            system.tables[count.table].withhold(
              column, audience: audience, group: group, set: count.target.set)
          }
          withheld += kept
        }
      }
    }
    return withheld
  }

  /// Whether a row is withheld besides: no reader knows why, so it stays bound by the sizes of groups like any other.
  private func isRowBesides(_ question: Int?, _ column: Int, _ audience: Int, _ group: Int) -> Bool {
    guard let question, !rowsBesides.isEmpty else { return false }
    return rowsBesides.contains(
      RoutedRow(question: question, column: column, audience: audience, group: group))
  }

  private func isThemeWithheld(_ system: QuestionSystem, _ table: Int, _ column: Int, _ audience: Int) -> Bool
  {
    guard let question = system.question, !themesWithheld.isEmpty else { return false }
    return themesWithheld.contains(
      ThemeRow(question: question, table: table, column: column, audience: audience))
  }

  func isSensitive(_ count: Int) -> Bool { count > 0 && count < minimumCell }

  /// Of a multiple question, who did not choose an option follows from the base and from those who chose any; of a theme,
  /// who did not raise it, from the base and from those who raised the one above.
  func hasSensitiveComplement(
    _ system: QuestionSystem, _ table: TableSystem, _ column: Int, _ atoms: [Bool], _ group: Int, _ set: Int,
    _ count: Int, _ base: Int
  ) -> Bool {
    guard table.sets[set].isPrinted else { return false }
    if table !== system.main, !table.sets[set].isShared {
      return isSensitive(base - count) || isSensitive(others(table, column, atoms, group))
    }
    guard let question = system.question else { return false }
    switch plan.survey.questions[question].kind {
    case .multiple, .theme: return isSensitive(base - count)
    case .single, .scale, .number, .ranking: return false
    }
  }

  /// Those counted by an option's table outside its first category.
  func others(_ table: TableSystem, _ column: Int, _ atoms: [Bool], _ group: Int) -> Int {
    var sum = 0
    for atom in atoms.indices where atoms[atom] {
      sum += table.counts[column][table.cell(column, unit: atom, group: group, category: 1)]
    }
    return sum
  }

  /// Whether everyone in the group gave the same answer (of a multiple question: whether an option has all or none).
  func givesOneAnswer(
    _ system: QuestionSystem, _ column: Int, _ atoms: [Bool], _ group: Int, _ base: Int
  ) -> Bool {
    system.tables.contains { table in
      table.sets.indices.contains {
        table.sets[$0].isPrinted && !table.sets[$0].isBase
          && table.count(column, atoms: atoms, group: group, set: $0) == base
      }
    }
  }
}
