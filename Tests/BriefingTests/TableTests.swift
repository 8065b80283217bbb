@_spi(Protection) import ReleaseModel
import Testing

@testable import Briefing

@Suite struct TableTests {
  private static let roles = ReleasedTable(
    question: "q", kind: "single", source: "survey", banner: "role",
    rows: [("Staff", 40), ("Visitor", 0)].flatMap { group, base in
      [FigureRow.base, .answer("Yes"), .answer("No")].map { row in
        ReleasedRow(
          key: FigureKey(pack: "all", question: "q", row: row, banner: "role", group: group), base: base,
          figure: base == 0
            ? .notApplicable
            : row == .base
              ? .base(base)
              : .share(count: 20, percent: 500, lower: 352, upper: 648, isUnreliable: false))
      }
    })

  @Test func `a group of nobody stands in no table, and is named`() throws {
    let told = ResultTables(words: Words()).table([Self.roles], caption: Sentence("By role"))
    #expect(try #require(told.table).groups.map(\.heading) == ["Staff"])
    #expect(told.empty == ["Visitor"] && told.withheld.isEmpty)
  }

  @Test func `everyone has a table even where nobody was asked`() throws {
    let rows = Self.roles.rows.filter { $0.key.group == "Visitor" }.map { row in
      ReleasedRow(
        key: FigureKey(pack: "all", question: "q", row: row.key.row, banner: totalBanner, group: "Total"),
        base: 0, figure: row.figure)
    }
    let total = ReleasedTable(
      question: "q", kind: "single", source: "survey", banner: totalBanner, rows: rows)
    let told = ResultTables(words: Words()).table([total], caption: Sentence("Everyone"))
    #expect(try #require(told.table).groups.map(\.heading) == ["Total"] && told.empty.isEmpty)
  }

  @Test func `[z] is explained only where it stands`() {
    func pages(_ tables: [ReleasedTable]) -> String {
      let release = MadePack.release(tables)
      return String(decoding: BriefingHTML().bytes(of: release.packs[0], in: release), as: UTF8.self)
    }
    let total = MadePack.table("q", [20, 20], kind: "single", answers: ["Yes", "No"])
    let page = pages([total, Self.roles])
    #expect(!page.contains("[z]") && page.contains("Not in the table"))
  }

  @Test func `ranked themes stand in the order of their ranks, and those without one last`() throws {
    let table = MadePack.table(
      "t", [100, nil, 300, 100, 200], kind: "theme", answers: ["Estate", "Pay", "ICT", "Kit", "Training"])
    let ranks = zip(table.rows.dropFirst(), [3, nil, 1, 3, 2]).map { row, rank in
      RankedTheme(row: row, level: 1, ranked: 4, rank: rank, possible: rank.map { $0...$0 })
    }
    let release = MadePack.release([table], ranks: ranks)
    let content = PackContent(release.packs[0], in: release)
    let themes = try #require(Briefing(content, words: Words()).themes)
    let tables = themes.sections[0].blocks.compactMap {
      if case .table(let table) = $0 { table } else { nil }
    }
    #expect(tables[0].groups[0].rows.map(\.heading) == ["ICT", "Training", "Estate", "Kit", "Pay"])
  }

  @Test func `a list whose labels hold commas has semicolons`() {
    #expect(Sentence(Sentence.list(["A", "B", "C"], "or")).text == "A, B or C")
    #expect(Sentence(Sentence.list(["A, a", "B"], "and")).text == "A, a and B")
    #expect(Sentence(Sentence.list(["A", "B, b", "C"], "and")).text == "A; B, b; and C")
  }

  @Test func `a statement within a sentence has no full stop of its own`() {
    #expect("It works.".withoutStop == "It works" && "Does it?".withoutStop == "Does it?")
    #expect("And so on...".withoutStop == "And so on...")
  }
}
