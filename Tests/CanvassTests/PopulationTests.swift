import Foundation
import Ingest
import Testing

@testable import Canvass

/// How many people could have taken part, from the definition to the rates of a pack.
@Suite struct PopulationTests {
  private func survey(_ population: String, file: String? = nil) throws -> TinySurvey {
    let survey = try TinySurvey(definition: TinySurvey.definition + "population: \(population)\n")
    if let file { try survey.write(file, to: "population.csv") }
    return survey
  }

  private func rates(_ survey: TinySurvey, pack: String = "all") throws -> [[String: String]] {
    let path = "\(survey.release)/\(pack)/participation.csv"
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    let rows = try #require(csvRecords([UInt8](try Data(contentsOf: URL(filePath: path)))))
    return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
  }

  @Test func `rates are told of the total and of each group`() throws {
    let survey = try survey("{ groups: { role: { Staff: 96, Officer: 64 } } }")
    let ended = survey.run()
    try #require(ended.status == .done, "\(ended.errors)")
    let rates = try rates(survey)
    #expect(rates.map { $0["group"] } == ["Total", "Staff", "Officer"])
    #expect(rates.map { $0["population"] } == ["160", "96", "64"])
    #expect(rates.map { $0["response_rate"] } == ["50.0", "50.0", "50.0"])
    #expect(rates.map { $0["share_of_population"] } == ["100.0", "60.0", "40.0"])
    #expect(rates.map { $0["share_of_responses"] } == ["100.0", "60.0", "40.0"])
    // The pack of staff is a group whose people are known; it has no banner.
    #expect(try self.rates(survey, pack: "staff").map { $0["population"] } == ["96"])
    let page = try String(contentsOfFile: survey.release + "/all/briefing.html", encoding: .utf8)
    #expect(page.contains("Of 160 people who could have taken part, 80 did (<strong>50.0%</strong>)."))
    #expect(told { audit(survey.release, threads: 1, on: $0) }.status == .done)
    // The pack of staff can be released alone, and stands then without the pack of everyone.
    #expect(survey.run { $0.packs = ["staff"] }.status == .done)
    #expect(told { audit(survey.release, threads: 1, on: $0) }.status == .done)
    #expect(try self.rates(survey, pack: "staff").map { $0["population"] } == ["96"])
  }

