import Comparison
import ReleaseModel

/// scores.csv: the mean score and the net score of each question whose answers stand for numbers, and the indices of several such
/// questions, group by group.
func scoresCSV(_ scores: [GroupScore], of pack: ReleasedPack, in release: Release) -> [UInt8] {
  var buffer = ByteBuffer()
  buffer.append(CSVWMetadata.scores.columns.joined(separator: ","))
  buffer.append(lineFeed)
  for score in scores {
    for field in [
      pack.id, release.wave, score.question, score.kind, score.source, score.form.rawValue, score.banner,
      score.group,
    ] {
      buffer.append(csvField(field))
      buffer.append(comma)
    }
    buffer.append(score.base)
    for number in [score.value, score.interval?.lowerBound, score.interval?.upperBound] {
      buffer.append(comma)
      if let number { buffer.append(Int64(number), decimals: score.decimals) }
    }
    buffer.append(comma)
    if score.isUnreliable { buffer.append("u") }
    buffer.append(lineFeed)
  }
  return buffer.bytes
}

extension CSVWMetadata {
  private static let withoutInterval = "empty of alpha, and where the spread of a mean is not known."

  static let scores = File(
    name: "scores.csv", title: "scores",
    description: """
      Of questions whose answers stand for numbers the mean of these, and the share of answers above 0 less that of answers \
      below 0, where every answer of the group is published; of several such questions together the mean of their means, and how \
      far they go together.
      """,
    own: [
      "pack", "wave", "question", "kind", "source", "answer", "banner", "group", "base", "value", "lower",
      "upper", "marker",
    ],
    further: [], key: rowKey,
    descriptions: [
      "question": "Id of the question, or of the index.",
      "kind": "Kind of the question: single or scale; index, of several questions together.",
      "answer": """
      (mean score), the mean of the numbers that answers stand for; (net score), the share of answers above 0 less that of \
      answers below 0; (index), the mean of the mean scores of the questions of an index; or (alpha), Cronbach's alpha of these, \
      among people who gave an answer that stands for a number to all of them.
      """,
      "base": """
      On the row of the mean, how many people gave an answer that stands for a number; on that of the net score, how many were \
      asked and answered; of an index and its alpha, the smallest base of its questions' means; not weighted.
      """,
      "value": "The mean score, the net score in percentage points, the index, or alpha.",
      "lower": "Lower bound of the 95% confidence interval of value; \(withoutInterval)",
      "upper": "Upper bound of the 95% confidence interval of value; \(withoutInterval)",
    ])
}
