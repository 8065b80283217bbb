@_spi(Protection) import ReleaseModel
import Testing

@testable import Comparison

/// The mean of several mean scores.
@Suite struct IndexScoreTests {
  /// A table of Yes (1) and No (0) for everyone in the pack.
  private func table(_ question: String, yes: Int, no: Int?) -> ReleasedTable {
    let base = yes + (no ?? 7)
    func row(_ row: FigureRow, _ figure: ReleasedFigure) -> ReleasedRow {
      ReleasedRow(
        key: FigureKey(pack: "force", question: question, row: row, banner: "total", group: "Total"),
        base: base,
        figure: figure)
    }
    func share(_ count: Int) -> ReleasedFigure {
      .share(count: count, percent: 0, lower: 0, upper: 1_000, isUnreliable: false)
    }
    return ReleasedTable(
      question: question, kind: "single", source: "survey", banner: "total",
      rows: [
        row(.base, .base(base)), row(.answer("Yes"), share(yes)),
        row(.answer("No"), no.map(share) ?? .withheld),
      ])
  }

  private func scores(
    _ tables: [ReleasedTable], yes: String = "1", no: String = "0", alphas: [ReleasedAlpha] = []
  ) -> [GroupScore] {
    let questions = tables.map { table in
      var question = MadeUpPack.asked(table.question)
      question.scores = [.init(answer: "Yes", score: yes), .init(answer: "No", score: no)]
      return question
    }
    let made = MadeUpPack.release(tables, questions: questions)
    var definition = made.definition
    definition.indices = [.init(id: "both", text: "Both", questions: tables.map(\.question))]
    let pack = ReleasedPack(id: "force", title: "Force", tables: tables, alphas: alphas)
    let release = Release(
      survey: made.survey, wave: made.wave, responses: made.responses, definition: definition, packs: [pack])
    return groupScores(of: pack, in: release).filter { $0.kind == "index" }
  }

  /// (3/4 + 1/2)/2 is 0.625. Of 1,000 responses the errors are √(1000/999 · 7.5)/40 = 0.068500 and √(1000/999 · 12.5)/50 =
  /// 0.070746; times Student's t of 39 and 49 degrees of freedom, 2.022691 and 2.009575, 0.138554 and 0.142169.
  @Test func `an index is the mean of exact means, with the mean of half the widths of their intervals`()
    throws
  {
    let found = scores([table("a", yes: 30, no: 10), table("b", yes: 25, no: 25)])
    try #require(found.map(\.form) == [.index])
    #expect(found[0].value == 63 && found[0].base == 40 && found[0].decimals == 2)
    #expect(found[0].interval == 48...77)
    #expect(found[0].question == "both" && found[0].banner == "total" && found[0].group == "Total")
    // Rounded means 0.17 and 0.18 would make 0.18: 1/6 and 7/40 make 0.1708.
    #expect(scores([table("a", yes: 10, no: 50), table("b", yes: 7, no: 33)]).map(\.value) == [17])
  }

  @Test func `a tie goes away from zero, whatever the bases`() {
    // 1/3 and 2/3 and 31/200: (1 + 0.155)/3 is 0.385.
    let tables = [table("a", yes: 20, no: 40), table("b", yes: 40, no: 20), table("c", yes: 31, no: 169)]
    #expect(scores(tables).map(\.value) == [39])
    #expect(scores(tables, yes: "-1").map(\.value) == [-39])
  }

  @Test func `an index needs all its mean scores, and its interval all of theirs`() {
    #expect(scores([table("a", yes: 30, no: nil), table("b", yes: 25, no: 25)]).isEmpty)
    #expect(scores([table("a", yes: 5, no: 4), table("b", yes: 25, no: 25)]).isEmpty)
    let alike = scores([table("a", yes: 30, no: 0), table("b", yes: 25, no: 25)])
    #expect(alike.map(\.value) == [75] && alike[0].interval == nil && !alike[0].isUnreliable)
  }

  @Test func `alpha stands below the value, without an interval`() {
    let tables = [table("a", yes: 100, no: 20), table("b", yes: 70, no: 50)]
    let found = scores(
      tables, alphas: [.init(index: "both", hundredths: 81), .init(index: "other", hundredths: 5)])
    #expect(found.map(\.form) == [.index, .alpha])
    #expect(found.last?.value == 81 && found.last?.base == 120 && found.last?.interval == nil)
  }
}
