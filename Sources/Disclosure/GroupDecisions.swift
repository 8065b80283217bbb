import SurveyDefinition
import Tabulation

/// Decides which groups of which banners go whole, size and all, before any single figure is looked at.
///
/// A group of fewer than `minimum_cell` people cannot show its size, and what is left of it when one pack's people are
/// taken from another's is a group too. Sizes are joined by their sum, so groups go at least two at a time.
struct GroupDecisions {
  let tally: Tally
  let model: AudienceModel
  /// By column and `atom * groups + group`.
  let sizes: [[Int]]
  let thresholds: ProtectionThresholds
  let scopes: [Int?: PrintedScope]

  private var plan: TabulationPlan { tally.plan }

  func decide(_ visibility: inout GroupVisibility) {
    let bySize = model.audiences.indices.sorted { (size($0), -$0) > (size($1), -$1) }
    for column in visibility.hasSizes.indices.dropFirst() {
      for (rank, audience) in bySize.enumerated() where visibility.hasSizes[column][audience] {
        for group in visibility.isDropped[column][audience].indices
        where isSensitive(size(model.parts[audience].atoms, column, group))
          || cannotHideBase(model.parts[audience].atoms, [audience], column, group)
        {
          visibility.isDropped[column][audience][group] = true
        }
        if rank > 0 && exposesRemainders(audience, column, visibility, Set(bySize[..<rank])) {
          for group in visibility.isDropped[column][audience].indices {
            visibility.isDropped[column][audience][group] = true
          }
        }
        dropRemainders(&visibility, column, Set(bySize[...rank]))
        completeDropped(&visibility, column, audience)
      }
    }
  }

  /// Where some groups of an audience are dropped, drops the next smallest ones until those dropped hide each other: among
  /// groups of which no pack tells the sum.
  func completeDropped(_ visibility: inout GroupVisibility, _ column: Int, _ audience: Int) {
    let pools = pools(column, besides: audience)
    for pool in Set(pools).sorted() {
      completeDropped(&visibility, column, audience) { pools[$0] == pool }
    }
  }

  private func completeDropped(
    _ visibility: inout GroupVisibility, _ column: Int, _ audience: Int, _ isInPool: (Int) -> Bool
  ) {
    let atoms = model.parts[audience].atoms
    let groups = visibility.isDropped[column][audience].indices
    let order = groups.filter { isInPool($0) && size(atoms, column, $0) > 0 }.sorted {
      (size(atoms, column, $0), $0) < (size(atoms, column, $1), $1)
    }
    while true {
      let dropped = order.filter { visibility.isDropped[column][audience][$0] }
      if dropped.isEmpty { return }
      let together = dropped.reduce(0) { $0 + size(atoms, column, $1) }
      let enough = max(2 * thresholds.minimumCell + 2, thresholds.minimumBase)
      if dropped.count >= 2 && together >= enough && !leavesSmallRemainder(visibility, column, dropped) {
        return
      }
      guard let next = order.first(where: { !visibility.isDropped[column][audience][$0] }) else { return }
      visibility.isDropped[column][audience][next] = true
    }
  }

  /// By group of a banner, the pool that it is in. The packs made by the banner itself tell, in their totals, how many people
  /// the groups of each pool have together, so that groups of one do not hide those of another.
  func pools(_ column: Int, besides audience: Int) -> [Int] {
    let banner = plan.banners[column - 1]
    let items = plan.items(sharing: banner.item)
    let makers = model.audiences.indices.filter { other in
      let alternatives = plan.audiences[model.audiences[other]]?.alternatives ?? []
      return other != audience && !alternatives.isEmpty && (scopes[nil]?.isPrinted[other][0] ?? false)
        && alternatives.allSatisfy { $0.count == 1 && items.contains($0[0].item) }
    }
    let shared = plan.sharedColumns.first { $0.items.contains(banner.item) }
    // Of a group of another item's packs some people may be in one and some not.
    let signatures = banner.groups.indices.map { group in
      makers.map { other -> Set<Bool> in
        guard let who = plan.audiences[model.audiences[other]] else { return [] }
        guard let shared, let position = shared.items.firstIndex(of: banner.item) else {
          return [who.alternatives.joined().contains { $0.accepted.contains(group) }]
        }
        let combinations = shared.combinations.filter { ($0[position] ?? banner.notStated) == group }
        return Set(combinations.map { who.holds($0, of: shared.items) ?? false })
      }
    }
    return signatures.map { signatures.firstIndex(of: $0) ?? 0 }
  }

