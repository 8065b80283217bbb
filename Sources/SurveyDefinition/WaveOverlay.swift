/// The definition of one wave as one tree: survey.yaml with wave.yaml laid over it. Each node keeps the place it came
/// from, so that a finding points into the right file.
struct WaveOverlay {
  private(set) var root: YAMLNode
  /// Ids that wave.yaml takes out, by the map they stood in (`questions`, `variables`, `themes`, ...).
  private(set) var removed: [String: [String: Place]] = [:]
  private let log: FindingLog

  init(survey: YAMLNode, wave: YAMLNode?, log: FindingLog) {
    root = survey
    self.log = log
    if let wave { root = merge(survey, wave, by: .definition, name: "survey.yaml") }
  }

  /// Lays one value over another.
  ///
  /// Where either is no map the upper one stands for itself; if it ought to be a map, reading it will say so at its
  /// place.
  private mutating func merge(_ lower: YAMLNode, _ upper: YAMLNode, by rule: MergeRule, name: String)
    -> YAMLNode
  {
    guard isMerged(lower, upper, by: rule), var entries = lower.entries, let upperEntries = upper.entries
    else { return upper }
    // Neither map repeats a key, so the positions hold until all is merged.
    let position = LabelPositions(entries.map(\.key))
    var isRemoved = entries.map { _ in false }
    for entry in upperEntries {
      let index = position[entry.key]
      if entry.value.isNull {
        if let index {
          isRemoved[index] = true
          if rule == .described || rule == .themes { removed[name, default: [:]][entry.key] = entry.keyPlace }
        } else {
          log.fault(
            "nothing-to-remove", at: entry.keyPlace, "there is no `\(entry.key)` that `null` could take out",
            remedy: log.suggestion(for: entry.key, among: zip(entries, isRemoved).filter { !$1 }.map(\.0.key))
          )
        }
      } else if let index {
        let below = rule.below(entry.key)
        // What is merged keeps its place in survey.yaml, where most of it stands; what is replaced moves.
        if !isMerged(entries[index].value, entry.value, by: below) {
          entries[index].keyPlace = entry.keyPlace
        }
        entries[index].value = merge(entries[index].value, entry.value, by: below, name: entry.key)
      } else {
        entries.append(entry)
        isRemoved.append(false)
      }
    }
    let left = zip(entries, isRemoved).filter { !$1 }.map(\.0)
    return YAMLNode(content: .map(left), place: lower.place)
  }

  private func isMerged(_ lower: YAMLNode, _ upper: YAMLNode, by rule: MergeRule) -> Bool {
    rule != .whole && lower.entries != nil && upper.entries != nil
  }
}

/// How far down maps are merged key by key.
private indirect enum MergeRule: Equatable, Sendable {
  /// The upper value replaces the lower.
  case whole
  /// Key by key; what hangs below a key by the rule given for it, else by `others`.
  case keys([String: MergeRule] = [:], others: MergeRule)
  /// Themes: a map of ids, each a map whose `themes` is again one.
  case themes

  func below(_ key: String) -> MergeRule {
    switch self {
    case .whole: .whole
    case .keys(let special, let others): special[key] ?? others
    case .themes: .keys(["themes": .themes], others: .whole)
    }
  }

  /// A map of ids, each a map whose keys are merged.
  static let described = MergeRule.keys(others: .keys(others: .whole))

  static let definition = MergeRule.keys(
    [
      "protection": .keys(others: .whole),
      "input": .keys(["keep": .keys(others: .whole)], others: .whole),
      "variables": .described,
      "questions": .described,
      "blocks": .described,
      "indices": .described,
      "packs": .described,
      "briefing": .keys(["words": .keys(others: .whole)], others: .whole),
      "scales": .keys(others: .whole),
      "scores": .keys(others: .whole),
      "themes": .themes,
      "weights": .keys(["rake": .described], others: .whole),
      "population": .keys(["groups": .described], others: .whole),
    ], others: .whole)
}
