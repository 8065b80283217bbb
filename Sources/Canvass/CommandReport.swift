import Ingest
import Rendering
import SurveyDefinition

/// For whom a command writes what it did and found.
public enum ReportForm: String, CaseIterable, Sendable, Hashable {
  /// Lines for people: results on standard output, findings on standard error.
  case text
  /// One document for scripts on standard output.
  case json
}

/// What a command did and found, as one JSON document for scripts.
///
/// It tells what the lines for people tell, and no more: a finding holds nothing of a response but what CONTRACT lets
/// it. Keys and order are fixed, so that the same files give the same bytes and two reports can be compared.
struct CommandReport {
  /// As it is called: `run`.
  let command: String
  var status: ExitStatus = .done
  /// What stopped the command or a part of it, a sentence each; faults are findings instead.
  var failures: [String] = []
  var findings: Set<Finding> = []
  /// Leaves remarks out.
  var isQuiet = false
  /// What this command has and others have not.
  var parts: [String: JSONText] = [:]

  init(_ command: String) { self.command = command }

  /// Notes what stopped the command, and tells it on standard error as well: whoever gets no document reads it there.
  mutating func stop(by failure: RunFailure, on console: Console) {
    if case .faults(let faults) = failure { findings.formUnion(faults) }
    if let sentence = failure.sentence {
      failures.append(sentence)
      console.errors("canvass: \(sentence)")
    }
    status = max(status, failure.exitStatus)
  }

  func tell(on console: Console) { console.output(String(text.dropLast())) }

  /// The document, ended by a line feed.
  private var text: String {
    let told = findings.filter { !isQuiet || !$0.isRemark }
    let faults = told.count { !$0.isRemark }
    var fields: [String: JSONText] = [
      "tool": .object(["name": "canvass", "version": .text(canvassVersion)]),
      "command": .text(command), "exit_status": .number(Int(status.rawValue)),
      "failures": .texts(failures), "faults": .number(faults), "remarks": .number(told.count - faults),
      "findings": .list(told.sorted().map(\.json)),
    ]
    fields.merge(parts) { standing, _ in standing }
    return String(decoding: JSONText.object(fields).bytes, as: UTF8.self)
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

extension ResponseReport {
  /// Every row is one of four, as in the receipt of a run: read = responses + rejected + not_kept + empty.
  var rowsJSON: JSONText {
    .object([
      "read": .number(recordsRead + emptyRecords), "rejected": .number(recordsRejected),
      "not_kept": .number(recordsNotKept), "empty": .number(emptyRecords),
    ])
  }
}