  /// Whether a group has just `minimum_cell` people and fewer answered some question: that base could never be thought
  /// to be larger.
  func cannotHideBase(_ atoms: [Bool], _ audiences: [Int], _ column: Int, _ group: Int) -> Bool {
    guard size(atoms, column, group) == thresholds.minimumCell else { return false }
    return plan.tables.indices.contains { index in
      let table = plan.tables[index]
      guard [.answers, .patterns, .coded].contains(table.part), let question = table.question,
        let scope = scopes[question], audiences.allSatisfy({ scope.isPrinted[$0][column] })
      else { return false }
      let base = atoms.indices.reduce(0) { sum, atom in
        guard atoms[atom] else { return sum }
        return sum
          + (0..<(table.categories - 1)).reduce(0) {
            $0
              + tally.count(
                atom: atom, table: index, banner: column == 0 ? nil : column - 1, group: group, category: $1)
          }
      }
      return isSensitive(base)
    }
  }

  // MARK: - Remainders of packs

  /// Drops groups in which one pack less others leaves fewer than `minimum_cell` people, in the smallest of the packs.
  private func dropRemainders(_ visibility: inout GroupVisibility, _ column: Int, _ accepted: Set<Int>) {
    for part in model.parts where part.composition.count > 1 {
      let printing = part.composition.map { model.partOfAudience[$0.audience] }
      guard printing.allSatisfy({ accepted.contains($0) && visibility.hasSizes[column][$0] }) else {
        continue
      }
      let smallest = printing.max { size($0) > size($1) } ?? printing[0]
      for group in visibility.isDropped[column][smallest].indices {
        guard printing.allSatisfy({ !visibility.isDropped[column][$0][group] }) else { continue }
        if isSensitive(size(part.atoms, column, group)) {
          visibility.isDropped[column][smallest][group] = true
          completeDropped(&visibility, column, smallest)
        }
      }
    }
  }

  /// Whether the dropped groups together, over all remainders of packs, would still show a small group.
  private func leavesSmallRemainder(_ visibility: GroupVisibility, _ column: Int, _ dropped: [Int]) -> Bool {
    model.parts.contains { part in
      part.composition.count > 1
        && part.composition.allSatisfy { visibility.hasSizes[column][model.partOfAudience[$0.audience]] }
        && isSensitive(dropped.reduce(0) { $0 + size(part.atoms, column, $1) })
    }
  }

  /// Whether a banner in one more pack would, by subtraction, show more small counts than it is worth: most of its
  /// answers would have to be withheld again, one by one.
  private func exposesRemainders(
    _ audience: Int, _ column: Int, _ visibility: GroupVisibility, _ accepted: Set<Int>
  ) -> Bool {
    let atoms = model.parts[audience].atoms
    let remainders = model.parts.filter { part in
      part.composition.count > 1
        && part.composition.contains { model.partOfAudience[$0.audience] == audience }
        && part.composition.allSatisfy {
          let other = model.partOfAudience[$0.audience]
          return other == audience || (accepted.contains(other) && visibility.hasSizes[column][other])
        }
    }
    var figures = 0
    var lost = 0
    for (index, table) in plan.tables.enumerated() where !table.isCombinations && !table.isPlaces {
      guard let question = table.question, scopes[question]?.isPrinted[audience][column] ?? false else {
        continue
      }
      let categories = table.part == .answers ? table.categories - 1 : 1
      for group in visibility.isDropped[column][audience].indices {
        for category in 0..<categories {
          func count(_ atoms: [Bool]) -> Int {
            atoms.indices.reduce(0) {
              $0
                + (atoms[$1]
                  ? tally.count(atom: $1, table: index, banner: column - 1, group: group, category: category)
                  : 0)
            }
          }
          let own = count(atoms)
          if own == 0 { continue }
          figures += 1
          let isLost =
            isSensitive(own)
            || remainders.contains { part in
              part.composition.allSatisfy {
                !visibility.isDropped[column][model.partOfAudience[$0.audience]][group]
              } && isSensitive(count(part.atoms))
            }
          if isLost { lost += 1 }
        }
      }
    }
    return figures > 0 && 2 * lost > figures
  }

  private func isSensitive(_ count: Int) -> Bool { count > 0 && count < thresholds.minimumCell }

  private func size(_ atoms: [Bool], _ column: Int, _ group: Int) -> Int {
    let groups = plan.groupCount(column == 0 ? nil : column - 1)
    return atoms.indices.reduce(0) { $0 + (atoms[$1] ? sizes[column][$1 * groups + group] : 0) }
  }

  private func size(_ audience: Int) -> Int { size(model.parts[audience].atoms, 0, 0) }
}
