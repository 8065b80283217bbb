import Foundation
import Testing

@testable import QDAImport

/// Archives: the project in them, and what is refused.
struct ArchiveTests {
  let project = Array(madeUpProject.utf8)

  func read(
    _ bytes: [UInt8], as name: String = "project.qdpx", limits: ImportLimits = ImportLimits(),
    chunkSize: Int = 1 << 16
  ) throws -> ImportReading<CodedProject> {
    let folder = try WorkFolder()
    return try readCodedProject(at: folder.file(name, bytes), limits: limits, chunkSize: chunkSize)
  }

  func read(_ entries: ZipBytes.Entry..., limits: ImportLimits = ImportLimits()) throws
    -> ImportReading<CodedProject>
  {
    try read(ZipBytes(entries: entries).bytes, limits: limits)
  }

  @Test(arguments: ["project.qde", "Project.qde", "PROJECT.QDE"])
  func `the project is found in any case, stored or deflated`(_ name: String) throws {
    let whole = QDAImportTests.read(project)
    let source = ZipBytes.Entry(name: "Sources/a.txt", bytes: Array("text".utf8))
    #expect(try read(source, ZipBytes.Entry(name: name, bytes: project)) == whole)
    for chunkSize in [1, 7, 4096] {
      #expect(try read(deflated(name, project), chunkSize: chunkSize) == whole)
    }
  }

  @Test func `an archive is known by its content, XML by not being one`() throws {
    let whole = QDAImportTests.read(project)
    #expect(try read(deflated("project.qde", project), as: "project.qde") == whole)
    #expect(try read(project, as: "project.qde") == whole)
    #expect(try read(project, as: "p") == whole)
    #expect(try read(project, as: "project.QDPX").marks == ["not-an-archive"])
    #expect(try read([], as: "project.qdpx").marks == ["not-an-archive"])
    #expect(try read([], as: "project.qde").marks == ["not-xml 1:1"])
  }

  @Test func `an archive has one project, at its top`() throws {
    let entry = ZipBytes.Entry(name: "project.qde", bytes: project)
    #expect(
      try read(ZipBytes.Entry(name: "Sources/a.txt")).faults == [
        ImportFault(
          .noProject, "the archive has no project.qde",
          remedy: "Export the project in the form REFI-QDA project (.qdpx)")
      ])
    #expect(try read().marks == ["no-project"])
    #expect(
      try read(ZipBytes.Entry(name: "Export/project.qde", bytes: project)).faults.map(\.message)
        == ["the archive has its project.qde in a folder, not at its top"])
    for other in ["project.qde", "Project.qde", "Sources/project.qde"] {
      let reading = try read(entry, ZipBytes.Entry(name: other, bytes: project))
      #expect(reading.faults.map(\.message) == ["the archive has 2 entries named project.qde"])
    }
  }

  @Test(arguments: [
    "/etc/x", "\\x", "../x", "a/../../x", "a\\..\\x", "..", "C:x", "c:\\x", "a/..",
  ])
  func `a name that leads out refuses the whole archive`(_ name: String) throws {
    let reading = try read(
      ZipBytes.Entry(name: "project.qde", bytes: project), ZipBytes.Entry(name: name))
    #expect(reading.faults.map(\.code) == [.unsafeEntryName])
    #expect(reading.faults[0].message == "the name of entry 2 of the archive leads out of the archive")
  }

  @Test(arguments: ["a..b/..c/d..", "1:x", "Sources/.root", "é/x", ""])
  func `a name that only looks like it is fine`(_ name: String) throws {
    #expect(
      try read(ZipBytes.Entry(name: "project.qde", bytes: project), ZipBytes.Entry(name: name)).faults == [])
  }

  @Test func `faults of an archive are told together`() throws {
    var limits = ImportLimits()
    limits.maximumProjectBytes = 100
    let reading = try read(
      ZipBytes.Entry(name: "../x"), ZipBytes.Entry(name: "project.qde", bytes: project, flags: 1),
      ZipBytes.Entry(name: "/y"), limits: limits)
    #expect(
      Set(reading.faults.map(\.code)) == [.unsafeEntryName, .encryptedProject, .projectTooLarge])
    #expect(reading.faults.count == 4)
  }

  @Test func `entries are counted`() throws {
    var limits = ImportLimits()
    limits.maximumEntries = 2
    let entry = ZipBytes.Entry(name: "project.qde", bytes: project)
    #expect(try read(entry, ZipBytes.Entry(name: "a"), limits: limits).faults == [])
    let reading = try read(entry, ZipBytes.Entry(name: "a"), ZipBytes.Entry(name: "b"), limits: limits)
    #expect(
      reading.faults.map(\.message) == ["the archive has 3 entries, and no more than 2 are read"])
  }

  @Test func `an encrypted project is told`() throws {
    #expect(try read(deflated("project.qde", project, password: "x")).marks == ["encrypted-project"])
  }

  @Test func `a way of compressing that nobody knows is told`() throws {
    #expect(
      try read(ZipBytes.Entry(name: "project.qde", bytes: project, method: 77)).marks
        == ["unsupported-compression"])
  }

  @Test func `a wrong checksum is told, though the XML is whole`() throws {
    let reading = try read(ZipBytes.Entry(name: "project.qde", bytes: project, checksum: 1))
    #expect(reading.marks == ["damaged-archive"])
    #expect(reading.faults[0].message == "the archive is damaged: CRC error")
  }

  @Test func `a fault in the XML tells the entry that it is in`() throws {
    let reading = try read(ZipBytes.Entry(name: "Project.qde", bytes: Array("<a/>".utf8)))
    #expect(reading.marks == ["wrong-root 1:1"])
    #expect(reading.faults[0].entry == "Project.qde")
  }

  @Test func `a file that is not there stops the import`() throws {
    let folder = try WorkFolder()
    let path = folder.url.appending(path: "none.qdpx").path()
    #expect(throws: ImportFailure.cannotOpen(path: path, reason: "No such file or directory")) {
      try readCodedProject(at: path)
    }
    #expect(throws: ImportFailure.cannotRead(path: folder.url.path(), reason: "Is a directory")) {
      try readCodedProject(at: folder.url.path())
    }
  }
}
