import Foundation
import Glibc
import Testing

@testable import Canvass

/// `canvass run` with a fault at each of its system calls, for a first release and for one that takes the place of another.
///
/// The release is absent, the former or the new one, byte for byte; nobody's answer is anywhere; and the next run leaves what an
/// undisturbed one does. What was found is the first table of Faults.md.
@Suite struct FaultyRunTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: Fault
    /// Whether all can be undone where it fails: not on a disk that nothing can be written to any more.
    var canUndo = true
    /// The calls at which it can come; none named: each.
    var only: [String] = []
    /// Whether it is tried on a release that takes the place of another alone.
    var isOfLater = false
    /// Whether the command goes on after it.
    var survives: Bool { Int32(fault.what) != nil || fault.what == "short" }

    var testDescription: String { name }
  }

  static let rows = [
    Row(name: "killed (SIGKILL)", fault: Fault(what: "kill")),
    Row(name: "killed within a write", fault: Fault(what: "torn"), only: ["write"]),
    Row(name: "a fault of canvass itself", fault: Fault(what: "trap"), isOfLater: true),
    Row(
      name: "disk full (ENOSPC)", fault: .error(ENOSPC, lasts: "space"), only: ["create", "write", "mkdir"]),
    Row(name: "disk full within a write", fault: Fault(what: "short", lasts: "space"), only: ["write"]),
    Row(name: "I/O error (EIO)", fault: .error(EIO), isOfLater: true),
    Row(name: "no permission (EACCES)", fault: .error(EACCES), isOfLater: true),
    Row(
      name: "file system turns read-only (EROFS)", fault: .error(EROFS, lasts: "on"), canUndo: false,
      isOfLater: true),
    Row(name: "I/O error (EIO) on reading", fault: .error(EIO, calls: .reads), isOfLater: true),
  ]

  /// What stands where a release and its receipt belong.
  enum Standing: String, CaseIterable {
    case former = "the former"
    case new = "the new"
    /// Only until the next run.
    case apart = "the new, with the former receipt"
    case broken = "half a release"
  }

  /// A place in which a run is to come, with what it leaves when nothing disturbs it.
  struct Scene {
    let name: String
    let place: Workplace
    let before: [String: Workplace.Entry]
    let after: [String: Workplace.Entry]
    let undisturbed: [Fault.Calls: [Ran.Call]]

    init(_ name: String, _ place: Workplace) throws {
      (self.name, self.place) = (name, place)
      before = place.results()
      var undisturbed: [Fault.Calls: [Ran.Call]] = [:]
      var results: [String: Workplace.Entry] = [:]
      for calls in [Fault.Calls.writes, .reads] {
        let run = try place.copy()
        let ran = try run.command(run.runArguments, Fault(what: "", calls: calls))
        try #require(ran.status == 0, "\(ran.errors)")
        undisturbed[calls] = ran.calls
        results = run.results()
      }
      (self.after, self.undisturbed) = (results, undisturbed)
    }

    private static func isReceipt(_ path: String) -> Bool { path.hasSuffix(".receipt.json") }

    private static func parts(_ tree: [String: Workplace.Entry]) -> (
      release: [String: Workplace.Entry], receipt: [String: Workplace.Entry]
    ) {
      (
        tree.filter { $0.key.hasPrefix("Output/tiny/2026/") || $0.key == "Output/tiny/2026" },
        tree.filter { $0.key == "Output/tiny/2026.receipt.json" }
      )
    }

    func standing(_ tree: [String: Workplace.Entry]) -> Standing {
      let (found, before, after) = (Self.parts(tree), Self.parts(before), Self.parts(after))
      if found == before { return .former }
      if found == after { return .new }
      return found.release == after.release && found.receipt == before.receipt ? .apart : .broken
    }

    /// The number of the call with which index.html begins, when the release is in place.
    var beginningOfIndex: Int {
      let writes = undisturbed[.writes] ?? []
      return (writes.lastIndex { $0.name == "flock" } ?? writes.count)
    }
  }

  static let scenes = Result {
    let empty = try Workplace()
    let former = try Workplace()
    for (path, text) in Workplace.inputs(people: 70) { try former.write(text, to: path) }
    let ran = try former.command(former.runArguments)
    try #require(ran.status == 0, "\(ran.errors)")
    for (path, text) in Workplace.inputs(people: 40) { try former.write(text, to: path) }
    return [try Scene("first", empty), try Scene("replacing", former)]
  }

  @Test(arguments: rows)
  func `a fault at any call leaves a whole release or none, and the next run mends the rest`(_ row: Row)
    throws
  {
    var cells = row.isOfLater ? ["", ""] : []
    for scene in try Self.scenes.get() {
      if row.isOfLater, scene.before.isEmpty { continue }
      let calls = scene.undisturbed[row.fault.calls] ?? []
      try #require(calls.count > 20)
      let numbers = calls.indices.filter { row.only.isEmpty || row.only.contains(calls[$0].name) }.map {
        $0 + 1
      }
      try #require(numbers.count > 5)
      let found = try onAllProcessors(numbers) { number in
        try Self.disturb(scene, row, at: number)
      }
      cells.append(Self.words(found.map(\.status), row))
      let standing = Set(found.map(\.standing))
      let words = Standing.allCases.filter(standing.contains).map(\.rawValue).joined(separator: "; or ")
      cells.append(
        scene.before.isEmpty
          ? words.replacing("the former;", with: "none;").replacing(
            "with the former receipt", with: "without a receipt") : words)
    }
    try FaultsPage.expect([row.name] + cells, in: "run")
  }

  private static func words(_ statuses: [Int32], _ row: Row) -> String {
    Set(statuses).sorted().map { $0 < 0 ? "signal \(-$0)" : "\($0)" }.joined(separator: ", ")
  }

  @Test func `the table has no other rows`() throws {
    #expect(try Set(FaultsPage.names(in: "run")) == Set(Self.rows.map(\.name)))
    #expect(try Set(FaultsPage.names(in: "inputs")) == Set(ChangedInputTests.inputs.map { "`\($0)`" }))
    #expect(try Set(FaultsPage.names(in: "writers")) == Set(FaultyWriterTests.rows.map(\.testDescription)))
    #expect(
      try Set(FaultsPage.names(in: "streams"))
        == Set(StandardStreamTests.streams.map(\.name) + [StandardStreamTests.fullPipe]))
  }

  private static func disturb(_ scene: Scene, _ row: Row, at number: Int) throws -> (
    standing: Standing, status: Int32
  ) {
    let place = try scene.place.copy()
    let ran = try place.command(place.runArguments, row.fault, at: number)
    let call = ran.calls.count >= number ? ran.calls[number - 1].name : "?"
    let tree = place.results()
    let standing = scene.standing(tree)
    let what: Comment = "\(row.name), \(scene.name), call \(number) (\(call)): \(ran.status) \(ran.errors)"
    #expect(standing != .broken, what)
    #expect(place.secrets(ran) == [], what)
    // What a run has not ended is closed to others.
    for (path, entry) in tree where path.hasPrefix("Output/tiny/.") {
      let isClosed = entry.mode & 0o077 == 0
      #expect(
        isClosed || path.hasPrefix("Output/tiny/.2026.unfinished/")
          || path == "Output/tiny/.index.unfinished", what)
    }
    if row.survives {
      let isWhole = standing == .new
      #expect(
        ran.status == (isWhole && (ran.status == 0 || number > scene.beginningOfIndex) ? ran.status : 74),
        what)
      #expect(standing != .apart || !row.canUndo, what)
      if ran.status == 0 {
        #expect(tree.filter { !$0.key.hasPrefix("Output/tiny/.2026.unfinished") } == scene.after, what)
      }
      // Nothing is left behind but of what could not be removed.
      if row.canUndo, !isWhole, call != "unlink", call != "rmdir" { #expect(tree == scene.before, what) }
    }
    // A place that is as it was needs no more: a run from there is the undisturbed one.
    if tree == scene.before || tree == scene.after { return (standing, ran.status) }
    let next = try place.command(place.runArguments)
    #expect(next.status == 0, "the run after \(what): \(next.errors)")
    #expect(place.results() == scene.after, "the run after \(what)")
    #expect(place.secrets(next) == [], what)
    return (standing, ran.status)
  }
}
