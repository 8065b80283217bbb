import Comparison
import ReleaseModel

/// What the answers to a question come to as numbers, in words.
extension QuestionSection {
  /// Which number each answer stands for; nil of a question without scores.
  func scoresOfAnswers(_ question: PublicDefinition.Question) -> Sentence? {
    guard let scores = question.scores else { return nil }
    var runs: [Sentence.Run] = []
    for (index, score) in scores.enumerated() {
      if index > 0 { runs.append(.text(", ")) }
      runs += [.label(score.answer), .text(" \(words.score(score))")]
    }
    return words.sentence(.scoresOfAnswers, ["scores": runs])
  }

  /// The mean score and the net score of everyone in the pack; nil where neither is told.
  func scores(_ results: QuestionResults) -> Sentence? {
    guard let scored = results.question.scores else { return nil }
    let sentences = content.scores.filter {
      $0.question == results.question.id && $0.banner == totalBanner
    }.map { sentence($0, scored) }
    return sentences.dropFirst().reduce(sentences.first) { first, second in first.map { $0 + second } }
  }

  private func sentence(_ score: GroupScore, _ scored: [PublicDefinition.Score]) -> Sentence {
    let mark = score.isUnreliable ? " " + words[.unreliableMark] : ""
    var values: [String: [Sentence.Run]] = [
      "value": [.figure(words.signed(score.value, score.decimals, showsPlus: score.form == .net) + mark)],
      "base": [.text(words.number(score.base))],
    ]
    if let interval = score.interval {
      let ends = [interval.lowerBound, interval.upperBound].map {
        words.signed($0, score.decimals, showsPlus: score.form == .net)
      }
      values["interval"] = [.text(words.text(.interval, ["lower": ends[0], "upper": ends[1]]))]
    }
    switch score.form {
    case .mean:
      let ordered = scored.sorted { $0.millionths < $1.millionths }
      values["lowest"] = ordered.first.map { [.text(words.score($0))] }
      values["highest"] = ordered.last.map { [.text(words.score($0))] }
      return words.sentence(score.interval == nil ? .scoreMeanAlone : .scoreMean, values)
    case .net:
      func answers(_ isMeant: (Int64) -> Bool) -> [Sentence.Run] {
        Sentence.list(scored.filter { isMeant($0.millionths) }.map(\.answer), words[.or])
      }
      values["above"] = answers { $0 > 0 }
      values["below"] = answers { $0 < 0 }
      return words.sentence(.scoreNet, values)
    }
  }
}

extension Words {
  /// A score of an answer, for people: `2`, `−0.5`.
  fileprivate func score(_ score: PublicDefinition.Score) -> String {
    score.score.replacing("-", with: "−")
  }
}
