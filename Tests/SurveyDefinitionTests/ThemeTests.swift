import SurveyDefinition
import Testing

/// The codebook, and which of its themes a question is tabulated by.
@Suite struct ThemeTests {
  private let tree = """
    themes:
      ict:
        label: ICT
        themes:
          joined_up: { label: Not joined up, themes: { twice: { label: Typed twice } } }
          crashes: { label: Crashes }
      estate: { label: Estate }
    """

  /// The themes that a question is tabulated by, as tables call them, each with the id of the one it lies in.
  private func themes(_ listed: String) throws -> [String] {
    let survey = try survey(small(top: tree, questions: "why: { kind: theme\(listed) }"))
    guard case .theme(let coding) = survey.questions[1].kind else { return [] }
    return coding.themes.map { theme in
      "\(theme.label) (\(theme.id)\(theme.parent.map { " in \(coding.themes[$0].id)" } ?? ""))"
    }
  }

  private static let ict = [
    "ICT (ict)", "ICT / Not joined up (joined_up in ict)",
    "ICT / Not joined up / Typed twice (twice in joined_up)", "ICT / Crashes (crashes in ict)",
  ]

  @Test func `without a list a question has all themes, each before those below it`() throws {
    #expect(try themes("") == Self.ict + ["Estate (estate)"])
  }

  @Test func `a listed theme brings all below it`() throws {
    #expect(try themes(", themes: [ict]") == Self.ict)
    #expect(try themes(", themes: estate") == ["Estate (estate)"])
    #expect(
      try themes(", themes: [joined_up]") == [
        "ICT / Not joined up (joined_up)", "ICT / Not joined up / Typed twice (twice in joined_up)",
      ])
  }

  @Test func `a theme whose parent is not listed stands by itself under its whole name`() throws {
    #expect(try themes(", themes: [crashes]") == ["ICT / Crashes (crashes)"])
    #expect(try themes(", themes: [twice]") == ["ICT / Not joined up / Typed twice (twice)"])
    #expect(
      try themes(", themes: [estate, twice, crashes]") == [
        "ICT / Not joined up / Typed twice (twice)", "ICT / Crashes (crashes)", "Estate (estate)",
      ])
  }

  @Test func `a parent listed beside its child or grandchild changes nothing`() throws {
    #expect(try themes(", themes: [ict, crashes]") == Self.ict)
    #expect(try themes(", themes: [twice, ict]") == Self.ict)
    #expect(
      try themes(", themes: [twice, joined_up]") == [
        "ICT / Not joined up (joined_up)", "ICT / Not joined up / Typed twice (twice in joined_up)",
      ])
  }

  @Test func `faults of a list of themes`() {
    #expect(
      MarkedDefinition(
        small(
          top: tree,
          questions: """
            why: { kind: theme, themes: [ict, ①crahses, ②ict] }
              more: { kind: theme, ③themes: [] }
              less: { kind: theme, ④themes: }
            """)
      ).told == [
        "① unknown-id: there is no theme `crahses` (did you mean `crashes`?)",
        "② listed-twice: `ict` is listed twice (keep one of them)",
        "③ empty-list: `themes` lists nothing (without it all themes are meant)",
        "④ empty-value: `themes` has no value (for an empty list write [])",
      ])
  }

  @Test func `a theme question without a codebook is remarked on`() {
    #expect(
      MarkedDefinition(small(questions: "①why: { kind: theme }")).told
        == [
          "① remark no-themes: this theme question has no codebook to be coded with (list the themes under `themes:` at the top level)"
        ])
  }

  @Test func `a theme has a definition and other names`() throws {
    let survey = try survey(
      small(
        top: """
          themes:
            ict:
              label: ICT
              definition: Computers and what runs on them.
              aliases: [IT, "Computers, systems", ' ICT::general ']
              themes: { radio: { label: Radio, aliases: Airwave }, bare: { definition: D } }
          """))
    #expect(
      survey.themes == [
        Theme(
          id: "ict", label: "ICT", definition: "Computers and what runs on them.",
          aliases: ["IT", "Computers, systems", "ICT::general"],
          themes: [
            Theme(id: "radio", label: "Radio", aliases: ["Airwave"]),
            Theme(id: "bare", label: "bare", definition: "D"),
          ])
      ])
  }

  @Test func `another name is no id, and names one theme`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            themes:
              a: { label: A, aliases: [①b, ②a, X, ③''] }
              b: { label: B, aliases: [④X, Y, ⑤Y], themes: { c: { label: C, aliases: [⑥X] } } }
            """)
      ).told == [
        "① duplicate-alias: the other name `b` of the theme `a` is the id of the one on line 5 (leave it out here, or rename that theme)",
        "② duplicate-alias: the other name `a` of the theme `a` is the id of the one on line 4 (leave it out here, or rename that theme)",
        "③ empty-label: another name of the theme `a` is empty",
        "④ duplicate-alias: the other name `X` of the theme `b` stands under `a` already (keep one of them)",
        "⑤ duplicate-alias: the other name `Y` of the theme `b` stands under `b` already (keep one of them)",
        "⑥ duplicate-alias: the other name `X` of the theme `c` stands under `b` already (keep one of them)",
      ])
  }

  @Test func `another name may be a label, its own or another's`() throws {
    let survey = try survey(small(top: "themes: { a: { label: A, aliases: [B, A] }, b: { label: B } }"))
    #expect(survey.themes[0].aliases == ["B", "A"])
  }

  @Test func `ids are unique over the whole tree, and so are the names in tables`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            themes:
              a: { label: A, themes: { x: { label: X }, y: { label: ①X } } }
              b: { label: B, themes: { ②a: { label: X }, ③x: { label: Z } } }
              c: { label: ④B }
              d: { label: ⑤A / X }
            """)
      ).told == [
        "① duplicate-label: tables would name two themes `A / X` (choose another label)",
        "② duplicate-id: the theme id `a` is taken on line 4 (theme ids are unique over the whole tree)",
        "③ duplicate-id: the theme id `x` is taken on line 4 (theme ids are unique over the whole tree)",
        "④ duplicate-label: tables would name two themes `B` (choose another label)",
        "⑤ duplicate-label: tables would name two themes `A / X` (choose another label)",
      ])
  }

  @Test func `values of the wrong shape are faults`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            themes:
              a: ①A
              b: { ②label: , ③definition: '', ④aliases: }
              c: { label: ⑤[C], definition: ⑥{ d: e }, aliases: ⑦{ x: y }, ⑧themes: }
              d: { ⑨alias: x }
            """)
      ).codes == [
        "① wrong-type", "② empty-value", "③ empty-value", "④ empty-value", "⑤ wrong-type", "⑥ wrong-type",
        "⑦ wrong-type", "⑧ empty-value", "⑨ unknown-key",
      ])
    #expect(
      MarkedDefinition(small(top: "themes: { a: { label: ①Total }, b: { label: ②(base) } }")).codes == [
        "① reserved-label", "② reserved-label",
      ])
    #expect(MarkedDefinition(small(top: "themes: { ①A: { label: A } }")).codes == ["① bad-id"])
  }
}
