import Foundation
import Simulation
import SurveyDefinition
import Testing

/// The bundled survey as its files stand in the repository.
enum Bundled {
  static let seed: UInt64 = 20_121_220
  static let responseCount = 1_200

  static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Surveys/staff")
  static let responsesFile = folder.appending(path: "2012-12/responses.csv")

  static func text(of file: String) throws -> String {
    try String(contentsOf: folder.appending(path: file), encoding: .utf8)
  }

  static func wave() throws -> Wave {
    let reading = readDefinition(
      surveyYAML: try text(of: "survey.yaml"), surveyFile: "survey.yaml",
      waveYAML: try text(of: "2012-12/wave.yaml"), waveFile: "wave.yaml", waveID: "2012-12")
    #expect(reading.findings.filter { !$0.isRemark } == [])
    return try #require(reading.wave)
  }

  static func shares(for survey: Survey) throws -> Shares {
    let reading = readShares(yaml: try text(of: "shares.yaml"), file: "shares.yaml", for: survey)
    #expect(reading.findings == [])
    return try #require(reading.shares)
  }
}

/// All bytes of a simulation at once, for tests that look at the whole.
func simulated(
  _ survey: Survey, _ shares: Shares? = nil, responses: Int, seed: UInt64 = 1
) throws -> [UInt8] {
  var bytes: [UInt8] = []
  try simulateResponses(
    wave: Wave(id: "test", survey: survey), shares: shares ?? .equal(for: survey), responses: responses,
    seed: seed
  ) { bytes += copy $0 }
  return bytes
}
