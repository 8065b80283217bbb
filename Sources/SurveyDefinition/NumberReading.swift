extension SurveyReader {
  /// Reads what only a number has: its column, the range of valid values, and bands.
  func numberEntry(_ fields: Fields, id: String) -> NumberEntry? {
    let column = fields.has("column") ? fields.column("column") : .heading(id)
    let valid = fields.entry("valid").flatMap { range($0) }
    let bands = bands(fields, id: id, valid: valid)
    guard let column, let bands, fields.has("valid") == (valid != nil) else { return nil }
    return NumberEntry(column: column, valid: valid.map { $0.from...$0.upTo }, bands: bands)
  }

  /// Two numbers in a list, the first not above the second.
  private func range(_ entry: YAMLEntry) -> (from: Decimal6, upTo: Decimal6)? {
    guard case .list(let items) = entry.value.content, items.count == 2 else {
      log.fault(
        "wrong-type", at: entry.value.place, "`\(entry.key)` is a list of two numbers",
        remedy: "write [0, 50]")
      return nil
    }
    var numbers: [Decimal6] = []
    for item in items {
      if let number = number(item, of: entry.key) { numbers.append(number) }
    }
    guard numbers.count == 2 else { return nil }
    guard numbers[0] <= numbers[1] else {
      log.fault(
        "range-reversed", at: entry.value.place, "the range of `\(entry.key)` ends before it begins",
        remedy: "write the smaller number first")
      return nil
    }
    return (numbers[0], numbers[1])
  }

  func number(_ node: YAMLNode, of key: String) -> Decimal6? {
    if let text = node.rawText, let number = decimal(trimmed(text)) { return number }
    log.fault(
      "not-a-number", at: node.place, "`\(key)` needs a number here, such as 12 or 0.5",
      remedy: "digits, with a point and at most six decimals, up to a thousand million")
    return nil
  }

  /// Bands follow one another without holes, and together are the valid range.
  private func bands(_ fields: Fields, id: String, valid: (from: Decimal6, upTo: Decimal6)?) -> [Band]? {
    guard let entry = fields.entry("bands") else { return [] }
    places.groups[id] = entry.keyPlace
    guard let map = Fields(entry.value, at: entry.keyPlace, what: "`bands`", keys: nil, log: log) else {
      return nil
    }
    if map.entries.isEmpty { log.fault("empty-list", at: entry.keyPlace, "`bands` lists nothing") }
    checkLabels(map.entries.map { LocatedText(text: $0.key, place: $0.keyPlace) }, of: "bands")
    var bands: [Band] = []
    for item in map.entries {
      guard let range = range(item) else { continue }
      bands.append(Band(label: item.key, from: range.from, upTo: range.upTo))
    }
    guard bands.count == map.entries.count else { return nil }
    checkNeighbours(bands, map.entries)
    guard fields.has("valid") else {
      log.fault(
        "missing-key", at: entry.keyPlace, "a number with `bands` needs `valid`, the range that they cover",
        remedy: "write `valid: [from, to]`")
      return nil
    }
    if let valid, let first = bands.first, let last = bands.last, let firstEntry = map.entries.first,
      let lastEntry = map.entries.last
    {
      if first.from != valid.from {
        log.fault(
          "bands-not-valid", at: firstEntry.value.place, "the first band does not begin where `valid` begins",
          remedy: "bands cover `valid`: make the two ends the same")
      }
      if last.upTo != valid.upTo {
        log.fault(
          "bands-not-valid", at: lastEntry.value.place, "the last band does not end where `valid` ends",
          remedy: "bands cover `valid`: make the two ends the same")
      }
    }
    return bands
  }

  private func checkNeighbours(_ bands: [Band], _ entries: [YAMLEntry]) {
    for index in bands.indices {
      let place = entries[index].value.place
      // Only the last band holds its upper end, so only there is a band of one value.
      if bands[index].from == bands[index].upTo, index < bands.count - 1 {
        log.fault(
          "empty-band", at: place, "no number is in the band `\(bands[index].label)`", remedy: bandRemedy)
      }
      guard index > 0 else { continue }
      if bands[index].from < bands[index - 1].upTo {
        log.fault(
          "bands-overlap", at: place,
          "the band `\(bands[index].label)` begins before `\(bands[index - 1].label)` ends",
          remedy: bandRemedy)
      } else if bands[index].from > bands[index - 1].upTo {
        log.fault(
          "bands-hole", at: place,
          "there is a hole between the bands `\(bands[index - 1].label)` and `\(bands[index].label)`",
          remedy: bandRemedy)
      }
    }
  }
}

private let bandRemedy =
  "a band is [from, up to but not with]: [0, 5], then [5, 10]; the last one holds its end"
