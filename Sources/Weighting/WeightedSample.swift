/// Respondents with their weights, which have a mean of 1 over those with a base weight above 0.
public struct WeightedSample: Sendable, Equatable {
  /// A combination and what each of its respondents counts for.
  public struct Entry: Sendable, Equatable {
    public let combination: Combination
    /// 0 where the base weight is 0, otherwise at least a millionth.
    public let weight: Weight

    /// What the base weight was multiplied by, to the precision of the weight; nil where the base weight is 0.
    public var factor: Double? {
      combination.baseWeight > 0 ? weight.value / combination.baseWeight : nil
    }
  }

  /// Every distinct combination once, by categories ("Not stated" first), then by base weight.
  public let entries: [Entry]
  public let diagnostics: WeightingDiagnostics
  private let weights: [Combination.Key: Weight]

  /// The weight of a respondent; nil where nobody in the sample has these categories and this base weight.
  public func weight(of categories: [Int?], baseWeight: Double = 1) -> Weight? {
    weights[Combination.Key(categories: categories, baseWeight: baseWeight)]
  }

  init(
    _ combinations: [Combination], weights: [Combination: Weight], raking: RakingTable.Raking,
    margins: [Margin],
    table: RakingTable, trimming: TrimmingReport?
  ) {
    let entries = combinations.map { Entry(combination: $0, weight: weights[$0] ?? Weight(units: 0)) }
    self.entries = entries
    self.weights = Dictionary(
      uniqueKeysWithValues: entries.map {
        (
          Combination.Key(categories: $0.combination.categories, baseWeight: $0.combination.baseWeight),
          $0.weight
        )
      })
    var tally = WeightTally()
    for entry in entries { tally.add(entry.weight, respondents: entry.combination.respondents) }
    guard let summary = tally.summary else { preconditionFailure("somebody has a weight above 0") }
    diagnostics = WeightingDiagnostics(
      convergence: raking.errors, summary: summary, trimming: trimming,
      margins: margins.enumerated().map { place, margin in
        let targets = table.slots[place].map { table.targets[$0] }
        return MarginReport(margin, at: place, targets: targets, entries: entries, total: summary.sum)
      })
    // Units of 10⁻¹² take at most half a millionth from a weight of a millionth, the least there is.
    let meetsMargins = trimming?.keepsMargins ?? true
    precondition(
      !meetsMargins || diagnostics.margins.allSatisfy(\.isMet),
      "weights meet every margin in whole units, too")
  }
}
