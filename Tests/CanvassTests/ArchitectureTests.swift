import Foundation
import Testing

/// The arrows between targets, as the source files themselves draw them.
///
/// The compiler stops an undeclared import only where Package.swift does not allow it; this test also keeps
/// Package.swift from allowing too much.
@Suite struct ArchitectureTests {
  /// By target: what it may import of our own targets and of other packages. Libraries of the toolchain are free.
  private static let arrows: [String: Set<String>] = [
    "SurveyDefinition": ["Yams"],
    "QDAImport": ["CExpat", "CZip"],
    "ExportFormats": ["CExpat", "CReadStat"],
    "Ingest": ["SurveyDefinition", "QDAImport", "CLibCSV", "CZlib"],
    "Drafting": ["SurveyDefinition", "Ingest", "ExportFormats"],
    "Reliability": ["CRmath"],
    "Estimation": ["CRmath"],
    "Comparison": ["ReleaseModel", "Estimation"],
    "Weighting": [],
    "Tabulation": ["SurveyDefinition"],
    "ReleaseModel": [],
    "Disclosure": ["SurveyDefinition", "Tabulation", "ReleaseModel", "Estimation", "Solver"],
    "Solver": ["CSolver"],
    "DisclosureAudit": ["Estimation", "Solver"],
    "Workbooks": ["CZip"],
    "Rendering": ["ReleaseModel", "Comparison", "Workbooks"],
    "Briefing": ["ReleaseModel", "Comparison", "Rendering"],
    "Pictures": ["CExpat"],
    "Simulation": ["SurveyDefinition", "Yams"],
    "Canvass": [
      "SurveyDefinition", "Ingest", "Tabulation", "ReleaseModel", "Disclosure", "Rendering", "Briefing",
      "Simulation",
      "DisclosureAudit", "Comparison", "Reliability", "Drafting", "ExportFormats", "Pictures", "CFileSystem",
      "CNettle", "Weighting",
    ],
    "CanvassCLI": ["Canvass", "ArgumentParser"],
    // No product: it measures what the pipeline does, and writes no release.
    "CanvassBench": [
      "Canvass", "SurveyDefinition", "Ingest", "Tabulation", "ReleaseModel", "Disclosure", "Rendering",
      "Simulation", "DisclosureAudit", "ArgumentParser",
    ],
    // Of `make fuzz` alone.
    "CanvassFuzz": [
      "SurveyDefinition", "Ingest", "QDAImport", "ExportFormats", "Pictures", "DisclosureAudit",
    ],
    "CLibCSV": [], "CZlib": [], "CNettle": [], "CFileSystem": [], "CSolver": [], "CExpat": [], "CZip": [],
    "CRmath": [],
    "CReadStat": [],
  ]

  private static let toolchain: Set<String> = [
    "Glibc", "Foundation", "FoundationEssentials", "Synchronization", "Dispatch",
  ]

  private struct Import {
    let file: String
    let target: String
    let module: String
    let line: String
  }

  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Sources").path()

  private static func imports() throws -> [Import] {
    let files = try #require(FileManager.default.enumerator(atPath: sources)?.allObjects as? [String])
    return try files.filter { $0.hasSuffix(".swift") }.sorted().flatMap { file -> [Import] in
      let text = try String(contentsOfFile: sources + "/" + file, encoding: .utf8)
      let target = String(file.prefix { $0 != "/" })
      return text.split(separator: "\n").compactMap { line in
        let words = line.split(separator: " ")
        guard let place = words.firstIndex(of: "import"), place + 1 < words.count,
          words[..<place].allSatisfy({ $0.hasPrefix("@") || ["public", "internal", "package"].contains($0) })
        else { return nil }
        let module = words[place + 1].split(separator: ".")[0]
        return Import(file: file, target: target, module: String(module), line: String(line))
      }
    }
  }

  @Test func `each target imports only what it may know`() throws {
    let imports = try Self.imports()
    #expect(imports.count > 30, "the test reads no imports")
    for found in imports where !Self.toolchain.contains(found.module) {
      let allowed = try #require(
        Self.arrows[found.target], "\(found.target) has no place in the list of arrows")
      #expect(allowed.contains(found.module), "\(found.file): \(found.target) may not import \(found.module)")
    }
  }

  @Test func `one file opens the door to a release`() throws {
    let doors = try Self.imports().filter { $0.line.contains("@_spi(Protection)") }
    #expect(doors.map(\.file) == ["Disclosure/Protect.swift"])
  }

  @Test func `one file reads what earlier waves published`() throws {
    let doors = try Self.imports().filter { $0.line.contains("@_spi(Published)") }
    #expect(doors.map(\.file) == ["Canvass/EarlierWaves.swift"])
  }

  @Test func `each C library is called from one file`() throws {
    for library in ["CLibCSV", "CZlib", "CNettle", "CFileSystem", "CSolver", "CReadStat"] {
      let files = Set(try Self.imports().filter { $0.module == library }.map(\.file))
      #expect(files.count == 1, "\(library) is called from \(files.sorted())")
    }
    // Three targets read XML, each from a file of its own.
    let markup = Set(try Self.imports().filter { $0.module == "CExpat" }.map(\.file))
    #expect(
      markup == [
        "ExportFormats/MarkupStream.swift", "Pictures/SVGStream.swift", "QDAImport/XMLStream.swift",
      ])
    // One target reads archives and one writes them.
    let archives = Set(try Self.imports().filter { $0.module == "CZip" }.map(\.file))
    #expect(archives == ["QDAImport/ZipArchive.swift", "Workbooks/ZipWriter.swift"])
  }

  @Test func `what writers take cannot be read from a file`() throws {
    for file in ["Release.swift", "Figure.swift", "PublicDefinition.swift"] {
      let text = try String(contentsOfFile: Self.sources + "/ReleaseModel/" + file, encoding: .utf8)
      #expect(!text.contains("Decodable") || file == "Release.swift")
      #expect(!text.contains("Codable"))
    }
  }
}
