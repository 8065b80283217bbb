import DisclosureAudit
import Foundation
import Testing

/// The auditor against another solver, over releases of the size of a small survey.
@Suite struct SecondOpinionTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "second_opinion.py").path()

  /// Whether there is another solver; where there is none the test is told as skipped.
  private static let hasSolver: Bool = {
    (try? python(["-c", "import numpy; from scipy.optimize import milp"], ""))?.status == 0
  }()

  private static func python(_ arguments: [String], _ input: String) throws -> (status: Int32, output: String)
  {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    let (entry, exit) = (Pipe(), Pipe())
    process.standardInput = entry
    process.standardOutput = exit
    process.standardError = FileHandle.nullDevice
    try process.run()
    try entry.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try entry.fileHandleForWriting.close()
    let output = try exit.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private struct Question: Encodable {
    var counted: [Int]
    var present: [Int]?
    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(counted)
      if let present { try list.encode(present) } else { try list.encodeNil() }
    }
  }

  private struct Figure: Encodable {
    var counted: [Int]
    var value: Int
    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      try list.encode(counted)
      try list.encode(value)
    }
  }

  private struct Problem: Encodable {
    var kinds: Int
    var figures: [Figure]
    var queries: [Question]
  }

  /// How many releases of each theme; more for a longer look.
  private static let releases =
    ProcessInfo.processInfo.environment["CANVASS_SECOND_OPINIONS"].flatMap(Int.init) ?? 1

  private func positions(_ members: [Bool]) -> [Int] { members.indices.filter { members[$0] } }

  @Test(
    .enabled(if: hasSolver, "python3 with numpy and scipy is missing"),
    arguments: [RandomWave.Theme.oneBanner, .packs, .routed, .subnets, .themePacks])
  func `another solver bounds the same counts alike`(_ theme: RandomWave.Theme) throws {
    var compared = 0
    for seed in 1...UInt64(Self.releases) {
      var random = RandomWave(seed: seed &* 1_009)
      let release = random.release(theme, most: 12)
      let figures = Enumeration.figures(release)
      let insiders = Enumeration.insiders(release.wave).sorted {
        positions($0).lexicographicallyPrecedes(positions($1))
      }
      let promise = Enumeration(release, tableLimit: 0)
      var targets: [Enumeration.Target] = []
      for target in promise.targets where !targets.contains(where: { $0.counted == target.counted }) {
        targets.append(target)
      }
      // Each target from outside, and by one kind of respondent, another for each.
      let queries = targets.enumerated().flatMap { index, target in
        [
          Question(counted: positions(target.counted), present: nil),
          Question(counted: positions(target.counted), present: positions(insiders[index % insiders.count])),
        ]
      }
      let problem = Problem(
        kinds: release.wave.kinds.count,
        figures: figures.map { Figure(counted: positions($0.counted), value: $0.value) }, queries: queries)
      let answer = try Self.python(
        [Self.script], String(decoding: JSONEncoder().encode(problem), as: UTF8.self))
      try #require(answer.status == 0)
      let ranges = answer.output.split(separator: "\n").map { line -> ClosedRange<Int>? in
        let ends = line.split(separator: " ").compactMap { Int($0) }
        return ends.count == 2 ? ends[0]...ends[1] : nil
      }
      try #require(ranges.count == queries.count)
      let printed = Dictionary(
        figures.map { ($0.counted, $0.value) }, uniquingKeysWith: { first, _ in first })
      let report = try release.report
      #expect(report.faults.isEmpty && report.undecided.isEmpty, "seed \(seed)")
      for (index, target) in targets.enumerated() {
        let names = promise.targets.filter { $0.counted == target.counted }.map(\.name)
        let told = report.breaks.first { names.contains($0.place) }
        let outside = try #require(ranges[2 * index])
        compared += 1
        let base = target.base.flatMap { printed[$0] }
        let allowed = [target.whole, target.base].compactMap { $0.flatMap { printed[$0] } }.min()
        func isBroken(_ range: ClosedRange<Int>, isInsider: Bool) -> Bool {
          promise.isPromiseBroken(
            target, range, base: base.map { $0...$0 }, allowed: allowed, isInsider: isInsider)
        }
        if isBroken(outside, isInsider: false) {
          #expect(told != nil && told?.insider == nil, "seed \(seed): missed \(target.name), \(outside)")
        }
        if let inside = ranges[2 * index + 1], isBroken(inside, isInsider: true) {
          #expect(told != nil, "seed \(seed): missed by a respondent: \(target.name), \(inside)")
        }
        if let told, told.insider == nil {
          #expect(told.range == outside, "seed \(seed): \(target.name)")
        }
      }
    }
    #expect(compared > 10 * Self.releases)
  }
}
