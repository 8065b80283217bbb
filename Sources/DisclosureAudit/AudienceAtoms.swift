/// How the packs of a release hang together, as the definition tells: the coarsest parts ("atoms") of the respondents
/// of which every pack is a union, and what each atom's people can have answered.
struct AudienceAtoms {
  /// By atom, then pack: whether the atom's people are in the pack.
  let isMember: [[Bool]]
  /// Items that packs are made by, and those that are read from the same answers, with the values that occur in each
  /// atom: labels, then "none of them".
  private let possible: [String: [[Bool]]]
  /// By item, the packs that are made by it, or by one that is read from the same answers.
  private let madeBy: [String: [Int]]

  /// More combinations than this are not gone through.
  private static let combinationLimit = 1 << 20

  init(_ release: PublishedRelease) throws(UnreadableRelease) {
    let conditions = release.packs.map(\.who)
    let sources = try Self.sources(conditions, release.definition)
    var total = 1
    for source in sources {
      total *= source.values.count
      guard total <= Self.combinationLimit else {
        throw UnreadableRelease("the packs are made by more combinations of groups than can be gone through")
      }
    }
    let items = sources.flatMap(\.items)
    let labels = try items.map { item throws(UnreadableRelease) -> [String] in
      try Self.labels(of: item, release.definition)
    }
    var isMember: [[Bool]] = []
    var possible = labels.map { _ in [[Bool]]() }
    for combination in 0..<total {
      var rest = combination
      let values = sources.flatMap { source in
        defer { rest /= source.values.count }
        return source.values[rest % source.values.count]
      }
      func has(_ clause: PublishedDefinition.Clause) -> Bool {
        guard let item = items.firstIndex(of: clause.item), values[item] < labels[item].count else {
          return false
        }
        return clause.answers.contains(labels[item][values[item]])
      }
      let signature = conditions.map { alternatives in
        alternatives?.contains { $0.allSatisfy(has) } ?? true
      }
      let atom: Int
      if let known = isMember.firstIndex(of: signature) {
        atom = known
      } else {
        atom = isMember.count
        isMember.append(signature)
        for item in items.indices {
          possible[item].append(Array(repeating: false, count: labels[item].count + 1))
        }
      }
      for item in items.indices { possible[item][atom][values[item]] = true }
    }
    var madeBy: [String: [Int]] = [:]
    for (pack, condition) in conditions.enumerated() {
      for item in Set((condition ?? []).joined().flatMap { Self.sharing($0.item, release.definition) }) {
        madeBy[item, default: []].append(pack)
      }
    }
    self.madeBy = madeBy
    self.isMember = isMember
    self.possible = Dictionary(uniqueKeysWithValues: zip(items, possible))
  }

  /// Items that are read from the same answers, and what one respondent can have of each: the position of a label, or the
  /// number of labels for none.
  private struct Source {
    var items: [String]
    var values: [[Int]]
  }

  /// What packs are made by, each with all that is read from the same answers.
  private static func sources(
    _ conditions: [[[PublishedDefinition.Clause]]?], _ definition: PublishedDefinition
  ) throws(UnreadableRelease) -> [Source] {
    var sources: [Source] = []
    for item in conditions.flatMap({ $0 ?? [] }).joined().map(\.item)
    where !sources.contains(where: { $0.items.contains(item) }) {
      let labels = try labels(of: item, definition)
      guard let shared = definition.sameAnswers?.first(where: { $0.items.contains(item) }) else {
        sources.append(Source(items: [item], values: (0...labels.count).map { [$0] }))
        continue
      }
      let all = try shared.items.map { item throws(UnreadableRelease) in try Self.labels(of: item, definition)
      }
      let values = shared.combinations.map { combination in
        zip(shared.items, all).map { item, labels in
          combination[item].flatMap(labels.firstIndex) ?? labels.count
        }
      }
      guard !values.isEmpty else {
        throw UnreadableRelease("definition.json does not tell which answers of `\(item)` go with others")
      }
      sources.append(Source(items: shared.items, values: values))
    }
    return sources
  }

  /// An item, and those that are read from the same answers.
  private static func sharing(_ item: String, _ definition: PublishedDefinition) -> [String] {
    definition.sameAnswers?.first { $0.items.contains(item) }?.items ?? [item]
  }

  var count: Int { isMember.count }

  /// The classes of atoms that can be told apart under a banner: by the packs that receive it, and by those that the
  /// item makes, whose people its groups tell.
  func classes(under item: String, receiving packs: [Int]) -> [[Int]] {
    let telling =
      isMember.first?.indices.filter { packs.contains($0) || (madeBy[item]?.contains($0) ?? false) } ?? []
    var classes: [[Int]] = []
    for atom in isMember.indices {
      let known = classes.firstIndex { first in
        telling.allSatisfy { isMember[first[0]][$0] == isMember[atom][$0] }
      }
      if let known { classes[known].append(atom) } else { classes.append([atom]) }
    }
    return classes
  }

  /// Whether people of an atom can have a value of an item: the position of its label, or the number of labels for none.
  func canHave(_ atom: Int, _ item: String, _ value: Int) -> Bool {
    guard let values = possible[item] else { return true }
    return values[atom].indices.contains(value) ? values[atom][value] : true
  }

  /// The labels of a variable's groups or a question's answers.
  static func labels(of item: String, _ definition: PublishedDefinition) throws(UnreadableRelease) -> [String]
  {
    if let variable = definition.variables.first(where: { $0.id == item }) { return variable.groups }
    if let question = definition.questions.first(where: { $0.id == item }) { return question.answers }
    throw UnreadableRelease("definition.json knows no `\(item)`, by which packs, banners or routing are made")
  }
}

/// A group of people whose counts a reader has: a pack, or what is left of one when others are taken from it.
struct AudiencePart {
  /// By atom.
  var atoms: [Bool]
  /// Packs that are added and subtracted, those of the same people together; the first are added.
  var pieces: [(packs: [Int], sign: Int)]

  /// The packs (one for each set of people) and their remainders.
  static func parts(_ atoms: AudienceAtoms, packs: Int) -> [AudiencePart] {
    let limit = 256
    var parts: [AudiencePart] = []
    for pack in 0..<packs {
      let members = atoms.isMember.map { $0[pack] }
      if let known = parts.firstIndex(where: { $0.atoms == members }) {
        parts[known].pieces[0].packs.append(pack)
      } else if members.contains(true) {
        parts.append(AudiencePart(atoms: members, pieces: [([pack], 1)]))
      }
    }
    let audiences = parts
    var next = 0
    while next < parts.count, parts.count < limit {
      let whole = parts[next]
      next += 1
      for taken in audiences where zip(whole.atoms, taken.atoms).allSatisfy({ $0 || !$1 }) {
        let rest = zip(whole.atoms, taken.atoms).map { $0 && !$1 }
        guard rest.contains(true), !parts.contains(where: { $0.atoms == rest }) else { continue }
        parts.append(AudiencePart(atoms: rest, pieces: whole.pieces + [(taken.pieces[0].packs, -1)]))
      }
    }
    return parts
  }
}
