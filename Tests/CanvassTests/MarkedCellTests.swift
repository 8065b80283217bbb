import Foundation
import Testing

@testable import Canvass

/// Inputs in which every cell that is no declared answer bears a mark, damaged by chance: whatever the commands say, write or leave
/// behind, a crash included, nothing of it bears the mark.
@Suite struct MarkedCellTests {
  /// Rows that are wrong, by file; `M` is the mark. Fewer people than `minimum_cell` give each.
  private static let damages: [(file: String, row: String)] = [
    ("responses.csv", "M1x,Staff,M answer,30,M\n"), ("responses.csv", "M2x,M role,Good,30,M\n"),
    ("responses.csv", "M3x,Staff,Good,M12,M\n"), ("responses.csv", "M4x,Staff,Good,7316420,M\n"),
    ("responses.csv", "M5x,Staff,Good,-7316420.5,M\n"), ("responses.csv", "M0,Staff,Good,30,M\n"),
    ("responses.csv", "M6x,Staff,Good,30,M,M,M\n"), ("responses.csv", "M7x,M\n"),
    ("responses.csv", "M8x,Staff,Good,30,\"M\n"),
    ("responses.csv", "M9x,Staff,Good,30,M\"M\n"), ("responses.csv", "M\u{0},Staff,Good,30,M\n"),
    ("responses.csv", "M10x,Staff,Good,30,\u{FFFD}BYTES\n"), ("responses.csv", ",Staff,M,M,M\n"),
    ("responses.csv", "M11x,Staff,\"M\u{1B}[31m\nM\",30,M\n"),
    ("responses.csv", "M12x,staff ,Goood M,none,M\n"),
    ("open-text.csv", "M0,M theme,M coder,M\n"), ("open-text.csv", "M none,ict,M coder,M\n"),
    ("open-text.csv", "M1,estate,M second coder,M\n"), ("open-text.csv", "M2,ict,M,M,M\n"),
    ("open-text.csv", "M3,\"M\n"),
    ("open-text.csv", ",ict,M,M\n"), ("open-text.csv", "M4,ict \u{FFFD}BYTES,M,M\n"),
    ("open-text.csv", "M5,,M,M\n"),
    ("focus-groups.csv", "one,M theme,M\n"), ("focus-groups.csv", "M session,ict,M\n"),
    ("focus-groups.csv", "two,ict,M,M\n"),
    ("focus-groups.csv", "two,\"M\n"), ("focus-groups.csv", ",ict,M\n"),
  ]

  private static func damage(_ place: Workplace, seed: Int) throws -> [String] {
    var random = AuditedEditTests.Random(state: UInt64(seed))
    var told: [String] = []
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      guard let (file, row) = damages.randomElement(using: &random) else { continue }
      let path = place.survey + "/2026/" + file
      let people =
        file == "responses.csv" && row.contains("M answer") ? Int.random(in: 1...4, using: &random) : 1
      var bytes = try Data(contentsOf: URL(filePath: path))
      for person in 0..<people {
        let text = row.replacing("M1x", with: "M\(person)y").replacing("M", with: TinySurvey.marker)
        // What is no UTF-8 cannot stand in a literal.
        var damaged = Data(text.utf8)
        if let place = damaged.range(of: Data("\u{FFFD}BYTES".utf8)) {
          damaged.replaceSubrange(place, with: Data([0xC3, 0x28, 0xFF]) + Data(TinySurvey.marker.utf8))
        }
        bytes.append(damaged)
      }
      try bytes.write(to: URL(filePath: path))
      told.append("\(people) × \(file): \(row.debugDescription)")
    }
    return told
  }

  @Test func `no mark comes out of a damaged survey`() throws {
    let start = try Workplace()
    let statuses = try onAllProcessors(Array(1...60)) { seed in
      let place = try start.copy()
      if seed % 3 == 0 {
        // Where answers are real more is looked at, and where rows with a fault are left out others are.
        let yaml = Workplace.definition.replacing(
          "{ respondent: ID }", with: "{ respondent: ID, invalid: exclude }")
        try place.write(yaml, to: "tiny/survey.yaml")
      }
      let damages = try Self.damage(place, seed: seed)
      let lines = [
        place.runArguments, ["check", place.survey], ["check", "--report", "json", place.survey],
        ["check", "--protection", place.survey], ["agreement", "--list", place.survey],
      ]
      var status: Int32 = 0
      for (number, line) in lines.enumerated() where number == 0 || number == 1 + seed % 4 {
        let ran = try place.command(line)
        if number == 0 { status = ran.status }
        #expect(place.secrets(ran) == [], "seed \(seed), \(line[0]), \(damages)")
        #expect([0, 1, 3].contains(ran.status), "seed \(seed), \(line[0]), \(damages): \(ran.errors)")
      }
      return status
    }
    // The damages are such that many are refused, and some are not.
    #expect(statuses.count { $0 == 1 } > 20 && statuses.contains(0))
  }

  @Test func `a mark that came out would be found`() throws {
    let place = try Workplace()
    try place.write(TinySurvey.marker, to: "elsewhere/core")
    #expect(place.secrets(Ran(output: "", errors: "", status: 0, calls: [])) == ["elsewhere/core"])
    #expect(place.secrets(Ran(output: Workplace.secretNumber, errors: "", status: 0, calls: [])).count == 2)
  }
}
