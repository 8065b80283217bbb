import Dispatch
import Foundation
import Glibc
import Synchronization

@testable import Canvass

/// A folder with a small survey of every kind of input, in which the built command runs, and which goes when the value does.
///
/// Every cell that is no declared answer has `TinySurvey.marker`.
final class Workplace: Sendable {
  let folder: String
  var survey: String { folder + "/tiny" }
  var output: String { folder + "/Output" }
  /// Where the command is started, with the folder for temporary files and its home.
  var elsewhere: String { folder + "/elsewhere" }
  var release: String { output + "/tiny/2026" }

  private static func newFolder() -> String { NSTemporaryDirectory() + "canvass-place-" + UUID().uuidString }

  private init(copyOf other: Workplace) throws {
    folder = Self.newFolder()
    try FileManager.default.copyItem(atPath: other.folder, toPath: folder)
  }

  init() throws {
    folder = Self.newFolder()
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try FileManager.default.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    for (path, text) in Self.inputs(people: 40) { try write(text, to: path) }
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func copy() throws -> Workplace { try Workplace(copyOf: self) }

  func write(_ text: String, to path: String) throws {
    let place = folder + "/" + path
    try FileManager.default.createDirectory(
      atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(filePath: place))
  }

  static let definition = """
    survey: tiny
    title: A tiny survey
    input: { respondent: ID }
    population: { file: people.csv }
    briefing: { logo: { file: our.svg, alt: Us } }
    variables: { role: { column: Role, groups: [Staff, Officer] } }
    questions:
      tools: { text: Are your tools good?, kind: single, column: Q1, answers: [Good, Poor] }
      hours: { text: How many hours?, kind: number, column: Q2, valid: [0, 100], missing: ["", none] }
      why: { text: What hinders you?, kind: theme }
    themes: { ict: { label: ICT }, estate: { label: Estate } }
    packs: { all: { title: Everyone, who: everyone } }

    """

  /// By path, the inputs of a wave in which so many people answered; another number gives every file other bytes.
  static func inputs(people: Int) -> [String: String] {
    let secret = TinySurvey.marker
    let rows = (0..<people).map { person in
      // Numbers out of range and texts that are no answer are as secret as names.
      let hours =
        person % 10 == 0 ? "9\(person)\(secretNumber)" : person % 7 == 0 ? "none" : "\(person % 5 + 30)"
      return
        "\(secret)\(person),\(person % 2 == 0 ? "Staff" : "Officer"),\(person % 3 == 0 ? "Poor" : "Good"),\(hours),\"\(secret), said\n\(person)\"\n"
    }
    let codings = (0..<people).map { person in
      "\(secret)\(person),\(person % 2 == 0 ? "ict" : "estate"),\(secret) coder,\"\(secret) quotation\"\n"
    }
    return [
      "tiny/survey.yaml": definition.replacing("A tiny survey", with: "A tiny survey of \(people)"),
      "tiny/people.csv":
        "variable,category,population\nrole,Staff,\(people * 3)\nrole,Officer,\(people * 2)\n",
      "tiny/our.svg":
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 \(people)\"><path d=\"M0 0h9v9z\"/></svg>",
      "tiny/2026/wave.yaml": """
      made_up: true
      sessions: { one: { audience: staff }, two: { audience: officers }, s\(people): { audience: staff } }

      """,
      "tiny/2026/responses.csv": "ID,Role,Q1,Q2,Comments\n" + rows.joined(),
      "tiny/2026/open-text.csv": "respondent,theme,coder,quotation\n" + codings.joined(),
      "tiny/2026/focus-groups.csv":
        "session,theme,quotation\none,ict,\(secret) said\ntwo,\(people > 40 ? "estate" : "ict"),\(secret)\ns\(people),,\n",
    ]
  }

  /// Digits that stand nowhere else.
  static let secretNumber = "7316420"
}

// MARK: What is there

extension Workplace {
  struct Entry: Equatable {
    let mode: Int
    /// Nil for a folder.
    let bytes: Data?
  }

  /// Everything but the survey, by path: what a command wrote, and where.
  func tree(of root: String? = nil) -> [String: Entry] {
    let files = FileManager.default
    var tree: [String: Entry] = [:]
    let root = root ?? folder
    for name in files.enumerator(atPath: root)?.allObjects as? [String] ?? [] {
      guard root != folder || !(name + "/").hasPrefix("tiny/") else { continue }
      let attributes = (try? files.attributesOfItem(atPath: root + "/" + name)) ?? [:]
      tree[name] = Entry(
        mode: attributes[.posixPermissions] as? Int ?? 0,
        bytes: attributes[.type] as? FileAttributeType == .typeDirectory
          ? nil : files.contents(atPath: root + "/" + name) ?? Data())
    }
    return tree
  }

  /// The same without locks, and without folders in which is nothing else.
  func results() -> [String: Entry] {
    let kept = tree().filter { !$0.key.hasSuffix(".lock") && $0.key != "elsewhere" }
    return kept.filter { place, entry in
      entry.bytes != nil || kept.contains { $0.key.hasPrefix(place + "/") && $0.value.bytes != nil }
    }
  }

  /// Contents in which neither was found.
  private static let clean = Mutex(Set<Data>())

