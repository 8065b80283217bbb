import Comparison
import ReleaseModel
import Rendering

/// What has changed since earlier waves, in words and a table.
extension Briefing {
  /// How many changes are told in words.
  private static let toldChanges = 6
  /// How many earlier waves stand in the table: with more it would be too wide to be read.
  private static let shownWaves = 4

  /// Nil where there is nothing to compare with.
  var changes: Section? {
    guard let earlier = content.release.earlierWaves.last, let before = earlier.packs[content.pack.id] else {
      return nil
    }
    let headlines = content.questions.compactMap { results -> (QuestionResults, WaveChange)? in
      guard results.question.kind != "number", let headline = results.headline,
        let change = content.changes.first(where: {
          $0.row.key.question == results.question.id && $0.row.key.banner == totalBanner
            && $0.row.key.row == headline
        })
      else { return nil }
      return (results, change)
    }
    guard !headlines.isEmpty else { return nil }
    let wave: [Sentence.Run] = [.label(earlier.wave)]
    var blocks: [Block] = []
    if let now = content.responses, let then = before.respondents {
      blocks.append(
        .paragraph(
          words.sentence(
            .changesBases,
            ["now": [.text(words.number(now))], "wave": wave, "then": [.text(words.number(then))]])))
    }
    let found = headlines.filter { $0.1.contrast.verdict != .unclear }
    let clear = found.filter { $0.1.row.figure.marker.isEmpty && !$0.1.isFromFew }
    let largest = clear.enumerated().sorted {
      (-abs($0.element.1.contrast.points), $0.offset) < (-abs($1.element.1.contrast.points), $1.offset)
    }.prefix(Self.toldChanges).map(\.element)
    blocks.append(
      largest.isEmpty
        ? .paragraph(words.sentence(found.isEmpty ? .changesNone : .changesFew, ["wave": wave]))
        : .list(largest.map { sentence($0.1, $0.0.question, since: wave) }))
    blocks.append(.table(table(headlines)))
    let altered = headlines.filter { !$0.1.altered.isEmpty }
    if !altered.isEmpty {
      blocks.append(
        .list(
          altered.map { results, change in
            words.sentence(
              .changesAltered,
              [
                "question": [.label(results.question.text.withoutStop)], "wave": wave,
                "what": [
                  .text(change.altered.map { words[$0.phrase] }.joined(separator: ", "))
                ],
              ])
          }))
    }
    let note = words.sentence(.changesNote)
    let isAdjusted = definition.comparisons != "none"
    blocks.append(.paragraph(isAdjusted ? note + words.sentence(.changesAdjusted) : note, .note))
    return section("changes", .changes, blocks)
  }

  private func sentence(
    _ change: WaveChange, _ question: PublicDefinition.Question, since wave: [Sentence.Run]
  ) -> Sentence {
    let percent = Share(change.row.figure)?.percent ?? 0
    return words.sentence(
      change.contrast.verdict == .higher ? .changeHigher : .changeLower,
      [
        "answer": [.label(change.row.key.row.label ?? "")], "question": [.label(question.text.withoutStop)],
        "percent": [.figure(words.percent(percent))], "base": [.text(words.number(change.row.base ?? 0))],
        "points": [.figure(words.decimal(Int64(abs(change.contrast.points)), 1))], "wave": wave,
        "interval": [.text(words.interval(change.contrast))],
        "before": [.text(words.percent(change.percentBefore))],
        "baseBefore": [.text(words.number(change.before.base))],
      ])
  }

  /// One figure of each question, wave by wave, and how it has changed since the last but one.
  private func table(_ headlines: [(QuestionResults, WaveChange)]) -> Table {
    let waves = Array(content.release.earlierWaves.suffix(Self.shownWaves))
    let trends = waves.dropLast().map { wave in
      Dictionary(
        waveChanges(of: content.pack, in: content.release, since: wave).filter {
          $0.row.key.banner == totalBanner
        }.map { ($0.row.key, $0.percentBefore) }
      ) { first, _ in first }
    }
    return Table(
      caption: words.sentence(.changesTable), question: nil, banner: totalBanner,
      columns: [words[.question], words[.answer]] + waves.map(\.wave) + [content.release.wave]
        + [.change, .changeFrom, .changeTo, .inWords].map { words[$0] },
      groups: headlines.map { results, change in
        let percent = Share(change.row.figure)?.percent ?? 0
        let earlier = trends.map { trend -> Cell in
          trend[change.row.key].map { .number(words.decimal(Int64($0), 1)) }
            ?? .words(words[.notCompared])
        }
        let contrast = change.contrast
        return Table.Group(
          heading: results.question.text,
          rows: [
            (
              change.row.key.row.label ?? "",
              earlier
                + [
                  change.isFromFew
                    ? .flagged(
                      words.decimal(Int64(change.percentBefore), 1), marker: words[.unreliableMark])
                    : .number(words.decimal(Int64(change.percentBefore), 1)),
                  change.row.figure.marker == "u"
                    ? .flagged(words.decimal(Int64(percent), 1), marker: words[.unreliableMark])
                    : .number(words.decimal(Int64(percent), 1)),
                  .number(words.signed(contrast.points)),
                  .number(words.signed(contrast.lower)), .number(words.signed(contrast.upper)),
                  .words(words[contrast.verdict.phrase]),
                ]
            )
          ])
      })
  }
}

extension Contrast.Verdict {
  var phrase: Phrase {
    switch self {
    case .higher: .higher
    case .lower: .lowerThan
    case .unclear: .mayBeChance
    }
  }
}

extension Alteration {
  fileprivate var phrase: Phrase {
    switch self {
    case .wording: .alteredWording
    case .answers: .alteredAnswers
    case .route: .alteredRoute
    case .base: .alteredBase
    case .net: .alteredNet
    case .groups: .alteredGroups
    case .pack: .alteredPack
    }
  }
}

extension WaveChange {
  /// Whether so few stand behind the earlier share that it is of low reliability.
  var isFromFew: Bool { before.base < 30 }
}
