import Foundation
import Glibc
import Testing

@testable import Canvass

/// Standard output and standard error that are closed, full, or read by nobody: releases are the same, and nothing is told into them.
@Suite struct StandardStreamTests {
  static let streams = [
    (name: "standard output is closed", shell: "canvass LINE >&-", status: 74),
    (name: "standard error is closed", shell: "canvass LINE 2>&-", status: 0),
    (name: "all three are closed", shell: "canvass LINE <&- >&- 2>&-", status: 74),
    (name: "standard output is a full disk", shell: "canvass LINE >/dev/full", status: 74),
    (name: "standard error is a full disk", shell: "canvass LINE 2>/dev/full", status: 0),
    (
      name: "the reader of standard output is gone",
      shell: "{ canvass LINE; echo $? >status; } | sleep 0; exit $(cat status)", status: 74
    ),
    (
      name: "the reader of both is gone",
      shell: "{ canvass LINE; echo $? >status; } 2>&1 | sleep 0; exit $(cat status)", status: 74
    ),
    (name: "files may have 4 KiB at most", shell: "(ulimit -f 8; canvass LINE)", status: 74),
  ]

  @Test(arguments: streams)
  func `a run goes on to the last wave, whatever becomes of what it says`(
    _ name: String, _ shell: String, _ status: Int
  ) throws {
    let tiny = try TinySurvey(waves: ["2025", "2026"])
    let folder = URL(filePath: tiny.folder)
    try #require(tiny.run().status == .done)
    let outputs = try tiny.outputs()
    try FileManager.default.removeItem(atPath: tiny.output)
    let ended = try BuiltCommand.shell(
      shell.replacing("LINE", with: "run '\(tiny.survey)' --output '\(tiny.output)'"), in: folder)
    #expect(Int(ended.status) == status, "\(ended.errors)")
    let isLimited = shell.contains("ulimit")
    #expect(try tiny.outputs() == (isLimited ? [:] : outputs), "\(ended.errors)")
    for file in ["/tiny/.2025.lock", "/tiny/.2026.lock"] {
      #expect(FileManager.default.contents(atPath: tiny.output + file) == Data())
    }
    try FaultsPage.expect(
      [name, "\(status)", isLimited ? "none, and nothing beside" : "whole"], in: "streams")
  }

  static let fullPipe = "standard output is a full pipe that does not wait"

  @Test func `a pipe that is full is waited for, also one that was told not to wait`() throws {
    let place = try Workplace()
    let pipe = Pipe()
    let (reading, writing) = (pipe.fileHandleForReading, pipe.fileHandleForWriting)
    _ = fcntl(writing.fileDescriptor, F_SETFL, O_NONBLOCK)
    let filling = [UInt8](repeating: UInt8(ascii: "x"), count: 1 << 20)
    let filled = unsafe write(writing.fileDescriptor, filling, filling.count)
    try #require(filled > 0 && filled < filling.count)
    let process = Process()
    process.executableURL = URL(filePath: BuiltCommand.path)
    process.arguments = place.runArguments
    process.standardOutput = writing
    try process.run()
    try writing.close()
    usleep(500_000)
    #expect(process.isRunning, "nobody has read yet")
    let read = try #require(try reading.readToEnd())
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: read.dropFirst(filled), as: UTF8.self).contains("\nReceipt "))
    try FaultsPage.expect([Self.fullPipe, "0", "whole"], in: "streams")
  }

  @Test func `no image of memory is left by a run that a signal ends`() throws {
    var limit = rlimit(rlim_cur: .max, rlim_max: .max)
    _ = unsafe getrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    limit.rlim_cur = limit.rlim_max
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &limit)
    let place = try Workplace()
    let undisturbed = try place.copy()
    let count = try undisturbed.command(undisturbed.runArguments).calls.count
    try #require(count > 20)
    let found = try onAllProcessors([count / 3, count / 2]) { number in
      let place = try place.copy()
      let ran = try place.command(place.runArguments, Fault(what: "quit"), at: number)
      #expect(try FileSystem.names(in: place.elsewhere) == [])
      return ran.status
    }
    #expect(Set(found) == [-SIGQUIT])
  }
}
