import Foundation
import Testing

@testable import Canvass

/// `canvass verify` of releases as they were made, and of every way to change one.
@Suite struct VerifyTests {
  private func released(waves: [String] = ["2026"]) throws -> TinySurvey {
    let tiny = try TinySurvey(waves: waves)
    #expect(tiny.run { $0.isQuiet = true }.status == .done)
    return tiny
  }

  private func verify(_ tiny: TinySurvey, wave: String = "2026", rerun: Bool = false, quiet: Bool = false)
    -> Told
  {
    var request = VerifyRequest(releaseFolder: "\(tiny.output)/tiny/\(wave)/")
    request.surveyFolder = rerun ? tiny.survey : nil
    request.isQuiet = quiet
    return told { Canvass.verify(request, on: $0) }
  }

  /// The manifest's bytes after a change of its text.
  private func edit(_ tiny: TinySurvey, _ file: String, _ change: (String) -> String) throws {
    let path = tiny.release + "/" + file
    try change(String(contentsOfFile: path, encoding: .utf8))
      .write(toFile: path, atomically: true, encoding: .utf8)
  }

  private func dropReceipt(_ tiny: TinySurvey) throws {
    try FileManager.default.removeItem(atPath: tiny.release + ".receipt.json")
  }

  @Test func `a release as it was made is true, by itself and by a rerun, and nothing is written`() throws {
    let tiny = try released()
    let before = try tiny.outputs()
    for rerun in [false, true] {
      let told = verify(tiny, rerun: rerun)
      #expect(told.status == .done && told.errors.isEmpty, "\(told.errors)")
      #expect(told.output.contains("no other."))
      #expect(told.output.contains("gives the same bytes") == rerun)
      let quiet = verify(tiny, rerun: rerun, quiet: true)
      #expect(quiet.status == .done && quiet.output.isEmpty && quiet.errors.isEmpty)
    }
    #expect(try tiny.outputs() == before)
  }

  @Test func `one bit of any file is found`() throws {
    let tiny = try released()
    let names = try tiny.outputs().keys.filter { $0.hasPrefix("tiny/2026/") }.sorted()
    #expect(names.count > 20)
    for name in names {
      let path = tiny.output + "/" + name
      let whole = try Data(contentsOf: URL(filePath: path))
      var changed = whole
      changed[changed.count / 2] ^= 1
      try changed.write(to: URL(filePath: path))
      let told = verify(tiny)
      #expect(told.status == .unsafe, "\(name)")
      #expect(told.errors.hasPrefix(path + ":") || name.hasSuffix("manifest.json"), "\(told.errors)")
      try whole.write(to: URL(filePath: path))
    }
    #expect(verify(tiny).status == .done)
  }

  @Test func `a file that is gone, and one that is a link, are found`() throws {
    let tiny = try released()
    let table = tiny.release + "/all/tables.csv"
    try FileManager.default.moveItem(atPath: table, toPath: tiny.folder + "/elsewhere.csv")
    let gone = verify(tiny)
    #expect(gone.status == .unsafe)
    #expect(gone.errors.contains("\(table): the manifest lists it, and it is not there\n"))
    // The same bytes by way of a link are no part of the folder.
    try FileManager.default.createSymbolicLink(
      atPath: table, withDestinationPath: tiny.folder + "/elsewhere.csv")
    let linked = verify(tiny)
    #expect(linked.status == .unsafe)
    #expect(linked.errors.contains("\(table): the manifest lists it, and it is a link or the like"))
  }

