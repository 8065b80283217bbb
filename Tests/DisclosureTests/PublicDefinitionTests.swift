import ReleaseModel
import SurveyDefinition
import Testing

@testable import Disclosure

/// What definition.json tells of a question.
@Suite struct PublicDefinitionTests {
  private func question(_ id: String) throws -> PublicDefinition.Question {
    let survey = MadeUpSurvey().definition()
    let question = try #require(survey.questions.first { $0.id == id })
    return PublicDefinition.Question(question, of: survey)
  }

  @Test func `the bands of a number stand in the order of its answers`() throws {
    let hours = try question("hours")
    #expect(hours.answers == ["Under 5", "5 to 20"])
    let bands = try #require(hours.bands)
    #expect(bands.map(\.from) == ["0", "5"])
    #expect(bands.map(\.to) == ["5", "20"])
  }

  @Test func `a number without bands and a question that is no number have none`() throws {
    let survey = MadeUpSurvey().definition()
    let number = Question(id: "n", text: "N", kind: .number(NumberEntry(column: .heading("N"))))
    #expect(PublicDefinition.Question(number, of: survey).bands == nil)
    #expect(try question("items").bands == nil)
  }

  @Test(
    arguments: [
      (0, "0"), (5_000_000, "5"), (-500_000, "-0.5"), (49_500_000, "49.5"), (1, "0.000001"),
      (100_000_000, "100"),
    ] as [(Int64, String)])
  func `a decimal number is written as a person writes it`(_ millionths: Int64, _ text: String) {
    #expect(Decimal6(millionths: millionths).text == text)
  }
}
