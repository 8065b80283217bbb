import ReleaseModel
public import SurveyDefinition
public import Tabulation

/// What a pooling of small groups would do to a release, found by protecting it with these groups pooled.
public struct PoolingOutcome: Sendable {
  public let pooling: Pooling
  /// The survey with the groups pooled.
  public let survey: Survey
  public let losses: ProtectionLosses
  /// Cells that are shown with the pooling, less those that are shown without: the cells of the groups that are no more
  /// are not counted as won.
  public let recovered: Int
}

/// Poolings of small groups that show more, tried one by one.
///
/// Only groups of a banner of which some lose most of their cells are pooled. What is tried is limited by number and
/// never by time, so that the same data gives the same proposals: of all candidates those that look best by the
/// thresholds alone, which is quick to see, are protected as a run would.
public struct PoolingSearch: Sendable {
  /// Those that show more, the best first.
  public let outcomes: [PoolingOutcome]
  public let candidates: Int
  public let tried: Int

  /// How many of the candidates of one variable, and of all together, are protected for trial.
  static let triesOfVariable = 4
  static let tries = 12

  /// - Parameters:
  ///   - losses: Those of the same tally.
  ///   - isPoolable: Whether a group may be pooled as far as other waves are concerned; what this wave's definition
  ///     names is left alone anyway.
  ///   - progress: Told before each trial: which it is, of how many.
  public init(
    _ tally: Tally, of wave: Wave, losses: ProtectionLosses,
    isPoolable: (Item, Int) -> Bool = { _, _ in true },
    progress: (_ trial: Int, _ of: Int) -> Void = { _, _ in }
  ) {
    let candidates = poolingCandidates(tally, losses, isPoolable: isPoolable)
    self.candidates = candidates.joined().count
    let chosen = Self.promising(candidates, tally)
    tried = chosen.count
    var outcomes: [PoolingOutcome] = []
    for (index, pooling) in chosen.enumerated() {
      progress(index + 1, chosen.count)
      let pooled = tally.pooled(pooling)
      var pooledWave = wave
      pooledWave.survey = pooled.plan.survey
      let after = ProtectionLosses(pooled, of: pooledWave)
      let recovered = after.cells.shown - losses.cells.shown
      guard recovered > 0 else { continue }
      outcomes.append(
        PoolingOutcome(pooling: pooling, survey: pooledWave.survey, losses: after, recovered: recovered))
    }
    // Of equals the first that was tried.
    self.outcomes = outcomes.enumerated().sorted {
      ($1.element.recovered, $0.offset) < ($0.element.recovered, $1.offset)
    }.map(\.element)
  }

  private static func promising(_ candidates: [[Pooling]], _ tally: Tally) -> [Pooling] {
    let best = candidates.flatMap { ofVariable in
      ofVariable.map { (pooling: $0, shown: cellsPastThresholds(tally.pooled($0))) }.enumerated()
        .sorted { ($1.element.shown, $0.offset) < ($0.element.shown, $1.offset) }
        .map(\.element).prefix(triesOfVariable)
    }
    return best.enumerated().sorted { ($1.element.shown, $0.offset) < ($0.element.shown, $1.offset) }
      .map(\.element.pooling).prefix(tries).map { $0 }
  }

  /// How many printed cells the thresholds alone have nothing against.
  private static func cellsPastThresholds(_ tally: Tally) -> Int {
    let raw = RawFigures(tally)
    let sensitive = Set(tally.plan.survey.questions.filter(\.isSensitive).map(\.id))
    return declare(tally).packs.joined().reduce(0) { sum, table in
      sum
        + table.columns.reduce(0) {
          $0
            + raw.thresholdReasons($1, isSensitive: sensitive.contains(table.question)).count { $0 == nil }
        }
    }
  }
}

extension [DeclaredPack] {
  fileprivate func joined() -> [DeclaredTable] { flatMap(\.tables) }
}
