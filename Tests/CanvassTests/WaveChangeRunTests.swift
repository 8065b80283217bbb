import Foundation
import Ingest
import Testing

@testable import Canvass

/// A wave after another: what a run and `canvass compare` make of the earlier release.
@Suite struct WaveChangeRunTests {
  /// As `TinySurvey.responses`, with more poor tools: 36 of 48 staff, 24 of 32 officers.
  private static func worse() -> String {
    var text = "ID,Role,Q1,Q2a,Q2b,Comments\n"
    for row in 0..<80 {
      let isPoor = row / 5 % 8 < 6
      let lacking = isPoor ? (row % 2 == 0 ? "1,0" : "0,1") : ","
      text += "N\(row),\(row % 5 < 3 ? "Staff" : "Officer"),\(isPoor ? "Poor" : "Good"),\(lacking),x\n"
    }
    return text
  }

  private func survey() throws -> TinySurvey {
    let survey = try TinySurvey(waves: ["2025", "2026"])
    try survey.write(Self.worse(), to: "2026/responses.csv")
    return survey
  }

  private func records(_ name: String, of survey: TinySurvey, wave: String = "2026", pack: String = "all")
    throws
    -> [[String: String]]
  {
    let path = "\(survey.output)/tiny/\(wave)/\(pack)/\(name)"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let rows = try #require(csvRecords([UInt8](try Data(contentsOf: URL(filePath: path)))))
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
  }