  /// 72 of 78 staff and 32 of 52 officers have good tools. Staff are 96 of 160 people and 78 of 130 responses, or 400 of 1,600.
  @Test(arguments: [(96, 64, "80.0", "130.0", "1.00"), (400, 1_200, "69.2", "79.8", "1.63")])
  func `shares weighted to the people stand beside the others, and no other text is let through`(
    staff: Int, officers: Int, percent: String, effective: String, design: String
  ) throws {
    let survey = try survey("{ groups: { role: { Staff: \(staff), Officer: \(officers) } } }")
    var text = "ID,Role,Q1,Q2a,Q2b,Comments\n"
    for row in 0..<130 {
      let isPoor = row < 78 ? row < 6 : row < 98
      text += "W\(row),\(row < 78 ? "Staff" : "Officer"),\(isPoor ? "Poor,1,0" : "Good,,"),\n"
    }
    try survey.write(text, to: "2026/responses.csv")
    try #require(survey.run().status == .done)
    let file = "\(survey.release)/all/weighted.csv"
    let rows = try #require(csvRecords([UInt8](try Data(contentsOf: URL(filePath: file)))))
    let shares = rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(rows[0], $0)) }
    let good = try #require(shares.first { $0["answer"] == "Good" })
    #expect(good["percent"] == "80.0" && good["weighted_by"] == "role" && good["strata"] == "2")
    #expect(good["weighted_percent"] == percent && good["effective_base"] == effective)
    #expect(good["design_effect"] == design)
    let page = try String(contentsOfFile: survey.release + "/all/briefing.html", encoding: .utf8)
    #expect(page.contains("Shares of everyone, weighted by Role") && page.contains("post-stratification"))
    #expect(told { audit(survey.release, threads: 1, on: $0) }.status == .done)
  }

  @Test func `a file gives the groups, and each of its faults has its place`() throws {
    let good = try survey(
      "{ total: 160, file: population.csv }",
      file: "variable,category,population\nrole,Staff,96\nrole,Officer,64\n")
    #expect(good.run().status == .done)
    #expect(try rates(good).map { $0["population"] } == ["160", "96", "64"])
    let bad = try survey(
      "{ file: population.csv }",
      file:
        "variable,category,population\nrank,Staff,96\nrole,Cook,3\nrole,Staff,many\nrole,Staff,50\nrole,Staff,51\nrole\n"
    )
    let told = bad.check()
    #expect(told.status == .faults)
    for place in [
      "population.csv:2:1", "population.csv:3:2", "population.csv:4:3", "population.csv:6:2",
      "population.csv:7:1",
    ] {
      #expect(told.errors.contains(place), "\(place) in \(told.errors)")
    }
    #expect(try survey("{ file: population.csv }").check().errors.contains("no file `population.csv`"))
    #expect(try survey("{ file: population.csv }", file: "role,people\n").check().status == .faults)
    #expect(try survey("{ file: population.csv }", file: "").check().status == .faults)
  }

  @Test(arguments: [
    "{ total: 100, groups: { role: { Staff: 96, Officer: 64 } } }",
    "{ total: 200, groups: { role: { Staff: 96, Officer: 64 } } }", "70",
    "{ groups: { role: { Staff: 40, Officer: 64 } } }", "{}", "0", "many", "{ groups: { rank: { A: 5 } } }",
    "{ groups: { lacking: { Torch: 5 } } }", "{ groups: { role: { Cook: 5 } } }",
  ])
  func `populations that contradict each other, the responses or the definition are faults`(
    _ population: String
  ) throws {
    let told = try survey(population).check()
    #expect(told.status == .faults, "\(told.output)")
  }

  /// 3 cooks responded, whose number is withheld together with the 32 officers: of 40 people 35 did, which leaves too little room to say
  /// how many staff there are; of 94 it is enough.
  @Test(arguments: [(35, 5, false), (64, 30, true)])
  func `where groups are withheld, so few people of them are told of no group`(
    officers: Int, cooks: Int, isTold: Bool
  ) throws {
    var text = TinySurvey.responses()
    for row in 0..<3 { text += "C\(row),Cook,Good,,,x\n" }
    let survey = try TinySurvey(
      definition: TinySurvey.definition.replacing(
        "groups: [Staff, Officer]", with: "groups: [Staff, Officer, Cook]")
        + "population: { groups: { role: { Staff: 96, Officer: \(officers), Cook: \(cooks) } } }\n")
    try survey.write(text, to: "2026/responses.csv")
    let told = survey.run()
    try #require(told.status == .done, "\(told.errors)")
    let rates = try rates(survey)
    #expect(rates.contains { $0["banner"] == "total" })
    #expect(!rates.contains { $0["group"] == "Cook" })
    #expect(rates.contains { $0["banner"] == "role" } == isTold)
  }

  /// Everyone of the cooks gave one number: a mean under the banner would tell what each of them said.
  @Test func `a sensitive number without bands tells no group that gave one number throughout`() throws {
    let definition = TinySurvey.definition.replacing(
      "groups: [Staff, Officer]", with: "groups: [Staff, Officer, Cook]"
    )
    .replacing(
      "  lacking:",
      with: "  hours: { kind: number, column: Comments, valid: [0, 99], sensitive: true }\n  lacking:")
    var text = "ID,Role,Q1,Q2a,Q2b,Comments\n"
    for row in 0..<90 {
      let role = row < 40 ? "Staff" : row < 70 ? "Officer" : "Cook"
      text += "N\(row),\(role),Good,,,\(role == "Cook" ? 40 : row % 13)\n"
    }
    let survey = try TinySurvey(definition: definition)
    try survey.write(text, to: "2026/responses.csv")
    let told = survey.run()
    try #require(told.status == .done, "\(told.errors)")
    let means = try survey.table().filter { $0["question"] == "hours" && $0["answer"] == "(mean)" }
    #expect(means.first { $0["banner"] == "total" }?["value"]?.isEmpty == false)
    #expect(
      means.filter { $0["banner"] == "role" && $0["group"] != "Not stated" }.allSatisfy {
        $0["marker"] == "c"
      })
    #expect(means.count > 3)
  }
}
