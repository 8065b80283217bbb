import Foundation
import Ingest
import SurveyDefinition
import Tabulation
import Testing

/// A survey in a temporary folder, read with its codings as a run reads it. The folder goes when the value does.
final class CodedSurvey {
  let folder: URL

  init() throws {
    folder = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-coded-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func write(_ text: String, to file: String) throws {
    try text.write(to: folder.appending(path: file), atomically: false, encoding: .utf8)
  }

  /// The wave that a definition describes, which must be free of faults.
  static func wave(_ definition: String, wave: String? = nil) throws -> Wave {
    let reading = readDefinition(
      surveyYAML: definition, surveyFile: "survey.yaml", waveYAML: wave, waveFile: "wave.yaml", waveID: "2026"
    )
    let faults = reading.findings.filter { !$0.isRemark }.map { "\($0.place.line ?? 0): \($0.message)" }
    #expect(faults == [])
    return try #require(reading.wave)
  }

  /// A file of the survey's folder, or one that is named by its whole path.
  func input(_ file: String) -> ResponseInput {
    .file(file.hasPrefix("/") ? file : folder.appending(path: file).path(), displayName: file)
  }

  /// The tally of a wave's responses with its codings, and what was found; findings by place and code, as none may quote a
  /// response.
  func tally(_ survey: Survey) throws -> (tally: Tally, findings: [Finding]) {
    let codings = try readOpenTextCodings(
      survey.codings.openText.map { ($0, input($0.file)) }, of: survey)
    var tally = Tally(TabulationPlan(survey))
    let report = try readResponses(
      input(survey.input.file), of: survey, codings: codings.hasFaults ? nil : codings
    ) { tally.add($0) }
    let findings = codings.findings + report.findings + codings.notAsked(tally.codedNotAsked)
    return (tally, findings)
  }
}

/// What was counted of a theme question in one group.
struct ThemeCounts: Equatable {
  var coded = 0
  /// By id, of everyone who raised it or a theme below it.
  var raised: [String: Int] = [:]

  /// - Parameter group: Of the survey's first banner; nil: everyone.
  init(_ id: String, in tally: Tally, group: String? = nil) throws {
    let survey = tally.plan.survey
    let question = try #require(survey.questions.firstIndex { $0.id == id })
    guard case .theme(let coding) = survey.questions[question].kind else { return }
    var position = 0
    if let group {
      guard case .variable(let variable)? = tally.plan.banners.first?.item else { return }
      position = try #require(survey.variables[variable].groupLabels.firstIndex(of: group))
    }
    for (table, counted) in tally.plan.tables.enumerated() where counted.question == question {
      let count = tally.atoms.indices.reduce(0) {
        $0 + tally.count(atom: $1, table: table, banner: group == nil ? nil : 0, group: position, category: 0)
      }
      switch counted.part {
      case .coded: coded = count
      case .theme(let theme), .themeBelow(let theme, parent: _): raised[coding.themes[theme].id] = count
      default: break
      }
    }
  }
}
