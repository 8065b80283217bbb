import Foundation
import Testing

@testable import Canvass

/// Files beside tables.csv with one field changed by hand: `canvass audit` tells file and line of each.
@Suite struct ForgedCompanionTests {
  /// A release of one wave, of which all files beside tables.csv follow from it.
  private static func released() throws -> TinySurvey {
    let survey = try TinySurvey(
      definition: TinySurvey.definition + "population: { groups: { role: { Staff: 500, Officer: 900 } } }\n")
    try survey.write(TinySurvey.responses(rows: 160), to: "2026/responses.csv")
    let ended = survey.run { $0.formats = ["csv", "pairs"] }
    try #require(ended.status == .done, "\(ended.errors)")
    return survey
  }

  private static func audited(_ survey: TinySurvey) -> Told {
    told { audit(survey.release, threads: 1, on: $0) }
  }

  @Test(arguments: [
    "participation.csv", "weighted.csv", "differences.csv", "associations.csv", "pairs.csv", "scores.csv",
  ])
  func `every figure of a file is held to the tables`(_ name: String) throws {
    let survey = try Self.released()
    let path = "\(survey.release)/all/\(name)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let columns = lines[0].split(separator: ",").map(String.init)
    try #require(lines.count > 2)
    #expect(Self.audited(survey).status == .done)
    let genuine = lines[1]
    var fields = genuine.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    #expect(fields.count == columns.count)
    for (index, column) in columns.enumerated() {
      let old = fields[index]
      fields[index] = Self.forged(old, column)
      lines[1] = fields.joined(separator: ",")
      fields[index] = old
      try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
      let ended = Self.audited(survey)
      #expect(ended.status == .unsafe, "\(column) of \(name)")
      #expect((ended.output + ended.errors).contains("all/\(name):2: "), "\(column): \(ended.output)")
    }
  }

  @Test func `a file that no release has is refused`() throws {
    let survey = try Self.released()
    try FileManager.default.copyItem(
      atPath: "\(survey.release)/all/weighted.csv", toPath: "\(survey.release)/all/heavier.csv")
    let ended = Self.audited(survey)
    #expect(ended.status == .unsafe && (ended.output + ended.errors).contains("all/heavier.csv"))
  }

  @Test func `weighted shares without the people that they are weighted to are refused`() throws {
    let survey = try Self.released()
    try FileManager.default.removeItem(atPath: "\(survey.release)/all/participation.csv")
    let ended = Self.audited(survey)
    #expect(ended.status == .unsafe && (ended.output + ended.errors).contains("all/weighted.csv:2: "))
  }

  /// Another number by its last digit, or another text.
  private static func forged(_ field: String, _ column: String) -> String {
    guard let digit = field.last?.wholeNumberValue, !["pack", "wave"].contains(column) else {
      guard field.isEmpty else { return "other" }
      return column.hasSuffix("marker") ? "u" : "5.0"
    }
    return String(field.dropLast()) + String((digit + 1) % 10)
  }
}
