import Foundation
import Glibc
import SurveyDefinition
import Testing

@testable import Canvass

/// Runs that nobody watches: waves and surveys that are wrong stop no other, and what everybody could read is remarked on.
@Suite struct UnattendedTests {
  private let files = FileManager.default

  /// One wave for each way to end: done, faults, unsafe, a file that is not there, and a lock that another run holds.
  private func waves() throws -> TinySurvey {
    let tiny = try TinySurvey(waves: ["a-done", "b-faults", "c-unsafe", "d-file", "e-locked", "f-done"])
    try tiny.write(TinySurvey.responses() + "x,Staff,Fine,,,\n", to: "b-faults/responses.csv")
    try tiny.write(TinySurvey.responses(rows: 4), to: "c-unsafe/responses.csv")
    try files.removeItem(atPath: tiny.survey + "/d-file/responses.csv")
    try files.createDirectory(atPath: tiny.output + "/tiny", withIntermediateDirectories: true)
    return tiny
  }

  @Test func `of several waves the highest status wins, and the others are released`() throws {
    let tiny = try waves()
    let lock = try FileLock(tiny.output + "/tiny/.e-locked.lock")
    for (waves, status) in [
      (["a-done"], Canvass.ExitStatus.done), (["a-done", "b-faults"], .faults),
      (["b-faults", "c-unsafe"], .unsafe),
      (["c-unsafe", "d-file", "a-done"], .file), ([], .locked),
    ] {
      #expect(tiny.run { $0.waves = waves }.status == status, "\(waves)")
    }
    let released = try FileSystem.names(in: tiny.output + "/tiny").filter { !$0.hasPrefix(".") }
    #expect(released == ["a-done", "a-done.receipt.json", "f-done", "f-done.receipt.json", "index.html"])
    withExtendedLifetime(lock) {}
  }

  @Test func `a survey that cannot be read stops no other`() throws {
    let tiny = try TinySurvey()
    let surveys = tiny.folder + "/Surveys"
    try files.createDirectory(atPath: surveys + "/broken/survey.yaml", withIntermediateDirectories: true)
    try files.createDirectory(atPath: surveys + "/away", withIntermediateDirectories: true)
    try files.createSymbolicLink(
      atPath: surveys + "/away/survey.yaml", withDestinationPath: tiny.survey + "/survey.yaml")
    try files.copyItem(atPath: tiny.survey, toPath: surveys + "/tiny")
    let ended = try BuiltCommand.shell("canvass run --quiet", in: URL(filePath: tiny.folder))
    #expect(ended.status == 74)
    #expect(ended.errors.contains("away/survey.yaml: cannot be read"))
    #expect(files.fileExists(atPath: tiny.release + "/manifest.json"))
  }

  @Test func `two runs at once leave what one leaves, and the other says so`() throws {
    let tiny = try TinySurvey()
    let line = "\"$CANVASS_BIN\" run '\(tiny.survey)' --output '\(tiny.output)' --quiet"
    try #require(tiny.run().status == .done)
    let outputs = try tiny.outputs()
    try files.removeItem(atPath: tiny.output)
    // Where a test runs, SIGCHLD may be blocked, for which `wait` would wait in vain.
    let ended = try BuiltCommand.shell(
      """
      for i in 1 2 3 4; do (\(line); echo $? >>statuses) & done
      until [ "$(wc -l <statuses)" -eq 4 ]; do sleep 0.05; done 2>/dev/null
      cat statuses
      """, in: URL(filePath: tiny.folder))
    let statuses = ended.output.split(separator: "\n")
    #expect(
      statuses.count == 4 && statuses.contains("0") && statuses.allSatisfy { $0 == "0" || $0 == "75" },
      "\(ended)")
    #expect(
      ended.errors.components(separatedBy: "another run holds the lock").count - 1
        == statuses.count { $0 == "75" })
    #expect(try tiny.outputs() == outputs)
  }

  // MARK: What everybody can read

  /// A survey of real answers in a folder that everybody may pass through.
  private func real() throws -> TinySurvey {
    let tiny = try TinySurvey()
    try tiny.write("", to: "2026/wave.yaml")
    for folder in [tiny.folder, tiny.survey, tiny.survey + "/2026"] {
      try files.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    }
    try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: tiny.survey + "/2026/responses.csv")
    return tiny
  }

  @Test func `answers that everybody on the machine can read are remarked on`() throws {
    let tiny = try real()
    let remark =
      "\(tiny.survey): remark: everybody on this machine can read what people answered\n    chmod -R o-rwx \(tiny.survey)\n"
    // A folder for temporary files may be closed itself.
    try #require(FileSystem.isReadableByEveryone(tiny.survey + "/2026/responses.csv"))
    #expect(tiny.run().errors.contains(remark))
    #expect((tiny.check().errors + tiny.check().output).contains(remark.dropLast()))
    #expect(!tiny.run { $0.isQuiet = true }.errors.contains("everybody"))
    for (path, mode) in [("/2026/responses.csv", 0o640), ("", 0o750)] {
      try files.setAttributes([.posixPermissions: mode], ofItemAtPath: tiny.survey + path)
      #expect(!tiny.run().errors.contains("everybody"))
      try files.setAttributes([.posixPermissions: mode | 0o005], ofItemAtPath: tiny.survey + path)
    }
    try tiny.write("made_up: true\n", to: "2026/wave.yaml")
    #expect(!tiny.run().errors.contains("everybody"))
  }

  @Test func `a receipt is made for its owner alone, and one of which that cannot be is remarked on`() throws
  {
    let tiny = try real()
    _ = tiny.run()
    let receipt = tiny.release + ".receipt.json"
    #expect(!FileSystem.isReadableByEveryone(receipt))
    let definition = try #require(try tiny.defined())
    #expect(Remarks.onReceipt(of: definition, at: receipt) == [])
    // As a file system shows it that knows no owners.
    try files.setAttributes([.posixPermissions: 0o644], ofItemAtPath: receipt)
    #expect(Remarks.onReceipt(of: definition, at: receipt).map(\.code) == ["world-readable"])
    // The next run makes it anew.
    _ = tiny.run()
    #expect(!FileSystem.isReadableByEveryone(receipt))
  }
}

extension TinySurvey {
  fileprivate func defined() throws -> DefinedWave? {
    try readDefinitions(of: [SurveyFolder(survey)], waves: []).waves.first
  }
}
