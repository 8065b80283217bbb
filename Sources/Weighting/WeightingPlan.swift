/// Which margins weights are to meet, and what of them is tolerated.
///
/// One margin makes post-stratification, several make raking, none leaves base weights as they are but for their
/// mean. To post-stratify by two variables crossed, give one margin whose categories are the combinations of
/// theirs.
public struct WeightingPlan: Sendable, Equatable {
  /// At least 0, with names that differ.
  public let margins: [Margin]
  /// Nil where weights may be as large or as small as they come out.
  public let trimming: Trimming?
  /// How far the shares of a margin may add up to something other than 1, in absolute terms; within this, they are
  /// divided by their sum.
  public let shareTolerance: Double
  /// How far the totals of two margins of counts may differ, as a fraction of the greater; within this, each margin
  /// is divided by its own.
  public let totalTolerance: Double
  /// How many times all margins are gone through at most. Raking that takes longer is refused. Mostly ten to a
  /// hundred times do; two margins of which one nearly follows from the other take as many as 12,000 where 2 of
  /// 10,502 respondents are all that tells them apart.
  public let iterationLimit: Int

  /// A plan with defaults for what is seldom given: shares to 0.001, totals to a millionth, 100,000 iterations.
  public init(
    margins: [Margin], trimming: Trimming? = nil, shareTolerance: Double = 1e-3,
    totalTolerance: Double = 1e-6,
    iterationLimit: Int = 100_000
  ) {
    precondition(iterationLimit >= 1, "raking takes at least one iteration")
    self.margins = margins
    self.trimming = trimming
    self.shareTolerance = shareTolerance
    self.totalTolerance = totalTolerance
    self.iterationLimit = iterationLimit
  }

  /// Weights for respondents that meet every margin, to 1e-13 of each target before they are told in units of 10⁻¹².
  ///
  /// Neither the order of combinations nor how respondents who look the same are spread over them changes a bit of
  /// the result. Respondents who did not state a variable keep the share that they have by base weights; the known
  /// categories share the rest as their targets say.
  ///
  /// Cost: per iteration, the number of distinct combinations of categories times the square of that of margins.
  /// - Parameter sample: All respondents. Combinations may come more than once.
  /// - Throws: All faults found, in one refusal. Nothing is returned that misses a margin, unless trimming without
  ///   raking again asks for it.
  public func weights(for sample: some Sequence<Combination>) throws(WeightingRefusal) -> WeightedSample {
    let combinations = Combination.merged(sample)
    for combination in combinations { checkShape(of: combination) }
    let faults = faultsOfBaseWeights(combinations) + faultsOfMargins(combinations) + faultsOfBounds()
    guard faults.isEmpty else { throw WeightingRefusal(faults: faults) }

    let respondents = WeightedRespondents(combinations, margins: margins)
    let raking = try rake(respondents)
    var weights = respondents.weights(of: raking)
    var report: TrimmingReport?
    if let trimming {
      (weights, report) = try trim(weights, of: respondents, by: trimming)
    }
    return try WeightedSample(
      combinations, weights: respondents.expressed(weights, margins: margins), raking: raking,
      margins: margins,
      table: respondents.table, trimming: report)
  }

  /// Rakes some iterations, looks for a proof that no more can help, and only then goes on.
  private func rake(_ respondents: WeightedRespondents) throws(WeightingRefusal) -> RakingTable.Raking {
    let table = respondents.table
    let trial = table.rake(respondents.baseShares, limit: min(iterationLimit, 200))
    if trial.end == .met { return trial }
    let diagnosis = Diagnosis(table: table, baseShares: respondents.baseShares, margins: margins)
    let proved = diagnosis.provedByPairs()
    guard proved.isEmpty else { throw WeightingRefusal(faults: proved) }
    let raking =
      trial.end == .limit && iterationLimit > 200
      ? table.rake(respondents.baseShares, limit: iterationLimit) : trial
    if raking.end == .met { return raking }
    throw WeightingRefusal(faults: [diagnosis.fault(of: raking)])
  }

  private func trim(
    _ weights: [Double], of respondents: WeightedRespondents, by trimming: Trimming
  ) throws(WeightingRefusal) -> ([Double], TrimmingReport) {
    var trimmed = TrimmedWeights(weights, respondents: respondents.counts, trimming: trimming)
    let before = trimmed.respondentsOutside
    var cycles = 0
    var isDone = before == 0
    var isPossible = true
    while !isDone, isPossible, cycles < Trimming.cycleLimit {
      cycles += 1
      switch trimming.excess {
      case .inEqualAmounts(let repeated):
        isPossible = trimmed.shareEqually()
        isDone = !repeated || trimmed.respondentsOutside == 0
      case .inProportion:
        isPossible = trimmed.shareInProportion()
        isDone = trimmed.areWithin(1e-13)
      case .rakingAgain(let tolerance):
        isPossible = trimmed.shareEqually()
        guard isPossible else { break }
        let shares = respondents.shares(of: trimmed.weights)
        let again = respondents.table.rake(shares, limit: iterationLimit)
        isPossible = again.end == .met
        trimmed.replace(zip(trimmed.weights, respondents.cellOf).map { $0 * again.factors[$1] })
        isDone = trimmed.areWithin(tolerance)
      }
    }
    guard isDone, isPossible else {
      throw WeightingRefusal(faults: [
        .boundsNotMet(least: trimmed.weights.min() ?? 0, greatest: trimmed.weights.max() ?? 0, cycles: cycles)
      ])
    }
    return (
      trimmed.weights,
      TrimmingReport(
        trimmed: before, outside: trimmed.respondentsOutside, cycles: cycles,
        keepsMargins: cycles == 0 || trimming.keepsMargins)
    )
  }

  private func checkShape(of combination: Combination) {
    precondition(
      combination.categories.count == margins.count, "a combination has one category, or none, per margin")
    for (category, margin) in zip(combination.categories, margins) {
      precondition(
        category.map(margin.categories.indices.contains) ?? true,
        "a category is told by its place in the margin")
    }
  }
}
