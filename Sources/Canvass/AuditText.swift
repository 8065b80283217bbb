import DisclosureAudit
import Rendering

/// An audit in words.
struct AuditText {
  private let report: AuditReport
  private static let shown = 25

  init(_ report: AuditReport) { self.report = report }

  func tell(_ line: (String) -> Void) {
    for fault in report.faults.prefix(Self.shown) { line("does not add up: \(fault)") }
    tellMore(report.faults.count, "figures that do not add up", line)
    for found in report.breaks.prefix(Self.shown) {
      let range = found.range
      let known =
        range.lowerBound == range.upperBound
        ? "is known to be \(range.lowerBound)"
        : "is known to lie in \(range.lowerBound) to \(range.upperBound)"
      let reader = found.insider.map { " to a respondent who knows \($0)" } ?? ""
      line("broken: \(found.place) \(known)\(reader)")
      for step in found.arithmetic { line("    \(step)") }
    }
    tellMore(report.breaks.count, "counts that can be told", line)
    for count in report.undecided.prefix(Self.shown) { line("not shown to be safe: \(count)") }
    tellMore(report.undecided.count, "counts that were not shown to be safe", line)
    line(
      "\(counted(report.counts, "count")) tried, \(grouped(report.openCounts)) of them open, as an outsider and as "
        + "\(counted(report.kinds, "kind")) of respondents; \(counted(report.boundsTried, "program")) solved")
    line(verdict)
  }

  private func tellMore(_ count: Int, _ what: String, _ line: (String) -> Void) {
    if count > Self.shown { line("… and \(grouped(count - Self.shown)) more \(what)") }
  }

  private var verdict: String {
    if !report.breaks.isEmpty { return "Broken: this release tells what a few people answered." }
    if !report.undecided.isEmpty { return "Not shown to be safe: do not publish this release." }
    if !report.faults.isEmpty { return "The figures do not add up: do not publish this release." }
    return "Withstood: no small count can be told from this release."
  }
}

/// audit.json: what a release withstood. It follows from the other files alone, so it tells nothing that they do not.
func auditJSON(_ report: AuditReport, isMadeUp: Bool) -> [UInt8] {
  let tried = report.tried
  return JSONText.object([
    "made_up": .boolean(isMadeUp),
    "method": .text(AuditReport.method),
    "solver": .text(AuditReport.solver),
    "counts": .object([
      "tried": .number(report.counts), "figures": .number(tried.figures),
      "complements": .number(tried.complements), "remainders": .number(tried.remainders),
      "not_answering": .number(tried.notAnswering),
    ]),
    "kinds_of_respondents": .number(report.kinds),
    "settled": .object([
      "by_propagation": .number(report.counts - report.openCounts),
      "by_tables": .number(report.settledByTables),
      "by_programs": .number(report.openCounts - report.settledByTables),
    ]),
    "programs": .object([
      "linear": .number(report.linearPrograms), "integer": .number(report.integerPrograms),
    ]),
    "broken": .number(report.breaks.count),
    "undecided": .number(report.undecided.count),
    "verdict": .text(
      !report.addsUp ? "does not add up" : report.isSafe ? "withstood" : "broken or undecided"),
  ]).bytes
}

/// An audit for scripts: what the lines for people tell, and all of it.
func auditDocument(_ report: AuditReport) -> JSONText {
  .object([
    "verdict": .text(
      !report.breaks.isEmpty
        ? "broken" : !report.undecided.isEmpty ? "undecided" : report.addsUp ? "withstood" : "does not add up"
    ),
    "counts": .number(report.counts), "open_counts": .number(report.openCounts),
    "kinds_of_respondents": .number(report.kinds), "programs": .number(report.boundsTried),
    "does_not_add_up": .texts(report.faults.map { "\($0)" }),
    "undecided": .texts(report.undecided.map { "\($0)" }),
    "broken": .list(
      report.breaks.map { found in
        .fields([
          "count": .text("\(found.place)"), "from": .number(found.range.lowerBound),
          "to": .number(found.range.upperBound), "known_by": found.insider.map { .text("\($0)") },
          "arithmetic": .texts(found.arithmetic.map { "\($0)" }),
        ])
      }),
  ])
}
