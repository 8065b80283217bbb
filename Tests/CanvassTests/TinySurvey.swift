import Foundation
import Ingest

@testable import Canvass

/// A made-up survey of two questions in a temporary folder, which goes when the value does.
final class TinySurvey {
  /// What no output or message may ever hold: every free text and every respondent id has it.
  static let marker = "MARKER"

  static let definition = """
    survey: tiny
    title: A tiny survey
    input: { respondent: ID }
    variables:
      role: { label: Role, column: Role, groups: [Staff, Officer] }
    questions:
      tools:
        text: Are your tools good?
        kind: single
        column: Q1
        answers: [Good, Poor]
        nets: { Any view: [Good, Poor] }
        scores: { Good: 1, Poor: -1 }
      lacking:
        text: What do you lack?
        kind: multiple
        columns: { Torch: Q2a, Radio: Q2b }
        asked_if: { tools: [Poor] }
    banners: [role]
    packs:
      all: { title: Everyone, who: everyone }
      staff: { title: Staff, who: { role: [Staff] }, banners: [] }

    """

  let folder: String
  var survey: String { folder + "/tiny" }
  var output: String { folder + "/Output" }
  var release: String { output + "/tiny/2026" }

  /// - Parameter waves: The waves to write, each with made-up responses.
  init(waves: [String] = ["2026"], definition: String = definition) throws {
    folder = NSTemporaryDirectory() + "canvass-" + UUID().uuidString
    // Closed to others, so that what is told does not depend on who could pass through the folder for temporary files.
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try FileManager.default.createDirectory(atPath: survey, withIntermediateDirectories: true)
    try write(definition, to: "survey.yaml")
    for wave in waves {
      try write("made_up: true\n", to: "\(wave)/wave.yaml")
      try write(Self.responses(), to: "\(wave)/responses.csv")
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  /// Eighty people: 48 staff of whom 18 have poor tools, 32 officers of whom 12 have.
  static func responses(rows: Int = 80) -> String {
    var text = "ID,Role,Q1,Q2a,Q2b,Comments\n"
    for row in 0..<rows {
      let role = row % 5 < 3 ? "Staff" : "Officer"
      let isPoor = row / 5 % 8 < 3
      let lacking = isPoor ? (row % 2 == 0 ? "1,0" : "0,1") : ","
      text += "\(marker)\(row),\(role),\(isPoor ? "Poor" : "Good"),\(lacking),\"\(marker), \(row)\nmore\"\n"
    }
    return text
  }

  /// Writes a file below the survey's folder.
  func write(_ text: String, to path: String) throws {
    let place = survey + "/" + path
    try FileManager.default.createDirectory(
      atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: place, atomically: true, encoding: .utf8)
  }

  /// Everything below the output folder but locks, by path.
  func outputs() throws -> [String: Data] {
    var files: [String: Data] = [:]
    let names = FileManager.default.enumerator(atPath: output)?.allObjects as? [String] ?? []
    for name in names where !name.hasSuffix(".lock") {
      if let data = FileManager.default.contents(atPath: output + "/" + name) { files[name] = data }
    }
    return files
  }

  /// The rows of a pack's tables, by their columns.
  func table(_ pack: String = "all") throws -> [[String: String]] {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: "\(release)/\(pack)/tables.csv")))
    let rows = csvRecords(bytes) ?? []
    guard let header = rows.first else { return [] }
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}

/// What one command said and how it ended.
struct Told {
  var status = ExitStatus.done
  var output = ""
  var errors = ""
}

extension TinySurvey {
  func run(_ change: (inout RunRequest) -> Void = { _ in }) -> Told {
    var request = RunRequest()
    request.surveyFolder = survey
    request.output = output
    change(&request)
    return told { Canvass.run(request, on: $0) }
  }

  func check() -> Told { told { Canvass.check(self.survey, on: $0) } }
}

/// What a command says on a console of its own.
func told(_ command: (Console) -> ExitStatus) -> Told {
  final class Words {
    var output = ""
    var errors = ""
  }
  let words = Words()
  let console = Console(output: { words.output += $0 }, errors: { words.errors += $0 })
  let status = command(console)
  return Told(status: status, output: words.output, errors: words.errors)
}
