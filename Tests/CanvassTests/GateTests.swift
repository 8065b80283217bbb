import Disclosure
import Foundation
import Testing

@testable import Canvass
@testable import DisclosureAudit

/// What a run makes of what its audit finds. The audits are made up, so that they find what no release here has.
@Suite struct GateTests {
  private static func broken(
    _ question: String? = "tools", banner: String? = "role", group: String? = "Staff"
  ) -> AuditReport {
    var report = AuditReport()
    report.breaks = [
      AuditBreak(
        place: "somewhere",
        coordinates: AuditPlace(
          packs: ["all"], question: question, banner: banner, group: group), range: 3...3,
        arithmetic: ["3 = 10 - 7"])
    ]
    return report
  }

  private static var undecided: AuditReport {
    var report = AuditReport()
    report.undecided = [
      AuditUndecided(
        description: "somewhere",
        coordinates: AuditPlace(packs: ["all"], question: "tools", banner: "role", group: "Staff"))
    ]
    return report
  }

  private static var contradictory: AuditReport {
    var report = AuditReport()
    report.faults = ["two figures that cannot both be"]
    return report
  }

  @Test(arguments: [broken(), undecided, contradictory])
  func `a release that does not withstand is not written, and the earlier one stays`(_ report: AuditReport)
    throws
  {
    let tiny = try TinySurvey()
    #expect(tiny.run().status == .done)
    let before = try tiny.outputs()
    try tiny.write(TinySurvey.responses(rows: 120), to: "2026/responses.csv")
    var attacks = 0
    let told = tiny.attacked { _ in
      attacks += 1
      return report
    }
    #expect(told.status == .unsafe)
    #expect(told.output.isEmpty)
    #expect(told.errors.contains("nothing was written"))
    #expect(try tiny.outputs() == before)
    // Figures that do not add up are not mended by withholding them.
    #expect(attacks == (report.addsUp ? 7 : 1))
  }

  @Test func `the first release of a wave that does not withstand leaves nothing`() throws {
    let tiny = try TinySurvey()
    #expect(tiny.attacked { _ in Self.broken() }.status == .unsafe)
    #expect(try tiny.outputs().isEmpty)
  }

  @Test func `what the audit breaks is withheld, the analyst told, and nobody else`() throws {
    let tiny = try TinySurvey()
    #expect(tiny.run().status == .done)
    let first = try tiny.table()
    func shown(_ rows: [[String: String]], _ question: String, _ group: String) -> Int {
      rows.count { $0["question"] == question && $0["group"] == group && $0["marker"] != "c" }
    }
    #expect(shown(first, "tools", "Staff") > 0)
    var attacks = 0
    let told = tiny.attacked { _ in
      attacks += 1
      return attacks == 1 ? Self.broken() : AuditReport()
    }
    #expect(told.status == .done && attacks == 2)
    let second = try tiny.table()
    #expect(shown(second, "tools", "Staff") == 0)
    #expect(shown(second, "tools", "Total") == shown(first, "tools", "Total"))
    #expect(shown(second, "respondents", "Staff") == shown(first, "respondents", "Staff"))
    #expect(told.errors.contains("more is withheld at 1 place"))
    let files = try tiny.outputs()
    for (name, data) in files {
      let says = String(decoding: data, as: UTF8.self).contains("more is withheld")
      #expect(says == name.hasSuffix("receipt.json"), "\(name)")
    }
  }

  @Test func `a place that is broken again loses more each time`() throws {
    let tiny = try TinySurvey()
    var cells: [Int] = []
    _ = tiny.attacked { files in
      let rows = files.contents?.tables.flatMap(\.records) ?? []
      cells.append(rows.count { $0.contains("c") })
      return cells.count < 4 ? Self.broken() : AuditReport()
    }
    #expect(cells.count == 4)
    #expect(cells == cells.sorted() && Set(cells).count == cells.count, "\(cells)")
  }

  @Test func `groups that can be told go, and a place that is nowhere changes nothing`() throws {
    let tiny = try TinySurvey()
    var attacks = 0
    let told = tiny.attacked { _ in
      attacks += 1
      return attacks == 1 ? Self.broken(nil) : AuditReport()
    }
    #expect(told.status == .done)
    #expect(
      try tiny.table().filter { $0["question"] == "respondents" && $0["group"] == "Staff" }.allSatisfy {
        $0["marker"] == "c"
      })
    let before = try tiny.outputs()["tiny/2026/all/tables.csv"]
    _ = tiny.run()
    let plain = try tiny.outputs()["tiny/2026/all/tables.csv"]
    attacks = 0
    _ = tiny.attacked { _ in
      attacks += 1
      return attacks == 1 ? Self.broken("nothing", banner: "none", group: "nobody") : AuditReport()
    }
    #expect(before != plain)
    #expect(try tiny.outputs()["tiny/2026/all/tables.csv"] == plain)
  }
}

extension TinySurvey {
  /// A run whose audit finds what it is told to.
  fileprivate func attacked(finding report: @escaping (ReleaseFiles) -> AuditReport) -> Told {
    var request = RunRequest()
    request.surveyFolder = survey
    request.output = output
    return told { console in
      Canvass.run(request, on: console) { files, _ throws(RunFailure) in report(files) }
    }
  }
}
