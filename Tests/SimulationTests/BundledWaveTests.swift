import Foundation
import Simulation
import SurveyDefinition
import Testing

/// What is on record of the consultation comes out of the made-up wave, counted here without any of canvass's code.
@Suite struct `The bundled wave` {
  /// `CANVASS_RENEW=1 swift test --filter SimulationTests` writes the file anew; the diff is reviewed.
  @Test func `is what its seed and shares make`() throws {
    let wave = try Bundled.wave()
    var bytes: [UInt8] = []
    try simulateResponses(
      wave: wave, shares: try Bundled.shares(for: wave.survey), responses: Bundled.responseCount,
      seed: Bundled.seed
    ) { bytes += copy $0 }
    if ProcessInfo.processInfo.environment["CANVASS_RENEW"] != nil {
      try Data(bytes).write(to: Bundled.responsesFile)
    }
    // Compared as a truth value: a failure must not print a quarter of a million bytes.
    let isSame = try bytes == Array(Data(contentsOf: Bundled.responsesFile))
    #expect(isSame, "responses.csv is not what the definition, the shares and the seed make")
  }

  @Test func `says what is on record`() throws {
    let counts = try Recount(CSVTable(Array(Data(contentsOf: Bundled.responsesFile))))
    #expect(counts.responses == 1_200)
    #expect((0.470...0.499).contains(counts.notSuitable.share))
    #expect((0.670...0.699).contains(counts.ownItems.share))
    #expect((0.501...0.550).contains(counts.anyAgreement.share))
    #expect(counts.privateSector.share > 0.5)
    #expect(counts.lackOfExperience.share > 0.5)
  }

  @Test func `counts the same when Python reads it`() throws {
    guard let python = Python() else { return }
    let counts = try Recount(CSVTable(Array(Data(contentsOf: Bundled.responsesFile))))
    #expect(try python.run(Recount.python, Bundled.responsesFile.path) == counts.line)
  }

  @Test func `has groups of the sizes that the consultation had`() throws {
    let table = try CSVTable(Array(Data(contentsOf: Bundled.responsesFile)))
    let areas = table.counts("Area")
    // Two are small on purpose: real surveys have such groups, and protection has to cope with them.
    #expect((10...14).contains(areas["Professional Standards", default: 0]))
    #expect((20...30).contains(areas["Forensic Services", default: 0]))
    for area in ["Force Contact", "Birmingham West & Central LPU", "Solihull LPU", "Custody"] {
      #expect((40...90).contains(areas[area, default: 0]), "\(area)")
    }
    let ranks = table.counts("Rank or grade")
    #expect((35...45).contains(ranks["Superintendent or above", default: 0]))
    #expect((28...40).contains(ranks["Chief inspector", default: 0]))
    for heading in ["Role", "Rank or grade", "Area", "Service", "Work scope"] {
      let counts = table.counts(heading)
      let notStated = counts["", default: 0] + counts["Prefer not to say", default: 0]
      #expect((40...60).contains(notStated), "\(heading)")
    }
  }

  @Test func `has the dirt of real data`() throws {
    let bytes = try Array(Data(contentsOf: Bundled.responsesFile))
    let text = String(decoding: bytes, as: UTF8.self)
    let table = CSVTable(bytes)
    let unasked = zip(table.cells("Q1"), table.cells("Q2")).count {
      ["Suitable", "Yes"].contains($0.0) && $0.1 != ""
    }
    #expect(unasked > 0, "answers to questions that were not asked")
    #expect(text.contains(" ,") || text.contains(", "), "blanks around answers")
    #expect(table.cells("Q6").contains { (Int($0) ?? 0) > 80 }, "numbers outside the valid range")
    let texts = table.cells("Q14 What hinders you in carrying out your role?").joined()
    for awkward in [",", "\"", "\n", "–"] { #expect(texts.contains(awkward)) }
  }
}
