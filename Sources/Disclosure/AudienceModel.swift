import Tabulation

/// How the audiences of a wave hang together: which atoms each is made of, which groups of people follow by
/// subtracting one from another, and how people can be thought to be exchanged between atoms.
struct AudienceModel {
  /// A group of people whose counts a reader has: an audience, or what remains of one without others.
  struct Part {
    /// By atom.
    let atoms: [Bool]
    /// Audiences that are added and subtracted to get it; a single one for an audience itself.
    let composition: [(audience: Int, sign: Int)]
  }

  /// A way for a table to differ from the truth: one more or one less in an atom, or one more in an atom and one less in
  /// another.
  struct Layer {
    let plus: Int
    let minus: Int?
    /// -1 where it is one less in `plus`.
    let direction: Int
    /// By part: what happens to its count, -1, 0 or 1.
    let effect: [Int]
    /// The audiences (of those that print anything) with an effect other than 0.
    let affected: [Int]
  }

  let atomCount: Int
  /// By audience of the plan: the first audience of the same people.
  let canonical: [Int]
  /// Audiences that stand for themselves, ascending; each is the part at its own position in `parts`.
  let audiences: [Int]
  /// The audiences first (in the order of `audiences`), then the remainders.
  let parts: [Part]
  let layers: [Layer]
  /// By audience of the plan: its position in `parts`.
  let partOfAudience: [Int]

  /// Remainders beyond this many are not followed: a definition with so many nested packs is refused elsewhere.
  private static let partLimit = 64

  init(_ tally: Tally) {
    let atomCount = tally.atoms.count
    self.atomCount = atomCount
    let sets = tally.plan.audiences.indices.map { audience in
      tally.atoms.map { $0 & (1 << UInt64(audience)) != 0 }
    }
    let canonical = sets.map { set in sets.firstIndex(of: set) ?? 0 }
    self.canonical = canonical
    audiences = canonical.indices.filter { canonical[$0] == $0 && sets[$0].contains(true) }

    var parts = audiences.map { Part(atoms: sets[$0], composition: [($0, 1)]) }
    var known = Set(parts.map(\.atoms))
    var grew = true
    while grew && parts.count < Self.partLimit {
      grew = false
      for whole in parts {
        for audience in audiences where !whole.composition.contains(where: { $0.audience == audience }) {
          let taken = sets[audience]
          guard zip(whole.atoms, taken).allSatisfy({ $0 || !$1 }), whole.atoms != taken else { continue }
          let rest = zip(whole.atoms, taken).map { $0 && !$1 }
          guard known.insert(rest).inserted, parts.count < Self.partLimit else { continue }
          parts.append(Part(atoms: rest, composition: whole.composition + [(audience, -1)]))
          grew = true
        }
      }
    }
    self.parts = parts

    let count = audiences.count
    func layer(_ plus: Int, _ minus: Int?, direction: Int = 1) -> Layer {
      let effect = parts.map { part in
        (part.atoms[plus] ? direction : 0) - (minus.map { part.atoms[$0] ? 1 : 0 } ?? 0)
      }
      return Layer(
        plus: plus, minus: minus, direction: direction, effect: effect,
        affected: (0..<count).filter { effect[$0] != 0 })
    }
    var layers: [Layer] = []
    for plus in 0..<atomCount {
      layers.append(layer(plus, nil))
      layers.append(layer(plus, nil, direction: -1))
      for minus in 0..<atomCount where minus != plus { layers.append(layer(plus, minus)) }
    }
    // Exchanges that few audiences can see come first: they cost least.
    self.layers = layers.enumerated().sorted {
      ($0.element.affected.count, $0.offset) < ($1.element.affected.count, $1.offset)
    }.map(\.element)
    let order = audiences
    partOfAudience = canonical.map { audience in order.firstIndex(of: audience) ?? -1 }
  }
}
