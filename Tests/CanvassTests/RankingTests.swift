import Foundation
import Testing

@testable import Canvass
@testable import DisclosureAudit

/// Rankings: counted against another program's output, told where they may be, and audited.
@Suite struct RankingTests {
  /// How many gave options these places, 0 for none.
  private typealias Ranked = [(places: [Int], count: Int)]

  /// - Parameter roles: By position in `ranked`, the role; all are staff where there is none.
  private static func release(
    _ ranked: Ranked, _ options: [String], roles: [String] = [], question: String = "",
    protection: String = "{ minimum_cell: 5, minimum_base: 10 }"
  ) -> EditedRelease {
    var responses = "ID,Role,\(options.joined(separator: ","))\n"
    var people = 0
    for (index, (places, count)) in ranked.enumerated() {
      for _ in 0..<count {
        people += 1
        let cells = places.map { $0 == 0 ? "" : "\($0)" }.joined(separator: ",")
        responses += "\(people),\(roles.isEmpty ? "Staff" : roles[index]),\(cells)\n"
      }
    }
    let columns = options.map { "\($0): \($0)" }.joined(separator: ", ")
    return EditedRelease(
      survey: """
        survey: tiny
        protection: \(protection)
        input: { respondent: ID }
        variables: { role: { column: Role, groups: [Staff, Officer, Chief] } }
        questions:
          needs: { kind: ranking, columns: { \(columns) }\(question) }
        banners: [role]
        packs:
          all: { who: everyone }
          staff: { who: { role: [Staff] }, banners: [] }
        """, wave: "made_up: true\n", responses: responses)
  }

  /// The rows of files of a release, cell by cell, without their headings.
  private func rows(of release: EditedRelease, _ file: String) throws -> [[String]] {
    var rows: [[String]] = []
    let ended = try release.audit { folder in
      guard let text = try? String(contentsOf: folder.appending(path: file), encoding: .utf8) else { return }
      rows = text.split(separator: "\n").dropFirst().map {
        $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      }
    }
    #expect(ended.status == .done, "\(ended.told)")
    return rows
  }

  private func told(_ rows: [[String]]) -> Set<String> { Set(rows.map { "\($0[6]) \($0[7])" }) }

  // MARK: - Counting

  /// 83 students ranked five words by how close they are to “song”: Critchlow, Fligner and Verducci (1991), Journal of
  /// Mathematical Psychology 35, 294-318, Table 1, as the R package pmr 1.2.5.1 has it (data `song`).
  private static let song: Ranked = [
    ([1, 2, 3, 4, 5], 7), ([1, 3, 2, 4, 5], 9), ([2, 1, 3, 4, 5], 4), ([2, 3, 1, 4, 5], 10),
    ([2, 4, 1, 3, 5], 3), ([3, 1, 2, 4, 5], 6), ([3, 2, 1, 4, 5], 19), ([3, 2, 1, 5, 4], 6),
    ([4, 1, 2, 3, 5], 2), ([4, 2, 1, 3, 5], 8), ([4, 3, 1, 2, 5], 2), ([5, 2, 1, 3, 4], 5),
    ([5, 2, 1, 4, 3], 2),
  ]
  private static let words = ["Score", "Instrument", "Solo", "Benediction", "Suit"]

