import Foundation
import Testing

@testable import Canvass

@Suite struct RunTests {
  @Test func `a run leaves a whole release and a receipt beside it`() throws {
    let tiny = try TinySurvey()
    let told = tiny.run()
    #expect(told.status == .done, "\(told.errors)")
    let packs = ["all", "staff"].flatMap { pack in
      ["csv", "csv-metadata.json", "ods", "xlsx"].map { "tiny/2026/\(pack)/tables.\($0)" }
        + ["tiny/2026/\(pack)/briefing.html"]
        + ["csv", "csv-metadata.json"].map { "tiny/2026/\(pack)/scores.\($0)" }
    }
    #expect(
      Set(try tiny.outputs().keys)
        == Set(
          packs + [
            // In the pack of staff there is one role, so nothing to compare.
            "tiny/2026/all/associations.csv", "tiny/2026/all/associations.csv-metadata.json",
            "tiny/2026/all/differences.csv", "tiny/2026/all/differences.csv-metadata.json",
            "tiny/2026.receipt.json", "tiny/2026/manifest.json", "tiny/2026/definition.json",
            "tiny/2026/audit.json", "tiny/index.html",
          ]))
    let receipt = try FileManager.default.attributesOfItem(atPath: tiny.release + ".receipt.json")
    #expect(receipt[.posixPermissions] as? Int == 0o600)
  }

  @Test func `two runs give the same bytes`() throws {
    let tiny = try TinySurvey()
    _ = tiny.run()
    let first = try tiny.outputs()
    let second = tiny.run { $0.threads = 4 }
    #expect(try tiny.outputs() == first)
    #expect(!second.errors.contains("changed"))
  }

  @Test func `responses in another order give the same bytes in every format`() throws {
    let formats = ["csv", "xlsx", "ods", "json"]
    let tiny = try TinySurvey()
    _ = tiny.run { $0.formats = formats }
    let first = try tiny.outputs().filter { !$0.key.hasSuffix("receipt.json") }
    let lines = TinySurvey.responses().split(separator: "\nMARKER")
    let turned = [lines[0]] + lines.dropFirst().reversed()
    try tiny.write(
      turned.map { $0.trimmingCharacters(in: .newlines) }.joined(separator: "\nMARKER") + "\n",
      to: "2026/responses.csv")
    let told = tiny.run { $0.formats = formats }
    #expect(told.status == .done, "\(told.errors)")
    #expect(try tiny.outputs().filter { !$0.key.hasSuffix("receipt.json") } == first)
    #expect(first.keys.contains("tiny/2026/all/tables.json"))
  }

  @Test(arguments: ["xlsx", "ods", "json"])
  func `a run that leaves CSV out is audited all the same`(_ format: String) throws {
    let tiny = try TinySurvey()
    _ = tiny.run { $0.formats = ["csv", format] }
    let whole = try tiny.outputs()
    #expect(tiny.run { $0.formats = [format] }.status == .done)
    let files = try tiny.outputs()
    for name in ["audit.json", "definition.json", "all/tables.\(format)"] {
      #expect(files["tiny/2026/" + name] == whole["tiny/2026/" + name])
    }
    #expect(files.keys.allSatisfy { !$0.contains(".csv") })
    let manifest = try #require(files["tiny/2026/manifest.json"])
    let read = try #require(JSONSerialization.jsonObject(with: manifest) as? [String: Any])
    #expect(read["formats"] as? [String] == [format])
  }

  @Test func `the manifest has the digest of every other file`() throws {
    let tiny = try TinySurvey()
    _ = tiny.run()
    let files = try tiny.outputs()
    let bytes = try #require(files["tiny/2026/manifest.json"])
    let manifest = try #require(JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    let outputs = try #require(manifest["outputs"] as? [String: [String: String]])
    let names = files.keys.filter { $0.hasPrefix("tiny/2026/") && !$0.hasSuffix("manifest.json") }
    #expect(Set(outputs.keys.map { "tiny/2026/" + $0 }) == Set(names))
    for (name, digest) in outputs {
      let file = try #require(files["tiny/2026/" + name])
      #expect(digest["sha256"] == sha256([UInt8](file)))
    }
  }

  @Test(arguments: [
    "surveys: tiny\n", "survey: [", "survey: tiny\ntitle: A\npacks: { a: { who: nobody } }\n",
  ])
  func `a faulty definition leaves the earlier release byte for byte`(_ definition: String) throws {
    let tiny = try TinySurvey()
    _ = tiny.run()
    let before = try tiny.outputs()
    try tiny.write(definition, to: "survey.yaml")
    let told = tiny.run()
    #expect(told.status == .faults)
    #expect(told.errors.contains("survey.yaml:"))
    #expect(try tiny.outputs() == before)
  }

  @Test func `faults are told with their place and counted, and nothing else is said`() throws {
    let tiny = try TinySurvey()
    try tiny.write(TinySurvey.responses() + "x,Staff,Fine,,,\n", to: "2026/responses.csv")
    let told = tiny.run { $0.isQuiet = true }
    #expect(told.status == .faults)
    #expect(told.output.isEmpty)
    #expect(told.errors.contains("2026/responses.csv:162:3: "))
    #expect(told.errors.hasSuffix("\n1 fault\n"))
    #expect(try tiny.outputs().isEmpty)
  }

  @Test func `a wave with faults does not stop the others, and the highest status wins`() throws {
    let tiny = try TinySurvey(waves: ["2025", "2026"])
    try tiny.write("made_up: perhaps\n", to: "2025/wave.yaml")
    let told = tiny.run()
    #expect(told.status == .faults)
    #expect(FileManager.default.fileExists(atPath: tiny.release + "/manifest.json"))
  }

  @Test func `packs limit what is written, and the former release goes`() throws {
    let tiny = try TinySurvey()
    _ = tiny.run()
    let whole = try tiny.outputs()
    #expect(tiny.run { $0.packs = ["staff"] }.status == .done)
    let limited = try tiny.outputs()
    #expect(limited["tiny/2026/all/tables.csv"] == nil)
    #expect(limited["tiny/2026/staff/tables.csv"] == whole["tiny/2026/staff/tables.csv"])
  }

  @Test func `waves are selected by name, and a copy of one is picked up`() throws {
    let tiny = try TinySurvey(waves: ["2025", "2026"])
    #expect(tiny.run { $0.waves = ["2026"] }.status == .done)
    #expect(try tiny.outputs()["tiny/2025/manifest.json"] == nil)
    try FileManager.default.copyItem(atPath: tiny.survey + "/2026", toPath: tiny.survey + "/2027")
    #expect(tiny.run().status == .done)
    #expect(try tiny.outputs()["tiny/2027/manifest.json"] != nil)
  }

  @Test func `a wave without wave yaml is known by its responses, whatever they are called`() throws {
    let tiny = try TinySurvey(
      waves: [],
      definition: TinySurvey.definition.replacing(
        "{ respondent: ID }", with: "{ respondent: ID, file: answers.csv }"))
    try tiny.write(TinySurvey.responses(), to: "2026/answers.csv")
    let told = tiny.run()
    #expect(told.status == .done, "\(told.errors)")
    #expect(!told.output.contains("Made-up"))
  }

  @Test func `a lock that another run holds is waited for by nobody`() throws {
    let tiny = try TinySurvey()
    _ = tiny.run()
    let lock = try FileLock(tiny.output + "/tiny/.2026.lock")
    let told = tiny.run()
    #expect(told.status == .locked)
    #expect(told.errors.contains("another run holds the lock"))
    withExtendedLifetime(lock) {}
  }

  @Test func `a file that is not there is 74`() throws {
    let tiny = try TinySurvey()
    try FileManager.default.removeItem(atPath: tiny.survey + "/2026/responses.csv")
    #expect(tiny.run().status == .file)
    #expect(tiny.run { $0.surveyFolder = tiny.folder + "/none" }.status == .file)
    #expect(try tiny.outputs().isEmpty)
  }

  @Test func `an output that cannot be written is 74`() throws {
    let tiny = try TinySurvey()
    let told = tiny.run { $0.output = tiny.survey + "/survey.yaml" }
    #expect(told.status == .file)
    #expect(told.errors.contains("survey.yaml"))
  }

  @Test func `a release that could not get its receipt is taken back`() throws {
    let tiny = try TinySurvey()
    _ = tiny.run()
    let receipt = tiny.release + ".receipt.json"
    try FileManager.default.removeItem(atPath: receipt)
    try FileManager.default.createDirectory(
      atPath: receipt + "/in the way", withIntermediateDirectories: true)
    let before = try tiny.outputs()
    try tiny.write(TinySurvey.responses(rows: 90), to: "2026/responses.csv")
    #expect(tiny.run().status == .file)
    #expect(try tiny.outputs() == before)
    #expect(
      try FileSystem.names(in: tiny.output + "/tiny") == [
        ".2026.lock", ".index.lock", "2026", "2026.receipt.json", "index.html",
      ])
  }

  @Test func `what a killed run left behind goes`() throws {
    let tiny = try TinySurvey()
    let left = tiny.output + "/tiny/.2026.unfinished/2026"
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: true)
    #expect(tiny.run().status == .done)
    #expect(try !FileSystem.names(in: tiny.output + "/tiny").contains(".2026.unfinished"))
  }

  @Test func `fewer responses than minimum_cell are refused, since a release tells how many there are`()
    throws
  {
    let tiny = try TinySurvey()
    try tiny.write(TinySurvey.responses(rows: 4), to: "2026/responses.csv")
    let told = tiny.run()
    #expect(told.status == .unsafe)
    #expect(told.errors.contains("fewer than 5 responses"))
    #expect(try tiny.outputs().isEmpty)
  }

  @Test func `a pack with nobody in it is a fault where it is declared`() throws {
    let tiny = try TinySurvey()
    try tiny.write(TinySurvey.responses().replacing("Staff", with: "Officer"), to: "2026/responses.csv")
    let told = tiny.run()
    #expect(told.status == .faults)
    #expect(told.errors.contains("survey.yaml:22:26: nobody of wave 2026 is in the pack `staff`"))
  }

  @Test func `made up is said in every output`() throws {
    let tiny = try TinySurvey()
    let told = tiny.run()
    #expect(told.output.contains("Made-up responses"))
    for (name, data) in try tiny.outputs() where name.hasSuffix(".json") {
      // Metadata of a CSV file has the words of a standard, so it says it in the description.
      let words = name.hasSuffix("-metadata.json") ? "Made-up responses" : "\"made_up\": true"
      #expect(String(decoding: data, as: UTF8.self).contains(words), "\(name)")
    }
  }

  @Test func `thresholds of 1 withhold nothing and are remarked on`() throws {
    let tiny = try TinySurvey(
      definition: TinySurvey.definition + "protection: { minimum_cell: 1, minimum_base: 1 }\n")
    let told = tiny.run()
    #expect(told.errors.contains("withhold nothing"))
    #expect(try tiny.table().allSatisfy { $0["marker"] != "c" })
  }

  @Test func `the answers of a single question make its base`() throws {
    let tiny = try TinySurvey(
      definition: TinySurvey.definition + "protection: { minimum_cell: 1, minimum_base: 1 }\n")
    _ = tiny.run()
    let rows = try tiny.table().filter { $0["question"] == "tools" }
    #expect(Set(rows.map { $0["group"] }) == ["Total", "Staff", "Officer"])
    for group in ["Total", "Staff", "Officer"] {
      let column = rows.filter { $0["group"] == group }
      let base = column.first { $0["answer"] == "(base)" }?["count"]
      let answers = column.filter { ["Good", "Poor"].contains($0["answer"]) }.compactMap {
        Int($0["count"] ?? "")
      }
      #expect(base == String(answers.reduce(0, +)))
    }
  }
}
