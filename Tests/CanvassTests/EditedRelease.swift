import Foundation
import Testing

@testable import Canvass
@testable import DisclosureAudit

/// A small survey `tiny` with a wave `w1`, whose release is edited by hand and audited again.
struct EditedRelease {
  var survey: String
  var wave: String
  var responses: String
  /// Further files of the wave's folder, by name.
  var files: [String: String] = [:]

  /// How an audit of the release ends once its folder has been changed, and what it says.
  func audit(_ change: (URL) throws -> Void) throws -> (status: Canvass.ExitStatus, told: String) {
    try inFolder { request, release in
      let made = told { run(request, on: $0) }
      #expect(made.status == .done, "\(made.errors)")
      try change(release)
      let ended = told { Canvass.audit(release.path(), threads: 1, on: $0) }
      return (ended.status, ended.output + ended.errors)
    }
  }

  /// The files of a release of which audits find what they are told to, one report after the other, and then nothing.
  func files(_ names: [String], finding reports: [AuditReport]) throws -> [String] {
    try inFolder { request, release in
      var left = reports[...]
      let made = told { console in
        run(request, on: console) { _, _ throws(RunFailure) in left.popFirst() ?? AuditReport() }
      }
      #expect(made.status == .done, "\(made.errors)")
      #expect(left.isEmpty)
      return try names.map { try String(contentsOf: release.appending(path: $0), encoding: .utf8) }
    }
  }

  /// Does something with the survey in a folder of its own: how it is to be run, and where its release will be.
  private func inFolder<Result>(_ body: (RunRequest, URL) throws -> Result) throws -> Result {
    let work = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-edited-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: work) }
    let folder = work.appending(path: "tiny/w1")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try survey.write(to: work.appending(path: "tiny/survey.yaml"), atomically: true, encoding: .utf8)
    let inputs = files.merging(["wave.yaml": wave, "responses.csv": responses], uniquingKeysWith: { $1 })
    for (name, text) in inputs {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    var request = RunRequest()
    request.surveyFolder = work.appending(path: "tiny").path()
    request.output = work.appending(path: "Output").path()
    return try body(request, work.appending(path: "Output/tiny/w1"))
  }

  /// Replaces a text in a file of the release; it must be there.
  static func replace(_ text: String, by other: String, in file: String, of release: URL) throws {
    let place = release.appending(path: file)
    let old = try String(contentsOf: place, encoding: .utf8)
    #expect(old.contains(text), "\(text) is not in \(file): \(old)")
    try old.replacing(text, with: other).write(to: place, atomically: true, encoding: .utf8)
  }
}
