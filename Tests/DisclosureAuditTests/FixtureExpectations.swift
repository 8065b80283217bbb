import DisclosureAudit
import Testing

extension PrintedRelease {
  /// Expects that the auditor tells a count, within a range, with the arithmetic that gives it.
  /// - Parameter arithmetic: The figures that are added and subtracted, as `+ 40  place` or the beginning of it.
  func expectBreak(
    _ place: String, _ range: ClosedRange<Int>, insider: String? = nil, arithmetic: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let report = try report
    #expect(report.faults.isEmpty, "\(report.faults)", sourceLocation: sourceLocation)
    let found = report.breaks.first { $0.place == place }
    guard let found else {
      Issue.record(
        "not told: \(place); told: \(report.breaks.map { ($0.place, $0.range) })",
        sourceLocation: sourceLocation)
      return
    }
    #expect(found.range == range, sourceLocation: sourceLocation)
    #expect(found.insider == insider, sourceLocation: sourceLocation)
    for step in arithmetic {
      #expect(
        found.arithmetic.contains { $0.hasPrefix(step) }, "\(step): \(found.arithmetic)",
        sourceLocation: sourceLocation)
    }
  }

  /// Expects that the auditor finds neither a break nor anything that does not add up.
  func expectSafe(sourceLocation: SourceLocation = #_sourceLocation) throws {
    let report = try report
    #expect(report.faults.isEmpty, "\(report.faults)", sourceLocation: sourceLocation)
    #expect(
      report.isSafe, "\(report.breaks.map { ($0.place, $0.range, $0.insider ?? "") }) \(report.undecided)",
      sourceLocation: sourceLocation)
  }

  /// Expects a sentence about a figure that is missing or not true.
  func expectFault(_ words: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    let faults = try report.faults
    #expect(
      faults.contains { fault in words.allSatisfy(fault.contains) }, "\(faults)",
      sourceLocation: sourceLocation)
  }
}
