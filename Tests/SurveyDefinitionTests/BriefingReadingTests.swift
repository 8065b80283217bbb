import Testing

@testable import SurveyDefinition

@Suite struct BriefingReadingTests {
  @Test func `a briefing is worded, ordered and coloured`() throws {
    let survey = try survey(
      small(
        top: """
          briefing:
            { language: en-GB, title: T, contact: C, notes: [One, Two], order: [q2, q1],
              accent: { light: "#0B4F8A", dark: "#8cc4f5" }, words: { findings: Key messages, method: How } }
          """, questions: "q2: { kind: number }",
        packs: "b: { who: { role: Staff }, briefing: { title: B, notes: One } }"))
    #expect(
      survey.briefing
        == BriefingSettings(
          title: "T", contact: "C", notes: ["One", "Two"], order: [1, 0],
          accent: .init(light: "#0b4f8a", dark: "#8cc4f5"),
          words: ["findings": "Key messages", "method": "How"]))
    #expect(survey.packs.map(\.briefing) == [nil, BriefingSettings(title: "B", notes: ["One"])])
  }

  @Test func `what cannot be worded, ordered or coloured so is told with what to do`() {
    let told = MarkedDefinition(
      small(
        top: """
          briefing:
            language: ①cy
            notes: [②""]
            order: [③q9]
            accent: { light: ④"#7ab8f5", dark: ⑤blue }
            words: { ⑥finding: x }
            ⑦titel: T
          """, packs: "b: { who: { role: Staff }, briefing: { ⑧language: en-GB } }")
    ).told
    #expect(
      told == [
        "① unknown-word: `language` may not be `cy` (known here: `en-GB`)",
        "② empty-value: a note has no text (leave it out)",
        "③ unknown-id: there is no variable or question `q9` (did you mean `q1`?)",
        "④ low-contrast: `#7ab8f5` has a contrast of 2.0 to 1 with the light page, and text needs 4.5 (`#5179a1` is the nearest of its kind that has it)",
        "⑤ bad-colour: `dark` is no colour (write # and six hexadecimal digits, in quotes, such as \"#0b4f8a\")",
        "⑥ unknown-key: `words` has no key `finding` (did you mean `findings`?)",
        "⑦ unknown-key: `briefing` has no key `titel` (did you mean `title`?)",
        "⑧ unknown-key: `briefing` has no key `language` (known here: `title`, `contact`, `notes`, `order`, `accent`, `logo`, `words`)",
      ])
  }

  @Test func `a wording has each of its slots once and no other`() throws {
    let told = MarkedDefinition(
      small(
        top: """
          briefing:
            words:
              by_banner: ①By {baner}
              compare_caption: ②Per cent
              responded_chart: ③"{banner} by {banner}"
              method: ④How {we} did it
              table_by_banner: "{question}, by {banner} {}{ }"
              ⑤by_baner: By {banner}
          """)
    ).told
    #expect(
      told == [
        "① wrong-slot: `by_banner` has no slot `{baner}` (did you mean `banner`?)",
        "② wrong-slot: `compare_caption` needs `{banner}` once (write it where that is to stand)",
        "③ wrong-slot: `responded_chart` needs `{banner}` once (write it where that is to stand)",
        "④ wrong-slot: `method` has no slot `{we}` (it has none: take the braces off)",
        "⑤ unknown-key: `words` has no key `by_baner` (did you mean `by_banner`?)",
      ])
  }

  @Test func `contrast is that of WCAG`() throws {
    let black = try #require(ScreenColour("#000000"))
    #expect(abs(black.contrast(with: .lightPage) - 21) < 0.001)
    // The greys on both sides of 4.5, known from many checkers.
    #expect(try #require(ScreenColour("#767676")).contrast(with: .lightPage) >= 4.5)
    #expect(try #require(ScreenColour("#777777")).contrast(with: .lightPage) < 4.5)
  }

  @Test(arguments: [ScreenColour.lightPage, .darkPage])
  func `the colour that is offered can be read`(page: ScreenColour) throws {
    for value in stride(from: 0, to: 0xFFFFFF, by: 0x03_1D_47) {
      let colour = ScreenColour(red: value >> 16, green: value >> 8 & 0xFF, blue: value & 0xFF)
      #expect(colour.readable(on: page).contrast(with: page) >= 4.5)
    }
  }
}