  @Test(arguments: ["notes.txt", ".hidden", "all/more.csv", "new/pack/tables.csv", "all/em\u{1B}pty/"])
  func `what was added is found`(_ name: String) throws {
    let tiny = try released()
    let path = tiny.release + "/" + name
    let folder = name.hasSuffix("/") ? path : (path as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    if !name.hasSuffix("/") { try Data("x".utf8).write(to: URL(filePath: path)) }
    let told = verify(tiny)
    #expect(told.status == .unsafe)
    #expect(told.errors.contains("the manifest does not list it"))
    #expect(!told.errors.contains("\u{1B}"))
  }

  @Test(arguments: [
    ("\"survey\": \"tiny\",", "", "a key is missing"),
    ("\"responses\": 80", "\"responses\": \"80\"", "of another form"),
    ("\"responses\": 80", "\"responses\":  80", "it was edited"),
    ("\"responses\": 80", "\"responses\": 81,\n  \"responses\": 80", "it was edited"),
    ("\"all/tables.csv\"", "\"../all/tables.csv\"", "which is no file of a release"),
    ("\"all/tables.csv\"", "\"/etc/passwd\"", "which is no file of a release"),
    ("\"name\": \"canvass\"", "\"name\": \"other\"", "which canvass"),
    ("{", "", "a key is missing"),
  ])
  func `a manifest that canvass did not write is told as damaged`(
    _ from: String, _ to: String, _ words: String
  ) throws {
    let tiny = try released()
    try edit(tiny, "manifest.json") { text in
      guard let place = text.range(of: from) else { return text }
      return text.replacingCharacters(in: place, with: to)
    }
    let told = verify(tiny, rerun: true)
    #expect(told.status == .unsafe)
    #expect(told.errors.contains("manifest.json: ") && told.errors.contains(words), "\(told.errors)")
  }

  /// Whoever changes a file and its digest deceives nobody who has the receipt or the survey.
  @Test func `a manifest made to fit a changed file does not fit the receipt, nor a rerun`() throws {
    let tiny = try released()
    let table = [UInt8](try Data(contentsOf: URL(filePath: tiny.release + "/all/tables.csv")))
    try edit(tiny, "all/tables.csv") { $0.replacing("survey,Good", with: "survey,Fine") }
    let forged = [UInt8](try Data(contentsOf: URL(filePath: tiny.release + "/all/tables.csv")))
    #expect(forged != table)
    try edit(tiny, "manifest.json") { $0.replacing(sha256(table), with: sha256(forged)) }
    let beside = verify(tiny)
    #expect(beside.status == .unsafe)
    #expect(beside.errors.contains("2026.receipt.json: the receipt beside the release is of another one"))
    try dropReceipt(tiny)
    #expect(verify(tiny).status == .done)
    let rerun = verify(tiny, rerun: true)
    #expect(rerun.status == .unsafe)
    #expect(rerun.errors.contains("all/tables.csv: a rerun gives other bytes, first in line "))
    #expect(rerun.errors.contains("1 fault\n"))
  }

  @Test func `a figure of the manifest that was changed alone is found by a rerun`() throws {
    let tiny = try released()
    try dropReceipt(tiny)
    try edit(tiny, "manifest.json") { $0.replacing("\"responses\": 80", with: "\"responses\": 81") }
    #expect(verify(tiny).status == .done)
    let told = verify(tiny, rerun: true)
    #expect(told.status == .unsafe)
    #expect(
      told.errors.contains("manifest.json: a rerun gives other bytes, though all its files are the same"))
  }

  @Test func `a release of another version is told, and is true where a rerun gives its bytes`() throws {
    let tiny = try released()
    try dropReceipt(tiny)
    try edit(tiny, "manifest.json") { $0.replacing("\"\(canvassVersion)\"", with: "\"0.0.9\"") }
    for rerun in [false, true] {
      let told = verify(tiny, rerun: rerun)
      #expect(told.status == .done)
      #expect(told.errors.contains("remark: the release was made by canvass 0.0.9, and this is"))
    }
  }

  @Test func `a release of some packs and formats is made again as such`() throws {
    let tiny = try TinySurvey()
    let ran = tiny.run {
      $0.packs = ["staff"]
      $0.formats = ["json", "html"]
      $0.isQuiet = true
    }
    #expect(ran.status == .done)
    let told = verify(tiny, rerun: true)
    #expect(told.status == .done, "\(told.errors)")
  }

  @Test func `responses that changed since are told`() throws {
    let tiny = try released()
    try tiny.write(TinySurvey.responses(rows: 85), to: "2026/responses.csv")
    let told = verify(tiny, rerun: true)
    #expect(told.status == .unsafe)
    #expect(told.errors.contains("remark: responses is not the one of which the release was made"))
    #expect(told.errors.contains("definition.json") == false)
    #expect(told.errors.contains("all/tables.csv: a rerun gives other bytes"))
    #expect(!told.errors.contains(TinySurvey.marker))
  }

