import Foundation
import Testing

@testable import QDAImport

/// The project that ATLAS.ti made for REFI-QDA's authors, where `REFERENCE_DATA` points.
@Suite(.enabled(if: RealProject.isAtHand, "REFERENCE_DATA names no folder with `data/refi_qda`"))
struct RealProjectTests {
  @Test(arguments: RealProject.files)
  func `its figures are those that are known of it`(_ file: String) throws {
    let project = try #require(readCodedProject(at: RealProject.path(file)).content())
    #expect(project.codes.count == 14)
    #expect(project.codes.allSatisfy { $0.isCodable && $0.parent == nil })
    #expect(project.coders.count == 3)
    let kinds = Dictionary(grouping: project.sources, by: \.kind).mapValues(\.count)
    #expect(kinds == [.text: 6, .pdf: 2, .picture: 1, .audio: 1, .video: 2])
    #expect(project.codings.count == 16)
    #expect(Set(project.codings.map(\.coder)).count == 1)
    let uses = Dictionary(grouping: project.codings) { project.codes[$0.code].name }.mapValues(\.count)
    #expect(
      uses == [
        "cornflakes": 5, "bacon and eggs": 2, "happiness": 2, "waste of time": 2, "Coke::diet Coke": 1,
        "Feelings": 1, "milk": 1, "serene": 1, "\"rushed\"": 1,
      ])
    #expect(
      project.selectionCounts == [
        .plainTextSelection: 8, .pdfSelection: 4, .pictureSelection: 1, .videoSelection: 2,
      ])
    let places = Dictionary(grouping: project.codings, by: \.place).mapValues(\.count)
    #expect(
      places == [.plainTextSelection: 9, .pdfSelection: 4, .pictureSelection: 2, .videoSelection: 1])
    #expect(project.cases.isEmpty)
    #expect(project.codingsOfNotes == 0)
  }

  @Test func `the archive and the XML give the same`() throws {
    let readings = try RealProject.files.map { try readCodedProject(at: RealProject.path($0)).content() }
    #expect(readings[0]?.codes.map(\.guid) == readings[1]?.codes.map(\.guid))
    #expect(readings[0]?.sources.map(\.guid) == readings[1]?.sources.map(\.guid))
    #expect(readings[0]?.codings.map(\.code) == readings[1]?.codings.map(\.code))
  }

  @Test(arguments: RealProject.files, [1, 7, 4096])
  func `pieces of any size give the same`(_ file: String, _ chunkSize: Int) throws {
    let path = try RealProject.path(file)
    let reading = try readCodedProject(at: path, limits: ImportLimits(), chunkSize: chunkSize)
    #expect(try reading == readCodedProject(at: path))
  }

  @Test func `every cut of its XML is a fault`() throws {
    let whole = Array(try Data(contentsOf: URL(filePath: RealProject.path("Project.qde"))))
    let end = try #require(whole.lastIndex(of: UInt8(ascii: ">")))
    for count in stride(from: 0, through: end, by: 11) + [end] {
      #expect(!read(Array(whole.prefix(count))).faults.isEmpty, "\(count) bytes")
    }
  }

  @Test func `every cut of its archive is a fault`() throws {
    let whole = Array(try Data(contentsOf: URL(filePath: RealProject.path("TestProject.qdpx"))))
    let folder = try WorkFolder()
    for count in whole.indices {
      let path = try folder.file("cut.qdpx", Array(whole.prefix(count)))
      #expect(try !readCodedProject(at: path).faults.isEmpty, "\(count) bytes")
    }
  }

  @Test func `no name of a coder or a source is printed`() throws {
    let project = try #require(readCodedProject(at: RealProject.path("TestProject.qdpx")).content())
    var printed = "\(project)"
    dump(project, to: &printed)
    let names = (project.coders.compactMap(\.name) + project.sources.compactMap(\.name)).map(\.revealed)
    #expect(names.count == 15)
    #expect(names.allSatisfy { !printed.contains($0) })
  }
}

enum RealProject {
  static let files = ["TestProject.qdpx", "Project.qde"]

  /// The folder that `REFERENCE_DATA` names; nil where there is none.
  private static let folder: URL? = {
    guard let path = ProcessInfo.processInfo.environment["REFERENCE_DATA"] else { return nil }
    let folder = URL(filePath: path).appending(path: "data/refi_qda")
    return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
  }()

  static var isAtHand: Bool { folder != nil }

  static func path(_ file: String) throws -> String {
    try #require(folder).appending(path: file).path()
  }
}
