import Comparison
import ReleaseModel
import Rendering

/// A sentence of the first page: a published figure with its base and interval.
struct MainFinding: Hashable {
  let question: String
  let sentence: Sentence
}

/// The main findings of a pack: at most six, in the order of the page.
///
/// Each question stands with one figure of the total: its largest net; where it has none, its largest answer; and with none where
/// a withheld one might be larger. Of a block
/// the question counts whose interval lies furthest from a half, and of the rest those whose intervals do: they say most
/// clearly which way the answers go. One whose interval holds a half is told only where fewer than three do not. The theme that most raised is always among them. Figures that are withheld or
/// unreliable are not considered, and a theme is called the one most often raised only where its interval leaves it no other rank.
func mainFindings(_ content: PackContent, _ words: Words) -> [MainFinding] {
  let limit = 6
  var candidates: [Candidate] = []
  for (index, results) in content.questions.enumerated() {
    if let candidate = Candidate(results, at: index) { candidates.append(candidate) }
  }
  for block in content.release.definition.blocks {
    let members = candidates.filter { block.questions.contains($0.question.id) }
    guard let strongest = members.max(by: { $0.isBefore($1) }) else { continue }
    candidates.removeAll { block.questions.contains($0.question.id) && $0.place != strongest.place }
  }
  let themes = candidates.filter { $0.question.kind == "theme" }.prefix(1)
  let others = candidates.filter { $0.question.kind != "theme" }.sorted { $1.isBefore($0) }
  let clear = others.filter(\.isClear)
  // Where hardly any is clear, a few are told as numbers.
  let told = clear.count < 3 ? others.prefix(3) : clear.prefix(limit - themes.count)
  let chosen = (themes + told).sorted { $0.place < $1.place }
  return chosen.map { candidate in
    MainFinding(question: candidate.question.id, sentence: candidate.sentence(content, words))
  }
}

private struct Candidate {
  let question: PublicDefinition.Question
  let place: Int
  let row: ReleasedRow
  let share: Share
  let base: Int

  init?(_ results: QuestionResults, at place: Int) {
    let nets = results.netRows
    // Of a theme question, the themes at the top of the codebook.
    let top = Set((results.question.themes ?? []).filter { $0.within == nil }.map(\.answer))
    let answers = results.answerRows.filter { row in
      results.question.kind != "theme" || top.contains(row.key.row.text)
    }
    let considered = nets.isEmpty || results.question.kind == "multiple" ? answers : nets
    let withheld = considered.filter(\.figure.isWithheld)
    guard results.question.kind != "number",
      let largest = QuestionResults.largest(of: considered), !largest.share.isUnreliable,
      let base = largest.row.base,
      // What is withheld might be larger, unless it is of other people and these are at least half.
      withheld.isEmpty || results.question.kind == "theme"
        || (2 * largest.share.count >= base
          && withheld.allSatisfy { results.areOfOthers($0.key.row, largest.row.key.row) })
    else { return nil }
    question = results.question
    self.place = place
    row = largest.row
    share = largest.share
    self.base = base
  }

  /// How far the interval stays from a half, in tenths; negative where it holds a half.
  private var clearness: Int { max(share.lower - 500, 500 - share.upper) }

  var isClear: Bool { clearness > 0 }

  /// Whether the other says something clearer; of two alike, the one that was asked first is clearer.
  func isBefore(_ other: Candidate) -> Bool {
    (clearness, -place) < (other.clearness, -other.place)
  }

  func sentence(_ content: PackContent, _ words: Words) -> Sentence {
    var values: [String: [Sentence.Run]] = [
      "question": [.label(question.text)],
      "percent": [.figure(words.percent(share.percent))],
      "interval": [.text(words.interval(share))],
      "base": [.text(words.number(base))],
      "count": [.text(words.number(share.count))],
      // The wording may end its sentence itself.
      "stop": question.text.last?.isSentenceEnd == true ? [] : [.text(".")],
    ]
    switch row.key.row {
    case .net(let label), .answer(let label): values["answer"] = [.label(label)]
    case .base, .noAnswer, .mean, .median, .place, .notRanked, .top: break
    }
    let word = ShareWord(share)
    if let word { values["word"] = [.text(words[word.phrase])] }
    let sentence = words.sentence(phrase(content, hedged: word != nil), values)
    return change(content, words).map { sentence + $0 } ?? sentence
  }

  /// How the figure has changed since the wave before; nil where there is none to compare it with.
  private func change(_ content: PackContent, _ words: Words) -> Sentence? {
    guard let earlier = content.release.earlierWaves.last,
      let change = content.changes.first(where: { $0.row.key == row.key }),
      // What needs a reservation is told where that stands beside it.
      change.altered.isEmpty, !change.isFromFew
    else { return nil }
    let contrast = change.contrast
    let interval = words.text(
      .interval, ["lower": words.signed(contrast.lower), "upper": words.signed(contrast.upper)])
    return words.sentence(
      .findingChange,
      [
        "wave": [.label(earlier.wave)], "before": [.text(words.percent(change.percentBefore))],
        "baseBefore": [.text(words.number(change.before.base))],
        "change": [.text(words.signed(contrast.points))], "interval": [.text(interval)],
        "verdict": [
          .text(words[contrast.verdict == .unclear ? .whichMayBeChance : .moreThanChance])
        ],
      ])
  }

  /// Whether no other theme of the level can have been raised as often: each is shown, and its interval lies below.
  private func isTop(_ content: PackContent) -> Bool {
    let ranked = content.pack.rankedThemes.filter { theme in
      theme.level == 1 && theme.key.question == row.key.question && theme.key.banner == row.key.banner
    }
    return ranked.allSatisfy { $0.rank != nil } && ranked.first { $0.key == row.key }?.possible == 1...1
  }

  private func phrase(_ content: PackContent, hedged: Bool) -> Phrase {
    switch question.kind {
    case "theme":
      return switch (isTop(content), hedged) {
      case (true, true): .findingTopTheme
      case (true, false): .findingTopThemeInNumbers
      case (false, true): .findingTheme
      case (false, false): .findingThemeInNumbers
      }
    case "multiple": return hedged ? .findingChoice : .findingChoiceInNumbers
    case "ranking": return hedged ? .findingRanking : .findingRankingInNumbers
    default: return hedged ? .findingAnswer : .findingAnswerInNumbers
    }
  }
}

extension Character {
  fileprivate var isSentenceEnd: Bool { self == "." || self == "?" || self == "!" }
}

extension Words {
  /// A share in a sentence: `48.3%`.
  func percent(_ tenths: Int) -> String { "\(decimal(Int64(tenths), 1))%" }

  /// The interval of a share in a sentence: `45.5% to 51.2%`.
  func interval(_ share: Share) -> String {
    text(.interval, ["lower": percent(share.lower), "upper": percent(share.upper)])
  }

  /// A number that is held in tenths or hundredths, as tables.csv writes it.
  func decimal(_ number: Int64, _ decimals: Int) -> String { fixedPoint(number, decimals: decimals) }
}
