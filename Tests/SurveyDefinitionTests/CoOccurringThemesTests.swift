import SurveyDefinition
import Testing

/// Which themes of a question are counted in pairs.
@Suite struct CoOccurringThemesTests {
  /// The findings of a definition whose theme question lists some themes under `co_occurrence`.
  private static func read(_ listed: String) -> (coding: ThemeCoding?, findings: [String]) {
    let reading = readDefinition(
      surveyYAML: """
        survey: tiny
        input: { respondent: ID }
        questions:
          hindrances:
            kind: theme
            co_occurrence: \(listed)
        themes:
          ict: { label: ICT, themes: { slow: { label: Slow } } }
          pay: { label: Pay }
          kit: { label: Kit }
          law: { label: Law }
          room: { label: Room }
          time: { label: Time }
        packs: { all: { who: everyone } }
        """, surveyFile: "survey.yaml", waveYAML: nil, waveFile: "wave.yaml", waveID: "w1")
    var coding: ThemeCoding?
    if case .theme(let read)? = reading.wave?.survey.questions.first?.kind { coding = read }
    return (
      coding,
      reading.findings.filter { !$0.isRemark }.map {
        "\($0.place.line ?? 0):\($0.place.column ?? 0) \($0.code)"
      }
    )
  }

  @Test func `themes are kept in the order of the codebook`() throws {
    let (coding, findings) = Self.read("[kit, ict]")
    #expect(findings == [])
    let themes = try #require(coding)
    #expect(themes.coOccurring.map { themes.themes[$0].id } == ["ict", "kit"])
  }

  @Test(arguments: [
    ("[ict, slow]", ["6:26 theme-below-another"]),
    ("ict", ["6:5 too-few-themes"]),
    ("[]", ["6:5 empty-list"]),
    ("[ict, pay, kit, law, room, time]", ["6:5 too-many-themes"]),
    ("[ict, pya]", ["6:26 unknown-id"]),
    ("[ict, pay, ict]", ["6:31 listed-twice"]),
  ])
  func `what cannot be counted in pairs is told`(listed: String, expected: [String]) {
    #expect(Self.read(listed).findings == expected)
  }
}
