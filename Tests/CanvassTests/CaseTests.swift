import Foundation
import Testing

@testable import Canvass

/// Runs every case of `Tests/Cases` with the built command; its README says how to add one.
///
/// With CANVASS_ACCEPT=1 the expected files are written instead of compared, and `git diff` is the review.
@Suite struct CaseTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Cases")

  static let names: [String] =
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? [])
    .filter { FileManager.default.fileExists(atPath: folder.appending(path: "\($0)/cmd").path()) }.sorted()

  @Test func `there are cases`() { #expect(Self.names.count >= 8) }

  @Test(arguments: names)
  func `a case prints and writes what it expects`(_ name: String) throws {
    let place = Self.folder.appending(path: name)
    let work = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-case-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: work) }
    try FileManager.default.copyItem(at: place, to: work)
    // What is told does not depend on who could pass through the folder for temporary files.
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: work.path())
    try? FileManager.default.removeItem(at: work.appending(path: "expected"))

    let ended = try BuiltCommand.shell(
      try String(contentsOf: place.appending(path: "cmd"), encoding: .utf8), in: work)
    var found = ["stdout": ended.output, "stderr": ended.errors, "exit": "\(ended.status)\n"]
    let expected = place.appending(path: "expected")
    for file in try expectedFiles(in: expected) {
      let written = work.appending(path: file)
      found["files/" + file] =
        (try? String(contentsOf: written, encoding: .utf8)) ?? "(this file is not there)\n"
    }
    for (file, text) in found {
      let known = expected.appending(path: file)
      if ProcessInfo.processInfo.environment["CANVASS_ACCEPT"] == "1" {
        try FileManager.default.createDirectory(
          at: known.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: known, atomically: true, encoding: .utf8)
      } else {
        let wanted = try String(contentsOf: known, encoding: .utf8)
        #expect(text == wanted, "Tests/Cases/\(name)/expected/\(file)")
      }
    }
  }

  /// The files that a case wants looked at after the command, below `expected/files`.
  private func expectedFiles(in expected: URL) throws -> [String] {
    let files = expected.appending(path: "files").path()
    let names = FileManager.default.enumerator(atPath: files)?.allObjects as? [String] ?? []
    return names.filter { FileSystem.entry(at: files + "/" + $0) == .file }
  }
}

/// The command as it was built with these tests.
enum BuiltCommand {
  /// The folder of the binary: CANVASS_BIN's, or where this test bundle lies.
  static let path: String = {
    if let named = ProcessInfo.processInfo.environment["CANVASS_BIN"] { return named }
    var folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    // The bundle's path is also an argument where another program loads it.
    for argument in CommandLine.arguments where argument.hasSuffix(".xctest") {
      folder = URL(filePath: argument).deletingLastPathComponent()
    }
    return folder.appending(path: "canvass").path()
  }()

  struct Ended {
    let output: String
    let errors: String
    let status: Int32
  }

  /// Runs a line of shell in which `canvass` is the built command.
  static func shell(_ line: String, in folder: URL) throws -> Ended {
    let output = folder.appending(path: ".stdout")
    let errors = folder.appending(path: ".stderr")
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "canvass() { \"$CANVASS_BIN\" \"$@\"; }\n" + line]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.merging(
      // What a person has installed has no part in what a case prints.
      ["CANVASS_BIN": path, "CANVASS_TYPST": "", "LC_ALL": "C.UTF-8", "COLUMNS": "80"],
      uniquingKeysWith: { $1 })
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Ended(
      output: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8), status: process.terminationStatus)
  }
}
