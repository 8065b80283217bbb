/// Scores as the definition lists them: which number each of some labels stands for.
struct ReadScores {
  /// By label; only of labels that have one.
  var numbers: [String: Decimal6]
}

extension SurveyReader {
  /// Scores that a question may have: more could not be told in a table.
  private static let range = Decimal6(-1_000)...Decimal6(1_000)

  /// Reads `scores:`, by the names of scales.
  func readScores(_ fields: Fields) {
    guard let entry = fields.entry("scores"),
      let map = Fields(entry.value, at: entry.keyPlace, what: "`scores`", keys: nil, log: log)
    else { return }
    for scale in map.entries {
      guard let options = scales[scale.key] else {
        log.fault(
          "unknown-scale", at: scale.keyPlace, "there is no scale `\(scale.key)` in `scales`",
          remedy: log.suggestion(for: scale.key, among: scales.keys.sorted())
            ?? "write the scores of a question that lists its answers itself within the question")
        continue
      }
      scores[scale.key] = .some(options.flatMap { read(scale, of: LabelPositions($0.labels)) })
    }
  }

  /// A question's answers with their scores: its own, or those of the scale that it names.
  func scored(_ choice: Choice, ofQuestion id: String, _ fields: Fields) -> Choice {
    let found: ReadScores?
    if let entry = fields.entry("scores") {
      found = read(entry, of: LabelPositions(choice.answerLabels))
      if found == nil { unreadableScores.insert(id) }
    } else if let name = fields.entry("answers")?.value.rawText.map(trimmed), let read = scores[name] {
      found = read
      if found == nil { unreadableScores.insert(id) }
    } else {
      found = nil
    }
    var choice = choice
    choice.scores = found.map { scores in choice.answerLabels.map { scores.numbers[$0] } }
    return choice
  }

  /// Reads the scores of some labels; nil, with the fault told, where there is nothing to make a mean of.
  private func read(_ entry: YAMLEntry, of labels: LabelPositions) -> ReadScores? {
    guard let map = Fields(entry.value, at: entry.keyPlace, what: "`\(entry.key)`", keys: nil, log: log)
    else { return nil }
    var numbers: [String: Decimal6] = [:]
    var isWhole = true
    for answer in map.entries {
      guard labels[answer.key] != nil else {
        log.fault(
          "unknown-answer", at: answer.keyPlace, "there is no answer `\(answer.key)` here",
          remedy: log.suggestion(for: answer.key, among: labels.labels))
        isWhole = false
        continue
      }
      guard let number = number(answer.value, of: answer.key) else {
        isWhole = false
        continue
      }
      guard Self.range.contains(number) else {
        log.fault(
          "out-of-range", at: answer.value.place,
          "the score of `\(answer.key)` is \(number.text), and may be \(Self.range.lowerBound.text) to \(Self.range.upperBound.text)"
        )
        isWhole = false
        continue
      }
      numbers[answer.key] = number
    }
    // What is wrong with one of them has been told.
    guard isWhole else { return nil }
    guard numbers.count > 1 else {
      log.fault(
        "too-few-scores", at: entry.keyPlace, "fewer than two answers have a score, and a mean needs two",
        remedy: "say which number each answer stands for, but for answers such as Don't know")
      return nil
    }
    guard Set(numbers.values).count > 1 else {
      log.fault(
        "same-scores", at: entry.keyPlace, "all answers have the same score, so that every mean would be it",
        remedy: "give answers that differ different numbers, such as 2, 1, 0, -1, -2")
      return nil
    }
    return ReadScores(numbers: numbers)
  }
}
