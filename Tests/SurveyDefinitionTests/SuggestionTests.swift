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
    var suggestions = Suggestions()
    #expect(
      suggestions.nearest(to: "equipmnet", among: { ["role", "equipment", "equipments"] }) == "equipment")
    #expect(suggestions.nearest(to: "Minimum Cell", among: { ["minimum_cell"] }) == "minimum_cell")
    #expect(suggestions.nearest(to: "colour", among: { ["role", "years"] }) == nil)
    #expect(suggestions.nearest(to: "a", among: { ["b", "c"] }) == "b")
  }

  @Test func `the search for suggestions ends, however many words are unknown`() {
    let known = (0..<3000).map { "known-word-\($0)" }
    var suggestions = Suggestions()
    var searched = 0
    for number in 0..<3000 {
      _ = suggestions.remedy(
        for: "knwon-word-\(number)",
        among: {
          searched += 1
          return known
        })
    }
    #expect(searched >= 1)
    #expect(searched <= 20)
  }
}
