import Foundation
import Testing

@testable import Canvass

/// Files that were made to exhaust a machine, or came out of one that broke, against the built command.
///
/// Memory is bounded by the system: the command may have 300 MB of address space, of which it needs 100 to start, and
/// what it is sent has no end, or 400 MB. Time is bounded generously: each takes seconds unoptimised.
@Suite struct HostileFileTests {
  /// What the command said of a survey whose responses, or whose definition, a line of shell makes.
  private func check(responses: String, definition: String? = nil) throws -> BuiltCommand.Ended {
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-hostile-" + UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let wave = folder.appending(path: "tiny/2026")
    try FileManager.default.createDirectory(at: wave, withIntermediateDirectories: true)
    try "made_up: true\n".write(to: wave.appending(path: "wave.yaml"), atomically: true, encoding: .utf8)
    let survey = folder.appending(path: "tiny/survey.yaml")
    try """
    survey: tiny
    title: A tiny survey
    input: { file: "-" }
    questions:
      tools: { text: Are your tools good?, kind: single, column: Q1, answers: [Good, Poor] }
    packs:
      all: { title: Everyone, who: everyone }

    """.write(to: survey, atomically: true, encoding: .utf8)
    if let definition { _ = try BuiltCommand.shell("{ \(definition); } > tiny/survey.yaml", in: folder) }
    return try BuiltCommand.shell(
      "{ \(responses); } 2>/dev/null | (ulimit -v 300000; timeout 100 \"$CANVASS_BIN\" check tiny)",
      in: folder)
  }

  private static let zeros = "cat /dev/zero"
  /// A byte without end.
  private static func endless(_ byte: String) -> String { "tr '\\0' '\(byte)' </dev/zero" }

  @Test(arguments: [
    ("printf 'Q1\\n'; " + endless(","), "-:2:100001: the record has more than 100,000 cells"),
    (endless(","), "-:1:100001: the record has more than 100,000 cells"),
    ("printf 'Q1\\nGood\\n\"'; " + endless("x"), "-:3:1: the cell is longer than 1,048,576 bytes"),
    ("printf '\"'; " + endless("\\n"), "-:1:1: the cell is longer than 1,048,576 bytes"),
    ("printf '\"'; yes '\"\"'", "-:1:1: the cell is longer than 1,048,576 bytes"),
    (endless("x"), "-:1:1: the cell is longer than 1,048,576 bytes"),
    (
      "printf 'Q1\\n'; while head -c 1000000 /dev/zero | tr '\\0' x && printf ,; do :; done",
      "-:2:35: the record is longer than 33,554,432 bytes"
    ),
    (zeros, "-:1:1: byte 1 of the file is NUL, which no text holds"),
    ("printf 'Q1\\nGood\\n'; " + zeros, "-:3:1: byte 9 of the file is NUL, which no text holds"),
    (
      "{ printf 'Q1\\nGood\\n'; \(zeros); } | gzip -1",
      "-:3:1: byte 9 of the file is NUL, which no text holds"
    ),
    ("{ printf 'Q1\\n'; \(endless(",")); } | gzip -1", "-:2:100001: the record has more than 100,000 cells"),
    ("printf '\\377\\376'; tr '\\0' 'A' </dev/zero", "-:1:1: the cell is longer than 1,048,576 bytes"),
  ])
  func `responses without end are refused`(_ responses: String, _ told: String) throws {
    let ended = try check(responses: responses)
    #expect(ended.errors.contains(told), "\(responses): \(ended.errors.prefix(400))")
    #expect(ended.status == 1, "\(responses)")
  }

  @Test func `gzip that inflates two hundredfold is read in flat memory`() throws {
    let ended = try check(
      responses: """
        { printf 'Q1,Why\\n'; yes "Good,$(head -c 60000 /dev/zero | tr '\\0' x)" | head -n 6666; } | gzip -1
        """)
    #expect(ended.output == "tiny/2026: 6,666 responses\n")
    #expect(ended.status == 0, "\(ended.errors)")
    let empty = try check(
      responses: "{ printf 'Q1\\n'; \(Self.endless(" ")) | head -c 400000000; } | gzip -1")
    #expect(empty.output == "tiny/2026: 0 responses\n")
    #expect(empty.status == 1, "\(empty.errors)")
  }

  @Test func `a million faults are a page`() throws {
    let wide = try check(responses: "printf 'Q1\\n'; yes 'Good,1' | head -n 1000000")
    #expect(wide.errors.contains("and 999,980 more faults of this kind from here on"))
    #expect(wide.errors.utf8.count < 5_000)
    let distinct = try check(responses: "printf 'Q1\\n'; seq 1000000")
    #expect(distinct.errors.contains("1,000,000 cells hold more than 1,000 texts"))
    #expect(distinct.errors.utf8.count < 1_000)
    #expect(wide.status == 1 && distinct.status == 1)
  }

  @Test(arguments: [
    ("head -c 500000000 /dev/zero | tr '\\0' x", "tiny/survey.yaml:1:1: the file is larger than 1024 KiB"),
    ("printf '\\303\\251%.0s' $(seq 600000)", "tiny/survey.yaml:1:1: the file is larger than 1024 KiB"),
    ("head -c 100000 /dev/zero | tr '\\0' '['", "more than 40 maps and lists within one another"),
    (
      "head -c 100000 /dev/zero | sed 's/\\x00/- /g'; echo x",
      "more than 40 maps and lists within one another"
    ),
    (
      "head -c 100000 /dev/zero | sed 's/\\x00/{a: /g'; echo x",
      "more than 40 maps and lists within one another"
    ),
    (
      "echo 'a0: &a0 [x, x]'; for i in $(seq 60); do j=$((i - 1)); echo \"a$i: &a$i [*a$j, *a$j]\"; done",
      "anchors (`&name`) and aliases (`*name`) are not read here"
    ),
    ("for i in $(seq 90000); do echo \"k$i: x\"; done", "more findings, the first of them here"),
    ("for i in $(seq 90000); do echo '- &a'; done", "more findings, the first of them here"),
  ])
  func `a definition made to exhaust is refused`(_ definition: String, _ told: String) throws {
    let ended = try check(responses: "printf 'Q1\\nGood\\n'", definition: definition)
    #expect(ended.errors.contains(told), "\(definition): \(ended.errors.prefix(400))")
    #expect(ended.errors.utf8.count < 600_000, "\(definition)")
    #expect(ended.status == 1, "\(definition)")
  }

  @Test func `the limit on memory is a limit`() throws {
    // What is given 60 MB cannot even start, so the tests above would notice.
    let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "canvass-hostile-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(try BuiltCommand.shell("ulimit -v 60000; canvass --version", in: folder).status != 0)
    #expect(try BuiltCommand.shell("ulimit -v 300000; canvass --version", in: folder).status == 0)
  }
}
