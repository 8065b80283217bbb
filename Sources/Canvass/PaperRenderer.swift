import Dispatch
import Foundation
import Rendering

/// The program that makes briefing.pdf of its source: `canvass-typst`, as `make pdf-renderer` installs it.
///
/// It is found by the variable CANVASS_TYPST, which names it, or else on PATH. It gets the source of one pack on standard
/// input, which holds published figures and nothing else, and gives the PDF on standard output.
struct PaperRenderer: Sendable, Hashable {
  /// Of Typst; another gives other bytes, so another is not used.
  static let version = "0.15.2"

  let path: String
  /// The digest of the fonts, which have a part in the bytes as well.
  let fonts: String

  /// Why there is none.
  enum Absence: Error, Hashable {
    case notFound
    /// CANVASS_TYPST names what cannot be run or is no such program.
    case notUsable(String)
    case otherVersion(String)
  }

  /// What went wrong with one pack.
  struct Failure: Error, Hashable {
    let pack: String
    let reason: String
    /// Whether it was given up, so that another try would take as long.
    var isOverdue = false
  }

  /// Seconds that one pack may take; the largest of the bundled survey takes about three.
  private static let limit = 120

  /// - Parameter environment: Of this process.
  init(in environment: [String: String]) throws(Absence) {
    path = try Self.path(in: environment)
    guard let ran = Self.run(path, ["--version"], input: []), ran.status == 0 else {
      throw .notUsable(path)
    }
    // `typst 0.15.2`, a line each.
    var versions: [String: String] = [:]
    for line in String(decoding: ran.output, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2 { versions[String(words[0])] = String(words[1]) }
    }
    guard let version = versions["typst"], let fonts = versions["fonts"] else { throw .notUsable(path) }
    guard version == Self.version else { throw .otherVersion(version) }
    self.fonts = fonts
  }

  private static func path(in environment: [String: String]) throws(Absence) -> String {
    if let named = environment["CANVASS_TYPST"], !named.isEmpty {
      guard FileManager.default.isExecutableFile(atPath: named) else { throw .notUsable(named) }
      return named
    }
    for folder in (environment["PATH"] ?? "").split(separator: ":") {
      let path = FileSystem.path(String(folder), "canvass-typst")
      if FileSystem.entry(at: path) == .file, FileManager.default.isExecutableFile(atPath: path) {
        return path
      }
    }
    throw .notFound
  }

  /// As a manifest names it.
  var named: Manifest.Renderer { Manifest.Renderer(name: "typst", version: Self.version, fonts: fonts) }

  /// The PDF of one pack.
  func pdf(of source: [UInt8], pack: String) throws(Failure) -> [UInt8] {
    guard let ran = Self.run(path, [], input: source) else {
      throw Failure(pack: pack, reason: "it could not be started")
    }
    if ran.isOverdue {
      throw Failure(pack: pack, reason: "it took more than \(Self.limit) seconds", isOverdue: true)
    }
    guard ran.status == 0, ran.output.starts(with: Array("%PDF-".utf8)) else {
      throw Failure(pack: pack, reason: Self.firstLine(ran.errors) ?? "it ended with status \(ran.status)")
    }
    return ran.output
  }

  /// What a program says first of what went wrong, fit for a terminal.
  private static func firstLine(_ bytes: [UInt8]) -> String? {
    guard let line = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).first else {
      return nil
    }
    let shown = line.unicodeScalars.prefix(160).map { scalar in
      scalar.properties.generalCategory == .control || scalar.properties.generalCategory == .format
        ? "?" : Character(scalar)
    }
    return String(shown)
  }

  private struct Ran {
    var status: Int32
    var output: [UInt8]
    var errors: [UInt8]
    var isOverdue: Bool
  }

  /// Runs a program over files in memory, which no folder ever shows; nil where it could not be started. With files rather than
  /// pipes neither side ever waits for the other.
  private static func run(_ path: String, _ arguments: [String], input: [UInt8]) -> Ran? {
    guard let input = try? UnnamedFile(input), let output = try? UnnamedFile(),
      let errors = try? UnnamedFile()
    else { return nil }
    let process = Process()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    // Nothing of this process's own settings, time zone and language among them, has a part in the result.
    process.environment = ["PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"]
    process.standardInput = FileHandle(fileDescriptor: input.descriptor)
    process.standardOutput = FileHandle(fileDescriptor: output.descriptor)
    process.standardError = FileHandle(fileDescriptor: errors.descriptor)
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    do { try process.run() } catch { return nil }
    let isOverdue = ended.wait(timeout: .now() + .seconds(limit)) == .timedOut
    if isOverdue {
      process.interrupt()
      process.terminate()
      if ended.wait(timeout: .now() + .seconds(5)) == .timedOut { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
    }
    return Ran(
      status: process.terminationStatus, output: (try? output.bytes) ?? [],
      errors: (try? errors.bytes) ?? [], isOverdue: isOverdue)
  }
}

extension PaperRenderer.Absence {
  /// One sentence: what is left out, why, and what helps.
  var sentence: String {
    let why =
      switch self {
      case .notFound: "there is no canvass-typst"
      case .notUsable(let path): "\(path) is no canvass-typst that runs"
      case .otherVersion(let version):
        "this canvass-typst has Typst \(version), and not \(PaperRenderer.version)"
      }
    return "briefing.pdf is left out: \(why); see `make pdf-renderer`"
  }
}
