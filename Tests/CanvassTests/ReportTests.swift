import Foundation
import Rendering
import Testing

@testable import Canvass
@testable import DisclosureAudit

/// `--report json` of run, check, audit and verify: what Reports.md says, all of it and nothing else.
@Suite struct ReportTests {
  /// By command, the keys that Reports.md explains.
  private static func documented() throws -> [String: Set<String>] {
    let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/Canvass/Documentation.docc/Reports.md")
    var keys: [String: Set<String>] = [:]
    var section = ""
    for line in try String(contentsOf: page, encoding: .utf8).split(separator: "\n") {
      if line.hasPrefix("## ") { section = String(line.dropFirst(3)) }
      guard let match = line.prefixMatch(of: /\| `(?<key>[^`]+)` \| \S/) else { continue }
      keys[section == "Every document" ? "" : section, default: []].insert(String(match.key))
    }
    return keys
  }

  /// The keys of a document, `[]` for each item of a list and PACK for the id of a pack.
  private static func keys(of value: Any, at path: String = "") -> Set<String> {
    switch value {
    case let fields as [String: Any]:
      let isByPack = ["cells", "withheld", "replaced.figures"].contains { path.hasSuffix($0) }
      return Set(
        fields.flatMap { key, value in
          keys(of: value, at: path + (path.isEmpty ? "" : ".") + (isByPack ? "PACK" : key))
        })
    case let items as [Any]: return Set(items.flatMap { keys(of: $0, at: path + "[]") })
    default: return [path]
    }
  }

  private static func object(_ told: Told) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(told.output.utf8)) as? [String: Any])
  }

  /// Two waves, the first with faults in the data, the last with one in the definition.
  private func faulty() throws -> TinySurvey {
    let tiny = try TinySurvey(waves: ["2024", "2025", "2026"])
    let marker = TinySurvey.marker
    try tiny.write(TinySurvey.responses() + "\(marker)81,Staff,\(marker) text,,,\n", to: "2024/responses.csv")
    try tiny.write("made_up: true\nwieghts: 1\n", to: "2026/wave.yaml")
    return tiny
  }

  /// An audit that found something of every kind.
  private static var attacked: AuditReport {
    let place = AuditPlace(packs: ["all"], question: "tools", banner: "role", group: "Staff")
    var report = AuditReport()
    report.breaks = [
      AuditBreak(
        place: "somewhere", coordinates: place, range: 3...4, insider: "an answer of their own",
        arithmetic: ["3 = 10 - 7"])
    ]
    report.undecided = [AuditUndecided(description: "elsewhere", coordinates: place)]
    report.faults = ["two figures that cannot both be"]
    return report
  }

  @Test func `every key is explained, and every key that is explained is there`() throws {
    let documented = try Self.documented()
    let common = try #require(documented[""])
    var found: [String: Set<String>] = [:]
    func note(_ told: Told) throws {
      let document = try Self.object(told)
      let command = try #require(document["command"] as? String)
      #expect(document["exit_status"] as? Int == Int(told.status.rawValue))
      found[command, default: []].formUnion(Self.keys(of: document))
      #expect(!told.output.contains(TinySurvey.marker))
    }
    let tiny = try faulty()
    try note(tiny.run { $0.report = .json })
    try note(told { check(tiny.survey, as: .json, on: $0) })
    // Another 2025, which differs from the one released, and whose tables cannot all be compared.
    try tiny.write(TinySurvey.responses(rows: 90), to: "2025/responses.csv")
    try tiny.write("damaged", toOutput: "2025/staff/tables.csv")
    // And an earlier wave with which it cannot be compared.
    try FileManager.default.createDirectory(
      atPath: tiny.output + "/tiny/2020", withIntermediateDirectories: true)
    try note(
      tiny.run {
        $0.waves = ["2025"]
        $0.formats = ["csv", "pdf"]
        $0.report = .json
      })
    try tiny.write(TinySurvey.responses(rows: 3), to: "2025/responses.csv")
    try note(tiny.run { ($0.waves, $0.report) = (["2025"], .json) })
    try note(told { check(tiny.folder + "/nowhere", as: .json, on: $0) })
    let folder = tiny.output + "/tiny/2025"
    try note(told { audit(folder, threads: 2, as: .json, on: $0) })
    try note(
      told {
        var broken = CommandReport("audit")
        broken.parts = ["release": .text(folder), "audit": auditDocument(Self.attacked)]
        broken.tell(on: $0)
        return .done
      })
    var request = VerifyRequest(releaseFolder: folder)
    request.report = .json
    request.surveyFolder = tiny.survey
    try note(told { verify(request, on: $0) })
    for (command, keys) in found.sorted(by: { $0.key < $1.key }) {
      let known = common.union(try #require(documented[command]))
      #expect(keys.subtracting(known) == [], "Reports.md does not explain keys of \(command)")
    }
    let all = found.values.reduce(Set()) { $0.union($1) }
    #expect(common.subtracting(all) == [], "keys of every document that none has")
    for (command, keys) in documented where !command.isEmpty {
      let missing = keys.subtracting(found[command] ?? [])
      #expect(missing == [], "Reports.md explains keys that \(command) does not have")
    }
  }

  @Test func `a run says of each wave how it ended, and of one that was released where it is`() throws {
    let tiny = try faulty()
    let report = tiny.run { $0.report = .json }
    #expect(report.status == .faults && report.errors.isEmpty)
    let document = try Self.object(report)
    let waves = try #require(document["waves"] as? [[String: Any]])
    #expect(waves.map { $0["wave"] as? String } == ["2024", "2025", "2026"])
    #expect(waves.map { $0["status"] as? String } == ["faults", "released", "faults"])
    #expect(waves.map { $0["exit_status"] as? Int } == [1, 0, 1])
    let released = waves[1]
    #expect(released["responses"] as? Int == 80)
    #expect(released["release"] as? String == "\(tiny.output)/tiny/2025")
    #expect(released["receipt"] as? String == "\(tiny.output)/tiny/2025.receipt.json")
    struct Manifest: Decodable, Equatable {
      var cells: [String: Int]
      var withheld: [String: Int]
      var formats: [String]
    }
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(tiny.output)/tiny/2025/manifest.json")))
    let manifest = try JSONDecoder().decode(Manifest.self, from: Data(bytes))
    #expect(released["withheld"] as? [String: Int] == manifest.withheld)
    #expect(released["cells"] as? [String: Int] == manifest.cells)
    #expect(released["formats"] as? [String] == manifest.formats)
    #expect(released["manifest_sha256"] as? String == sha256(bytes))
  }

  @Test func `the same files give the same document, with sorted keys`() throws {
    let tiny = try TinySurvey()
    let first = tiny.run { $0.report = .json }
    let second = tiny.run { $0.report = .json }
    #expect(first.status == .done && first.errors.isEmpty)
    // The second found the first in its place, and no figure differs.
    let emptied = "\"replaced\": {\n        \"figures\": {},\n        \"not_compared\": []\n      },"
    #expect(second.output.contains(emptied) && !first.output.contains("\"replaced\""))
    let third = tiny.run { $0.report = .json }
    #expect(third.output == second.output)
    let tree = try JSONDecoder().decode(JSONTree.self, from: Data(first.output.utf8))
    #expect(String(decoding: tree.text.bytes, as: UTF8.self) == first.output)
  }

  @Test func `a quiet run leaves remarks out, and tells faults all the same`() throws {
    let tiny = try faulty()
    let report = tiny.run { ($0.report, $0.isQuiet) = (.json, true) }
    let document = try Self.object(report)
    #expect(document["remarks"] as? Int == 0)
    #expect((document["faults"] as? Int ?? 0) > 0)
    let released = try #require((document["waves"] as? [[String: Any]])?[1])
    #expect(released["remarks"] == nil && released["responses"] as? Int == 80)
  }

  @Test func `a release that is broken says how, for each command that looks at it`() throws {
    let tiny = try TinySurvey()
    #expect(tiny.run { $0.isQuiet = true }.status == .done)
    let table = tiny.release + "/staff/tables.csv"
    let text = try String(contentsOfFile: table, encoding: .utf8)
    // Eighteen people of staff have poor tools; a table that says so of nineteen does not add up.
    try text.replacing(",18,", with: ",19,").write(toFile: table, atomically: true, encoding: .utf8)
    let audited = told { audit(tiny.release, threads: 2, as: .json, on: $0) }
    #expect(audited.status == .unsafe)
    let part = try #require(try Self.object(audited)["audit"] as? [String: Any])
    #expect(part["verdict"] as? String != "withstood")
    #expect((part["does_not_add_up"] as? [String])?.isEmpty == false)
    var request = VerifyRequest(releaseFolder: tiny.release)
    request.report = .json
    let document = try Self.object(told { verify(request, on: $0) })
    let findings = try #require(document["findings"] as? [[String: Any]])
    #expect(findings.map { $0["code"] as? String } == ["file-changed"])
    #expect(findings.map { $0["file"] as? String } == [table])
    #expect(document["exit_status"] as? Int == 3)
  }

  @Test func `wrong usage and a watch have no document`() throws {
    let tiny = try TinySurvey()
    let unknown = tiny.run { ($0.report, $0.waves) = (.json, ["2024"]) }
    #expect(unknown.status == .usage && unknown.output.isEmpty && !unknown.errors.isEmpty)
    var request = RunRequest()
    request.surveyFolder = tiny.survey
    request.report = .json
    let watched = told { watch(request, on: $0) }
    #expect(watched.status == .usage && watched.output.isEmpty)
    #expect(
      watched.errors == "canvass: --report json is one document, and --watch has no end; leave out either\n")
  }
}

extension TinySurvey {
  /// Writes a file below the survey's folder of releases.
  fileprivate func write(_ text: String, toOutput path: String) throws {
    try text.write(toFile: "\(output)/tiny/\(path)", atomically: true, encoding: .utf8)
  }
}