  /// Where the marker or the secret number stands of all that was written and said.
  func secrets(_ ran: Ran) -> [String] {
    var texts = tree().compactMapValues { $0.bytes }
    texts["standard output"] = Data(ran.output.utf8)
    texts["standard error"] = Data(ran.errors.utf8)
    let words = [Data(TinySurvey.marker.utf8), Data(Self.secretNumber.utf8)]
    // The files of one run are mostly those of the run before.
    let found = texts.filter { text in
      if Self.clean.withLock({ $0.contains(text.value) }) { return false }
      let isSecret = words.contains { text.value.range(of: $0) != nil }
      if !isSecret { _ = Self.clean.withLock { $0.insert(text.value) } }
      return isSecret
    }
    return found.map(\.key) + texts.keys.filter { $0.contains(TinySurvey.marker) }
  }
}

// MARK: Running the command

/// A fault and the system calls at which it may come.
struct Fault: Sendable, Hashable {
  enum Calls: String { case writes, reads }
  /// A word or an error's number, as faults.c has it.
  var what: String
  var calls = Calls.writes
  /// `once`, `on` or `space`.
  var lasts = "once"
  /// Of a change: the file, and the one that takes its place.
  var old = ""
  var new = ""

  static func error(_ number: Int32, lasts: String = "once", calls: Calls = .writes) -> Fault {
    Fault(what: "\(number)", calls: calls, lasts: lasts)
  }
}

/// What a command said, how it ended, and the calls of it that were counted.
struct Ran: Sendable {
  let output: String
  let errors: String
  /// The exit status; negative for a signal that ended it.
  let status: Int32
  let calls: [Call]

  struct Call: Sendable {
    let name: String
    /// Empty where the call is about a file that was opened before.
    let path: String

    init(_ line: Substring) {
      name = String(line.prefix { $0 != " " })
      path = String(line.dropFirst(name.count + 1))
    }
  }
}

extension Workplace {
  /// Runs the built command, with a fault at one of its calls; 0 for none.
  func command(_ arguments: [String], _ fault: Fault = Fault(what: ""), at call: Int = 0) throws -> Ran {
    let own = NSTemporaryDirectory() + "canvass-ran-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: own, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: own) }
    for name in ["output", "errors", "calls"] { try Data().write(to: URL(filePath: own + "/" + name)) }
    let process = Process()
    process.executableURL = URL(filePath: BuiltCommand.path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(filePath: elsewhere)
    process.environment = ProcessInfo.processInfo.environment.merging(
      [
        "CANVASS_TYPST": "", "LC_ALL": "C.UTF-8", "TMPDIR": elsewhere, "HOME": elsewhere,
        "LD_PRELOAD": try Self.faults.get(),
        "FAULT_BELOW": folder + "/", "FAULT_LOG": own + "/calls", "FAULT_CALLS": fault.calls.rawValue,
        "FAULT_AT": "\(call)", "FAULT": fault.what, "FAULT_LASTS": fault.lasts,
        "FAULT_NEW": folder + "/" + fault.new, "FAULT_OLD": folder + "/" + fault.old,
      ], uniquingKeysWith: { $1 })
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: URL(filePath: own + "/output"))
    process.standardError = try FileHandle(forWritingTo: URL(filePath: own + "/errors"))
    try process.run()
    process.waitUntilExit()
    func text(_ name: String) throws -> String {
      String(decoding: try Data(contentsOf: URL(filePath: own + "/" + name)), as: UTF8.self)
    }
    return Ran(
      output: try text("output"), errors: try text("errors"),
      status: (process.terminationReason == .uncaughtSignal ? -1 : 1) * process.terminationStatus,
      calls: try text("calls").split(separator: "\n").map(Ran.Call.init))
  }

  /// The run that tests of faults disturb: one file of figures, which takes fewer calls.
  var runArguments: [String] { ["run", survey, "--output", output, "--format", "json"] }

  /// faults.c, made into what can be loaded before the C library.
  private static let faults = Result<String, any Error> {
    let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "faults.c").path()
    let library = (BuiltCommand.path as NSString).deletingLastPathComponent + "/canvass-faults.so"
    let unfinished = library + ".\(getpid())"
    // One comes with the Swift toolchain.
    for compiler in ["clang", "cc"] {
      let compiling = Process()
      compiling.executableURL = URL(filePath: "/usr/bin/env")
      compiling.arguments = [
        compiler, "-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-o", unfinished, source, "-ldl",
      ]
      try compiling.run()
      compiling.waitUntilExit()
      guard compiling.terminationStatus == 0, unsafe rename(unfinished, library) == 0 else { continue }
      return library
    }
    throw CocoaError(.executableLoad)
  }
}

/// Does something for every number, on all processors; what is thrown is thrown at the end.
func onAllProcessors<Found: Sendable>(
  _ numbers: [Int], _ body: @Sendable (Int) throws -> Found
) throws -> [Found] {
  let found = Mutex([Int: Result<Found, any Error>]())
  DispatchQueue.concurrentPerform(iterations: numbers.count) { index in
    let result = Result { try body(numbers[index]) }
    found.withLock { $0[index] = result }
  }
  return try numbers.indices.compactMap { index in try found.withLock { $0[index] }?.get() }
}
