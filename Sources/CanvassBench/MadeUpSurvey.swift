import DisclosureAudit
import Foundation
import Ingest
import ReleaseModel
import Rendering
import Simulation
import SurveyDefinition
import Tabulation

/// A made-up survey of some size: its definition and shares, from which the simulation makes its responses.
struct MadeUpSurvey {
  var questions = 10
  var banners = 2
  var groups = 8
  var packs = 2
  var respondents = 1_000

  private func label(_ group: Int) -> String { "Group \(group + 1)" }

  /// Scales with a net; every fifth question takes several answers, every seventh is asked of some only.
  var definition: String {
    var lines = [
      "survey: made-up", "title: A made-up survey", "variables:",
    ]
    for banner in 1...banners {
      let labels = (0..<groups).map(label).joined(separator: ", ")
      lines.append("  v\(banner): { label: V\(banner), column: V\(banner), groups: [\(labels)] }")
    }
    lines.append("questions:")
    for number in 1...questions {
      let routed = number % 7 == 0 ? ", asked_if: { q1: [Agree, Strongly agree] }" : ""
      if number % 5 == 0 {
        lines.append(
          "  q\(number): { text: Q\(number), kind: multiple, columns: { Pen: Q\(number)_1, Ink: Q\(number)_2, "
            + "Cup: Q\(number)_3, None: Q\(number)_4 }, exclusive: [None], nets: { Any: any }\(routed) }")
      } else {
        lines.append(
          "  q\(number): { text: Q\(number), kind: scale, column: Q\(number), answers: [Strongly agree, Agree, "
            + "Neither, Disagree, Strongly disagree], nets: { Any agreement: [Strongly agree, Agree] }\(routed) }"
        )
      }
    }
    lines.append("packs:")
    let all = (1...banners).map { "v\($0)" }.joined(separator: ", ")
    lines.append("  all: { title: All, who: everyone, banners: [\(all)] }")
    for pack in 1..<max(packs, 2) where pack < packs {
      // Packs of two groups each, all but the first sharing one with the pack before.
      let first = (pack - 1) % groups
      let who = [first, (first + 1) % groups].map(label).joined(separator: ", ")
      let own = banners == 1 ? "" : pack == 1 ? "v2" : "v\(2 + pack % (banners - 1))"
      lines.append("  pack\(pack): { title: Pack \(pack), who: { v1: [\(who)] }, banners: [\(own)] }")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Groups whose sizes fall, the last about a tenth of the first, and answers that differ by question.
  var shares: String {
    var lines = ["variables:"]
    let weights = (0..<groups).map { 1 / (1 + 9 * Double($0) / Double(max(1, groups - 1))) }
    let sum = weights.reduce(0, +)
    let parts = weights.dropLast().enumerated().map { "\(label($0)): \(decimal($1 / sum, places: 4))" }
    for banner in 1...banners {
      let all = (parts + ["\(label(groups - 1)): rest"]).joined(separator: ", ")
      lines.append("  v\(banner): { unanswered: 0.02, shares: { \(all) } }")
    }
    lines.append("questions:")
    for number in 1...questions {
      let tilt = Double(number % 4) * 0.05
      let shares =
        number % 5 == 0
        ? "Pen: \(decimal(0.45 + tilt, places: 2)), Ink: 0.2, Cup: 0.1, None: 0.25"
        : "Strongly agree: \(decimal(0.05 + tilt, places: 2)), Agree: 0.3, Neither: 0.2, Disagree: "
          + "\(decimal(0.3 - tilt, places: 2)), Strongly disagree: rest"
      lines.append("  q\(number): { unanswered: 0.02, shares: { \(shares) } }")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  func tallied() throws -> TalliedSurvey {
    let wave = try readWave(definition, wave: "made_up: true\n")
    let read = readShares(yaml: shares, file: "shares.yaml", for: wave.survey)
    guard let shares = read.shares else { throw Unmeasurable("\(read.findings)") }
    var bytes: [UInt8] = []
    try simulateResponses(wave: wave, shares: shares, responses: respondents, seed: 1) { bytes += copy $0 }
    let file = FileManager.default.temporaryDirectory.appending(path: "canvass-bench-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    return try TalliedSurvey(wave, responses: file.path())
  }
}

/// What cannot be measured, and why.
struct Unmeasurable: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Reads a definition that must be free of faults.
func readWave(_ survey: String, wave: String) throws -> Wave {
  let reading = readDefinition(
    surveyYAML: survey, surveyFile: "survey.yaml", waveYAML: wave, waveFile: "wave.yaml", waveID: "w1")
  guard let wave = reading.wave, reading.findings.allSatisfy(\.isRemark) else {
    throw Unmeasurable("\(reading.findings)")
  }
  return wave
}

/// A wave with its counts: where protection begins.
struct TalliedSurvey {
  let wave: Wave
  let tally: Tally

  init(_ wave: Wave, responses: String) throws {
    var tally = Tally(TabulationPlan(wave.survey))
    let report = try readResponses(.file(responses), of: wave.survey) { tally.add($0) }
    guard report.findings.allSatisfy(\.isRemark) else { throw Unmeasurable("\(report.findings)") }
    self.wave = wave
    self.tally = tally
  }

  /// A survey folder with a wave.
  init(folder: String, wave: String) throws {
    func text(_ path: String) throws -> String {
      try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
    }
    let defined = try readWave(try text("survey.yaml"), wave: try text("\(wave)/wave.yaml"))
    try self.init(defined, responses: "\(folder)/\(wave)/\(defined.survey.input.file)")
  }
}

extension Release {
  /// What an audit reads of the release once it is written.
  var contents: ReleaseContents {
    let manifest = Manifest(tool: "canvass", version: "", formats: ["csv"], outputs: [], release: self)
    let tables = packs.map { pack in
      (pack: pack.id, records: csvRecords(TablesCSV().bytes(of: pack, in: self)) ?? [])
    }
    return ReleaseContents(definition: definitionJSON(definition), manifest: manifest.bytes, tables: tables)
  }
}
