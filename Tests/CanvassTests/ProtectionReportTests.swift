import Foundation
import Testing

@testable import Canvass

/// What `check --protection` tells the analyst, and nobody else.
@Suite struct ProtectionReportTests {
  /// The bundled survey with what its wave of the tests has less, so that many protections take seconds; the thresholds
  /// are such that two of its groups are too small to show.
  private static let fewer = """

    banners: [area]
    packs:
      force: { questions: [equipment, resource, buy_in] }
      unison: { questions: [resource], banners: [scope] }
      unite: null
      federation: null
      superintendents: null

    """

  /// A copy of the bundled survey in a folder of a test's own.
  private static func bundledCopy() throws -> TinySurvey {
    let copy = try TinySurvey(waves: [])
    let bundled = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Surveys/staff")
    try copy.write(
      try String(contentsOf: bundled.appending(path: "survey.yaml"), encoding: .utf8)
        .replacing("minimum_cell: 5, minimum_base: 10", with: "minimum_cell: 13, minimum_base: 26"),
      to: "survey.yaml")
    for file in ["wave.yaml", "responses.csv"] {
      let text = try String(contentsOf: bundled.appending(path: "2012-12/\(file)"), encoding: .utf8)
      try copy.write(text + (file == "wave.yaml" ? fewer : ""), to: "2012-12/\(file)")
    }
    return copy
  }

  @Test func `a snippet pasted into the bundled survey recovers what it promised`() throws {
    let survey = try Self.bundledCopy()
    let told = survey.checkProtection()
    #expect(told.status == .done, "\(told.errors)")
    let lines = told.output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let promise = try #require(
      told.output.replacing("\n", with: " ").firstMatch(
        of: /: ([\d,]+) of ([\d,]+) withheld in all packs instead/))
    let begin = try #require(lines.firstIndex(of: "    groups: {"))
    let end = try #require(lines[begin...].firstIndex { $0.hasSuffix(" }") })

    // As a person would: what stood under `area` goes, the snippet stands in its place.
    var definition = try String(contentsOfFile: survey.survey + "/survey.yaml", encoding: .utf8)
      .components(separatedBy: "\n")
    let area = try #require(definition.firstIndex(of: "  area:"))
    let groups = try #require(definition[area...].firstIndex(of: "    groups:"))
    let next = try #require(definition[(groups + 1)...].firstIndex { !$0.hasPrefix("      ") })
    definition.replaceSubrange(groups..<next, with: lines[begin...end])
    try survey.write(definition.joined(separator: "\n"), to: "survey.yaml")

    let checked = survey.check()
    #expect(checked.status == .done, "\(checked.errors)")
    #expect(survey.run().status == .done)
    let bytes = try #require(try survey.outputs()["staff/2012-12/manifest.json"])
    let manifest = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    func sum(_ key: String) throws -> Int {
      try #require(manifest[key] as? [String: Int]).values.reduce(0, +)
    }
    #expect(grouped(try sum("withheld")) == String(promise.1))
    #expect(grouped(try sum("cells")) == String(promise.2))
  }

  @Test func `without the flag nothing of it is told, and with it nothing is written`() throws {
    let tiny = try TinySurvey()
    try tiny.write(TinySurvey.responses(rows: 30), to: "2026/responses.csv")
    let plain = tiny.check()
    #expect(!plain.output.contains("ithheld"))
    let told = tiny.checkProtection()
    #expect(told.output.contains("Confidential: for the analyst alone"))
    #expect(told.output.contains("Why withheld, in cells"))
    #expect(told.errors == plain.errors)
    #expect(!told.output.contains(TinySurvey.marker))
    #expect(try tiny.outputs().isEmpty)
    #expect(told.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test func `a group that another wave names is not proposed where both read the same list`() throws {
    let areas = (0..<6).map { "A\($0)" }
    var rows = "Area,Q1\n"
    for (index, people) in [40, 40, 40, 30, 3, 4].enumerated() {
      for person in 0..<people { rows += "\(areas[index]),\(person % 2 == 0 ? "Good" : "Poor")\n" }
    }
    let tiny = try TinySurvey(
      waves: [],
      definition: """
        survey: tiny
        variables: { area: { column: Area, groups: [\(areas.joined(separator: ", "))] } }
        questions: { tools: { kind: single, column: Q1, answers: [Good, Poor] } }
        banners: [area]
        packs: { all: { who: everyone } }

        """)
    try tiny.write(rows, to: "2025/responses.csv")
    let alone = tiny.checkProtection()
    #expect(alone.output.contains("Pooling `A4` and `A5` of `area` would recover"), "\(alone.output)")

    try tiny.write(rows, to: "2026/responses.csv")
    try tiny.write("packs: { few: { who: { area: [A0, A4] }, banners: [] } }\n", to: "2026/wave.yaml")
    let named = tiny.checkProtection()
    #expect(!named.output.contains("`A4` and"), "\(named.output)")
    // With a list of its own the wave names another A4.
    try tiny.write(
      "variables: { area: { groups: [\(areas.joined(separator: ", "))] } }\n"
        + "packs: { few: { who: { area: [A0, A4] }, banners: [] } }\n", to: "2026/wave.yaml")
    #expect(tiny.checkProtection().output.contains("Pooling `A4` and `A5` of `area` would recover"))
  }

  @Test func `fewer responses than minimum_cell have nothing to be protected`() throws {
    let tiny = try TinySurvey()
    try tiny.write(TinySurvey.responses(rows: 4), to: "2026/responses.csv")
    let told = tiny.checkProtection()
    #expect(told.status == .unsafe)
    #expect(told.errors.contains("fewer than 5 responses"))
    #expect(!told.output.contains("Confidential"))
  }
}

extension TinySurvey {
  fileprivate func checkProtection() -> Told {
    told { Canvass.check(self.survey, showsProtection: true, on: $0) }
  }
}
