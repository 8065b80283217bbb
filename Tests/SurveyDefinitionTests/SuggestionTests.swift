import Testing

@testable import SurveyDefinition

@Suite struct SuggestionTests {
  @Test(arguments: [
    ("", "", 0), ("abc", "", 3), ("", "abc", 3), ("abc", "abc", 0), ("abc", "abd", 1), ("abc", "acb", 1),
    ("kitten", "sitting", 3), ("ca", "abc", 3), ("équipe", "equipe", 1),
  ])
  func `distance counts letters put in, left out, replaced and swapped`(
    left: String, right: String, distance: Int
  ) {
    #expect(editDistance(left, right) == distance)
    #expect(editDistance(right, left) == distance)
  }

  @Test func `the nearest word is near, and the first of equals`() {
    #expect(nearest(to: "equipmnet", among: ["role", "equipment", "equipments"]) == "equipment")
    #expect(nearest(to: "Minimum Cell", among: ["minimum_cell"]) == "minimum_cell")
    #expect(nearest(to: "colour", among: ["role", "years"]) == nil)
    #expect(nearest(to: "a", among: ["b", "c"]) == "b")
    #expect(
      nearest(to: String(repeating: "x", count: 201), among: [String(repeating: "x", count: 200)]) == nil)
  }
}
