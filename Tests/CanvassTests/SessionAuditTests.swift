import Foundation
import Testing

@testable import Canvass

/// Focus groups and the files beside tables.csv, edited by hand: the audit tells what was done to them.
@Suite struct SessionAuditTests {
  /// A small survey with coded text and focus groups; nothing of it is small enough to be withheld.
  private static let survey = """
    survey: tiny
    protection: { minimum_cell: 2, minimum_base: 2 }
    input: { respondent: ID }
    variables: { role: { column: Role, groups: [Staff, Officer] } }
    questions: { hindrances: { kind: theme } }
    themes: { ict: { label: ICT, themes: { slow: { label: Slow } } }, pay: { label: Pay } }
    banners: [role]
    packs: { all: { who: everyone } }
    """

  private static let wave = """
    made_up: true
    sessions:
      s1: { audience: staff }
      s2: { audience: staff }
      o1: { audience: officers }
      o2: { audience: officers }
    audiences: { staff: { role: Staff }, officers: { role: Officer } }
    """

  private static let made: EditedRelease = {
    let people = 1...40
    let codes = people.map { "\($0),hindrances,\(["slow", "pay", "ict", ""][$0 / 2 % 4])\n" }
    return EditedRelease(
      survey: survey, wave: wave,
      responses: "ID,Role\n" + people.map { "\($0),\($0 % 2 == 0 ? "Staff" : "Officer")\n" }.joined(),
      files: [
        "open-text.csv": "respondent,question,theme\n" + codes.joined(),
        "focus-groups.csv": "session,theme\ns1,slow\ns2,pay\no1,slow\no2,ict\no2,pay\n",
      ])
  }()

  @Test func `an unchanged release withstands`() throws {
    let ended = try Self.made.audit { _ in }
    #expect(ended.status == .done, "\(ended.told)")
  }

  @Test(arguments: [
    // More sessions than there were; a theme below another in more of them; audiences that do not add up.
    ("ICT,audience,staff,2,1", "ICT,audience,staff,2,3", "3 of 2 sessions"),
    ("ICT / Slow,audience,officers,2,1", "ICT / Slow,audience,officers,2,2", "do not add up"),
    ("ICT,total,Total,4,3,,", "ICT,total,Total,4,1,,", "do not add up"),
    ("(base),audience,staff,2,2", "(base),audience,staff,3,3", "2 sessions"),
  ])
  func `sessions that cannot be are told`(text: String, other: String, expected: String) throws {
    let ended = try Self.made.audit {
      try EditedRelease.replace(text, by: other, in: "all/tables.csv", of: $0)
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains(expected), "\(ended.told)")
  }

  @Test func `an audience of one session is broken, with the arithmetic`() throws {
    // As if one session of the officers had never been: the release shows it by itself.
    let ended = try Self.made.audit { release in
      try EditedRelease.replace(
        #""label": "officers","# + "\n" + #"        "sessions": 2"#,
        by: #""label": "officers","# + "\n" + #"        "sessions": 1"#, in: "definition.json", of: release)
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains("one session by itself"), "\(ended.told)")
  }

  @Test(arguments: ["theme-ranks.csv", "joint-display.csv"])
  func `a file beside the tables says nothing of its own`(file: String) throws {
    let ended = try Self.made.audit { release in
      try EditedRelease.replace(
        "ICT,total,Total,40,", by: "ICT,total,Total,41,", in: "all/" + file, of: release)
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains("all/" + file), "\(ended.told)")
  }

  @Test func `a file of figures that the audit does not know is no part of a release`() throws {
    let ended = try Self.made.audit { release in
      try "pack\n".write(to: release.appending(path: "all/more.csv"), atomically: true, encoding: .utf8)
    }
    #expect(ended.status == .unsafe)
    #expect(ended.told.contains("more.csv"))
  }
}