  @Test func `a wave is compared with the release it was compared with`() throws {
    let tiny = try released(waves: ["2025", "2026"])
    let told = verify(tiny, rerun: true)
    #expect(told.status == .done, "\(told.errors)")
    // A wave that was released since has no part in it.
    for file in ["wave.yaml", "responses.csv"] {
      try FileManager.default.createDirectory(
        atPath: tiny.survey + "/2024", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: tiny.survey + "/2025/" + file, toPath: tiny.survey + "/2024/" + file)
    }
    #expect(tiny.run { ($0.waves, $0.isQuiet) = (["2024"], true) }.status == .done)
    #expect(verify(tiny, rerun: true).status == .done)
    // Another release of 2025 has taken the place of the one compared with.
    try tiny.write(TinySurvey.responses(rows: 120), to: "2025/responses.csv")
    #expect(tiny.run { ($0.waves, $0.isQuiet) = (["2025"], true) }.status == .done)
    let replaced = verify(tiny, rerun: true)
    #expect(replaced.status == .unsafe)
    #expect(replaced.errors.contains("changes since a release of wave 2025 that does not stand beside it"))
  }

  @Test func `another survey, a wave or pack that is gone and a faulty definition are told apart`() throws {
    let tiny = try released(waves: ["2025", "2026"])
    try tiny.write(
      TinySurvey.definition.replacing("survey: tiny", with: "survey: other"), to: "survey.yaml")
    #expect(verify(tiny, rerun: true).errors.contains("it is of the survey tiny, and "))
    let staff = "  staff: { title: Staff, who: { role: [Staff] }, banners: [] }\n"
    try tiny.write(TinySurvey.definition.replacing(staff, with: ""), to: "survey.yaml")
    #expect(verify(tiny, rerun: true).errors.contains("packs that the definition does not have: staff"))
    try tiny.write(TinySurvey.definition + "wieghts: 1\n", to: "survey.yaml")
    let faulty = verify(tiny, rerun: true)
    #expect(faulty.status == .faults && faulty.errors.contains("no key `wieghts`"))
    try FileManager.default.removeItem(atPath: tiny.survey + "/2026")
    let gone = verify(tiny, rerun: true)
    #expect(gone.status == .unsafe && gone.errors.contains("it is of wave 2026, which "))
  }

  @Test func `what cannot be read ends with 74`() throws {
    let tiny = try released()
    var request = VerifyRequest(releaseFolder: tiny.output + "/nowhere")
    #expect(told { Canvass.verify(request, on: $0) }.status == .file)
    request = VerifyRequest(releaseFolder: tiny.output + "/tiny")
    let noManifest = told { Canvass.verify(request, on: $0) }
    #expect(noManifest.status == .file && noManifest.errors.contains("so this is no release"))
    request = VerifyRequest(releaseFolder: tiny.release)
    request.surveyFolder = tiny.folder + "/nowhere"
    #expect(told { Canvass.verify(request, on: $0) }.status == .file)
  }

  /// A stand-in for the typesetter, whose PDF is its source with a head.
  private static let typesetter = """
    #!/bin/sh
    if [ "$1" = --version ]; then echo "typst 0.15.2"; echo "fonts 00ff"; exit 0; fi
    printf '%%PDF-'; cat
    """

  @Test func `PDFs are made again by what made them, and without it that is told`() throws {
    let tiny = try TinySurvey()
    let program = URL(filePath: tiny.folder + "/canvass-typst")
    try Data(Self.typesetter.utf8).write(to: program)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program.path())
    func shell(_ line: String) throws -> BuiltCommand.Ended {
      try BuiltCommand.shell(line, in: URL(filePath: tiny.folder))
    }
    let with = "CANVASS_TYPST=$PWD/canvass-typst"
    #expect(try shell("\(with) canvass run tiny --quiet").status == 0)
    let same = try shell("\(with) canvass verify Output/tiny/2026 --survey tiny")
    #expect(same.status == 0, "\(same.errors)")
    let without = try shell("canvass verify Output/tiny/2026 --survey tiny")
    #expect(without.status == 3)
    #expect(without.errors.contains("so they were not made again") && without.errors.contains("1 fault\n"))
    let paper = URL(filePath: tiny.release + "/all/briefing.pdf")
    try Data("%PDF-other".utf8).write(to: paper)
    let changed = try shell("\(with) canvass verify Output/tiny/2026 --survey tiny")
    #expect(changed.status == 3 && changed.errors.contains("its bytes are not those that were released"))
  }
}
