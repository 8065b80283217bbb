import Dispatch
import SurveyDefinition
import Synchronization
import Tabulation

/// Which pairs of themes may be told to have been raised together, once everything else is decided: a pair is published only
/// where it makes nothing narrower that is withheld.
extension Protector {
  /// Two of a question's co-occurring themes, by their bits of a combination, the smaller first.
  struct ThemePair: Hashable {
    var first: Int
    var second: Int

    /// All pairs of some number of themes, those of the first theme first.
    static func all(of themes: Int) -> [ThemePair] {
      (0..<themes).flatMap { first in
        ((first + 1)..<max(first + 1, themes)).map { ThemePair(first: first, second: $0) }
      }
    }
  }

  /// By audience (its position in the model), the pairs of a theme question that may be published.
  func publishedPairs(of question: Int) -> [Set<ThemePair>] {
    var published = model.audiences.map { _ in Set<ThemePair>() }
    guard case .theme(let coding) = plan.survey.questions[question].kind,
      let index = plan.combinations(ofQuestion: question),
      let system = systems.first(where: { $0.question == question }),
      !system.isSensitive, !isGone.contains(question), !questionsWithoutCompanion.contains(question)
    else { return published }
    let pairs = ThemePair.all(of: coding.coOccurring.count)
    let counts = CombinationCounts(tally: tally, index: index)
    func mayPublish(_ pair: ThemePair, _ audience: Int) -> Bool {
      !isQuestionWithheld[audience][question] && system.scope.isPrinted[audience][0]
        && !system.main.isWithheld(0, audience: audience, group: 0, set: system.baseSet)
        && [pair.first, pair.second].allSatisfy {
          system.shownTotal(ofTheme: coding.coOccurring[$0], audience, model.parts[audience].atoms) != nil
        }
        && counts.cells(of: pair, atoms: model.parts[audience].atoms).allSatisfy { !isSensitive($0) }
    }
    var candidates = model.audiences.map { _ in Set<ThemePair>() }
    for audience in model.audiences.indices {
      candidates[audience] = Set(pairs.filter { mayPublish($0, audience) })
    }
    // Themes of which some count would be narrowed have no pairs.
    var kept = Set(candidates.joined().flatMap { [$0.first, $0.second] })
    let free = keepingOpen(kept.sorted(), coding, counts, system)
    kept.formIntersection(free)
    var program = CombinationProgram(
      counts: counts, model: model, system: system, themes: coding.coOccurring, below: coding.themes.below)
    // The largest audience first; of one, the pairs of the first themes first.
    let order = model.audiences.indices.sorted { (-size(of: $0), $0) < (-size(of: $1), $1) }
    for audience in order {
      for pair in pairs
      where candidates[audience].contains(pair) && kept.isSuperset(of: [pair.first, pair.second]) {
        published[audience].insert(pair)
        if !isSafe(pair, audience, published, counts, &program) { published[audience].remove(pair) }
      }
    }
    return published
  }

  /// Of some themes, by their bits, those of whose tree all that is withheld stays open though it may not change how often
  /// any of them are raised together.
  private func keepingOpen(
    _ bits: [Int], _ coding: ThemeCoding, _ counts: CombinationCounts, _ system: QuestionSystem
  ) -> Set<Int> {
    let open = Mutex<Set<Int>>([])
    // Programs read the tables and change none of them.
    nonisolated(unsafe) let protector = self
    nonisolated(unsafe) let tables = system
    let themes = bits.map { own in
      ThemeCombinations(
        of: counts, table: QuestionSystem.table(ofTheme: coding.coOccurring[own]), own: own,
        others: bits.filter { $0 != own })
    }
    DispatchQueue.concurrentPerform(iterations: themes.count) { turn in
      if unsafe protector.keepsOpen(themes[turn], tables) { open.withLock { _ = $0.insert(bits[turn]) } }
    }
    return open.withLock { $0 }
  }

  /// Unknown counts of combinations under one banner: with more, whether pairs would narrow anything is not worked out, and
  /// they are withheld.
  private static let combinationLimit = 10_000

  private func keepsOpen(_ combinations: ThemeCombinations, _ system: QuestionSystem) -> Bool {
    guard let scope = system.linked.first(where: { $0.contains(combinations.table) }) else { return false }
    var targets: [SuppressionProblemBuilder.Count] = []
    for (position, table) in system.tables.enumerated() where scope.contains(position) {
      let all = firstTargets(system, table) + derivedTargets(system, table)
      targets += all.filter { !table.sets[$0.set].isShared }.map { .init(table: position, target: $0) }
    }
    var left = Set(targets.filter { need(of: $0.target, system, system.tables[$0.table]) != nil })
    for columns in system.main.groups.indices.dropFirst().map({ [$0] }) {
      let opensTotals = search(system, 0).opensTotals(columns, scope)
      let here = targets.filter {
        left.contains($0) && ($0.target.column == columns[0] || ($0.target.column == 0 && opensTotals))
      }
      if here.isEmpty { continue }
      let size = units.atoms[columns[0]].count * system.main.groups[columns[0]] * combinations.count
      guard size <= Self.combinationLimit else { return false }
      let isOpen = openness(here, scope, columns, system, keeping: combinations)
      for target in here where isOpen(target) { left.remove(target) }
      if left.contains(where: { $0.target.column == columns[0] }) { return false }
    }
    if left.isEmpty { return true }
    guard let together = search(system, 0).columnsTogether(scope) else { return false }
    let isOpen = openness(Array(left), scope, together, system, keeping: combinations)
    return targets.allSatisfy { !left.contains($0) || isOpen($0) }
  }

  /// Whether, with a pair published to an audience, no group that follows from what is published of pairs is too small to be
  /// known, in the audience or in what packs leave of each other.
  private func isSafe(
    _ pair: ThemePair, _ audience: Int, _ published: [Set<ThemePair>], _ counts: CombinationCounts,
    _ program: inout CombinationProgram
  ) -> Bool {
    for part in model.parts
    where part.composition.contains(where: { model.partOfAudience[$0.audience] == audience }) {
      let isKnown = part.composition.allSatisfy {
        published[model.partOfAudience[$0.audience]].contains(pair)
      }
      if isKnown, counts.cells(of: pair, atoms: part.atoms).contains(where: isSensitive) { return false }
    }
    return !counts.narrowsGroup(of: pair, atoms: model.parts[audience].atoms, minimumCell: minimumCell)
      && program.keepsOpen(published, minimumCell: minimumCell)
  }
}

extension [CodedTheme] {
  /// By theme, those that lie below it at any depth.
  fileprivate var below: [[Int]] {
    var below = map { _ in [Int]() }
    for theme in indices {
      var above = self[theme].parent
      while let parent = above {
        below[parent].append(theme)
        above = self[parent].parent
      }
    }
    return below
  }
}
