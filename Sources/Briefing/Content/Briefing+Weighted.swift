import Comparison
import ReleaseModel
import Rendering

/// What the shares of everyone would be had each group answered as often as its number of people says.
extension Briefing {
  /// A table for each banner whose people are known; empty where there is none.
  var weighted: [Block] {
    let tables = content.banners.compactMap { banner -> Block? in
      let shares = content.weighted.filter { $0.banner == banner }
      let groups = content.questions.compactMap { results -> Table.Group? in
        guard let headline = results.headline,
          let share = shares.first(where: {
            $0.row.key.question == results.question.id && $0.row.key.row == headline
          })
        else { return nil }
        return Table.Group(
          heading: results.question.text, rows: [(headline.label ?? headline.text, cells(share))])
      }
      guard !groups.isEmpty else { return nil }
      return .table(
        Table(
          caption: words.sentence(.weightedBy, ["banner": [.label(content.label(ofBanner: banner))]]),
          question: nil, banner: totalBanner,
          columns: [.question, .answer, .base, .percentHead, .weightedPercent, .lower, .upper].map {
            words[$0]
          },
          groups: groups))
    }
    guard !tables.isEmpty else { return [] }
    let note = words.sentence(.weightedNote)
    let isPartlyUnreliable = content.weighted.contains(where: \.isUnreliable)
    return [.paragraph(isPartlyUnreliable ? note + words.sentence(.weightedUnreliable) : note)] + tables
  }

  private func cells(_ share: WeightedShare) -> [Cell] {
    func number(_ tenths: Int) -> String { words.decimal(Int64(tenths), 1) }
    let percent = Share(share.row.figure)?.percent ?? 0
    return [
      .number(String(share.row.base ?? 0)), .number(number(percent)),
      share.isUnreliable
        ? .flagged(number(share.percent), marker: words[.unreliableMark]) : .number(number(share.percent)),
      .number(number(share.lower)), .number(number(share.upper)),
    ]
  }
}
