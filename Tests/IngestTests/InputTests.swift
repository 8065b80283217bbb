import CZlib
import Foundation
import SurveyDefinition
import Testing

@testable import Ingest

struct InputTests {
  let strict = survey([single("q", .heading("Q"), ["Yes", "No"])])

  /// A gzip member, as `gzip` makes it.
  func gzip(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = unsafe z_stream()
    let status = unsafe deflateInit2_(
      &stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
      Int32(MemoryLayout<z_stream>.size))
    try #require(status == Z_OK)
    var source = bytes
    var target = [UInt8](repeating: 0, count: bytes.count + 1000)
    let room = UInt32(target.count)
    let written = unsafe source.withUnsafeMutableBufferPointer { source in
      unsafe target.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = UInt32(source.count)
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = room
        unsafe deflate(&stream, Z_FINISH)
        return unsafe Int(room - stream.avail_out)
      }
    }
    unsafe deflateEnd(&stream)
    return Array(target.prefix(written))
  }

  let text = "\u{FEFF}Q,R\n" + (1...500).map { "\($0 % 2 == 0 ? "Yes" : "No"),\($0)\n" }.joined()

  @Test func `gzip is known by its content`() throws {
    let whole = try read(text, strict)
    let packed = try gzip(Array(text.utf8))
    for chunkSize in [1, 2, 3, 5, 64, 1000, 1 << 18] {
      let reading = try read(packed, strict, chunkSize: chunkSize)
      #expect(reading.responses == whole.responses)
      #expect(reading.report.findings == [])
      #expect(reading.report.bytesRead == text.utf8.count)
      #expect(reading.report.storedBytesRead == packed.count)
    }
  }

  @Test func `members of gzip that follow one another are one file, zeros after them are padding`() throws {
    let parts: [[UInt8]] = [Array(text.utf8.prefix(700)), [], Array(text.utf8.dropFirst(700))]
    let packed: [UInt8] = try parts.reduce([]) { try $0 + gzip($1) } + [0, 0, 0]
    for chunkSize in [1, 7, 1 << 18] {
      let reading = try read(packed, strict, chunkSize: chunkSize)
      #expect(reading.responses.count == 500)
      #expect(reading.report.findings == [])
    }
  }

  @Test func `gzip that is damaged anywhere is a fault`() throws {
    let packed = try gzip(Array(text.utf8))
    for length in 2..<packed.count {
      let codes = try read(Array(packed.prefix(length)), strict, chunkSize: 512).codes
      #expect(codes == ["corrupt-gzip"], "cut after \(length) bytes")
    }
    for position in [3, 20, packed.count / 2, packed.count - 6, packed.count - 2] {
      var damaged = packed
      damaged[position] ^= 0xFF
      #expect(try read(damaged, strict).codes.contains("corrupt-gzip"), "byte \(position)")
    }
    #expect(try read(packed + [1, 2, 3], strict).codes == ["corrupt-gzip"])
    #expect(try read([0x1F, 0x8B], strict).report.findings[0].remedy?.contains("gzip -t") == true)
  }

  @Test func `a file is read by its path, with progress`() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "canvass-\(UUID().uuidString).csv").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    var steps: [Int] = []
    var count = 0
    let report = try readResponses(
      .file(path, displayName: "responses.csv"), of: strict, chunkSize: 1000,
      progress: { done, total in
        #expect(total == text.utf8.count)
        steps.append(done)
      }, { _ in count += 1 })
    #expect(count == 500)
    #expect(report.responses == 500)
    #expect(steps.last == text.utf8.count)
    #expect(steps.count >= text.utf8.count / 1000)
    #expect(steps == steps.sorted())
  }

  @Test func `a file that is not there is a failure with the system's word`() throws {
    #expect(throws: IngestFailure.cannotOpen(file: "r.csv", reason: "No such file or directory")) {
      try readResponses(.file("/nonexistent/r.csv", displayName: "r.csv"), of: strict) { _ in }
    }
    #expect(throws: IngestFailure.cannotRead(file: "r.csv", reason: "Is a directory")) {
      try readResponses(.file("/", displayName: "r.csv"), of: strict) { _ in }
    }
  }
}
