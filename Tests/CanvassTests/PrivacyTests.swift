import Foundation
import Testing

@testable import Canvass

/// No response text, respondent id or row content is ever printed or written, messages of failure included.
@Suite struct PrivacyTests {
  private func expectNoMarker(_ told: Told, _ tiny: TinySurvey) throws {
    #expect(!told.output.contains(TinySurvey.marker))
    #expect(!told.errors.contains(TinySurvey.marker))
    for (name, data) in try tiny.outputs() {
      #expect(!String(decoding: data, as: UTF8.self).contains(TinySurvey.marker), "\(name)")
    }
  }

  @Test func `a good run tells nothing of ids and free text`() throws {
    let tiny = try TinySurvey()
    let told = tiny.run()
    #expect(told.status == .done)
    try expectNoMarker(told, tiny)
    try expectNoMarker(tiny.check(), tiny)
  }

  @Test(arguments: [
    // One person's undeclared answer, an id twice, a row too long, a stray quote, bytes that are not UTF-8.
    "1,Staff,MARKER answer,,,\n", "MARKER0,Staff,Good,,,\n", "2,Staff,Good,,,,MARKER\n",
    "3,Staff,Good,,,MARKER\"\n", "4,MARKER,Good,,,\n", "5,Staff,Good,MARKER,,\n",
  ])
  func `faults of the data tell where, not what`(_ row: String) throws {
    let tiny = try TinySurvey()
    try tiny.write(TinySurvey.responses() + row, to: "2026/responses.csv")
    for told in [tiny.run(), tiny.check()] {
      #expect(told.status == .faults)
      try expectNoMarker(told, tiny)
    }
  }
}
