import Foundation
import Testing

@testable import Canvass

/// What a page says of the numbers that answers stand for.
@Suite struct ScoreSentenceTests {
  private func text(of pack: String, _ survey: TinySurvey) throws -> String {
    let ended = survey.run { $0.formats = ["csv", "html"] }
    try #require(ended.status == .done, "\(ended.errors)")
    let page = try Data(contentsOf: URL(filePath: "\(survey.release)/\(pack)/briefing.html"))
    return try PageReader.root(of: Array(page)).text
  }

  /// 50 of 80 said Good, 30 Poor: (50 - 30)/80. Squares 80 - 80 · 0.25² = 75, error √(80/79 · 75)/80 = 0.1089, and Student's t with
  /// 79 degrees of freedom 1.9905.
  @Test func `mean score and net score are told with their scale and the answers on either side`() throws {
    let text = try text(of: "all", try TinySurvey())
    #expect(text.contains("For the mean score answers count as Good 1, Poor −1."))
    #expect(
      text.contains(
        """
        Mean score 0.25 (interval 0.03 to 0.47) of 80 respondents, on a scale from −1 to 1. Net score +25.0 points (interval \
        +3.1 to +44.6): the per cent who answered Good, less the per cent who answered Poor.
        """))
    #expect(text.contains("its interval is Tango’s score interval"))
  }

  @Test func `a page of questions without scores says nothing of them`() throws {
    let definition = TinySurvey.definition.replacing("    scores: { Good: 1, Poor: -1 }\n", with: "")
    let survey = try TinySurvey(definition: definition)
    #expect(try !text(of: "all", survey).contains("score"))
    #expect(!FileManager.default.fileExists(atPath: "\(survey.release)/all/scores.csv"))
  }
}
