import Foundation
import Testing

@testable import Canvass

/// What Unattended.md promises and gives to copy: unit files, statuses, waves that come by themselves.
@Suite struct UnattendedPageTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources/Canvass/Documentation.docc/Unattended.md")

  /// The unit files of the page, by name.
  private static func units() throws -> [String: String] {
    let text = try String(contentsOf: page, encoding: .utf8)
    var units: [String: String] = [:]
    let blocks = text.matches(
      of: /`\/etc\/systemd\/system\/(?<name>[a-z.]+)`[^`]*(?:`[^`]+`[^`]*)*```ini\n(?<unit>[^`]*)```/)
    for block in blocks { units[String(block.name)] = String(block.unit) }
    return units
  }

  /// By section and key; a key that stands twice has its last value.
  private static func settings(of unit: String) -> [String: String] {
    var section = ""
    var settings: [String: String] = [:]
    for line in unit.split(separator: "\n") {
      if line.hasPrefix("[") {
        section = String(line.dropFirst().dropLast())
      } else if let place = line.firstIndex(of: "=") {
        settings["\(section).\(line[..<place])"] = String(line[line.index(after: place)...])
      }
    }
    return settings
  }

  @Test func `the unit files run the command as the page says`() throws {
    let units = try Self.units()
    #expect(Set(units.keys) == ["canvass.service", "canvass.timer"])
    let service = Self.settings(of: try #require(units["canvass.service"]))
    #expect(service["Service.Type"] == "oneshot")
    #expect(service["Service.ExecStart"] == "/usr/local/bin/canvass run --report json")
    #expect(service["Service.WorkingDirectory"] == "/srv/canvass")
    #expect(service["Service.StandardOutput"] == "truncate:/srv/canvass/report.json")
    #expect(service["Service.ReadWritePaths"] == "/srv/canvass/Output")
    #expect(service["Service.PrivateNetwork"] == "yes" && service["Service.ProtectSystem"] == "strict")
    // A status of canvass is never taken for a success.
    #expect(service["Service.SuccessExitStatus"] == nil)
    let timer = Self.settings(of: try #require(units["canvass.timer"]))
    #expect(timer["Timer.Persistent"] == "true" && timer["Timer.OnCalendar"] != nil)
    #expect(timer["Install.WantedBy"] == "timers.target")
  }

  private static let analyser = "/usr/bin/systemd-analyze"

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: analyser), "systemd-analyze is missing"))
  func `systemd has nothing against the unit files`() throws {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-units-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, unit) in try Self.units() {
      // systemd looks whether the program and the manual page are there.
      let text = unit.replacing("/usr/local/bin/canvass", with: BuiltCommand.path)
        .replacing("Documentation=man:canvass(1)\n", with: "")
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let told = try BuiltCommand.shell(
      "\(Self.analyser) verify ./canvass.service ./canvass.timer && \(Self.analyser) calendar '*-*-* 05:30'",
      in: folder)
    let complaints = told.errors.split(separator: "\n").filter { $0.contains("canvass.") }
    #expect(told.status == 0 && complaints.isEmpty, "\(told.errors)")
    // And that it would have something against a unit that is wrong.
    let service = folder.appending(path: "canvass.service")
    try String(contentsOf: service, encoding: .utf8).replacing("ProtectHome=yes", with: "ProtectHomes=yes")
      .write(to: service, atomically: true, encoding: .utf8)
    let wrong = try BuiltCommand.shell("\(Self.analyser) verify ./canvass.service", in: folder)
    #expect(wrong.errors.contains("ProtectHomes"))
  }

  @Test func `a new wave is picked up once it has its name, and not before`() throws {
    let tiny = try TinySurvey()
    let shell = { (line: String) in try BuiltCommand.shell(line, in: URL(filePath: tiny.folder)) }
    try FileManager.default.createDirectory(
      atPath: tiny.folder + "/Surveys", withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: tiny.survey, toPath: tiny.folder + "/Surveys/tiny")
    let first = try shell("cp -r Surveys/tiny/2026 Surveys/tiny/.2027 && canvass run --quiet")
    #expect(first.status == 0 && first.output.isEmpty && first.errors.isEmpty)
    let releases = { try shell("ls Output/tiny").output }
    #expect(try releases() == "2026\n2026.receipt.json\nindex.html\n")
    let second = try shell("mv Surveys/tiny/.2027 Surveys/tiny/2027 && canvass run --quiet")
    #expect(second.status == 0 && second.output.isEmpty && second.errors.isEmpty)
    #expect(try releases() == "2026\n2026.receipt.json\n2027\n2027.receipt.json\nindex.html\n")
  }

  @Test
  func `a wave that is locked does not stop the others, and a lock file that was left behind means nothing`()
    throws
  {
    let tiny = try TinySurvey(waves: ["2025", "2026"])
    let told = try BuiltCommand.shell(
      """
      mkdir -p Output/tiny && touch Output/tiny/.2025.lock Output/tiny/.2026.lock
      flock Output/tiny/.2025.lock "$CANVASS_BIN" run tiny --report json --quiet
      """, in: URL(filePath: tiny.folder))
    #expect(told.status == 75)
    #expect(told.errors.hasPrefix("canvass: another run holds the lock Output/tiny/.2025.lock"))
    struct Document: Decodable {
      struct Wave: Decodable {
        var wave: String
        var status: String
      }
      var waves: [Wave]
      var exitStatus: Int

      enum CodingKeys: String, CodingKey {
        case waves
        case exitStatus = "exit_status"
      }
    }
    let document = try JSONDecoder().decode(Document.self, from: Data(told.output.utf8))
    #expect(document.exitStatus == 75)
    #expect(document.waves.map(\.wave) == ["2025", "2026"])
    #expect(document.waves.map(\.status) == ["locked", "released"])
  }
}
