@_spi(Protection) import ReleaseModel
import Testing

@testable import Briefing

@Suite struct MainFindingTests {
  private func findings(_ release: Release) -> [MainFinding] {
    mainFindings(PackContent(release.packs[0], in: release), Words())
  }

  @Test func `a finding tells number, base and interval, and its word is the interval's`() {
    let release = MadePack.release([MadePack.table("a", [900, 300, 300])])
    #expect(
      findings(release).map(\.sentence.text) == [
        "Over half (60.0% of 1,500 respondents, interval 58.0% to 62.0%) answered “Agree” to “Question a.”"
      ])
  }

  @Test func `a figure whose interval carries no word is told as a number`() {
    let release = MadePack.release([MadePack.table("a", [500, 250, 250], interval: 60)])
    #expect(
      findings(release).map(\.sentence.text) == [
        "An estimated 50.0% of 1,000 respondents (interval 44.0% to 56.0%) answered “Agree” to “Question a.”"
      ])
  }

  @Test func `there are at most six, the clearest, in the order of the page`() {
    let shares = [510, 900, 520, 800, 530, 700, 600, 650, 540]
    let tables = shares.enumerated().map { MadePack.table("q\($0)", [$1, 1000 - $1, 0]) }
    #expect(findings(MadePack.release(tables)).map(\.question) == ["q1", "q3", "q5", "q6", "q7", "q8"])
  }

  @Test func `what holds a half is told only where fewer than three do not`() {
    let shares = [500, 505, 495, 700, 710, 720]
    func tables(_ range: Range<Int>) -> [ReleasedTable] {
      range.map { MadePack.table("q\($0)", [shares[$0], 1000 - shares[$0], 0]) }
    }
    #expect(findings(MadePack.release(tables(0..<6))).map(\.question) == ["q3", "q4", "q5"])
    #expect(findings(MadePack.release(tables(0..<5))).map(\.question) == ["q1", "q3", "q4"])
  }

  @Test func `a block has one finding, the clearest of its questions`() {
    let tables = [("a", 600), ("b", 900), ("c", 700)].map { MadePack.table($0, [$1, 1000 - $1, 0]) }
    #expect(findings(MadePack.release(tables, blocks: [["a", "b"]])).map(\.question) == ["b", "c"])
  }

  @Test func `what is withheld or unreliable is no finding`() {
    let withheld = MadePack.table("a", [nil, nil, nil])
    let thin = MadePack.table("b", [20, 5, 0])
    #expect(findings(MadePack.release([withheld, thin])) == [])
  }

  @Test func `a theme is called the most often raised only where no other could be`() {
    let table = MadePack.table("t", [300, 290, 100], kind: "theme", answers: ["ICT", "Training", "Estate"])
    func release(_ possible: ClosedRange<Int>) -> Release {
      let ranks = table.rows.dropFirst().enumerated().map { index, row in
        RankedTheme(row: row, level: 1, ranked: 3, rank: index + 1, possible: index == 0 ? possible : 1...3)
      }
      return MadePack.release([table], ranks: Array(ranks))
    }
    #expect(findings(release(1...1))[0].sentence.text.contains("more than raised any other theme"))
    #expect(!findings(release(1...2))[0].sentence.text.contains("more than raised any other theme"))
  }

  /// Ranks are among the themes that are shown: one that is withheld might have been raised more often.
  @Test func `no theme is the most often raised where one is withheld`() {
    let table = MadePack.table("t", [300, 100, nil], kind: "theme", answers: ["ICT", "Training", "Estate"])
    let ranks = table.rows.dropFirst().enumerated().map { index, row in
      RankedTheme(
        row: row, level: 1, ranked: 2, rank: index < 2 ? index + 1 : nil,
        possible: index < 2 ? index + 1...index + 1 : nil)
    }
    let found = findings(MadePack.release([table], ranks: Array(ranks)))
    #expect(!found[0].sentence.text.contains("more than raised any other theme"))
  }
}
