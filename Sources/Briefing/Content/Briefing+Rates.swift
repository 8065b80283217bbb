import ReleaseModel
import Rendering

/// How many of those who could have taken part did.
extension Briefing {
  /// Nil where it is not known how many there are.
  var rates: Section? {
    let rates = content.pack.responseRates
    guard let total = rates.first(where: { $0.group.row.key.banner == totalBanner }),
      let responses = total.group.row.base
    else { return nil }
    var blocks: [Block] = [
      .paragraph(
        words.sentence(
          .ratesNote,
          [
            "people": [.text(words.number(total.group.people))],
            "responses": [.text(words.number(responses))],
            "rate": [.figure(words.percent(total.responseRate))],
          ]))
    ]
    let tellsGroups = rates.contains { $0.group.row.key.banner != totalBanner }
    if tellsGroups { blocks.append(.paragraph(words.sentence(.ratesByGroup))) }
    for banner in content.banners {
      let groups = rates.filter { $0.group.row.key.banner == banner }
      guard !groups.isEmpty else { continue }
      blocks.append(
        .table(
          Table(
            caption: words.sentence(.ratesOf, ["banner": [.label(content.label(ofBanner: banner))]]),
            question: nil,
            banner: banner,
            columns: [
              .group, .answer, .count, .population, .responseRate, .shareOfResponses, .shareOfPopulation,
            ]
            .map { words[$0] },
            groups: groups.map { rate in
              Table.Group(
                heading: rate.group.row.key.group, rows: [(rate.group.row.key.row.text, cells(rate))])
            })))
    }
    return section("rates", .rates, blocks + weighted)
  }

  private func cells(_ rate: ResponseRate) -> [Cell] {
    func percent(_ tenths: Int?) -> Cell { tenths.map { .number(words.decimal(Int64($0), 1)) } ?? .blank }
    return [
      rate.group.row.base.map { .number(String($0)) } ?? .marker(words[.withheldMark]),
      .number(String(rate.group.people)), percent(rate.responseRate), percent(rate.shareOfResponses),
      percent(rate.shareOfPopulation),
    ]
  }
}
