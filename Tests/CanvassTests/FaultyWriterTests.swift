import Foundation
import Glibc
import Testing

@testable import Canvass

/// `canvass init --output` and `canvass simulate` with a fault at each call that writes.
@Suite struct FaultyWriterTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let command: String
    /// Whether the command replaces what it made before of other answers.
    var replaces = false
    let fault: String
    let what: Fault

    var testDescription: String { "\(command)\(replaces ? " --force" : ""), \(fault)" }

    /// The command line, and the file without which the rest is nothing.
    func arguments(_ place: Workplace) -> (line: [String], key: String) {
      let line =
        command == "init"
        ? [
          "init", place.survey + "/2026/responses.csv", "--output", place.folder + "/drafted", "--wave", "w",
        ]
        : ["simulate", place.survey, "--output", place.folder + "/made", "--responses", "\(seeds)"]
      return (
        line + (replaces ? ["--force"] : []), command == "init" ? "drafted/survey.yaml" : "made/responses.csv"
      )
    }

    var seeds: Int { 60 }
  }

  static let rows = ["init", "simulate"].flatMap { command in
    [
      Row(command: command, fault: "killed", what: Fault(what: "kill")),
      Row(command: command, fault: "disk full", what: .error(ENOSPC, lasts: "space")),
      Row(command: command, replaces: true, fault: "killed", what: Fault(what: "kill")),
      Row(command: command, replaces: true, fault: "I/O error", what: .error(EIO)),
    ]
  }

  @Test(arguments: rows)
  func
    `a fault leaves what was there, the whole, or what nobody takes for whole; the same command then ends it`(
      _ row: Row
    ) throws
  {
    let start = try Workplace()
    if row.replaces {
      // What is replaced was made of other responses.
      try start.write(
        try #require(Workplace.inputs(people: 70)["tiny/2026/responses.csv"]), to: "tiny/2026/responses.csv")
      var former = row.arguments(start).line.filter { $0 != "--force" }
      if row.command == "simulate" { former += ["--seed", "7"] }
      try #require(try start.command(former).status == 0)
      try start.write(
        try #require(Workplace.inputs(people: 40)["tiny/2026/responses.csv"]), to: "tiny/2026/responses.csv")
    }
    let before = start.results()
    let undisturbed = try start.copy()
    let ran = try undisturbed.command(row.arguments(undisturbed).line)
    try #require(ran.status == 0, "\(ran.errors)")
    let after = undisturbed.results()
    try #require(after != before && ran.calls.count > 15)

    let found = try onAllProcessors(Array(1...ran.calls.count)) { number in
      let place = try start.copy()
      let (line, key) = row.arguments(place)
      let ran = try place.command(line, row.what, at: number)
      let results = place.results()
      let what: Comment = "\(row) at call \(number): \(ran.status) \(ran.errors)"
      // The export that `init` copies holds answers, and is readable as the export is; nothing else has them.
      let secrets = place.secrets(ran).filter {
        !$0.hasPrefix("drafted/w/responses.csv") && !$0.contains("/.unfinished/")
      }
      #expect(secrets == [], what)
      let isClosed = results.filter { $0.key.hasSuffix("/.unfinished") }.allSatisfy { $0.value.mode == 0o700 }
      #expect(isClosed, what)
      // Of a kill, what lies aside may stay.
      let standing = results.filter { !$0.key.contains("/.unfinished") }
      func isOf(_ tree: [String: Workplace.Entry]) -> Bool {
        standing == tree.filter { !$0.key.contains("/.unfinished") }
      }
      if isOf(before) {
        if ran.status > 0,
          row.what.lasts == "space" || !["unlink", "rmdir"].contains(ran.calls[number - 1].name)
        {
          #expect(results == before, what)
        }
      } else if !isOf(after) {
        // Half way only where the command was killed, and never with the file that makes it whole.
        #expect(ran.status < 0 && standing[key] == nil, what)
      }
      if ran.status >= 0 { #expect(ran.status == (isOf(after) ? 0 : 74), what) }
      let again = try place.command(line)
      #expect(isOf(after) || again.status == 0, "the command after \(what): \(again.errors)")
      if again.status == 0 { #expect(place.results() == after, "the command after \(what)") }
      return (
        ran.status,
        isOf(before)
          ? "what was there" : isOf(after) ? "the whole" : "no \((key as NSString).lastPathComponent)"
      )
    }
    let statuses = Set(found.map(\.0)).sorted().map { $0 < 0 ? "signal \(-$0)" : "\($0)" }
    try FaultsPage.expect(
      [
        row.testDescription, statuses.joined(separator: ", "),
        Set(found.map(\.1)).sorted().joined(separator: "; or "),
      ],
      in: "writers")
  }

  @Test(arguments: ["init", "simulate"])
  func `two at once are told apart with 75`(_ command: String) throws {
    let place = try Workplace()
    let row = Row(command: command, fault: "", what: Fault(what: ""))
    let folder = place.folder + (command == "init" ? "/drafted" : "/made")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let lock = try FileLock(folder + "/.unfinished.lock", goes: true)
    let ran = try place.command(row.arguments(place).line)
    #expect(ran.status == 75 && ran.errors.contains("another run holds the lock"), "\(ran.errors)")
    withExtendedLifetime(lock) {}
    #expect(try FileSystem.names(in: folder) == [".unfinished.lock"])
  }

  @Test func `an export that changes while a draft is made of it is told, and nothing is written`() throws {
    let start = try Workplace()
    let row = Row(command: "init", fault: "", what: Fault(what: ""))
    try start.write(try #require(Workplace.inputs(people: 70)["tiny/2026/responses.csv"]), to: "tiny/new.txt")
    let fault = Fault(what: "swap", calls: .reads, old: "tiny/2026/responses.csv", new: "tiny/new.txt")
    let undisturbed = try start.copy()
    let count = try undisturbed.command(row.arguments(undisturbed).line, Fault(what: "", calls: .reads)).calls
      .count
    let after = undisturbed.results()
    let other = try start.copy()
    try FileManager.default.removeItem(atPath: other.folder + "/tiny/2026/responses.csv")
    try FileManager.default.moveItem(
      atPath: other.folder + "/tiny/new.txt", toPath: other.folder + "/tiny/2026/responses.csv")
    _ = try other.command(row.arguments(other).line)
    let found = try onAllProcessors(Array(1...count)) { number in
      let place = try start.copy()
      let ran = try place.command(row.arguments(place).line, fault, at: number)
      let results = place.results()
      #expect(
        results == (ran.status == 74 ? [:] : results == after ? after : other.results()),
        "call \(number): \(ran.errors)")
      return ran.status
    }
    #expect(Set(found) == [0, 74])
  }
}
