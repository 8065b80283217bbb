import DisclosureAudit
import Synchronization
import Testing

@Suite struct AuditTests {
  private func report(_ tables: PublishedTables) throws -> AuditReport {
    try audit(tables.contents, threads: 2)
  }

  @Test func `large counts withstand`() throws {
    let report = try report(.open)
    #expect(report.isSafe)
    #expect(report.addsUp, "\(report.faults)")
    #expect(report.counts > 20)
  }

  @Test func `a lone hole in a line is the line's total less the rest`() throws {
    let tables = PublishedTables.open.forceAlone
      .with("force", "North", ["Yes": 97, "No": nil])
      .with("force", "Total", ["Yes": 217, "No": 83])
    let report = try report(tables)
    let found = try #require(report.breaks.first { $0.place.contains("“No”, area North") })
    #expect(found.range == 3...3)
    #expect(found.arithmetic.last == "= exactly 3")
    #expect(found.arithmetic.contains { $0.hasPrefix("+ 100") || $0.hasPrefix("+ 83") })
  }

  @Test func `one pack taken from another leaves a small count`() throws {
    // 40 of the force less 37 of the staff: 3 officers, though both figures are large.
    let tables = PublishedTables.open.with("staff", "North", ["Yes": 13, "No": 37])
      .with("staff", "Total", ["Yes": 73, "No": 77])
    let report = try report(tables)
    let found = try #require(
      report.breaks.first { $0.place == "force without staff, tools “No”, area North" })
    #expect(found.range == 3...3)
    #expect(found.arithmetic.count == 3, "\(found.arithmetic)")
  }

  @Test func `two holes in every line of two groups are wide enough, and too narrow for their bases are not`()
    throws
  {
    // 3 and 20 hide each other: 0 to 23 of either.
    let wide = PublishedTables(
      packs: ["force"],
      counts: [
        "force": [
          "Total": ["size": 300, "base": 300, "Yes": 237, "No": 63],
          "North": ["size": 100, "base": 100, "Yes": nil, "No": nil],
          "South": ["size": 100, "base": 100, "Yes": nil, "No": nil],
          "East": ["size": 100, "base": 100, "Yes": 60, "No": 40],
        ]
      ])
    #expect(try report(wide).isSafe)
    // 4 in all: each of the two is known to lie in 0 to 4.
    let narrow = wide.with("force", "Total", ["Yes": 256, "No": 44])
    let breaks = try report(narrow).breaks
    #expect(breaks.contains { $0.place == "force, tools “No”, area North" && $0.range == 0...4 })
  }

  @Test func `a respondent who subtracts themselves needs one more`() throws {
    // 5 in all: 0 to 5 for outsiders, 1 to 5 for one of them.
    let tables = PublishedTables(
      packs: ["force"],
      counts: [
        "force": [
          "Total": ["size": 300, "base": 300, "Yes": 255, "No": 45],
          "North": ["size": 100, "base": 100, "Yes": nil, "No": nil],
          "South": ["size": 100, "base": 100, "Yes": nil, "No": nil],
          "East": ["size": 100, "base": 100, "Yes": 60, "No": 40],
        ]
      ])
    let report = try report(tables)
    #expect(!report.breaks.isEmpty)
    #expect(report.breaks.allSatisfy { $0.insider != nil })
  }

  @Test func `figures that do not add up are told`() throws {
    let report = try report(PublishedTables.open.with("force", "North", ["No": 39]))
    #expect(report.faults.contains { $0.contains("area North") && $0.contains("add up to 99") })
  }

  @Test func `a row that is missing is told`() throws {
    var contents = PublishedTables.open.contents
    contents.tables[0].records.removeAll { $0.contains("No") && $0.contains("South") }
    let report = try audit(contents, threads: 1)
    #expect(report.faults.contains { $0.contains("the row is missing") })
  }

  @Test func `a percentage beside an empty count gives it back`() throws {
    var contents = PublishedTables.open.forceAlone
      .with("force", "North", ["Yes": nil, "No": nil]).with("force", "South", ["Yes": nil, "No": nil])
      .with("force", "Total", ["Yes": 237, "No": 63]).contents
    let line = try #require(contents.tables[0].records.firstIndex { $0[5] == "No" && $0[7] == "North" })
    contents.tables[0].records[line][10] = "3.0"
    let report = try audit(contents, threads: 1)
    #expect(report.breaks.contains { $0.place == "force, tools “No”, area North" && $0.range == 3...3 })
  }

  @Test func `any number of threads tells the same`() throws {
    let tables = PublishedTables.open.with("staff", "North", ["Yes": 13, "No": 37])
      .with("staff", "Total", ["Yes": 73, "No": 77])
    let one = try audit(tables.contents, threads: 1)
    let four = try audit(tables.contents, threads: 4)
    #expect(one.breaks.map(\.place) == four.breaks.map(\.place))
    #expect(one.breaks.map(\.arithmetic) == four.breaks.map(\.arithmetic))
    #expect(one.boundsTried == four.boundsTried)
  }

  @Test func `it is told what was tried, and each part that is done`() throws {
    let steps = Steps()
    let report = try audit(PublishedTables.open.contents, threads: 2) { steps.add($0) }
    #expect(report.tried.figures > 0 && report.tried.remainders > 0)
    #expect(report.counts >= report.openCounts && report.openCounts >= report.settledByTables)
    #expect(steps.all.allSatisfy { $0.done >= 1 && $0.done <= $0.parts && !$0.name.isEmpty })
  }
}

/// Steps of an audit, from any thread.
private final class Steps: Sendable {
  private let steps = Mutex([AuditStep]())

  func add(_ step: AuditStep) { steps.withLock { $0.append(step) } }

  var all: [AuditStep] { steps.withLock { $0 } }
}
