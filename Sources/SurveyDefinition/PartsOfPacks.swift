extension SurveyReader {
  /// Remarks on a pack whose people are part of another's by the groups of one item: a reader of both can subtract.
  ///
  /// That holds of every pack and the one for everyone, by design and nothing to remark on; between two narrower packs
  /// it is often an oversight, and where the difference is small it costs both of them many figures.
  func reportPartsOfPacks(_ packs: [Pack]) {
    var first: [(pack: Pack, clauses: [Item: Set<Int>])] = []
    for pack in packs {
      guard let alternatives = pack.who?.alternatives, alternatives.count == 1,
        let clauses = alternatives.first,
        !clauses.isEmpty, !first.contains(where: { $0.pack.who == pack.who })
      else { continue }
      first.append(
        (pack, Dictionary(clauses.map { ($0.item, Set($0.accepted)) }, uniquingKeysWith: { $0.union($1) })))
      // So many audiences are a fault in themselves.
      if first.count > 64 { return }
    }
    for (pack, clauses) in first {
      var nearest: (larger: Pack, item: Item, added: [Int])?
      for (larger, wider) in first where larger.id != pack.id {
        guard let (item, added) = difference(clauses, wider), added.count < nearest?.added.count ?? .max
        else {
          continue
        }
        nearest = (larger, item, added)
      }
      guard let nearest, let place = places.packs[pack.id] else { continue }
      log.remark(
        "part-of-pack", at: place,
        "the pack `\(pack.id)` is for part of the people of `\(nearest.larger.id)`, which adds "
          + described(nearest.added, of: nearest.item),
        remedy:
          "whoever has both can subtract one from the other; that is allowed, and reckoned with, but where few people make the difference much is withheld"
      )
    }
  }

  /// The one item, and its groups, by which a wider condition takes in more people than a narrower one.
  private func difference(_ narrow: [Item: Set<Int>], _ wide: [Item: Set<Int>]) -> (Item, [Int])? {
    guard wide.keys.allSatisfy({ narrow[$0] != nil }) else { return nil }
    let differing = narrow.filter { wide[$0.key] != $0.value }
    guard differing.count == 1, let (item, accepted) = differing.first else { return nil }
    let known = known.values.first { $0.item == item }?.labels?.labels.indices
    guard let wider = wide[item] ?? known.map(Set.init), accepted.isStrictSubset(of: wider) else {
      return nil
    }
    return (item, wider.subtracting(accepted).sorted())
  }

  private func described(_ positions: [Int], of item: Item) -> String {
    guard let (id, known) = known.first(where: { $0.value.item == item }), let labels = known.labels?.labels
    else {
      return "others"
    }
    let named = positions.prefix(3).filter(labels.indices.contains).map { "`\(labels[$0])`" }
    let more = positions.count > named.count ? " and \(positions.count - named.count) more" : ""
    return named.joined(separator: ", ") + more + " of `\(id)`"
  }
}
