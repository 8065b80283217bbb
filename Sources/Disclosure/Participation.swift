import ReleaseModel
import SurveyDefinition
import Tabulation

/// Of which groups of a pack it may be told how many people there are, so that readers see how many of them responded.
///
/// How many people a group has is no answer of anybody's, but it bounds how many of them responded. So in a pack of everyone the
/// groups of a banner are told only where the people who are left, of all groups that are not told, are so many more than the
/// responses that are left that the bound tells nothing: by twice `minimum_cell`. Of a pack that is made of whole groups it
/// is told only where a pack of everyone tells all groups of that item, so that it adds up what is told already; and where who is
/// not in the pack has as much room, so that the pack tells nothing by itself either.
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
    guard let who = plan.survey.packs[pack].who else { return peopleOfEveryone(pack) }
    guard who.alternatives.count == 1, who.alternatives[0].count == 1, let clause = who.alternatives[0].first,
      let audience = audience(of: pack), protector.visibility.hasSizes[0][audience], tellsAll(of: clause.item)
    else { return [] }
    let accepted = Set(clause.accepted)
    let people = accepted.reduce(0) { $0 + (population.count(clause.item, group: $1) ?? 0) }
    guard hasRoom(people: people, responses: size(0, audience, group: 0)) else { return [] }
    var told = [(banner: "total", group: "Total", people: people)]
    if plan.survey.packs[pack].banners.contains(clause.item), let column = column(of: clause.item) {
      told += groups(of: clause.item, column, audience).filter { accepted.contains($0.group) }.map {
        (plan.banners[column - 1].id, $0.label, $0.people)
      }
    }
    return told
  }

  private func peopleOfEveryone(_ pack: Int) -> [(banner: String, group: String, people: Int)] {
    guard let audience = audience(of: pack), protector.visibility.hasSizes[0][audience] else { return [] }
    var told: [(banner: String, group: String, people: Int)] = []
    if let people = population.people { told.append(("total", "Total", people)) }
    for banner in protector.plan.survey.packs[pack].banners {
      guard let column = column(of: banner) else { continue }
      let groups = groups(of: banner, column, audience)
      let stated = protector.plan.banners[column - 1].groups.count - 1
      let people = groups.reduce(0) { $0 + $1.people }
      let responses = groups.reduce(0) { $0 + size(column, audience, group: $1.group) }
      guard groups.count == stated || hasRoom(people: people, responses: responses) else { continue }
      told += groups.map { (protector.plan.banners[column - 1].id, $0.label, $0.people) }
    }
    return told
  }

  private func audience(of pack: Int) -> Int? {
    let audience = protector.model.partOfAudience[protector.plan.audienceOfPack[pack]]
    return audience < 0 ? nil : audience
  }

  private func column(of banner: Item) -> Int? {
    protector.plan.banners.firstIndex { $0.item == banner }.map { $0 + 1 }
  }

  /// The groups whose size is shown and whose people are known.
  private func groups(of banner: Item, _ column: Int, _ audience: Int) -> [(
    group: Int, label: String, people: Int
  )] {
    let visibility = protector.visibility
    guard visibility.hasSizes[column][audience] else { return [] }
    return protector.plan.banners[column - 1].groups.enumerated().compactMap { group, label in
      guard !visibility.isDropped[column][audience][group],
        let people = population.count(banner, group: group)
      else { return nil }
      return (group, label, people)
    }
  }

  /// Whether, once so many people with so many responses are told of, the others leave room for any number of responses that a
  /// reader must think possible.
  private func hasRoom(people: Int, responses: Int) -> Bool {
    let minimum = protector.thresholds.minimumCell
    guard minimum > 1, let all = population.people else { return true }
    return all - people >= protector.tally.responses - responses + 2 * minimum
  }

  /// Whether some pack of everyone tells all groups of an item.
  private func tellsAll(of item: Item) -> Bool {
    guard let column = column(of: item) else { return false }
    let stated = protector.plan.banners[column - 1].groups.count - 1
    return protector.plan.survey.packs.indices.contains { pack in
      guard protector.plan.survey.packs[pack].who == nil,
        protector.plan.survey.packs[pack].banners.contains(item), let audience = audience(of: pack)
      else { return false }
      return groups(of: item, column, audience).count == stated
    }
  }

  private func size(_ column: Int, _ audience: Int, group: Int) -> Int {
    let groups = column == 0 ? 1 : protector.plan.banners[column - 1].groups.count
    let atoms = protector.model.parts[audience].atoms
    return atoms.indices.reduce(0) { sum, atom in
      atoms[atom] ? sum + protector.atomSizes[column][atom * groups + group] : sum
    }
  }
}
