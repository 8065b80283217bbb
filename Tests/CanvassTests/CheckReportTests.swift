import Foundation
import Testing

@testable import Canvass

/// `canvass check --report json` says what the lines for people say; the cases `check-for-scripts…` hold its bytes.
@Suite struct CheckReportTests {
  private struct Document: Decodable {
    struct Tool: Decodable {
      var name: String
      var version: String
    }
    struct Rows: Decodable {
      var read: Int
      var rejected: Int
      var notKept: Int
      var empty: Int

      enum CodingKeys: String, CodingKey {
        case read, rejected, empty
        case notKept = "not_kept"
      }
    }
    struct Wave: Decodable {
      var wave: String
      var responses: Int
      var rows: Rows
    }
    struct Found: Decodable {
      var severity: String
      var code: String
      var file: String
      var line: Int?
      var column: Int?
      var message: String
      var remedy: String?
    }
    var tool: Tool
    var faults: Int
    var remarks: Int
    var waves: [Wave]
    var findings: [Found]
  }

  /// Two waves with faults in definition and data, free text and ids everywhere.
  private func faulty() throws -> TinySurvey {
    let tiny = try TinySurvey(waves: ["2025", "2026", "2027"])
    let marker = TinySurvey.marker
    let rows =
      "\(marker)81,Staff,\(marker) text,,,\(marker)\n\(marker)82,Staff\n,,,,,\n\(marker)0,Staff,Good,,,\n"
    try tiny.write(TinySurvey.responses() + rows, to: "2025/responses.csv")
    try tiny.write("made_up: true\nwieghts: 1\n", to: "2027/wave.yaml")
    return tiny
  }

  @Test func `the document says what the lines say, and no text of a response`() throws {
    let tiny = try faulty()
    let lines = tiny.check()
    let report = told { check(tiny.survey, as: .json, on: $0) }
    #expect(report.status == .faults && lines.status == .faults)
    #expect(report.errors.isEmpty)
    #expect(report.output.contains(TinySurvey.marker) == false)
    let document = try JSONDecoder().decode(Document.self, from: Data(report.output.utf8))
    #expect(document.tool.name == "canvass" && document.tool.version == canvassVersion)
    #expect(document.faults == 4 && document.remarks == document.findings.count - 4)
    let said = document.findings.flatMap { found in
      let place = [found.file] + [found.line, found.column].compactMap { $0.map(String.init) }
      let prefix = found.severity == "remark" ? "remark: " : ""
      return ["\(place.joined(separator: ":")): \(prefix)\(found.message)"]
        + (found.remedy.map { ["    \($0)"] } ?? [])
    }
    #expect(lines.errors == (said + ["4 faults", ""]).joined(separator: "\n"))
    #expect(document.waves.map(\.wave) == ["2025", "2026"])
    for wave in document.waves {
      #expect(
        wave.rows.read == wave.responses + wave.rows.rejected + wave.rows.notKept + wave.rows.empty)
    }
    #expect(document.waves[0].rows.rejected == 3 && document.waves[0].rows.empty == 1)
  }

  @Test func `what protection withholds is not for scripts`() throws {
    let tiny = try TinySurvey()
    let told = told { check(tiny.survey, showsProtection: true, as: .json, on: $0) }
    #expect(told.status == .usage)
    #expect(told.output.isEmpty)
    #expect(
      told.errors
        == "canvass: --report json tells nothing of protection; leave out either it or --protection\n")
  }
}
