import Estimation
import ReleaseModel
import SurveyDefinition
import Tabulation

/// Of which indices a pack tells Cronbach's alpha, and what it is.
///
/// Alpha is one equation over the joint answers of everyone in the pack who answered all questions of an index, in two decimals. Where
/// groups answer one of the questions much alike, that equation would tell some of the tables apart by which a withheld answer
/// to another is protected. So it is told only where
/// - nothing of any of its questions is withheld, from anybody: then no count is left that it could narrow;
/// - those people are at least `ReleasedAlpha.minimumRespondents`, and `minimum_base`;
/// - the questions are at least `ReleasedAlpha.minimumQuestions`: of two with two answers each, how many gave which two would
///   follow;
/// - it is within `ReleasedAlpha.range`, and well below the largest that their distributions allow, at which each respondent's
///   place in one would tell that in the others.
///
/// How many they are is told nowhere: beside the bases of the questions it would tell how many skipped one and not another. These
/// rules hold whatever the thresholds: alpha of few people says little.
struct IndexAlphas {
  private let tally: Tally
  /// Ids of questions of which some pack withholds something.
  private let withheld: Set<String>

  /// - Parameter tables: Those of all packs, as they are released.
  init(_ tally: Tally, releasing tables: some Sequence<ReleasedTable>) {
    self.tally = tally
    withheld = Set(tables.filter { $0.withheldRows > 0 }.map(\.question))
  }

  /// What a pack tells, in hundredths, in the order of the definition.
  /// - Parameters:
  ///   - pack: Its position in the survey.
  ///   - tables: Its tables, as they are released.
  func told(of pack: Int, _ tables: [ReleasedTable]) -> [(index: String, hundredths: Int)] {
    let survey = tally.plan.survey
    guard !survey.indices.isEmpty else { return [] }
    let audience = UInt64(1) << UInt64(tally.plan.audienceOfPack[pack])
    let atoms = tally.atoms.indices.filter { tally.atoms[$0] & audience != 0 }
    var totals: [String: [String?: Int]] = [:]
    for table in tables where table.banner == "total" && !withheld.contains(table.question) {
      totals[table.question] = table.wholeGroups.first?.counts
    }
    let minimum = max(ReleasedAlpha.minimumRespondents, survey.protection.minimumBase)
    return survey.indices.enumerated().compactMap { position, index in
      let distributions = index.questions.compactMap { question in
        totals[survey.questions[question].id].map { survey.questions[question].distribution($0) }
      }
      guard distributions.count == index.questions.count,
        distributions.count >= ReleasedAlpha.minimumQuestions
      else { return nil }
      let variances = tally.variances(ofIndex: position, atoms: atoms)
      guard variances.respondents >= minimum, isFarFromLargest(variances, distributions),
        let alpha = CronbachAlpha.rounded(
          variances: variances.questions, ofSum: variances.ofSum, decimals: 2),
        alpha.units >= ReleasedAlpha.range.lowerBound, alpha.units <= ReleasedAlpha.range.upperBound
      else { return nil }
      return (index.id, Int(alpha.units))
    }
  }

  /// Whether the covariances are together at most nine tenths of what they would be, had each respondent the same place in
  /// every distribution: no distributions can have larger ones.
  private func isFarFromLargest(_ variances: IndexVariances, _ distributions: [[ScoreShare]]) -> Bool {
    let parts = variances.questions.reduce(0) { $0 + Double($1) }
    let ends = Set(distributions.joined().map(\.end)).sorted()
    var start = 0.0
    var sums: [ScoreShare] = []
    for end in ends {
      let middle = (start + end) / 2
      let sum = distributions.reduce(0) { $0 + ($1.first { $0.end > middle }?.score ?? 0) }
      sums.append(ScoreShare(score: sum, share: end - start, end: end))
      start = end
    }
    let largestParts = distributions.reduce(0) { $0 + variance($1) }
    guard parts > 0, largestParts > 0 else { return false }
    let largest = variance(sums) / largestParts - 1
    return Double(variances.ofSum) / parts - 1 <= 0.9 * largest
  }

  private func variance(_ shares: [ScoreShare]) -> Double {
    let mean = shares.reduce(0) { $0 + $1.score * $1.share }
    return shares.reduce(0) { $0 + ($1.score - mean) * ($1.score - mean) * $1.share }
  }
}

/// The share of people with a score, and of those with it or a lower one.
private struct ScoreShare {
  var score: Double
  var share: Double
  var end: Double
}

extension Question {
  /// How scores are spread over those who gave an answer that has one, the lowest first.
  /// - Parameter counts: How many gave each answer.
  fileprivate func distribution(_ counts: [String?: Int]) -> [ScoreShare] {
    let scored = zip(answerLabels, scores ?? []).compactMap { label, score in
      score.map { (score: $0.millionths, count: counts[label] ?? 0) }
    }.filter { $0.count > 0 }.sorted { ($0.score, $0.count) < ($1.score, $1.count) }
    let all = scored.reduce(0) { $0 + $1.count }
    var below = 0
    return scored.map { score, count in
      below += count
      return ScoreShare(
        score: Double(score) / 1_000_000, share: Double(count) / Double(all), end: Double(below) / Double(all)
      )
    }
  }
}
