import Foundation
import Testing

@testable import Canvass

/// Inputs that somebody writes, replaces, removes or puts there while a run reads them.
@Suite struct ChangedInputTests {
  static let inputs = Workplace.inputs(people: 40).keys.sorted()

  /// What a run ends with, and what it leaves.
  struct Ending: Equatable {
    let status: Int32
    let results: [String: Workplace.Entry]
  }

  /// How a file changes, and what its name in faults.c is.
  static let changes = [
    ("is replaced", "swap"), ("is overwritten", "overwrite"), ("vanishes", "vanish"), ("appears", "swap"),
  ]

  @Test(arguments: inputs)
  func `a run reads the one or the other of a file that changes, or stops with 74 and writes nothing`(
    _ input: String
  ) throws {
    var found: Set<String> = []
    for (name, what) in Self.changes {
      let place = try Workplace()
      if name == "appears" {
        // Only what a wave can do without.
        guard ["wave.yaml", "open-text.csv", "focus-groups.csv"].contains(where: input.hasSuffix) else {
          continue
        }
        try FileManager.default.removeItem(atPath: place.folder + "/" + input)
      }
      try place.write(try #require(Workplace.inputs(people: 70)[input]), to: "tiny/new.txt")
      let fault = Fault(what: what, calls: .reads, old: input, new: "tiny/new.txt")
      found.formUnion(try Self.disturb(place, name, fault))
    }
    try FaultsPage.expect(["`\(input)`", found.sorted().joined(separator: "; or ")], in: "inputs")
  }

  private static func ending(_ place: Workplace) throws -> Ending {
    let ran = try place.command(place.runArguments)
    return Ending(status: ran.status, results: place.results())
  }

  private static func disturb(_ place: Workplace, _ name: String, _ fault: Fault) throws -> Set<String> {
    let before = try place.copy()
    let undisturbed = try before.command(before.runArguments, Fault(what: "", calls: .reads))
    let changed = try place.copy()
    try? FileManager.default.removeItem(atPath: changed.folder + "/" + fault.old)
    if fault.what != "vanish" {
      try FileManager.default.copyItem(
        atPath: changed.folder + "/tiny/new.txt", toPath: changed.folder + "/" + fault.old)
    }
    let old = Ending(status: undisturbed.status, results: before.results())
    let new = try ending(changed)
    // Where the file is looked at, and the call after each.
    let places = undisturbed.calls.indices.filter {
      undisturbed.calls[$0].path == before.folder + "/" + fault.old
    }
    let numbers = Set(places.flatMap { [$0 + 1, $0 + 2] }).filter { $0 <= undisturbed.calls.count }
      .sorted()
    try #require(numbers.count >= 3)
    return Set(
      try onAllProcessors(numbers) { number in
        let place = try place.copy()
        let ran = try place.command(place.runArguments, fault, at: number)
        let ending = Ending(status: ran.status, results: place.results())
        let what: Comment = "\(fault.old) \(name) at call \(number): \(ran.status) \(ran.errors)"
        #expect(place.secrets(ran) == [], what)
        if ending == old { return "what it was before is read" }
        if ending == new { return "what it became is read" }
        #expect(ending.status == 74 && ending.results == [:], what)
        #expect(ran.errors.contains(fault.old), what)
        return "stopped with 74"
      })
  }
}
