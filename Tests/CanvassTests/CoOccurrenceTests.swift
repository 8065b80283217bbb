import Foundation
import Testing

@testable import Canvass
@testable import DisclosureAudit

/// How many raised two themes: counted, withheld where it tells too much, and audited.
@Suite struct CoOccurrenceTests {
  /// Whoever raised themes, by how many did.
  private typealias Raised = [(themes: [String], count: Int)]

  private static func release(_ raised: Raised, question: String = "") -> EditedRelease {
    var people = 0
    var responses = "ID,Role\n"
    var codings = "respondent,question,theme\n"
    for (themes, count) in raised {
      for _ in 0..<count {
        people += 1
        responses += "\(people),\(people % 2 == 0 ? "Staff" : "Officer")\n"
        for theme in themes.isEmpty ? [""] : themes { codings += "\(people),hindrances,\(theme)\n" }
      }
    }
    return EditedRelease(
      survey: """
        survey: tiny
        protection: { minimum_cell: 5, minimum_base: 10 }
        input: { respondent: ID }
        variables: { role: { column: Role, groups: [Staff, Officer] } }
        questions:
          hindrances: { kind: theme, co_occurrence: [pay, ict]\(question) }
        themes: { ict: { label: ICT, themes: { slow: { label: Slow } } }, pay: { label: "Pay, leave" }, kit: { label: Kit } }
        banners: [role]
        packs: { all: { who: everyone } }
        """, wave: "made_up: true\n", responses: responses, files: ["open-text.csv": codings])
  }

  /// 38 raised ICT (8 of them by a theme below it, twice), 32 pay, 20 both, of 80.
  private static let plenty: Raised = [
    (["ict", "pay"], 12), (["slow", "ict", "pay"], 8), (["ict"], 18), (["pay"], 12), (["kit"], 30),
  ]

  /// The rows of co-occurrence.csv after its heading.
  private func rows(_ raised: Raised, question: String = "") throws -> [String] {
    var rows: [String] = []
    let ended = try Self.release(raised, question: question).audit { release in
      let text = try String(contentsOf: release.appending(path: "all/co-occurrence.csv"), encoding: .utf8)
      rows = text.split(separator: "\n").dropFirst().map(String.init)
    }
    #expect(ended.status == .done, "\(ended.told)")
    return rows
  }

  @Test func `a respondent who raised both counts once, whatever they raised below`() throws {
    // 38 * 32 / 80 would have raised both by chance; the interval is Wilson's, of 20 in 80.
    #expect(
      try rows(Self.plenty) == [
        #"all,w1,hindrances,theme,open-text,ICT,total,Total,80,20,25.0,16.8,35.5,,"Pay, leave",15.2"#
      ])
  }

  @Test func `everyone who was asked is the base where the question says so`() throws {
    let raised = Self.plenty + [([], 20)]
    #expect(
      try rows(raised, question: ", base: asked").map { $0.split(separator: ",")[8...9] } == [["100", "20"]])
  }

  @Test(arguments: [
    // 3 raised both; 3 raised ICT alone; 3 raised pay alone; 3 raised neither.
    [20, 20, 20, 3], [20, 3, 20, 20], [20, 20, 3, 20], [3, 20, 20, 20],
  ])
  func `a pair that tells a small group is withheld`(_ counts: [Int]) throws {
    let raised: Raised = [
      (["kit"], counts[0]), (["ict"], counts[1]), (["pay"], counts[2]), (["ict", "pay"], counts[3]),
    ]
    let rows = try rows(raised)
    #expect(rows.count == 1)
    let row = try #require(rows.first)
    #expect(row.hasSuffix(#",,,,,c,"Pay, leave","#), "\(row)")
  }

  @Test func `nobody having raised both is no secret`() throws {
    let row = try #require(try rows([(["kit"], 20), (["ict"], 20), (["pay"], 20)]).first)
    #expect(row.contains(",Total,60,0,0.0,"), "\(row)")
  }

  @Test func `of a sensitive question no pair is told`() throws {
    let row = try #require(try rows(Self.plenty, question: ", sensitive: true").first)
    #expect(row.contains(",c,"), "\(row)")
  }

  // MARK: - The audit

  @Test(arguments: [
    (",80,20,25.0,16.8,35.5,", ",80,21,25.0,16.8,35.5,", "is not that of 21 of 80"),
    (",80,20,25.0,16.8,35.5,", ",80,40,50.0,39.3,60.7,", "cannot have raised both"),
    (",80,20,25.0,", ",81,20,25.0,", "its base is not that of tables.csv"),
    (",15.2\n", ",15.3\n", "`expected`"),
    (",20,25.0,16.8,35.5,,", ",,,,,c,", "shows a number all the same"),
    ("ICT,total", "Kit,total", "the row is missing"),
  ])
  func `a row that does not go with the tables is told`(text: String, other: String, expected: String) throws
  {
    let ended = try Self.release(Self.plenty).audit {
      try EditedRelease.replace(text, by: other, in: "all/co-occurrence.csv", of: $0)
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains(expected), "\(ended.told)")
  }

  @Test func `a small group that a pair tells is found`() throws {
    // 3 raised both, which is withheld: put back, with its share and what chance would give.
    let raised: Raised = [(["kit"], 40), (["ict"], 20), (["pay"], 17), (["ict", "pay"], 3)]
    let ended = try Self.release(raised).audit {
      try EditedRelease.replace(
        #",80,,,,,c,"Pay, leave","# + "\n", by: #",80,3,3.8,1.3,10.5,,"Pay, leave",5.8"# + "\n",
        in: "all/co-occurrence.csv", of: $0)
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains("all, hindrances “ICT” and “Pay, leave”, total"), "\(ended.told)")
  }

  @Test func `pairs that an audit breaks go, and nothing of the tables`() throws {
    var report = AuditReport()
    report.breaks = [
      AuditBreak(
        place: "somewhere",
        coordinates: AuditPlace(
          packs: ["all"], question: "hindrances", banner: nil, group: nil, isOfCompanion: true), range: 3...3)
    ]
    let names = ["all/co-occurrence.csv", "all/tables.csv"]
    let plain = try Self.release(Self.plenty).files(names, finding: [])
    let mended = try Self.release(Self.plenty).files(names, finding: [report])
    #expect(plain[0].contains(",80,20,25.0,"))
    #expect(mended[0].contains(#",80,,,,,c,"Pay, leave","#))
    #expect(plain[1] == mended[1])
  }

  @Test func `a file without its rows is no file of pairs`() throws {
    let ended = try Self.release(Self.plenty).audit { release in
      try FileManager.default.removeItem(at: release.appending(path: "all/co-occurrence.csv"))
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains("the row is missing"), "\(ended.told)")
  }
}
