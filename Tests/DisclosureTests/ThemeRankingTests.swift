@_spi(Protection) import ReleaseModel
import SurveyDefinition
import Testing

@testable import Disclosure

/// Ranks come from what is shown, with ties and with what the intervals leave open.
@Suite struct ThemeRankingTests {
  private static func row(_ name: String, _ count: Int?, of base: Int) -> ReleasedRow {
    ReleasedRow(
      key: FigureKey(pack: "all", question: "q", row: .answer(name), banner: "total", group: "Total"),
      base: base,
      figure: count.map {
        .share($0, of: base, IntervalRules(Survey(id: "staff", title: "Staff"), responses: base))
      } ?? .withheld)
  }

  @Test func `themes that as many raised share a rank, and the next is as far behind`() {
    let places = ranked([40, 30, 30, 10].map { (count: Int) in (1, Self.row("t\(count)", count, of: 100)) })
    #expect(places.map(\.rank) == [1, 2, 2, 4])
    #expect(places.allSatisfy { $0.ranked == 4 })
  }

  @Test func `a rank is open as far as intervals overlap`() {
    // Wilson intervals of 100: 80 is 71.1 to 86.7, 50 is 40.4 to 59.6, 45 is 35.6 to 54.8, 5 is 2.2 to 11.2
    // (Newcombe, 1998, Statistics in Medicine 17, 857-872, method 3).
    let places = ranked([80, 50, 45, 5].map { (count: Int) in (1, Self.row("t\(count)", count, of: 100)) })
    #expect(places.map(\.possible) == [1...1, 2...3, 2...3, 4...4])
  }

  @Test func `what is withheld has no rank and gives none`() {
    let places = ranked([
      (1, Self.row("a", 40, of: 100)), (1, Self.row("b", nil, of: 100)), (1, Self.row("c", 4, of: 100)),
    ])
    #expect(places.map(\.rank) == [1, nil, 2])
    #expect(places.map(\.possible) == [1...1, nil, 2...2])
    #expect(places.map(\.ranked) == [2, 2, 2])
  }

  @Test func `levels are ranked apart`() {
    let places = ranked([
      (1, Self.row("a", 40, of: 100)), (2, Self.row("b", 50, of: 100)), (2, Self.row("c", 20, of: 100)),
    ])
    #expect(places.map(\.rank) == [1, 1, 2])
  }
}
