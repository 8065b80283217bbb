import Foundation
import Testing

@testable import Canvass

/// Names and links that would lead canvass out of the survey it reads, or out of the folder it writes.
@Suite struct OutsidePathTests {
  private let files = FileManager.default

  /// A survey whose definition names files, with one beside the survey that nobody should read.
  private func tiny(_ input: String = "{ respondent: ID }", more: String = "") throws -> TinySurvey {
    let tiny = try TinySurvey(
      definition: TinySurvey.definition.replacing("{ respondent: ID }", with: input) + more)
    try TinySurvey.responses().write(toFile: tiny.folder + "/outside.csv", atomically: true, encoding: .utf8)
    return tiny
  }

  private func expectRefused(_ tiny: TinySurvey, _ words: String, _ status: Canvass.ExitStatus = .faults)
    throws
  {
    for told in [tiny.run(), tiny.check()] {
      #expect(told.status == status, "\(words): \(told.errors)")
      #expect((told.output + told.errors).contains(words), "\(told.errors)")
      #expect(!(told.output + told.errors).contains(TinySurvey.marker))
    }
    #expect(try tiny.outputs().isEmpty)
  }

  @Test(arguments: [
    "survey: ../../etc", "survey: /etc", "survey: ..", "survey: \".\"", "survey: a/b", "survey: \"a\\0b\"",
    "survey: tiny\nPACK",
  ])
  func `ids are names of no path`(_ id: String) throws {
    let definition =
      id.hasSuffix("PACK")
      ? TinySurvey.definition.replacing("  staff: {", with: "  ../staff: {")
      : TinySurvey.definition.replacing("survey: tiny", with: id)
    let tiny = try TinySurvey(definition: definition)
    #expect(tiny.run().status == .faults)
    #expect(try tiny.outputs().isEmpty)
    #expect(try FileSystem.names(in: tiny.folder).filter { $0 != "Output" } == ["tiny"])
  }

  @Test(arguments: ["/etc/hostname", "../../outside.csv", "../2026/../../outside.csv", "FOLDER/outside.csv"])
  func `responses outside the survey's folder are not read`(_ file: String) throws {
    let tiny = try tiny()
    let name = file.replacing("FOLDER", with: tiny.folder)
    try tiny.write(
      TinySurvey.definition.replacing("{ respondent: ID }", with: "{ respondent: ID, file: \(name) }"),
      to: "survey.yaml")
    try expectRefused(tiny, "survey.yaml:3:32: `")
    try expectRefused(tiny, "leads out of the survey's folder")
  }

  @Test func `responses elsewhere in the survey's folder are read`() throws {
    let tiny = try tiny("{ respondent: ID, file: ../shared.csv }")
    try tiny.write(TinySurvey.responses(), to: "shared.csv")
    #expect(tiny.run().status == .done)
    try files.createSymbolicLink(atPath: tiny.survey + "/link.csv", withDestinationPath: "shared.csv")
    try tiny.write(
      TinySurvey.definition.replacing("{ respondent: ID }", with: "{ respondent: ID, file: ../link.csv }"),
      to: "survey.yaml")
    #expect(tiny.run().status == .done)
  }

  @Test(arguments: [
    ("codings: { open_text: { file: ../../outside.csv } }\n", "survey.yaml:23:31: `"),
    ("codings: { focus_groups: [{ file: /etc/passwd }] }\n", "survey.yaml:23:35: `"),
    ("population: { file: ../outside.csv }\n", "survey.yaml:23:21: `"),
  ])
  func `nor are codings or the population`(_ yaml: String, _ place: String) throws {
    try expectRefused(try tiny(more: yaml), place)
  }

  @Test(arguments: [
    "2026/responses.csv", "2026/wave.yaml", "2026/open-text.csv", "our.svg", "people.csv", "2026",
  ])
  func `a link that leads out is not followed`(_ link: String) throws {
    let named = [
      "our.svg": "briefing: { logo: { file: our.svg, alt: Us } }\n",
      "people.csv": "population: { file: people.csv }\n",
    ]
    let tiny = try tiny(more: named[link] ?? "")
    let place = tiny.survey + "/" + link
    if link == "2026" {
      try files.moveItem(atPath: place, toPath: tiny.folder + "/moved")
      try files.createSymbolicLink(atPath: place, withDestinationPath: tiny.folder + "/moved")
    } else {
      try? files.removeItem(atPath: place)
      try files.createSymbolicLink(atPath: place, withDestinationPath: tiny.folder + "/outside.csv")
    }
    try expectRefused(tiny, "leads out of the survey's folder")
  }

  @Test func `a survey.yaml that leads out is not read, and other surveys go on`() throws {
    let tiny = try tiny()
    try files.moveItem(atPath: tiny.survey + "/survey.yaml", toPath: tiny.folder + "/outside.yaml")
    try files.createSymbolicLink(
      atPath: tiny.survey + "/survey.yaml", withDestinationPath: tiny.folder + "/outside.yaml")
    try expectRefused(tiny, "survey.yaml: cannot be read: it leads out of the survey's folder", .file)
  }

  @Test func `a survey's folder may be a link itself`() throws {
    let tiny = try tiny()
    try files.createSymbolicLink(atPath: tiny.folder + "/link", withDestinationPath: tiny.survey)
    #expect(tiny.run { $0.surveyFolder = tiny.folder + "/link" }.status == .done)
  }

  @Test(arguments: [
    "tiny", "tiny/2026", "tiny/2026.receipt.json", "tiny/.2026.lock", "tiny/.2026.unfinished",
    "tiny/index.html",
    "tiny/.index.lock", "tiny/.index.unfinished",
  ])
  func `nothing is written through a link`(_ link: String) throws {
    let tiny = try tiny()
    let elsewhere = tiny.folder + "/elsewhere"
    try files.createDirectory(atPath: elsewhere, withIntermediateDirectories: true)
    try "mine\n".write(toFile: elsewhere + "/file", atomically: true, encoding: .utf8)
    let isFile = link.hasSuffix(".json") || link.hasSuffix(".html") || link.hasSuffix(".lock")
    let place = tiny.output + "/" + link
    try files.createDirectory(
      atPath: (place as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try files.createSymbolicLink(atPath: place, withDestinationPath: elsewhere + (isFile ? "/file" : ""))
    let told = tiny.run()
    #expect(told.status == .file, "\(told.errors)")
    #expect(told.errors.contains("it is a symbolic link, and canvass writes through none"), "\(told.errors)")
    #expect(try FileSystem.names(in: elsewhere) == ["file"])
    #expect(files.contents(atPath: elsewhere + "/file") == Data("mine\n".utf8))
    #expect(try files.destinationOfSymbolicLink(atPath: place).hasPrefix(elsewhere))
    // The page is no part of a release.
    #expect(files.fileExists(atPath: tiny.release + "/manifest.json") == link.contains("index"))
  }

  @Test func `a draft is not written through a link`() throws {
    let tiny = try tiny()
    let elsewhere = tiny.folder + "/elsewhere"
    for folder in [elsewhere, tiny.folder + "/drafted"] {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
    try files.createSymbolicLink(atPath: tiny.folder + "/drafted/w", withDestinationPath: elsewhere)
    var request = InitRequest(responses: tiny.folder + "/outside.csv")
    (request.output, request.wave) = (tiny.folder + "/drafted", "w")
    let told = told { draftSurvey(request, on: $0) }
    #expect(told.status == .file && told.errors.contains("it is a symbolic link"), "\(told.errors)")
    #expect(
      try FileSystem.names(in: elsewhere) == [] && FileSystem.names(in: tiny.folder + "/drafted") == ["w"])
  }
}
