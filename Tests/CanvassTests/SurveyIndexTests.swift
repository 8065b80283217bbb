import Foundation
import Testing

@testable import Canvass

/// `Output/<survey>/index.html`: what has been published of a survey, and the way to it.
@Suite struct SurveyIndexTests {
  private func index(_ survey: TinySurvey) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: survey.output + "/tiny/index.html")))
  }

  private func page(_ survey: TinySurvey) throws -> PageElement { try PageReader.root(of: index(survey)) }

  /// The links of a page that lead to files, each decoded.
  private func files(_ page: PageElement) -> [String] {
    page.all("a").compactMap { $0.attributes["href"] }.filter { !$0.hasPrefix("#") }
      .compactMap(\.removingPercentEncoding)
  }

  private func remove(_ path: String, of survey: TinySurvey) throws {
    try FileManager.default.removeItem(atPath: survey.output + "/tiny/" + path)
  }

  private func replace(_ old: String, _ new: String, in path: String, of survey: TinySurvey) throws {
    let place = survey.output + "/tiny/" + path
    let text = try String(contentsOfFile: place, encoding: .utf8)
    #expect(text.contains(old))
    try text.replacing(old, with: new).write(toFile: place, atomically: true, encoding: .utf8)
  }

  @Test func `every link leads to a file, and every pack's files have one`() throws {
    let survey = try TinySurvey(waves: ["2025", "2026"])
    #expect(survey.run().status == .done)
    let links = files(try page(survey))
    for link in links {
      #expect(FileManager.default.fileExists(atPath: survey.output + "/tiny/" + link), "\(link)")
    }
    for wave in ["2025", "2026"] {
      for pack in ["all", "staff"] {
        for name in ["briefing.html", "tables.xlsx", "tables.ods", "tables.csv"] {
          #expect(links.contains("\(wave)/\(pack)/\(name)"))
        }
      }
    }
  }

  @Test func `a pack stands with the figures that it has published`() throws {
    let survey = try TinySurvey()
    _ = survey.run()
    let manifest = try #require(
      try JSONSerialization.jsonObject(
        with: Data(contentsOf: URL(filePath: survey.release + "/manifest.json")))
        as? [String: Any])
    let rows = try #require((manifest["cells"] as? [String: Int])?["staff"])
    let withheld = try #require((manifest["withheld"] as? [String: Int])?["staff"])
    #expect(rows > 0)
    let packs = try page(survey).all("li").filter { !$0.all("h3").isEmpty }
    #expect(packs.map { $0.all("h3")[0].text } == ["Everyone", "Staff"])
    let staff = packs[1].text
    #expect(staff.contains("The answers of those whose Role is Staff."))
    #expect(staff.contains("48 respondents."))
    #expect(staff.contains(withheld == 0 ? "None of \(rows) rows" : "\(withheld) of \(rows) rows"))
  }

  @Test func `the newest wave comes first, and the page is the same whichever wave ran last`() throws {
    let survey = try TinySurvey(waves: ["2025", "2026"])
    try survey.write("made_up: true\nfieldwork: { from: 2026-03-02, to: 2026-03-20 }\n", to: "2026/wave.yaml")
    _ = survey.run { $0.waves = ["2026"] }
    #expect(try !page(survey).text.contains("2025"))
    _ = survey.run { $0.waves = ["2025"] }
    // The later wave is compared with the earlier once that is there.
    _ = survey.run { $0.waves = ["2026"] }
    let first = try index(survey)
    _ = survey.run { $0.waves = ["2025"] }
    #expect(try index(survey) == first)
    #expect(
      try page(survey).all("h2").map(\.text) == ["Contents", "2 March 2026 to 20 March 2026", "Wave 2025"])
    #expect(try page(survey).all("header")[0].text.contains("Made-up data"))
  }

  @Test func `it draws on the release folders alone`() throws {
    let survey = try TinySurvey(waves: ["2025", "2026"])
    _ = survey.run()
    let first = try index(survey)
    let elsewhere = survey.folder + "/elsewhere"
    try FileManager.default.createDirectory(atPath: elsewhere + "/tiny", withIntermediateDirectories: true)
    for wave in ["2025", "2026"] {
      try FileManager.default.moveItem(
        atPath: survey.output + "/tiny/" + wave, toPath: elsewhere + "/tiny/" + wave)
    }
    try FileManager.default.removeItem(atPath: survey.survey)
    try writeIndex(ofSurvey: "tiny", in: elsewhere)
    #expect([UInt8](try Data(contentsOf: URL(filePath: elsewhere + "/tiny/index.html"))) == first)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: elsewhere + "/tiny").sorted()
        == [".index.lock", "2025", "2026", "index.html"])
  }

  /// What may stand beside a release, none of which is one.
  enum Stranger: CaseIterable {
    case renamed, lacksTables, lacksManifest, definitionOfAnother, noJSON, waysOut, ofAnotherSurvey,
      plainFolder
  }

  @Test(arguments: Stranger.allCases)
  func `a folder that is no whole release of the survey is left out`(_ stranger: Stranger) throws {
    let survey = try TinySurvey(waves: ["2025", "2026"])
    _ = survey.run { $0.waves = ["2026"] }
    let alone = try index(survey)
    _ = survey.run { $0.waves = ["2025"] }
    #expect(try index(survey) != alone)
    switch stranger {
    case .renamed:
      try FileManager.default.moveItem(
        atPath: survey.output + "/tiny/2025", toPath: survey.output + "/tiny/copy")
    case .lacksTables: try remove("2025/staff/tables.ods", of: survey)
    case .lacksManifest: try remove("2025/manifest.json", of: survey)
    case .definitionOfAnother: try replace("A tiny survey", "Another", in: "2025/definition.json", of: survey)
    case .noJSON: try replace("{", "", in: "2025/manifest.json", of: survey)
    case .waysOut:
      try replace("\"audit.json\"", "\"../2026/audit.json\"", in: "2025/manifest.json", of: survey)
    case .ofAnotherSurvey: try replace("\"tiny\"", "\"huge\"", in: "2025/manifest.json", of: survey)
    case .plainFolder:
      try remove("2025", of: survey)
      try FileManager.default.createDirectory(
        atPath: survey.output + "/tiny/2025", withIntermediateDirectories: true)
    }
    #expect(survey.run { $0.waves = ["2026"] }.status == .done)
    #expect(try index(survey) == alone)
  }

  @Test func `a run that releases nothing leaves the page as it was`() throws {
    let survey = try TinySurvey()
    _ = survey.run()
    try "as it was".write(toFile: survey.output + "/tiny/index.html", atomically: true, encoding: .utf8)
    try survey.write("ID,Role,Q1,Q2a,Q2b\n1,Staff,Good,,\n", to: "2026/responses.csv")
    #expect(survey.run().status == .unsafe)
    #expect(try index(survey) == Array("as it was".utf8))
    #expect(survey.check().status != .usage)
    #expect(try index(survey) == Array("as it was".utf8))
  }

  @Test func `only files that were written have a link`() throws {
    let survey = try TinySurvey()
    _ = survey.run { $0.formats = ["xlsx"] }
    #expect(
      files(try page(survey)) == ["2026/all/tables.xlsx", "2026/staff/tables.xlsx", "2026/definition.json"])
    #expect(try !page(survey).text.contains("respondents."), "no file of the release tells a pack's base")
  }

  @Test func `names that try the page come out as text, and their links lead there`() throws {
    let wave = "a b#c?%41&'\"<i>\u{202E}é"
    let title = "<script>alert(1)</script> \u{202E}=cmd() " + String(repeating: "long", count: 120)
    let definition = TinySurvey.definition.replacing("title: A tiny survey", with: "title: '\(title)'")
      .replacing("title: Staff,", with: "title: '<b>&amp;</b>',")
    let survey = try TinySurvey(waves: [wave], definition: definition)
    let told = survey.run()
    #expect(told.status == .done, "\(told.errors)")
    let page = try page(survey)
    #expect(page.all("script").isEmpty && page.all("b").isEmpty && page.all("i").isEmpty)
    #expect(page.all("h1")[0].text.hasPrefix(title))
    #expect(page.all("h3").map(\.text) == ["Everyone", "<b>&amp;</b>"])
    let links = files(page)
    #expect(links.count == 11, "four files and the heading of each pack, and the definition")
    for link in links {
      #expect(FileManager.default.fileExists(atPath: survey.output + "/tiny/" + link), "\(link)")
    }
  }
}
