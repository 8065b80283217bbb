import DisclosureAudit
import Foundation
import Testing

@testable import Canvass

/// scores.csv of a release, forged in every field: the audit tells each.
@Suite struct ScoresAuditTests {
  private static let survey = """
    survey: tiny
    protection: { minimum_cell: 2, minimum_base: 2 }
    input: { respondent: ID }
    variables: { role: { column: Role, groups: [Staff, Officer] } }
    questions:
      tools:
        kind: scale
        column: Q1
        answers: [Good, Fair, Poor, Don't know]
        scores: { Good: 1, Fair: 0.5, Poor: -1 }
      plain: { kind: single, column: Q1, answers: [Good, Fair, Poor, Don't know] }
    banners: [role]
    packs: { all: { who: everyone, questions: [tools] } }
    """

  /// 40 staff and 40 officers, of both 16 for Good and 8 for each of the others.
  private static let made: EditedRelease = {
    let answers = ["Good", "Good", "Fair", "Poor", "Don't know"]
    let people = (1...80).map { "\($0),\($0 % 2 == 0 ? "Staff" : "Officer"),\(answers[$0 / 2 % 5])\n" }
    return EditedRelease(
      survey: survey, wave: "made_up: true", responses: "ID,Role,Q1\n" + people.joined())
  }()

  /// (32 + 8 - 16) / 64 is 0.375; those above 0 are 48 of 80, those below 16.
  private static let values = [
    ["(mean score)", "total", "Total", "64", "0.38"], ["(net score)", "total", "Total", "80", "40.0"],
    ["(mean score)", "role", "Staff", "32", "0.38"], ["(net score)", "role", "Staff", "40", "40.0"],
    ["(mean score)", "role", "Officer", "32", "0.38"], ["(net score)", "role", "Officer", "40", "40.0"],
  ]

  /// What an audit finds of the release once its scores are these.
  private func faults(_ change: (inout [[String]]) -> Void) throws -> [String] {
    var found: [String] = []
    let ended = try Self.made.audit { release in
      var contents = try contents(ofRelease: release.path())
      let place = try #require(contents.companions.firstIndex { $0.name == "scores.csv" })
      change(&contents.companions[place].records)
      found = try audit(contents, threads: 1).faults
    }
    #expect(ended.status == .done, "\(ended.told)")
    return found
  }

  @Test func `a release has the scores that follow from its counts`() throws {
    let found = try faults { records in
      #expect(records.dropFirst().map { Array($0[5...9]) } == Self.values)
    }
    #expect(found == [])
  }

  @Test func `no field of any row can be another`() throws {
    let ended = try Self.made.audit { release in
      let contents = try contents(ofRelease: release.path())
      let place = try #require(contents.companions.firstIndex { $0.name == "scores.csv" })
      let records = contents.companions[place].records
      try #require(records.count == 7)
      for line in 1..<records.count {
        for (column, field) in records[line].enumerated() {
          // Another last digit, as little as can be told; and the same number written in another way.
          let last = field.last.flatMap(\.wholeNumberValue).map { String(($0 + 1) % 10) }
          let others =
            (8...11).contains(column) ? [field.dropLast() + (last ?? ""), "0\(field)", "\(field)0", ""] : []
          for other in others + [field + "x"] where other != field {
            var forged = contents
            forged.companions[place].records[line][column] = other
            let report = try audit(forged, threads: 1)
            #expect(
              report.faults.contains { $0.hasPrefix("all/scores.csv") },
              "\(records[0][column]) \(other) of \(records[line])")
          }
        }
      }
    }
    #expect(ended.status == .done, "\(ended.told)")
  }

  @Test func `a row that is missing, comes twice or follows from nothing is told`() throws {
    #expect(
      try faults { $0.remove(at: 3) } == [
        "all/scores.csv: the row (mean score) of `tools`, role, Staff is missing"
      ])
    #expect(
      try faults { $0.append($0[2]) } == [
        "all/scores.csv:8: no score follows from tables.csv here, or it stands in an earlier row"
      ])
    for (column, other) in [(2, "plain"), (7, "Not stated"), (5, "(median score)"), (6, "area")] {
      let found = try faults { records in
        records.append(records[3])
        records[7][column] = other
      }
      #expect(
        found == ["all/scores.csv:8: no score follows from tables.csv here, or it stands in an earlier row"])
    }
    #expect(
      try faults { $0[0][9] = "mean" } == ["all/scores.csv: not the columns of a file that canvass writes"])
    #expect(try faults { $0[4].removeLast() }.contains("all/scores.csv:5: the row cannot be read"))
  }

  @Test func `the file cannot be left out, and scores cannot be changed in definition json`() throws {
    let without = try Self.made.audit {
      try FileManager.default.removeItem(at: $0.appending(path: "all/scores.csv"))
    }
    #expect(without.status == .unsafe && without.told.contains("all/scores.csv: it is missing"))
    for (score, words) in [
      ("0.25", "does not follow"), ("1e3", "not ones that canvass writes"),
      ("2000", "not ones that canvass writes"),
    ] {
      let changed = try Self.made.audit {
        try EditedRelease.replace(
          #""score": "0.5""#, by: #""score": "\#(score)""#, in: "definition.json", of: $0)
      }
      #expect(changed.status == .unsafe && changed.told.contains(words), "\(changed.told)")
    }
  }

  @Test func `a group of which an answer is withheld has no score, and one put there is told`() throws {
    // Three officers said Poor: their row is withheld, and the officers' scores with it.
    let people = (1...80).map { person in
      let answer = person % 2 == 0 || person > 6 ? ["Good", "Fair", "Poor"][person / 2 % 3] : "Poor"
      let isOfficer = person % 2 == 1
      return "\(person),\(isOfficer ? "Officer" : "Staff"),\(isOfficer && person > 6 ? "Good" : answer)\n"
    }
    let made = EditedRelease(
      survey: Self.survey.replacing(
        "minimum_cell: 2, minimum_base: 2", with: "minimum_cell: 5, minimum_base: 10"),
      wave: "made_up: true", responses: "ID,Role,Q1\n" + people.joined())
    let ended = try made.audit { release in
      var contents = try contents(ofRelease: release.path())
      let place = try #require(contents.companions.firstIndex { $0.name == "scores.csv" })
      let rows = contents.companions[place].records.dropFirst()
      #expect(!rows.isEmpty && rows.allSatisfy { $0[7] != "Officer" })
      var forged = try #require(rows.first)
      forged[6...7] = ["role", "Officer"]
      contents.companions[place].records.append(forged)
      #expect(try audit(contents, threads: 1).faults.contains { $0.contains("no score follows") })
    }
    #expect(ended.status == .done, "\(ended.told)")
  }
}
