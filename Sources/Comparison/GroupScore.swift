import Estimation
public import ReleaseModel

/// What the answers of one group come to as numbers.
public struct GroupScore: Sendable, Hashable {
  /// What is told of them.
  public enum Form: String, Sendable, Hashable, CaseIterable {
    /// The mean of the numbers that answers stand for.
    case mean = "(mean score)"
    /// The share of answers that stand for a number above 0 less the share of those below 0.
    case net = "(net score)"
    /// The mean of the mean scores of an index's questions.
    case index = "(index)"
    /// Cronbach's alpha of an index's questions, for everyone in the pack.
    case alpha = "(alpha)"
  }

  /// The id of the question, or of the index.
  public let question: String
  /// The kind of the question; `index`.
  public let kind: String
  public let source: String
  public let banner: String
  public let group: String
  public let form: Form
  /// Of a mean, who gave an answer that has a score; of a net score, the question's base; of an index and its alpha, the smallest
  /// base of its questions' means. Unweighted.
  public let base: Int
  /// In hundredths, of a net score in tenths of a percentage point; rounded half away from zero from the exact fraction.
  public let value: Int
  /// The interval of 95% in the same unit; nil of a mean whose spread is not known, and of alpha.
  public let interval: ClosedRange<Int>?

  /// How many decimals value and interval have.
  public var decimals: Int { form == .net ? 1 : 2 }

  /// As tables.csv marks a figure of so few people.
  public var isUnreliable: Bool { base < 30 }
}

/// The scores of a pack's questions, group by group in the order of its tables: of each group the mean score, then the net score;
/// then the indices, as `indexScores` tells them.
///
/// Only of a group of which every answer is published, by a base that a table tells answers of: so a score follows from published
/// counts and tells nothing that they do not. Answers without a score are left out of the mean, and are in the base of the net
/// score; there is none where no score is above 0, or none below.
public func groupScores(of pack: ReleasedPack, in release: Release) -> [GroupScore] {
  guard !release.isWeighted else { return [] }
  let scored = Dictionary(
    release.definition.questions.compactMap { question in question.numbers.map { (question.id, $0) } },
    uniquingKeysWith: { first, _ in first })
  guard !scored.isEmpty else { return [] }
  let rules = ScoreRules(release)
  var means: [IndexPlace: MeanOfScores] = [:]
  var scores: [GroupScore] = []
  for table in pack.tables {
    guard let numbers = scored[table.question], table.source != sessions else { continue }
    for (group, counts) in table.wholeGroups {
      let found = rules.figures(counts, numbers)
      means[IndexPlace(question: table.question, banner: table.banner, group: group)] = found.mean
      for (form, figure) in [(GroupScore.Form.mean, found.mean?.figure), (.net, found.net)] {
        guard let figure else { continue }
        scores.append(
          GroupScore(
            question: table.question, kind: table.kind, source: table.source, banner: table.banner,
            group: group, form: form, base: figure.base, value: figure.value, interval: figure.interval))
      }
    }
  }
  return scores + indexScores(of: pack, release.definition.indices ?? [], means)
}

/// What a score tells of a group.
struct ScoreFigure {
  var base: Int
  var value: Int
  var interval: ClosedRange<Int>?
}

/// A mean of scores before it is rounded, in millionths.
struct MeanOfScores {
  var sum: Int128
  /// How many people it is of, above 0.
  var base: Int
  var interval: ClosedRange<Double>?

  /// As it is told, in hundredths.
  var figure: ScoreFigure {
    ScoreFigure(
      base: base, value: Int(RoundedFraction(sum, over: Int128(base) * 1_000_000, decimals: 2).units),
      interval: interval.map { hundredths($0.lowerBound)...hundredths($0.upperBound) })
  }
}

/// The end of an interval in hundredths.
/// - Parameter end: In millionths.
func hundredths(_ end: Double) -> Int { Int((end / 10_000).rounded(.toNearestOrAwayFromZero)) }

/// How scores of a release are found.
private struct ScoreRules {
  private let minimumBase: Int
  private let sample: SampledStratum

  init(_ release: Release) {
    minimumBase = release.definition.protection.minimumBase
    sample = release.sample
  }

  /// - Parameters:
  ///   - counts: Of each answer of a group; nil stands for those who gave none.
  ///   - numbers: Of answers that have a score, in millionths.
  func figures(
    _ counts: [String?: Int], _ numbers: [String: Int64]
  ) -> (mean: MeanOfScores?, net: ScoreFigure?) {
    let base = counts.values.reduce(0, +)
    guard base >= minimumBase else { return (nil, nil) }
    let scored = numbers.map { (value: $0.value, respondents: counts[$0.key] ?? 0) }
    return (mean(of: scored), net(of: scored, base: base))
  }

  private func mean(of scored: [(value: Int64, respondents: Int)]) -> MeanOfScores? {
    let base = scored.reduce(0) { $0 + $1.respondents }
    guard base >= max(minimumBase, 1) else { return nil }
    // In order: the last bits of a sum of doubles depend on it.
    let scored = Dictionary(scored.map { ($0.value, $0.respondents) }, uniquingKeysWith: +)
      .map { (value: $0.key, respondents: $0.value) }.sorted { $0.value < $1.value }
    let sum = scored.reduce(Int128(0)) { $0 + Int128($1.value) * Int128($1.respondents) }
    return MeanOfScores(
      sum: sum, base: base, interval: meanInterval(of: scored, sample: sample, level: 0.95))
  }

  private func net(of scored: [(value: Int64, respondents: Int)], base: Int) -> ScoreFigure? {
    guard scored.contains(where: { $0.value > 0 }), scored.contains(where: { $0.value < 0 }) else {
      return nil
    }
    func people(_ isMeant: (Int64) -> Bool) -> Int {
      scored.reduce(0) { $0 + (isMeant($1.value) ? $1.respondents : 0) }
    }
    let score = NetScore(above: people { $0 > 0 }, below: people { $0 < 0 }, base: base)
    let points = RoundedFraction(100 * Int128(score.above - score.below), over: Int128(base), decimals: 1)
    let interval = score.interval(level: 0.95, sampledFraction: sample.sampledFraction)
    func tenths(_ end: Double) -> Int { Int((end * 1_000).rounded(.toNearestOrAwayFromZero)) }
    return ScoreFigure(
      base: base, value: Int(points.units),
      interval: tenths(interval.lowerBound)...tenths(interval.upperBound))
  }
}

extension Release {
  /// All responses: of so many people only where these are a random sample of them.
  var sample: SampledStratum {
    let population = definition.sampling == "random" ? definition.population : nil
    return SampledStratum(sampled: responses, population: population.map { Double(max($0, responses)) })
  }
}

extension PublicDefinition.Question {
  /// By answer, the score in millionths; nil where the question has none.
  fileprivate var numbers: [String: Int64]? {
    scores.map { Dictionary($0.map { ($0.answer, $0.millionths) }, uniquingKeysWith: { first, _ in first }) }
  }
}

extension PublicDefinition.Score {
  /// The number in millionths.
  public var millionths: Int64 {
    let parts = score.drop { $0 == "-" }.split(separator: ".")
    let fraction = parts.count > 1 ? parts[1] : ""
    let digits = String(parts.first ?? "0") + fraction + String(repeating: "0", count: 6 - fraction.count)
    guard let magnitude = Int64(digits) else { preconditionFailure("a score is written as a number") }
    return score.hasPrefix("-") ? -magnitude : magnitude
  }
}
