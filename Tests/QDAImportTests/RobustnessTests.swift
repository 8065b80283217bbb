import Foundation
import Testing

@testable import QDAImport

/// Damaged files: a fault or a whole project, never a crash, and never a silent half.
struct RobustnessTests {
  @Test func `every third cut of a project's XML is a fault`() {
    let whole = Array(madeUpProject.utf8)
    for count in stride(from: 0, to: whole.count, by: 3) {
      #expect(!read(Array(whole.prefix(count))).faults.isEmpty, "\(count) bytes")
    }
  }

  @Test func `every cut of an archive is a fault`() throws {
    let whole = try deflated("project.qde", Array(madeUpProject.utf8))
    let folder = try WorkFolder()
    for count in whole.indices {
      let path = try folder.file("cut.qdpx", Array(whole.prefix(count)))
      #expect(try !readCodedProject(at: path).faults.isEmpty, "\(count) bytes")
    }
  }

  @Test(arguments: 1...8)
  func `damaged XML gives the same in pieces of any size`(seed: UInt64) {
    var chance = Chance(seed: seed)
    for _ in 0..<40 {
      let bytes = chance.damaged(Array(madeUpProject.utf8))
      let whole = read(bytes)
      for chunkSize in [1, 7, 4096] {
        #expect(read(bytes, chunkSize: chunkSize) == whole, "seed \(seed)")
      }
    }
  }

  @Test(arguments: 1...8)
  func `a damaged archive gives the project or a fault`(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let whole = try deflated("project.qde", Array(madeUpProject.utf8))
    let project = read(madeUpProject)
    let folder = try WorkFolder()
    for _ in 0..<150 {
      let reading = try readCodedProject(at: folder.file("damaged.qdpx", chance.damaged(whole)))
      // A checksum stands over the content, so damage is either without effect or known.
      #expect(reading == project || !reading.faults.isEmpty, "seed \(seed)")
    }
  }
}

/// Chance that comes from a seed: SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
struct Chance: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  /// The bytes with one to three of: a byte changed, a stretch left out, a stretch said twice.
  mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...3, using: &self) {
      let start = Int.random(in: result.indices, using: &self)
      let end = min(result.count, start + Int.random(in: 1...60, using: &self))
      switch Int.random(in: 0..<4, using: &self) {
      case 0: result.removeSubrange(start..<end)
      case 1: result.insert(contentsOf: Array(result[start..<end]), at: start)
      default: result[start] = UInt8.random(in: 0...255, using: &self)
      }
    }
    return result
  }
}
