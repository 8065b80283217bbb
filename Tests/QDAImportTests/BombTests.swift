import Testing

@testable import QDAImport

/// Archives that inflate to far more than they are, whatever they declare.
struct BombTests {
  /// A project of `size` bytes, nearly all of them blanks.
  func blank(_ size: Int) -> [UInt8] {
    let start = Array("<Project xmlns='urn:QDA-XML:project:1.0'>".utf8)
    let end = Array("</Project>".utf8)
    return start + Array(repeating: 0x20, count: size - start.count - end.count) + end
  }

  func read(_ bytes: [UInt8], limits: ImportLimits = ImportLimits()) throws -> [ImportFault.Code] {
    let folder = try WorkFolder()
    return try readCodedProject(at: folder.file("bomb.qdpx", bytes), limits: limits).faults.map(\.code)
  }

  @Test func `what inflates a thousandfold is refused beyond 16 MiB`() throws {
    #expect(try read(deflated("project.qde", blank(16 << 20))) == [])
    #expect(try read(deflated("project.qde", blank(20 << 20))) == [.suspiciousCompression])
  }

  @Test func `a size that is declared too low does not help`() throws {
    var limits = ImportLimits()
    limits.bytesAtAnyRatio = 1 << 20
    let honest = try deflated("project.qde", blank(4 << 20))
    #expect(try read(honest, limits: limits) == [.suspiciousCompression])
    #expect(try read(declaring(1000, in: honest), limits: limits) == [.suspiciousCompression])
    limits.maximumRatio = 2000
    #expect(try read(honest, limits: limits) == [])
    limits.maximumProjectBytes = 2 << 20
    #expect(try read(honest, limits: limits) == [.projectTooLarge])
    #expect(try read(declaring(1000, in: honest), limits: limits) == [.projectTooLarge])
  }

  @Test func `a size that is not true is a fault even within the limits`() throws {
    let honest = try deflated("project.qde", blank(4096))
    for size in [0, 1, 4095, 4097, 1 << 20] as [UInt32] {
      #expect(try read(declaring(size, in: honest)) == [.damagedArchive])
    }
  }

  @Test func `a size that is declared too high is believed`() throws {
    let archive = ZipBytes(entries: [
      ZipBytes.Entry(name: "project.qde", bytes: blank(4096), size: .max - 1)
    ])
    #expect(try read(archive.bytes) == [.projectTooLarge])
  }

  @Test func `an archive that claims more compressed bytes than it has gets no room for that`() throws {
    var limits = ImportLimits()
    limits.bytesAtAnyRatio = 1 << 10
    limits.maximumRatio = 20
    let honest = try deflated("project.qde", blank(1 << 16))
    let declared = declaring(compressed: 1 << 30, in: honest)
    #expect(try read(declared) == [])
    #expect(try read(declared, limits: limits) == [.suspiciousCompression])
  }
}
