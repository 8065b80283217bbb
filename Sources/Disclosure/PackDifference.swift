import SurveyDefinition
public import Tabulation

/// The people that one pack has and others, which are part of it, have not. Whoever has all of these packs has the counts
/// of the difference too, by subtracting.
public struct PackDifference: Sendable, Hashable {
  /// The pack of the larger audience; nil: all responses, where no pack is for everyone.
  public let pack: String?
  /// The packs that are taken from it; of packs of the same people, the first.
  public let without: [String]
  /// How many people are left: for the analyst alone.
  public let people: Int
}

extension PackDifference {
  /// The differences between packs that fewer than `minimum_base` people make, and at least one.
  public static func small(in tally: Tally) -> [PackDifference] {
    let plan = tally.plan
    let model = AudienceModel(tally)
    func pack(of audience: Int) -> String? {
      let position = model.partOfAudience[audience]
      let pack = plan.survey.packs.indices.first {
        model.partOfAudience[plan.audienceOfPack[$0]] == position
      }
      return pack.map { plan.survey.packs[$0].id }
    }
    return model.parts.compactMap { part in
      guard part.composition.count > 1 else { return nil }
      let people = part.atoms.indices.reduce(0) { sum, atom in
        part.atoms[atom]
          ? sum + tally.count(atom: atom, table: 0, banner: nil, group: 0, category: 0) : sum
      }
      guard people > 0, people < plan.survey.protection.minimumBase else { return nil }
      return PackDifference(
        pack: pack(of: part.composition[0].audience),
        without: part.composition.dropFirst().compactMap { pack(of: $0.audience) }, people: people)
    }
  }
}