  @Test func `counts and means are those of another program`() throws {
    // destat(song) of pmr 1.2.5.1: $mean.rank 2.722892 2.180723 1.469880 3.807229 4.819277, and $mar below.
    let means = ["2.72", "2.18", "1.47", "3.81", "4.82"]
    let marginals = [
      [16, 17, 31, 12, 7], [12, 47, 21, 3, 0], [55, 17, 11, 0, 0], [0, 2, 18, 57, 6], [0, 0, 2, 11, 70],
    ]
    let release = Self.release(Self.song, Self.words, protection: "{ minimum_cell: 1, minimum_base: 1 }")
    let tables = try rows(of: release, "all/tables.csv").filter { $0[2] == "needs" && $0[6] == "total" }
    #expect(tables.map { $0[5] } == ["(base)"] + Self.words)
    #expect(tables.map { $0[9] } == ["83"] + marginals.map { "\($0[0])" })
    #expect(tables.map { $0[14] } == [""] + means)
    let ranks = (1...5).map { "\($0)" } + ["not ranked", "top 3"]
    let file = try rows(of: release, "all/rankings.csv").filter { $0[6] == "total" }
    #expect(file.map { $0[5] } == Self.words.flatMap { word in ranks.map { _ in word } })
    #expect(file.map { $0[14] } == Self.words.flatMap { _ in ranks })
    #expect(
      file.map { $0[9] }
        == marginals.flatMap { ($0 + [0, $0[..<3].reduce(0, +)]).map { "\($0)" } })
  }

  @Test func `who ranked some options counts, and the mean is of those who ranked one`() throws {
    let ranked: Ranked = [([1, 2, 3], 10), ([2, 1, 0], 10), ([0, 1, 0], 10), ([0, 0, 0], 7)]
    let release = Self.release(
      ranked, ["A", "B", "C"], protection: "{ minimum_cell: 1, minimum_base: 1 }")
    let tables = try rows(of: release, "all/tables.csv").filter { $0[2] == "needs" && $0[6] == "total" }
    // B: 10 at 2, 20 at 1; C: 10 at 3.
    #expect(tables.map { $0[9] } == ["30", "10", "20", "0"])
    #expect(tables.map { $0[14] } == ["", "1.50", "1.33", "3.00"])
    let file = try rows(of: release, "all/rankings.csv").filter { $0[6] == "total" && $0[5] == "C" }
    #expect(file.map { "\($0[14]): \($0[9])" } == ["1: 0", "2: 0", "3: 10", "not ranked: 20", "top 2: 0"])
  }

  @Test func `everyone who was asked is the base where the question says so`() throws {
    let ranked: Ranked = [([1, 2], 10), ([2, 1], 10), ([0, 0], 5)]
    let release = Self.release(ranked, ["A", "B"], question: ", base: asked")
    let tables = try rows(of: release, "all/tables.csv").filter { $0[2] == "needs" && $0[6] == "total" }
    #expect(tables.map { $0[5] } == ["(base)", "A", "B", "(no answer)"])
    #expect(tables.map { $0[10] } == ["", "40.0", "40.0", "20.0"])
    #expect(tables.map { $0[14] } == ["", "1.50", "1.50", ""])
    let file = try rows(of: release, "all/rankings.csv").filter { $0[6] == "total" }
    #expect(file.map { $0[8] } == Array(repeating: "25", count: 6))
  }

  @Test func `where nothing is withheld places are told of packs that overlap`() throws {
    var release = Self.release(
      [([1, 2], 3), ([2, 1], 2), ([1, 0], 2)], ["A", "B"], roles: ["Staff", "Chief", "Officer"],
      protection: "{ minimum_cell: 1, minimum_base: 1 }")
    release.survey = release.survey.replacing(
      "packs:",
      with: """
        packs:
          other: { who: { role: [Staff, Officer] } }
          cross: { who: { role: [Staff, Chief] } }
        """)
    for pack in ["all", "staff", "other", "cross"] {
      #expect(told(try rows(of: release, "\(pack)/rankings.csv")).contains("total Total"), "\(pack)")
    }
  }

  // MARK: - What is told

  private static let plenty: Ranked = [([1, 2, 3], 20), ([2, 3, 1], 20), ([3, 1, 2], 20)]

  @Test func `nothing small: all is told, of all groups`() throws {
    let release = Self.release(
      Self.plenty + Self.plenty, ["A", "B", "C"],
      roles: Array(repeating: "Staff", count: 3) + Array(repeating: "Officer", count: 3))
    #expect(
      told(try rows(of: release, "all/rankings.csv")) == ["total Total", "role Staff", "role Officer"])
    #expect(told(try rows(of: release, "staff/rankings.csv")) == ["total Total"])
  }

  @Test(arguments: [
    // 3 placed B second; 3 left C out.
    [([1, 2, 3], 3), ([1, 3, 2], 20), ([2, 1, 3], 20), ([3, 2, 1], 0)],
    [([1, 2, 3], 20), ([2, 1, 3], 20), ([1, 2, 0], 3)],
  ])
  func `one small count and no place is told, nor a mean`(_ ranked: [([Int], Int)]) throws {
    let release = Self.release(ranked.map { (places: $0.0, count: $0.1) }, ["A", "B", "C"])
    #expect(try rows(of: release, "all/rankings.csv").isEmpty)
    let tables = try rows(of: release, "all/tables.csv").filter { $0[2] == "needs" }
    #expect(tables.allSatisfy { $0[14].isEmpty })
    #expect(tables.contains { $0[5] == "A" && $0[6] == "total" && !$0[9].isEmpty })
  }

  @Test func `what a group leaves of the total is held to the same`() throws {
    // Staff have nothing small. Of the others 3 placed B second, so neither is told of: nor, with them alone, the staff.
    let others: Ranked = [([1, 2, 3], 3), ([1, 3, 2], 20), ([2, 1, 3], 20)]
    let release = Self.release(
      Self.plenty + others, ["A", "B", "C"],
      roles: ["Staff", "Staff", "Staff", "Officer", "Officer", "Officer"])
    // The total is told, and the pack of the staff, which leaves the officers, is not.
    #expect(told(try rows(of: release, "all/rankings.csv")) == ["total Total"])
    #expect(try rows(of: release, "staff/rankings.csv").isEmpty)
  }

  @Test func `one group with a small count, and no place is told under its banner`() throws {
    let others: Ranked = [([1, 2, 3], 3), ([1, 3, 2], 20), ([2, 1, 3], 20)]
    let release = Self.release(
      Self.plenty + others + Self.plenty, ["A", "B", "C"],
      roles: ["Staff", "Staff", "Staff", "Officer", "Officer", "Officer", "Chief", "Chief", "Chief"])
    #expect(told(try rows(of: release, "all/rankings.csv")) == ["total Total"])
  }

  /// The chiefs are more than the staff, and nothing of them is small; the officers have 3 who placed B second. The staff are a
  /// pack of their own: without them and the chiefs the officers would be left.
  private static func threeRoles(protection: String) -> EditedRelease {
    let officers: Ranked = [([1, 2, 3], 3), ([1, 3, 2], 20), ([2, 1, 3], 20)]
    let chiefs = plenty.map { (places: $0.places, count: $0.count + 10) }
    return release(
      plenty + officers + chiefs, ["A", "B", "C"],
      roles: ["Staff", "Staff", "Staff", "Officer", "Officer", "Officer", "Chief", "Chief", "Chief"],
      protection: protection)
  }

  @Test func `a pack that is a group takes part in what groups leave`() throws {
    let release = Self.threeRoles(protection: "{ minimum_cell: 5, minimum_base: 10 }")
    #expect(told(try rows(of: release, "all/rankings.csv")) == ["total Total"])
    #expect(told(try rows(of: release, "staff/rankings.csv")) == ["total Total"])
  }

  @Test func `what a pack and a group leave together is found`() throws {
    let ended = try Self.threeRoles(protection: "{ minimum_cell: 1, minimum_base: 1 }").audit { folder in
      try EditedRelease.replace(
        "\"minimum_cell\": 1", by: "\"minimum_cell\": 5", in: "definition.json", of: folder)
      // Of the groups only the chiefs are told of.
      for (file, isLeft) in [("all/rankings.csv", false), ("all/tables.csv", true)] {
        let place = folder.appending(path: file)
        let lines = try String(contentsOf: place, encoding: .utf8).split(separator: "\n").compactMap { line in
          guard line.contains("needs"), line.contains(",role,Staff,") || line.contains(",role,Officer,")
          else {
            return String(line)
          }
          return isLeft
            ? line.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",")
              + "," : nil
        }
        try (lines.joined(separator: "\n") + "\n").write(to: place, atomically: true, encoding: .utf8)
      }
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains("all less staff, needs “B” at place 2, role Officer"), "\(ended.told)")
  }

  @Test func `a place that nobody gave may tell what a few did`() throws {
    // C was never first, and A never second: one person ranked A and then C alone, as A was first of 21 and B second of 20.
    let ranked: Ranked = [([0, 0, 1], 20), ([0, 1, 2], 20), ([1, 0, 2], 1), ([1, 2, 3], 20)]
    for question in ["", ", sensitive: true"] {
      let release = Self.release(ranked, ["A", "B", "C"], question: question)
      #expect(try rows(of: release, "all/rankings.csv").isEmpty)
    }
  }

  @Test func `a first choice withheld in one pack silences groups of all`() throws {
    // In the pack of the staff 2 at the front placed A first. Everyone of the staff who did placed B second, and nobody else
    // did: places of the front in the larger pack would tell their number.
    func row(_ role: String, _ area: String, _ cells: String, _ count: Int) -> [String] {
      Array(repeating: "\(role),\(area),\(cells)", count: count)
    }
    let rows =
      row("Staff", "Desk", "1,2,,,", 12) + row("Staff", "Desk", "2,,1,,", 15)
      + row("Staff", "Desk", "2,,,1,", 20)
      + row("Staff", "Front", "1,2,,,", 2) + row("Staff", "Front", "2,,1,,", 30)
      + row("Staff", "Front", "2,,,1,", 30) + row("Staff", "Yard", "1,2,,,", 40)
      + row("Staff", "Yard", "2,,1,,", 40) + row("Staff", "Yard", "2,,,1,", 40)
      + row("Officer", "Desk", "1,,2,,", 20) + row("Officer", "Desk", "2,,1,,", 20)
      + row("Officer", "Desk", "2,,,1,", 20) + row("Officer", "Front", "1,,2,,", 20)
      + row("Officer", "Front", "2,,1,,", 20) + row("Officer", "Front", ",,1,,2", 10)
      + row("Officer", "Front", "2,,,1,", 20) + row("Officer", "Yard", "1,,2,,", 20)
      + row("Officer", "Yard", "2,,1,,", 20) + row("Officer", "Yard", ",,1,,2", 3)
      + row("Officer", "Yard", "2,,,1,", 20)
    let release = EditedRelease(
      survey: """
        survey: tiny
        variables:
          role: { column: Role, groups: [Staff, Officer] }
          area: { column: Area, groups: [Desk, Front, Yard] }
        questions:
          needs: { kind: ranking, columns: { A: A, B: B, C: C, D: D, E: E }, places: 2 }
        banners: [area]
        packs: { all: { who: everyone }, staff: { who: { role: [Staff] } } }
        """, wave: "made_up: true\n",
      responses: "Role,Area,A,B,C,D,E\n" + rows.joined(separator: "\n") + "\n")
    let first = try self.rows(of: release, "staff/tables.csv").filter { $0[5] == "A" && $0[7] == "Front" }
    #expect(first.map { $0[13] } == ["c"])
    for pack in ["all", "staff"] {
      #expect(told(try self.rows(of: release, "\(pack)/rankings.csv")).allSatisfy { $0 == "total Total" })
    }
  }

  @Test func `of a sensitive ranking nothing is told where everyone ranked an option`() throws {
    // Everyone placed A first or second.
    let ranked: Ranked = [([1, 2, 0], 20), ([1, 0, 2], 20), ([2, 1, 0], 20), ([2, 0, 1], 20)]
    let plain = Self.release(ranked, ["A", "B", "C"], question: ", places: 2")
    #expect(!(try rows(of: plain, "all/rankings.csv").isEmpty))
    let sensitive = Self.release(ranked, ["A", "B", "C"], question: ", places: 2, sensitive: true")
    #expect(try rows(of: sensitive, "all/rankings.csv").isEmpty)
  }

  @Test(arguments: [(0, true), (3, false), (6, true), (45, false)])
  func `who stops before the last place is told of where they are many, and fewer than at any place`(
    _ count: Int, _ isTold: Bool
  ) throws {
    let all: Ranked = [
      ([1, 2, 3], 20), ([1, 3, 2], 20), ([2, 1, 3], 20), ([2, 3, 1], 20), ([3, 1, 2], 20), ([3, 2, 1], 20),
    ]
    let release = Self.release(all + [([1, 0, 0], count)], ["A", "B", "C"])
    #expect(try rows(of: release, "all/rankings.csv").isEmpty != isTold)
  }

  // MARK: - The audit

  @Test(arguments: [
    ("A,total,Total,60,20,33.3,22.7,45.9,,1\n", "A,total,Total,60,21,35.0,24.2,47.6,,1\n", "do not add up"),
    ("A,total,Total,60,20,33.3,22.7,45.9,,1\n", "", "told whole"),
    (
      "A,total,Total,60,20,33.3,22.7,45.9,,1\n", "A,total,Total,60,20,33.3,22.7,45.8,,1\n", "the share is not"
    ),
    ("A,total,Total,60,40,66.7,54.1,77.3,,top 2\n", "A,total,Total,60,20,33.3,22.7,45.9,,top 2\n", "add up"),
    ("needs,ranking,survey,A,total", "needs,ranking,survey,A,role", "tables.csv does not tell"),
  ])
  func `a row that does not go with the tables is told`(text: String, other: String, expected: String) throws
  {
    let ended = try Self.release(Self.plenty, ["A", "B", "C"]).audit {
      try EditedRelease.replace(text, by: other, in: "all/rankings.csv", of: $0)
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains(expected), "\(ended.told)")
  }

  @Test func `a mean that is not that of the places is told`() throws {
    let ended = try Self.release(Self.plenty, ["A", "B", "C"]).audit {
      try EditedRelease.replace(
        "A,total,Total,60,20,33.3,22.7,45.9,,2.00", by: "A,total,Total,60,20,33.3,22.7,45.9,,2.01",
        in: "all/tables.csv", of: $0)
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains("the mean place is not that of the places"), "\(ended.told)")
  }

  /// Releases of lax thresholds, read as ones of the usual: each leaks a count of 3.
  @Test(arguments: [
    // In the total; in what the staff leave of it; in what the pack of the staff leaves.
    (
      [([1, 2, 3], 3), ([1, 3, 2], 20), ([2, 1, 3], 20)], ["Staff", "Staff", "Staff"],
      "all, needs “B” at place 2, total"
    ),
    (
      [
        ([1, 2, 3], 20), ([1, 3, 2], 20), ([2, 1, 3], 20), ([3, 2, 1], 20), ([1, 2, 3], 3), ([1, 3, 2], 20),
      ],
      ["Staff", "Staff", "Staff", "Staff", "Officer", "Officer"], "all, needs “B” at place 2, role Officer"
    ),
    (
      [
        ([1, 2, 3], 20), ([1, 3, 2], 20), ([2, 1, 3], 20), ([3, 2, 1], 20), ([1, 2, 3], 3), ([1, 3, 2], 20),
      ],
      ["Staff", "Staff", "Staff", "Staff", "Officer", "Officer"],
      "all less staff, needs “B” at place 2, total"
    ),
  ])
  func `a small count that places tell is found`(
    _ ranked: [([Int], Int)], _ roles: [String], _ expected: String
  ) throws {
    let release = Self.release(
      ranked.map { (places: $0.0, count: $0.1) }, ["A", "B", "C"], roles: roles,
      protection: "{ minimum_cell: 1, minimum_base: 1 }")
    let ended = try release.audit { folder in
      let file = folder.appending(path: "definition.json")
      let text = try String(contentsOf: file, encoding: .utf8)
      let edited = text.replacing(#/"minimum_cell": ?1/#, with: "\"minimum_cell\": 5")
      #expect(edited != text)
      try edited.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains(expected), "\(ended.told)")
  }

  @Test func `places that an audit breaks go, and nothing of the tables but means`() throws {
    var report = AuditReport()
    report.breaks = [
      AuditBreak(
        place: "somewhere",
        coordinates: AuditPlace(
          packs: ["all"], question: "needs", banner: nil, group: nil, isOfCompanion: true),
        range: 3...3)
    ]
    let release = Self.release(Self.plenty, ["A", "B", "C"])
    let plain = try release.files(["all/tables.csv"], finding: [])
    let mended = try release.files(["all/tables.csv"], finding: [report])
    #expect(plain[0].contains(",45.9,,2.00\n"))
    #expect(mended[0] == plain[0].replacing(",,2.00\n", with: ",,\n"))
  }
}