  @Test func `a wave says what has changed since the one before, and that one says nothing of it`() throws {
    let survey = try survey()
    let told = survey.run()
    try #require(told.status == .done, "\(told.errors)")
    #expect(try records("changes.csv", of: survey, wave: "2025").isEmpty)
    let poor = try #require(
      try records("changes.csv", of: survey).first { $0["answer"] == "Poor" && $0["banner"] == "total" })
    #expect(poor["since"] == "2025" && poor["count_before"] == "30" && poor["base_before"] == "80")
    #expect(poor["percent_before"] == "37.5" && poor["percent"] == "75.0" && poor["difference"] == "37.5")
    #expect(poor["verdict"] == "higher" && poor["altered"] == "")
    let page = try String(contentsOfFile: survey.release + "/all/briefing.html", encoding: .utf8)
    #expect(page.contains("Changes since the wave before") && page.contains(" it was "))
    let manifest = try String(contentsOfFile: survey.release + "/manifest.json", encoding: .utf8)
    #expect(manifest.contains("\"compared_with\""))
  }

  @Test func `the audit of a folder accepts the changes, and sees one that was edited`() throws {
    let survey = try survey()
    _ = survey.run()
    #expect(told { audit(survey.release, threads: 1, on: $0) }.status == .done)
    let path = survey.release + "/all/changes.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (old, new) in [
      (",30,37.5,37.5,", ",31,37.5,37.5,"), (",higher,", ",unclear,"), (",30,37.5,37.5,", ",3,37.5,37.5,"),
    ] {
      #expect(text.contains(old))
      try text.replacing(old, with: new, maxReplacements: 1).write(
        toFile: path, atomically: true, encoding: .utf8)
      #expect(told { audit(survey.release, threads: 1, on: $0) }.status == .unsafe)
    }
  }

  @Test func `what another wording or other answers make of a question is said`() throws {
    let survey = try survey()
    try survey.write(
      "made_up: true\nquestions: { tools: { text: \"How good are your tools?\" } }\n", to: "2026/wave.yaml")
    _ = survey.run()
    let changes = try records("changes.csv", of: survey)
    #expect(changes.filter { $0["question"] == "tools" }.allSatisfy { $0["altered"] == "wording" })
    #expect(changes.filter { $0["question"] == "lacking" }.allSatisfy { $0["altered"] == "" })
    #expect(changes.contains { $0["question"] == "tools" })
  }

  @Test func `an earlier release by laxer rules is not compared with`() throws {
    let survey = try TinySurvey(
      waves: ["2025", "2026"], definition: TinySurvey.definition + "protection: { minimum_cell: 3 }\n")
    _ = survey.run { $0.waves = ["2025"] }
    try survey.write(TinySurvey.definition, to: "survey.yaml")
    let told = survey.run { $0.waves = ["2026"] }
    #expect(told.status == .done)
    #expect(told.errors.contains("not compared with wave 2025: it was released with `minimum_cell` 3"))
    #expect(try records("changes.csv", of: survey).isEmpty)
  }

  @Test func `made-up responses are not compared with real ones`() throws {
    let survey = try survey()
    try survey.write("", to: "2026/wave.yaml")
    let told = survey.run()
    #expect(told.errors.contains("not compared with wave 2025: its responses are made up"))
    #expect(try records("changes.csv", of: survey).isEmpty)
  }

  enum Damage: CaseIterable {
    case tables, definition, manifest, noManifest, noTables, otherSurvey, notJSON
  }

  @Test(arguments: Damage.allCases)
  func `a damaged earlier release is left out, and stops nothing`(_ damage: Damage) throws {
    let survey = try survey()
    _ = survey.run { $0.waves = ["2025"] }
    let folder = survey.output + "/tiny/2025/"
    func replace(_ old: String, _ new: String, in file: String) throws {
      let text = try String(contentsOfFile: folder + file, encoding: .utf8)
      try #require(text.contains(old))
      try text.replacing(old, with: new).write(toFile: folder + file, atomically: true, encoding: .utf8)
    }
    switch damage {
    case .tables: try replace(",30,", ",29,", in: "all/tables.csv")
    case .definition: try replace("\"minimum_cell\": 5", "\"minimum_cell\": 50", in: "definition.json")
    case .manifest: try replace("\"responses\"", "\"response\"", in: "manifest.json")
    case .noManifest: try FileManager.default.removeItem(atPath: folder + "manifest.json")
    case .noTables: try FileManager.default.removeItem(atPath: folder + "all/tables.csv")
    case .otherSurvey: try replace("\"tiny\"", "\"huge\"", in: "manifest.json")
    case .notJSON: try replace("{", "", in: "manifest.json")
    }
    let told = survey.run { $0.waves = ["2026"] }
    #expect(told.status == .done)
    #expect(told.errors.contains("not compared with"))
    #expect(try records("changes.csv", of: survey).isEmpty)
  }

  /// What a release of canvass never holds, under digests that are right: it is left out, and stops nothing.
  @Test(arguments: [
    (
      "all,2025,tools,single,survey,Poor,total,Total,80,30,37.5,",
      "all,2025,tools,single,survey,Poor,total,Total,80,3,3.8,"
    ),
    (
      "all,2025,tools,single,survey,Poor,total,Total,80,30,37.5,",
      "all,2025,tools,single,survey,Poor,total,Total,80,30,99.5,"
    ),
    (
      "all,2025,tools,single,survey,Poor,total,Total,80,30,37.5,",
      "all,2025,tools,single,survey,Poor,total,Total,9223372036854775806,9223372036854775805,100.0,"
    ),
  ])
  func `an earlier release with figures that cannot be is left out`(old: String, new: String) throws {
    let survey = try survey()
    _ = survey.run { $0.waves = ["2025"] }
    let folder = survey.output + "/tiny/2025/"
    let table = try String(contentsOfFile: folder + "all/tables.csv", encoding: .utf8)
    try #require(table.contains(old))
    let forged = table.replacing(old, with: new)
    try forged.write(toFile: folder + "all/tables.csv", atomically: true, encoding: .utf8)
    let manifest = try String(contentsOfFile: folder + "manifest.json", encoding: .utf8)
    try manifest.replacing(sha256(Array(table.utf8)), with: sha256(Array(forged.utf8)))
      .write(toFile: folder + "manifest.json", atomically: true, encoding: .utf8)
    let told = survey.run { $0.waves = ["2026"] }
    #expect(told.status == .done)
    #expect(told.errors.contains("not compared with wave 2025"))
    #expect(try records("changes.csv", of: survey).isEmpty)
  }

  @Test func `a wave whose fieldwork was later is not an earlier one`() throws {
    let survey = try survey()
    try survey.write("made_up: true\nfieldwork: { from: 2026-09-01, to: 2026-09-30 }\n", to: "2025/wave.yaml")
    try survey.write("made_up: true\nfieldwork: { from: 2026-03-01, to: 2026-03-30 }\n", to: "2026/wave.yaml")
    let told = survey.run()
    #expect(told.errors.contains("not compared with wave 2025: its fieldwork was later"))
    #expect(try records("changes.csv", of: survey).isEmpty)
  }

  @Test func `who runs an earlier wave again is told which later ones tell of its former release`() throws {
    let survey = try survey()
    #expect(!survey.run().errors.contains("has been replaced"))
    try survey.write(Self.worse(), to: "2025/responses.csv")
    let again = survey.run { $0.waves = ["2025"] }
    #expect(
      again.errors.contains("wave 2026 tells changes since a release of wave 2025 that has been replaced"))
    #expect(!survey.run { $0.waves = ["2026"] }.errors.contains("has been replaced"))
  }

  @Test func `everyone is compared with each earlier wave, groups with the last`() throws {
    let waves = ["2022", "2023", "2024", "2025", "2026"]
    let survey = try TinySurvey(waves: waves)
    try survey.write(Self.worse(), to: "2026/responses.csv")
    try survey.write(TinySurvey.responses(rows: 70), to: "2022/responses.csv")
    try #require(survey.run().status == .done)
    let changes = try records("changes.csv", of: survey)
    #expect(Set(changes.map { $0["since"] }) == Set(waves.dropLast()))
    #expect(changes.allSatisfy { $0["since"] == "2025" || $0["banner"] == "total" })
    let oldest = try #require(changes.first { $0["since"] == "2022" && $0["answer"] == "Poor" })
    let own = try #require(
      records("tables.csv", of: survey, wave: "2022").first {
        $0["answer"] == "Poor" && $0["banner"] == "total"
      })
    #expect(oldest["percent_before"] == own["percent"] && oldest["count_before"] == own["count"])
    #expect(audited(survey.release).status == .done)
  }

  @Test func `the groups of a banner that are others are said`() throws {
    let survey = try survey()
    try survey.write(
      "made_up: true\nvariables: { role: { groups: [Staff, Officer, Cadet] } }\n", to: "2026/wave.yaml")
    _ = survey.run()
    let changes = try records("changes.csv", of: survey)
    #expect(changes.contains { $0["banner"] == "role" })
    #expect(changes.allSatisfy { ($0["altered"] == "groups") == ($0["banner"] == "role") })
  }

  @Test(arguments: [
    ("unclear,\n", "unclear,PCSO: 2 of 3 said No\n"), (",,2025,", ",,somewhere,"), (",single,", ",scale,"),
  ])
  func `the audit of a folder sees texts that no release has`(old: String, new: String) throws {
    let survey = try survey()
    _ = survey.run()
    let path = survey.release + "/all/changes.csv"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(old))
    try text.replacing(old, with: new, maxReplacements: 1).write(
      toFile: path, atomically: true, encoding: .utf8)
    #expect(audited(survey.release).status == .unsafe)
  }

  private func audited(_ folder: String) -> Told { told { audit(folder, threads: 1, on: $0) } }

  // MARK: canvass compare

  private func compare(_ survey: TinySurvey, _ change: (inout CompareRequest) -> Void = { _ in }) -> Told {
    var request = CompareRequest()
    request.surveyFolder = survey.survey
    request.output = survey.output
    change(&request)
    return told { Canvass.compare(request, on: $0) }
  }

  @Test func `compare tells a share of each question, wave by wave, from releases alone`() throws {
    let survey = try survey()
    _ = survey.run()
    for wave in ["2025", "2026"] {
      try FileManager.default.removeItem(atPath: "\(survey.survey)/\(wave)/responses.csv")
    }
    let compared = compare(survey)
    #expect(compared.status == .done, "\(compared.errors)")
    let lines = compared.output.split(separator: "\n").map(String.init)
    #expect(lines[0] == "A tiny survey: wave 2026 since 2025")
    #expect(lines.contains { $0.hasPrefix("Everyone") && $0.contains("2025") && $0.contains("2026") })
    #expect(lines.contains { $0.contains("respondents") && $0.hasSuffix("80       80") })
    #expect(!lines.contains { $0.contains("Poor") })
    let all = compare(survey) { $0.tellsAll = true }.output.split(separator: "\n")
    let poor = try #require(all.first { $0.contains("    Poor ") })
    #expect(
      poor.contains("37.5%") && poor.contains("75.0%") && poor.contains("+37.5") && poor.hasSuffix("higher"))
  }

  @Test func `compare says what it cannot do`() throws {
    let survey = try survey()
    #expect(compare(survey).status == .file)
    _ = survey.run { $0.waves = ["2025"] }
    let single = compare(survey)
    #expect(single.status == .file && single.errors.contains("comparing takes two"))
    _ = survey.run()
    #expect(compare(survey) { $0.waves = ["2024", "2026"] }.status == .usage)
    #expect(compare(survey) { $0.waves = ["2026", "2026"] }.status == .usage)
    #expect(compare(survey) { $0.packs = ["nobody"] }.status == .usage)
    let some = compare(survey) { $0.packs = ["staff"] }
    #expect(some.status == .done && !some.output.contains("Everyone"))
    try FileManager.default.removeItem(atPath: survey.output + "/tiny/2025/all/tables.csv")
    #expect(compare(survey).status == .file)
  }
}
