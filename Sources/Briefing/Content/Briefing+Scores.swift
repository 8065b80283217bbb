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
    }.compactMap { sentence($0, scored) }
    return sentences.dropFirst().reduce(sentences.first) { first, second in first.map { $0 + second } }
  }

  private func sentence(_ score: GroupScore, _ scored: [PublicDefinition.Score]) -> Sentence? {
    var values = words.values(of: score)
    values["base"] = [.text(words.number(score.base))]
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
    case .index, .alpha: return nil
    }
  }
}

/// Several questions together.
extension Briefing {
  /// Nil where no index is told of everyone in the pack.
  var indices: Section? {
    let told = content.indices
    return told.isEmpty
      ? nil : section("indices", .indices, told.map { .paragraph(sentence($0.index, $0.score)) })
  }

  private func sentence(_ index: PublicDefinition.Index, _ score: GroupScore) -> Sentence {
    let questions = index.questions.compactMap { id in definition.questions.first { $0.id == id } }
    var values = words.values(of: score)
    values["index"] = [.label(index.text)]
    values["questions"] = quoted(questions.map(\.text))
    let scores = questions.map { ($0.scores ?? []).sorted { $0.millionths < $1.millionths } }
    values["lowest"] = [.text(words.end(scores.compactMap(\.first)))]
    values["highest"] = [.text(words.end(scores.compactMap(\.last)))]
    let told = words.sentence(score.interval == nil ? .indexScoreAlone : .indexScore, values)
    let alpha = content.scores.first { $0.form == .alpha && $0.question == index.id }
    return alpha.map { told + words.sentence(.indexAlpha, ["alpha": words.values(of: $0)["value"] ?? []]) }
      ?? told
  }

  /// Statements within a sentence: in quotation marks, without the full stop at their end.
  private func quoted(_ statements: [String]) -> [Sentence.Run] {
    Sentence.list(statements.map(\.withoutStop), words[.and]).flatMap { run -> [Sentence.Run] in
      if case .label = run { [.text("“"), run, .text("”")] } else { [run] }
    }
  }
}

extension Words {
  /// What is filled in of a score: its value with its mark, and its interval where it has one.
  fileprivate func values(of score: GroupScore) -> [String: [Sentence.Run]] {
    let mark = score.isUnreliable ? " " + self[.unreliableMark] : ""
    func number(_ number: Int) -> String { signed(number, score.decimals, showsPlus: score.form == .net) }
    var values: [String: [Sentence.Run]] = ["value": [.figure(number(score.value) + mark)]]
    if let interval = score.interval {
      let ends = ["lower": number(interval.lowerBound), "upper": number(interval.upperBound)]
      values["interval"] = [.text(text(.interval, ends))]
    }
    return values
  }

  /// Where the scale of an index ends: at the score where all its questions' scales do, else at the mean of theirs.
  fileprivate func end(_ scores: [PublicDefinition.Score]) -> String {
    if let first = scores.first, Set(scores.map(\.millionths)).count == 1 { return score(first) }
    let mean = scores.reduce(0) { $0 + Double($1.millionths) } / Double(max(scores.count, 1))
    return signed(Int((mean / 10_000).rounded(.toNearestOrAwayFromZero)), 2, showsPlus: false)
  }

  /// A score of an answer, for people: `2`, `−0.5`.
  fileprivate func score(_ score: PublicDefinition.Score) -> String {
    score.score.replacing("-", with: "−")
  }
}
