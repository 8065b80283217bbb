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
}
