import Foundation
import Testing

@testable import Canvass

private let hasPython = {
  let folder = URL(filePath: NSTemporaryDirectory())
  return (try? BuiltCommand.shell("python3 -c ''", in: folder).status) == 0
}()

/// What `make sbom` writes: the fields that SPDX 2.3 asks for, and NOTICE's works, all of them and no others.
///
/// `make test-sbom` also reads it with SPDX's own tools.
@Suite(.enabled(if: hasPython, "python3 is missing")) struct SBOMTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private struct Document: Decodable {
    struct CreationInfo: Decodable {
      var created: String
      var creators: [String]
    }
    struct Package: Decodable {
      struct Reference: Decodable {
        var referenceCategory: String
        var referenceType: String
        var referenceLocator: String
      }
      var identifier: String
      var name: String
      var versionInfo: String
      var downloadLocation: String
      var filesAnalyzed: Bool
      var licenseConcluded: String
      var licenseDeclared: String
      var copyrightText: String
      var externalRefs: [Reference]?

      enum CodingKeys: String, CodingKey {
        case name, versionInfo, downloadLocation, filesAnalyzed, licenseConcluded, licenseDeclared
        case copyrightText, externalRefs
        case identifier = "SPDXID"
      }
    }
    struct Relationship: Decodable {
      var spdxElementId: String
      var relationshipType: String
      var relatedSpdxElement: String
    }
    var spdxVersion: String
    var dataLicense: String
    var identifier: String
    var name: String
    var documentNamespace: String
    var creationInfo: CreationInfo
    var packages: [Package]
    var relationships: [Relationship]

    enum CodingKeys: String, CodingKey {
      case spdxVersion, dataLicense, name, documentNamespace, creationInfo, packages, relationships
      case identifier = "SPDXID"
    }
  }

  /// Runs the script over a copy of what it reads, after a change of that.
  private func made(_ change: (URL) throws -> Void = { _ in }) throws -> BuiltCommand.Ended {
    let work = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-sbom-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: work) }
    let files = [
      "NOTICE", "Package.resolved", "Makefile", "Sources/Canvass/Version.swift",
      "Sources/CanvassCLI/Supply/sbom.py", "Sources/Briefing/Renderer/requirements.txt",
      "Sources/Briefing/Renderer/fonts.txt",
    ]
    for file in files {
      let place = work.appending(path: file)
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: Self.root.appending(path: file), to: place)
    }
    try change(work)
    return try BuiltCommand.shell(
      "SOURCE_DATE_EPOCH=1000000000 python3 Sources/CanvassCLI/Supply/sbom.py --root . "
        + "--libraries $(sed -n 's/^LIBRARIES = //p' Makefile)", in: work)
  }

  private func edit(_ file: String, in work: URL, _ change: (String) -> String) throws {
    let place = work.appending(path: file)
    try change(String(contentsOf: place, encoding: .utf8)).write(to: place, atomically: true, encoding: .utf8)
  }

  @Test func `it has what SPDX 2_3 asks for`() throws {
    let told = try made()
    try #require(told.status == 0, "\(told.errors)")
    let document = try JSONDecoder().decode(Document.self, from: Data(told.output.utf8))
    // Clauses 6.1 to 6.9 of the specification.
    #expect(document.spdxVersion == "SPDX-2.3" && document.dataLicense == "CC0-1.0")
    #expect(document.identifier == "SPDXRef-DOCUMENT" && document.name == "canvass-\(canvassVersion)")
    #expect(document.documentNamespace.wholeMatch(of: /https:\/\/[a-z.]+\/spdxdocs\/[A-Za-z0-9.-]+/) != nil)
    #expect(document.creationInfo.created == "2001-09-09T01:46:40Z")
    #expect(document.creationInfo.creators == ["Tool: canvass-sbom"])
    // Clause 7; filesAnalyzed is false, so there is no verification code.
    let identifiers = document.packages.map(\.identifier)
    #expect(Set(identifiers).count == identifiers.count)
    for package in document.packages {
      #expect(package.identifier.wholeMatch(of: /SPDXRef-[A-Za-z0-9.-]+/) != nil)
      #expect(!package.name.isEmpty && !package.versionInfo.isEmpty && !package.filesAnalyzed)
      #expect(package.downloadLocation.wholeMatch(of: /NOASSERTION|git\+https:\/\/\S+@[0-9a-f]{40}/) != nil)
      for licence in [package.licenseConcluded, package.licenseDeclared] {
        #expect(licence.wholeMatch(of: /[A-Za-z0-9.-]+( (WITH|OR|AND) [A-Za-z0-9.-]+)*/) != nil, "\(licence)")
      }
      #expect(package.copyrightText.contains("Copyright"), "\(package.name)")
      for reference in package.externalRefs ?? [] {
        #expect(reference.referenceCategory == "PACKAGE-MANAGER" && reference.referenceType == "purl")
        #expect(reference.referenceLocator.wholeMatch(of: /pkg:(swift|deb|pypi)\/\S+@\S+/) != nil)
      }
    }
    // Clause 11: the document describes canvass, and every work has to do with it in one way.
    let kinds: Set = [
      "DESCRIBES", "STATIC_LINK", "DYNAMIC_LINK", "OPTIONAL_DEPENDENCY_OF", "BUILD_DEPENDENCY_OF",
    ]
    #expect(Set(document.relationships.map(\.relationshipType)) == kinds)
    let ends = document.relationships.flatMap { [$0.spdxElementId, $0.relatedSpdxElement] }
    #expect(Set(ends) == Set(identifiers + ["SPDXRef-DOCUMENT"]))
    #expect(document.relationships.count == document.packages.count)
    #expect(try made().output == told.output)
  }

  @Test func `its works are those of NOTICE, with their licences`() throws {
    let document = try JSONDecoder().decode(Document.self, from: Data(made().output.utf8))
    let notice = try String(contentsOf: Self.root.appending(path: "NOTICE"), encoding: .utf8)
    let entries = notice.matches(of: /\n  (?<names>\S.*?)  +https?:.*(?<text>(?:\n    .*)+)/)
    var licences: [String: String] = [:]
    for entry in entries {
      let licence = try #require(entry.text.firstMatch(of: /\n    SPDX: (?<licence>.+)$/)?.licence)
      for name in entry.names.split(separator: ", ") {
        licences[String(name.replacing(/\s\d[\d.]*( \(.*\))?$/, with: ""))] = String(licence)
      }
    }
    #expect(licences.count > 20)
    let works = document.packages.filter { $0.name != "canvass" }
    #expect(Dictionary(uniqueKeysWithValues: works.map { ($0.name, $0.licenseDeclared) }) == licences)
    #expect(document.packages.first?.licenseDeclared == "GPL-3.0-or-later")
    // Whatever the program is made of has the version that is resolved.
    let packages = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: Self.root.appending(path: "Package.resolved"))) as? [String: Any])
    #expect((packages["pins"] as? [Any])?.count == works.count { $0.downloadLocation != "NOASSERTION" })
  }

  @Test(arguments: [
    ("NOTICE", "  Yams 6.2.2 ", "  Yaml 6.2.2 ", "Yams is not in NOTICE"),
    ("NOTICE", "  Yams 6.2.2 ", "  Yams 6.2.1 ", "Yams is 6.2.2, and NOTICE says 6.2.1"),
    ("NOTICE", "    SPDX: Zlib\n", "", "NOTICE tells no licence of zlib"),
    ("Makefile", "csv.h:libcsv-dev ", "csv.h:libother-dev ", "no work of NOTICE is known for libother-dev"),
    ("Makefile", "csv.h:libcsv-dev ", "", "NOTICE names what nothing chooses: libcsv"),
    (
      "Sources/Briefing/Renderer/requirements.txt", "lxml==6.1.3", "lxml==6.1.4",
      "lxml is 6.1.4, and NOTICE says 6.1.3"
    ),
  ])
  func `a work that only one of both knows is refused`(
    _ file: String, _ text: String, _ other: String, _ words: String
  ) throws {
    let told = try made { work in
      try edit(file, in: work) { whole in
        #expect(whole.contains(text))
        return whole.replacing(text, with: other)
      }
    }
    #expect(told.status != 0 && told.output.isEmpty)
    #expect(told.errors.contains(words), "\(told.errors)")
  }
}
