import ReleaseModel
import SurveyDefinition
import Tabulation

/// Of which groups of a pack it may be told how many people there are, so that readers see how many of them responded.
///
/// That is known of everyone, and of packs of whole groups of one item. How many people a group has is no answer of anybody's,
/// but it is a bound on how many responded: where a group's size is withheld, its people must be so many that the bound tells
/// nothing. Of a banner with a withheld group for which they are not, no group's people are told.
struct Participation {
  private let protector: Protector
  private let population: Population

  /// Nil where the definition knows no population.
  init?(_ protector: Protector) {
    guard let population = protector.plan.survey.population else { return nil }
    self.protector = protector
    self.population = population
  }

  /// What of a pack may be told: the total first, then banner by banner.
  func people(of pack: Int) -> [(banner: String, group: String, people: Int)] {
    let plan = protector.plan
    let audience = protector.model.partOfAudience[plan.audienceOfPack[pack]]
    guard audience >= 0, protector.visibility.hasSizes[0][audience],
      let scope = Scope(plan.survey.packs[pack].who, population)
    else { return [] }
    var told: [(banner: String, group: String, people: Int)] = []
    if let people = scope.people { told.append(("total", "Total", people)) }
    for banner in plan.survey.packs[pack].banners {
      guard let index = plan.banners.firstIndex(where: { $0.item == banner }), scope.knows(banner),
        isSafe(banner, column: index + 1, audience)
      else { continue }
      for (group, label) in plan.banners[index].groups.enumerated() {
        guard scope.includes(group, of: banner), isShown(group, column: index + 1, audience),
          let people = population.count(banner, group: group)
        else { continue }
        told.append((plan.banners[index].id, label, people))
      }
    }
    return told
  }

  private func isShown(_ group: Int, column: Int, _ audience: Int) -> Bool {
    protector.visibility.hasSizes[column][audience]
      && !protector.visibility.isDropped[column][audience][group]
  }

  /// Whether each group whose size is withheld has room for any table that a reader must think possible: `minimum_cell` more
  /// than responded, and as many again for those who might have to make up for others.
  private func isSafe(_ banner: Item, column: Int, _ audience: Int) -> Bool {
    guard protector.thresholds.minimumCell > 1 else { return true }
    let groups = protector.plan.banners[column - 1].groups.indices
    return groups.allSatisfy { group in
      guard !isShown(group, column: column, audience), let people = population.count(banner, group: group)
      else { return true }
      let atoms = protector.model.parts[audience].atoms
      let size = atoms.indices.reduce(0) { sum, atom in
        atoms[atom] ? sum + protector.atomSizes[column][atom * groups.count + group] : sum
      }
      return people >= size + 2 * protector.thresholds.minimumCell
    }
  }

  /// Whom a pack is about, as far as the population is known by the same groups.
  private struct Scope {
    let people: Int?
    /// The item of whose groups the pack is made, and these; nil: everyone.
    private let groups: (item: Item, accepted: Set<Int>)?

    /// Nil where the population of such a pack is not known.
    init?(_ who: Condition?, _ population: Population) {
      guard let who else {
        people = population.people
        groups = nil
        return
      }
      guard who.alternatives.count == 1, who.alternatives[0].count == 1,
        let clause = who.alternatives[0].first
      else { return nil }
      let counts = clause.accepted.map { population.count(clause.item, group: $0) }
      let known = counts.compactMap(\.self)
      guard known.count == counts.count else { return nil }
      people = known.reduce(0, +)
      groups = (clause.item, Set(clause.accepted))
    }

    /// Whether the population of the pack is known by the groups of a banner.
    func knows(_ banner: Item) -> Bool { groups.map { $0.item == banner } ?? true }

    func includes(_ group: Int, of banner: Item) -> Bool { groups?.accepted.contains(group) ?? true }
  }
}
