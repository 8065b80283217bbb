@_spi(Protection) @_spi(Published) import ReleaseModel
import Testing

@testable import Comparison

struct WaveChangeTests {
  private func earlier(
    _ shares: [(answer: String, group: String, count: Int, base: Int)],
    _ question: PublicDefinition.Question = MadeUpPack.asked(), who: [[AskedQuestion.Clause]]? = nil
  ) -> PublishedShares {
    PublishedShares(
      wave: "2012", responses: 900, fieldwork: nil, isMadeUp: false, digest: "",
      questions: [question.id: AskedQuestion(question)],
      packs: [
        "force": .init(
          who: who, respondents: 900,
          shares: shares.map {
            (
              PublishedShares.Place(
                question: question.id, answer: $0.answer, banner: $0.group == "Total" ? "total" : "area",
                group: $0.group), PublishedShares.Share(count: $0.count, base: $0.base)
            )
          })
      ])
  }

  private func changes(
    _ rows: [(row: FigureRow, cells: MadeUpPack.Cells)], since earlier: PublishedShares,
    _ question: PublicDefinition.Question = MadeUpPack.asked(), themes: [PublicDefinition.Theme] = [],
    who: [[PublicDefinition.Clause]]? = nil, banner: String = "total"
  ) -> [WaveChange] {
    let release = MadeUpPack.release(
      [MadeUpPack.table(banner, rows, question: question.id, kind: question.kind)], questions: [question],
      themes: themes,
      who: who)
    return waveChanges(of: release.packs[0], in: release, since: earlier)
  }

  @Test func `a share is compared with what the wave before published`() throws {
    let found = changes(
      [(.answer("Yes"), [("Total", (600, 1_000))]), (.answer("No"), [("Total", (400, 1_000))])],
      since: earlier([("Yes", "Total", 450, 900), ("No", "Total", 450, 900)]))
    #expect(found.map(\.contrast.points) == [100, -100])
    #expect(found.map(\.contrast.verdict) == [.higher, .lower])
    #expect(found[0].percentBefore == 500 && found[0].before == .init(count: 450, base: 900))
    #expect(found.allSatisfy { $0.altered.isEmpty })
    // Both are of one family: twice the probability, by Holm's method.
    let p = try #require(found[0].contrast.p)
    #expect(abs(try #require(found[0].contrast.adjusted) - 2 * p) < 1e-12)
  }

  @Test func `what either wave withholds has no change`() {
    let before = earlier([("Yes", "North", 45, 90), ("Yes", "South", 20, 90)])
    let found = changes(
      [(.answer("Yes"), [("North", nil), ("South", (30, 90)), ("West", (10, 40))])], since: before,
      banner: "area")
    #expect(found.map(\.row.key.group) == ["South"])
  }

  @Test func `what is not the same as then is told`() {
    let rows: [(row: FigureRow, cells: MadeUpPack.Cells)] = [(.answer("Yes"), [("Total", (60, 100))])]
    let before = earlier([("Yes", "Total", 45, 90)])
    func altered(_ question: PublicDefinition.Question) -> [Alteration]? {
      changes(rows, since: before, question).first?.altered
    }
    #expect(altered(MadeUpPack.asked(text: "Have you the tools?")) == [.wording])
    #expect(altered(MadeUpPack.asked(answers: ["Yes", "No", "Do not know"])) == [.answers])
    #expect(altered(MadeUpPack.asked(askedIf: [[.init(item: "role", answers: ["Staff"])]])) == [.route])
    #expect(altered(MadeUpPack.asked(base: "asked")) == [.base])
    let other = changes(rows, since: before, who: [[.init(item: "role", answers: ["Staff"])]])
    #expect(other.first?.altered == [.pack])
    let net = FigureRow.net("Any")
    let then = earlier(
      [("(net) Any", "Total", 45, 90), ("Yes", "Total", 45, 90)],
      MadeUpPack.asked(nets: [.init(label: "Any", answers: ["Yes"])]))
    let now = changes(
      rows + [(net, [("Total", (60, 100))])], since: then,
      MadeUpPack.asked(nets: [.init(label: "Any", answers: ["Yes", "No"])]))
    #expect(now.map(\.altered) == [[], [.net]])
  }

  @Test
  func
    `another kind is another question, and one that is sensitive now is not compared with what was told before`()
  {
    let rows: [(row: FigureRow, cells: MadeUpPack.Cells)] = [(.answer("Yes"), [("Total", (60, 100))])]
    let before = earlier([("Yes", "Total", 45, 90)])
    #expect(changes(rows, since: before, MadeUpPack.asked(kind: "multiple")).isEmpty)
    #expect(changes(rows, since: before, MadeUpPack.asked(sensitive: true)).isEmpty)
    let sensitive = earlier([("Yes", "Total", 45, 90)], MadeUpPack.asked(sensitive: true))
    #expect(changes(rows, since: sensitive, MadeUpPack.asked(sensitive: true)).count == 1)
    #expect(changes(rows, since: before, MadeUpPack.asked("other")).isEmpty)
  }

  @Test func `a theme is found by its id, also by one that it had before, and never by its label alone`() {
    func themes(_ ids: [(String, String)]) -> [PublicDefinition.QuestionTheme] {
      ids.map { .init(id: $0.0, answer: $0.1, within: nil) }
    }
    let before = earlier(
      [("ICT", "Total", 45, 90), ("Kit", "Total", 20, 90), ("Vans", "Total", 10, 90)],
      MadeUpPack.asked(
        kind: "theme", answers: [], themes: themes([("ict", "ICT"), ("kit", "Kit"), ("vans", "Vans")])))
    let now = MadeUpPack.asked(
      kind: "theme", answers: [], themes: themes([("systems", "Systems"), ("gear", "Kit"), ("all", "All")]))
    let found = changes(
      [
        (.answer("Systems"), [("Total", (60, 100))]), (.answer("Kit"), [("Total", (60, 100))]),
        (.answer("All"), [("Total", (60, 100))]),
      ], since: before, now,
      themes: [
        .init(id: "systems", label: "Systems", was: ["ict"], themes: []),
        .init(id: "gear", label: "Kit", themes: []),
        .init(id: "all", label: "All", was: ["kit", "vans"], themes: []),
      ])
    #expect(found.map(\.row.key.row.text) == ["Systems"])
    #expect(found.first?.before.count == 45)
  }
}
