extension SurveyReader {
  /// Reads `population:`, a number or a map of the total, the groups and a file with more of them.
  func population(_ fields: Fields) -> Population? {
    guard let entry = fields.entry("population") else { return nil }
    places.population = entry.keyPlace
    if entry.value.entries == nil {
      return fields.integer("population", in: 1...Self.largestPopulation).map { Population(total: $0) }
    }
    guard
      let population = Fields(
        entry.value, at: entry.keyPlace, what: "`population`", keys: DefinitionKeys.population, log: log)
    else { return nil }
    if DefinitionKeys.population.allSatisfy({ !population.has($0) }) {
      log.fault(
        "missing-key", at: entry.keyPlace, "`population` says nothing",
        remedy: "give it the key `total`, `groups` or `file`")
    }
    note(files: ["file"], of: population)
    var read = Population(total: population.integer("total", in: 1...Self.largestPopulation))
    if let file = population.entry("file"), let text = file.text(log) {
      read.file = Population.File(name: text, place: file.value.place)
    }
    if let groups = population.entry("groups"),
      let map = Fields(groups.value, at: groups.keyPlace, what: "`groups`", keys: nil, log: log)
    {
      read.groups = map.entries.compactMap(groupsOfPopulation)
      for (groups, entry) in zip(read.groups, map.entries) where read.groups.count == map.entries.count {
        if let words = groups.contradiction(to: read) {
          log.fault("population-sum", at: entry.keyPlace, "`\(entry.key)`: \(words)", remedy: Self.sumRemedy)
        }
      }
    }
    return read
  }

  private static let sumRemedy = "count the same people in each, at the same date"

  private static let largestPopulation = 1_000_000_000

  private func groupsOfPopulation(_ entry: YAMLEntry) -> Population.Groups? {
    guard let item = reference(entry.key, at: entry.keyPlace) else { return nil }
    guard item.isBanner else {
      log.fault(
        "not-a-banner", at: entry.keyPlace, "`\(entry.key)` is \(item.what), of which nobody can be a group",
        remedy: "name a variable, a single or scale question, or a number with bands")
      return nil
    }
    guard
      let map = Fields(entry.value, at: entry.keyPlace, what: "groups of `population`", keys: nil, log: log),
      let labels = item.labels
    else { return nil }
    var counts = [Int?](repeating: nil, count: labels.labels.count)
    for group in map.entries {
      guard let count = map.integer(group.key, in: 1...Self.largestPopulation) else { continue }
      let text = LocatedText(text: group.key, place: group.keyPlace)
      for position in positions(of: [text], among: labels, as: "group") { counts[position] = count }
    }
    return Population.Groups(item: item.item, counts: counts)
  }
}

extension Population.Groups {
  /// How the groups contradict the total, or those of another item, in words; nil where they do not.
  public func contradiction(to population: Population) -> String? {
    let known = counts.reduce(0) { $0 + ($1 ?? 0) }
    guard let people = population.people, known > people || (sum.map { $0 < people } ?? false) else {
      return nil
    }
    return "its groups have \(known) people together, and the population is \(people)"
  }
}
