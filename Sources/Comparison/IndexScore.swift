import Estimation
import ReleaseModel

/// Where a mean score of a pack stands.
struct IndexPlace: Hashable {
  var question: String
  var banner: String
  var group: String
}

/// The indices of a pack in the order of the definition: for everyone its value, then its alpha where that is told, then its
/// value group by group, banner by banner.
///
/// Only of a group for which each question of the index has its mean score. The value is the mean of these, from their exact
/// fractions. Its interval holds whatever the correlation of the questions: the standard error of a mean of k estimates is
/// at most the mean of their standard errors (by the inequality of Cauchy and Schwarz), so half its width is the mean of half the
/// widths of the questions' intervals.
/// - Parameter means: The mean scores of the pack.
func indexScores(
  of pack: ReleasedPack, _ indices: [PublicDefinition.Index], _ means: [IndexPlace: MeanOfScores]
) -> [GroupScore] {
  indices.flatMap { index -> [GroupScore] in
    guard let first = index.questions.first else { return [] }
    return pack.tables.filter { $0.question == first && $0.source != sessions }.flatMap { table in
      table.wholeGroups.flatMap { group, _ -> [GroupScore] in
        let found = index.questions.compactMap {
          means[IndexPlace(question: $0, banner: table.banner, group: group)]
        }
        guard found.count == index.questions.count else { return [] }
        let value = figure(found)
        func score(_ form: GroupScore.Form, _ value: Int, _ interval: ClosedRange<Int>?, base: Int)
          -> GroupScore
        {
          GroupScore(
            question: index.id, kind: "index", source: table.source, banner: table.banner, group: group,
            form: form, base: base, value: value, interval: interval)
        }
        let alpha = table.banner == totalBanner ? pack.alphas.first { $0.index == index.id } : nil
        return [score(.index, value.value, value.interval, base: value.base)]
          + (alpha.map { [score(.alpha, $0.hundredths, nil, base: value.base)] } ?? [])
      }
    }
  }
}

private func figure(_ means: [MeanOfScores]) -> ScoreFigure {
  let fractions = means.map { (numerator: $0.sum, denominator: Int128($0.base) * 1_000_000) }
  let intervals = means.compactMap(\.interval)
  let count = Double(means.count)
  var interval: ClosedRange<Int>?
  if intervals.count == means.count {
    let centre = means.reduce(0) { $0 + Double($1.sum) / Double($1.base) } / count
    let half = intervals.reduce(0) { $0 + ($1.upperBound - $1.lowerBound) / 2 } / count
    interval = hundredths(centre - half)...hundredths(centre + half)
  }
  return ScoreFigure(
    base: means.map(\.base).reduce(means[0].base, min),
    value: Int(RoundedFraction(meanOf: fractions, decimals: 2).units), interval: interval)
}
