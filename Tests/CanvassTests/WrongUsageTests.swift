import Testing

@testable import Canvass

/// Every sentence for wrong usage, word for word.
@Suite struct WrongUsageTests {
  @Test func `an unknown wave is told with those there are`() throws {
    let tiny = try TinySurvey(waves: ["2025", "2026"])
    let told = tiny.run { $0.waves = ["2024"] }
    #expect(told.status == .usage)
    #expect(told.errors == "canvass: there is no wave `2024`; there are 2025, 2026\n")
  }

  @Test func `an unknown pack is told with those there are`() throws {
    let tiny = try TinySurvey()
    let told = tiny.run { $0.packs = ["officers"] }
    #expect(told.status == .usage)
    #expect(told.errors == "canvass: there is no pack `officers`; there are all, staff\n")
    #expect(try tiny.outputs().isEmpty)
  }

  @Test func `an unknown format is told with those there are`() throws {
    let told = try TinySurvey().run { $0.formats = ["docx"] }
    #expect(told.status == .usage)
    #expect(
      told.errors
        == "canvass: there is no format `docx`; there are csv, xlsx, ods, json, pairs, html, svg, pdf\n")
  }

  @Test func `no thread cannot read`() throws {
    let told = try TinySurvey().run { $0.threads = 0 }
    #expect(told.status == .usage)
    #expect(told.errors == "canvass: --threads takes a whole number from 1\n")
  }

  @Test func `no response is no simulation`() throws {
    let tiny = try TinySurvey()
    var request = SimulateRequest(surveyFolder: tiny.survey, output: tiny.survey + "/trial")
    request.responses = 0
    let told = told { simulate(request, on: $0) }
    #expect(told.status == .usage)
    #expect(told.errors == "canvass: --responses takes a whole number from 1\n")
  }
}
