import Ingest
import Rendering
import SurveyDefinition

/// For whom `canvass check` writes what it found.
public enum CheckForm: String, CaseIterable, Sendable, Hashable {
  /// Lines for people: responses by wave on standard output, findings on standard error.
  case text
  /// One document for scripts on standard output.
  case json
}

/// The rows of a wave, as `canvass check` read them.
struct CheckedWave {
  let survey: String
  let wave: String
  let folder: String
  let report: ResponseReport

  init(_ defined: DefinedWave, _ report: ResponseReport) {
    survey = defined.wave.survey.id
    wave = defined.wave.id
    folder = defined.folder.path
    self.report = report
  }

  /// Every row is one of four, as in the receipt of a run: read = responses + rejected + not_kept + empty.
  fileprivate var json: JSONText {
    .object([
      "survey": .text(survey), "wave": .text(wave), "folder": .text(folder),
      "responses": .number(report.responses),
      "rows": .object([
        "read": .number(report.recordsRead + report.emptyRecords),
        "rejected": .number(report.recordsRejected), "not_kept": .number(report.recordsNotKept),
        "empty": .number(report.emptyRecords),
      ]),
    ])
  }
}

/// What `canvass check` found, as one JSON document for scripts.
///
/// It tells what the lines for people tell, and no more: a finding holds nothing of a response but what CONTRACT lets
/// it. Keys and order are fixed, so that the same files give the same bytes and two reports can be compared.
struct CheckReport {
  /// Waves whose definition has no fault and whose files could be read, in the order in which they were.
  var waves: [CheckedWave]
  var findings: Set<Finding>

  /// The document, ended by a line feed.
  var text: String {
    let faults = findings.count { !$0.isRemark }
    let document: JSONText = .object([
      "tool": .object(["name": "canvass", "version": .text(canvassVersion)]),
      "faults": .number(faults), "remarks": .number(findings.count - faults),
      "waves": .list(waves.map(\.json)), "findings": .list(findings.sorted().map(\.json)),
    ])
    return String(decoding: document.bytes, as: UTF8.self)
  }
}

extension Finding {
  /// Without the keys for what it has not: a fault of a whole file has no line.
  fileprivate var json: JSONText {
    .fields([
      "severity": .text(severity.rawValue), "code": .text(code), "file": .text(place.file),
      "line": place.line.map(JSONText.number), "column": place.column.map(JSONText.number),
      "message": .text(message), "remedy": remedy.map(JSONText.text),
    ])
  }
}
