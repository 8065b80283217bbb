extension SurveyReader {
  /// Reads `weights:`, a column of them or the margins to rake to.
  func weights(_ fields: Fields) -> Weights? {
    guard let entry = fields.entry("weights"),
      let weights = Fields(
        entry.value, at: entry.keyPlace, what: "`weights`", keys: DefinitionKeys.weights, log: log)
    else { return nil }
    places.weights = entry.keyPlace
    weights.exclude(["column", "rake"], because: "weights are read or made")
    weights.exclude(["column", "trim"], because: "given weights are taken as they are")
    if weights.has("column") { return weights.column("column").map { .column($0) } }
    guard let rake = weights.entry("rake") else {
      log.fault("missing-key", at: entry.keyPlace, "`weights` needs the key `column` or the key `rake`")
      return nil
    }
    guard let map = Fields(rake.value, at: rake.keyPlace, what: "`rake`", keys: nil, log: log) else {
      return nil
    }
    if map.entries.isEmpty { log.fault("empty-list", at: rake.keyPlace, "`rake` lists nothing") }
    let margins = map.entries.compactMap { entry in margin(entry).map { ($0, entry.keyPlace) } }
    places.margins = margins.map(\.1)
    return .rake(margins.map(\.0), trim: weightBounds(weights))
  }

  private func weightBounds(_ weights: Fields) -> WeightBounds? {
    guard let entry = weights.entry("trim"),
      let trim = Fields(entry.value, at: entry.keyPlace, what: "`trim`", keys: DefinitionKeys.trim, log: log)
    else { return nil }
    places.trim = entry.keyPlace
    if !trim.has("lower"), !trim.has("upper") {
      log.fault("missing-key", at: entry.keyPlace, "`trim` needs the key `lower`, the key `upper` or both")
    }
    func bound(_ key: String, _ range: ClosedRange<Decimal6>, _ words: String) -> Decimal6? {
      guard let entry = trim.entry(key), let number = number(entry.value, of: key) else { return nil }
      guard range.contains(number) else {
        log.fault(
          "out-of-range", at: entry.value.place, "`\(key)` is \(words)",
          remedy: "bounds are multiples of the mean weight, such as 0.3 and 3")
        return nil
      }
      return number
    }
    return WeightBounds(
      lower: bound("lower", Decimal6(0)...Decimal6(1), "from 0 to 1"),
      upper: bound("upper", Decimal6(1)...Decimal6(1_000_000), "from 1 to a million"))
  }

  private func margin(_ entry: YAMLEntry) -> RakingMargin? {
    guard let item = reference(entry.key, at: entry.keyPlace) else { return nil }
    guard item.isBanner else {
      log.fault(
        "not-a-banner", at: entry.keyPlace, "`\(entry.key)` is \(item.what), which cannot be raked to",
        remedy: "a margin is a variable, a single or scale question, or a number with bands")
      return nil
    }
    guard let map = Fields(entry.value, at: entry.keyPlace, what: "a margin of `rake`", keys: nil, log: log),
      let labels = item.labels
    else { return nil }
    var shares = [Decimal6](repeating: Decimal6(0), count: labels.labels.count)
    for share in map.entries {
      guard let number = number(share.value, of: share.key) else { continue }
      guard number > Decimal6(0), number <= Decimal6(1) else {
        log.fault(
          "out-of-range", at: share.value.place, "the share of `\(share.key)` is above 0 and at most 1",
          remedy: "write 38% as 0.38")
        continue
      }
      let text = LocatedText(text: share.key, place: share.keyPlace)
      for position in positions(of: [text], among: labels, as: "group") { shares[position] = number }
    }
    checkShares(shares, labels: labels.labels, given: map.entries.map(\.key), at: entry.keyPlace)
    return RakingMargin(item: item.item, shares: shares)
  }

  private func checkShares(_ shares: [Decimal6], labels: [String], given: [String], at place: Place) {
    let given = Set(given)
    let absent = labels.filter { !given.contains($0) }
    if !absent.isEmpty {
      log.fault(
        "missing-share", at: place,
        "no share is given for " + absent.map { "`\($0)`" }.joined(separator: ", "),
        remedy: "every group has a share; take one that nobody is in out of the groups")
      return
    }
    guard !shares.contains(Decimal6(0)) else { return }
    let sum = shares.reduce(0) { $0 + $1.millionths }
    // Shares that were rounded to whole percentages may miss 1 by half a percentage point for each.
    let tolerance = Int64(shares.count) * Decimal6.scale / 200
    if abs(sum - Decimal6.scale) > tolerance {
      log.fault("shares-sum", at: place, "the shares add up to \(fraction(sum)), not to 1")
    }
  }

  private func fraction(_ millionths: Int64) -> String {
    let thousandths = (millionths + 500) / 1000
    let decimals = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - decimals.count) + decimals
  }
}
