import Comparison
import ReleaseModel
import Rendering

/// Which groups differ from the rest, in words.
extension Briefing {
  /// How many differences are told of a banner.
  private static let toldOfBanner = 6

  /// Below the figures by group: the clearest differences of one figure of each question, under each banner.
  var differences: [Section] {
    let compared = content.questions.filter { $0.question.kind != "number" }
    return content.banners.compactMap { banner in
      var (tested, isAnyFound) = (false, false)
      var clear: [(difference: GroupDifference, question: PublicDefinition.Question)] = []
      for results in compared {
        guard let headline = results.headline else { continue }
        for difference in content.differences
        where difference.row.key.question == results.question.id && difference.row.key.banner == banner
          && difference.row.key.row == headline && difference.other == .rest
        {
          tested = true
          guard difference.contrast.verdict != .unclear else { continue }
          isAnyFound = true
          if difference.row.figure.marker.isEmpty, difference.otherBase >= 30 {
            clear.append((difference, results.question))
          }
        }
      }
      guard tested else { return nil }
      let label: [Sentence.Run] = [.label(content.label(ofBanner: banner))]
      // Stable: of two as large, the one whose question was asked first.
      let largest = clear.enumerated().sorted {
        (-abs($0.element.difference.contrast.points), $0.offset)
          < (-abs($1.element.difference.contrast.points), $1.offset)
      }.prefix(Self.toldOfBanner).map(\.element)
      var blocks: [Block] =
        largest.isEmpty
        ? [.paragraph(words.sentence(isAnyFound ? .differencesFew : .differencesNone, ["banner": label]))]
        : [.list(largest.map { sentence($0.difference, $0.question) })]
      if clear.count > largest.count {
        blocks.append(
          .paragraph(
            words.sentence(
              .differencesMore,
              [
                "told": [.text(words.number(largest.count))], "all": [.text(words.number(clear.count))],
              ]), .note))
      }
      return Section(
        id: "differences-\(banner)", heading: words.sentence(.differencesBy, ["banner": label]),
        blocks: blocks)
    }
  }

  private func sentence(_ difference: GroupDifference, _ question: PublicDefinition.Question) -> Sentence {
    let contrast = difference.contrast
    let percent = Share(difference.row.figure)?.percent ?? 0
    return words.sentence(
      contrast.verdict == .higher ? .differenceHigher : .differenceLower,
      [
        "group": [.label(difference.row.key.group)], "answer": [.label(difference.row.key.row.label ?? "")],
        "question": [.label(question.text.withoutStop)], "percent": [.figure(words.percent(percent))],
        "base": [.text(words.number(difference.row.base ?? 0))],
        "points": [.figure(words.decimal(Int64(abs(contrast.points)), 1))],
        "interval": [.text(words.interval(contrast))],
        "rest": [.text(words.percent(difference.otherPercent))],
        "restBase": [.text(words.number(difference.otherBase))],
      ])
  }
}

extension Words {
  /// The interval of a difference without its sign, as it stands beside “higher” or “lower”: `5.6 to 17.4`.
  func interval(_ contrast: Contrast) -> String {
    let ends =
      contrast.points < 0 ? [-contrast.upper, -contrast.lower] : [contrast.lower, contrast.upper]
    return text(
      .interval, ["lower": signed(ends[0], showsPlus: false), "upper": signed(ends[1], showsPlus: false)])
  }

  /// A number held in tenths with its sign, for people: `+11.6`, `−10.4`, `0.0`.
  func signed(_ tenths: Int, showsPlus: Bool = true) -> String { signed(tenths, 1, showsPlus: showsPlus) }

  /// The same of a number that is held in tenths or hundredths.
  func signed(_ number: Int, _ decimals: Int, showsPlus: Bool) -> String {
    let sign = number < 0 ? "−" : number > 0 && showsPlus ? "+" : ""
    return sign + decimal(Int64(abs(number)), decimals)
  }
}
