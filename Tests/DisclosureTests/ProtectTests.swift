import ReleaseModel
import SurveyDefinition
import Tabulation
import Testing

@testable import Disclosure

/// What holds of every release, whatever was answered: each statement over made-up surveys of several sizes.
@Suite struct ProtectTests {
  @Test(arguments: ProtectedExample.all)
  func `no count or base below minimum_cell is published`(_ example: ProtectedExample) {
    for row in example.protected.rows {
      if let base = row.base { #expect(!example.small.contains(base), "\(row.key)") }
      if let count = row.shownCount { #expect(!example.small.contains(count), "\(row.key)") }
    }
  }

  @Test(arguments: ProtectedExample.all)
  func `no answer of a group below minimum_base is published`(_ example: ProtectedExample) {
    let minimum = example.made.thresholds.minimumBase
    for column in example.protected.columns {
      guard let base = column.base, base > 0, base < minimum else { continue }
      #expect(!column.rows.dropFirst().contains { !$0.figure.isWithheld }, "\(column.key)")
    }
  }

  @Test(arguments: ProtectedExample.all)
  func `of a multiple question no complement below minimum_cell is published`(_ example: ProtectedExample) {
    for row in example.protected.rows(ofKind: "multiple") {
      guard let base = row.base, let count = row.shownCount else { continue }
      #expect(!example.small.contains(base - count), "\(row.key)")
    }
  }

  @Test(arguments: ProtectedExample.all)
  func `no column with its base lacks exactly one answer`(_ example: ProtectedExample) {
    for column in example.protected.columns where column.isDivided && column.base ?? 0 > 0 {
      #expect(column.answers.count { $0.figure.isWithheld } != 1, "\(column.key)")
    }
  }

  @Test(arguments: ProtectedExample.all)
  func `no banner with its total lacks exactly one group`(_ example: ProtectedExample) {
    for (line, total) in example.protected.lines where total.isKnown {
      let withheld = line.count { !$0.isKnown }
      #expect(withheld != 1, "\(total.key) under \(line[0].key.banner)")
    }
  }

  @Test(arguments: [ProtectedExample.all[3]])
  func `where groups are preferred, each shows all of its answers or none`(_ example: ProtectedExample) {
    var made = example.made
    made.thresholds.prefer = .groups
    let release = ExampleRelease(made, made.responses(seed: example.seed))
    var whole = 0
    for column in release.columns where column.key.banner != "total" && column.base ?? 0 > 0 {
      let answers = column.rows.filter { if case .share = $0.figure { true } else { $0.figure.isWithheld } }
        .filter { $0.key.row != .base && $0.key.row != .mean && $0.key.row != .median }
      let withheld = answers.count { $0.figure.isWithheld }
      #expect(withheld == 0 || withheld == answers.count, "\(column.key)")
      if withheld == answers.count, withheld > 0 { whole += 1 }
    }
    #expect(whole > 0)
  }

  @Test(arguments: ProtectedExample.all)
  func `packs of the same people show the same rows`(_ example: ProtectedExample) {
    let staff = example.protected.pack("staff")
    #expect(!staff.isEmpty)
    #expect(staff == example.protected.pack("same"))
  }

  @Test(arguments: ProtectedExample.all)
  func `the order of the responses does not matter`(_ example: ProtectedExample) {
    var generator = SplitMix64(seed: example.seed &+ 1_000)
    let shuffled = example.made.responses(seed: example.seed).shuffled(using: &generator)
    let again = ExampleRelease(example.made, shuffled)
    #expect(again.comparable == example.protected.comparable)
  }

  @Test(arguments: ProtectedExample.all)
  func `thresholds of 1 withhold nothing`(_ example: ProtectedExample) {
    #expect(!example.open.rows.contains { $0.figure.isWithheld })
  }

  @Test(arguments: ProtectedExample.all)
  func `what is published is what the tally counted`(_ example: ProtectedExample) {
    for (row, raw) in zip(example.protected.rows, example.open.rows) {
      #expect(row.key == raw.key)
      if !row.figure.isWithheld { #expect(row.figure == raw.figure, "\(row.key)") }
      if let base = row.base { #expect(base == raw.base, "\(row.key)") }
    }
    for (key, count) in example.ownCounts {
      let row = example.open.rows.first { $0.key == key }
      #expect(row?.knownCount == count, "\(key)")
    }
  }

  @Test(arguments: ProtectedExample.all)
  func `the answers of a published column add up to its base`(_ example: ProtectedExample) {
    var columns = 0
    for column in example.protected.columns + example.open.columns where column.isDivided {
      let counts = column.answers.compactMap(\.shownCount)
      guard let base = column.base, base > 0, counts.count == column.answers.count else { continue }
      columns += 1
      #expect(counts.reduce(0, +) == base, "\(column.key)")
    }
    #expect(columns > 0)
  }
}
