import SurveyDefinition
import Testing

/// `was`: the ids that a theme had in the codebook of earlier waves.
@Suite struct EarlierIDTests {
  @Test func `a theme has one earlier id or several, and may have them at every level`() throws {
    let survey = try survey(
      small(
        top: """
          themes:
            ict: { label: ICT, was: systems, themes: { wires: { label: Wires, was: [lines, 2g] } } }
            people: { label: People, aliases: [Resource], was: [ staffing, resource ] }
            estate: { label: Estate, was: [] }
          """))
    #expect(
      survey.themes == [
        Theme(
          id: "ict", label: "ICT", was: ["systems"],
          themes: [Theme(id: "wires", label: "Wires", was: ["lines", "2g"])]),
        Theme(id: "people", label: "People", aliases: ["Resource"], was: ["staffing", "resource"]),
        Theme(id: "estate", label: "Estate"),
      ])
  }

  @Test func `an earlier id is no current one`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            themes:
              ict: { label: ICT, was: ①ict, themes: { wires: { label: Wires, was: [②ict, lines] } } }
              people: { label: People, was: [③training] }
              training: { label: Training, was: ④wires }
            """)
      ).told == [
        "① duplicate-was: the earlier id `ict` of the theme `ict` is its present one (leave it out: an id that stays is no earlier one)",
        "② duplicate-was: the earlier id `ict` of the theme `wires` is the id of the one on line 4 (leave it out: the theme above keeps its id and stays comparable, and those below it begin with this wave)",
        "③ duplicate-was: the earlier id `training` of the theme `people` is the id of the one on line 6 (take that theme out if it was merged into this one; otherwise leave the id out here)",
        "④ duplicate-was: the earlier id `wires` of the theme `training` is the id of the one on line 4 (take that theme out if it was merged into this one; otherwise leave the id out here)",
      ])
  }

  @Test func `an earlier id under two themes is a split, which the theme above stands for`() {
    let remedy =
      "if `systems` was split, write it under the theme above the new ones alone: that one stays comparable, and the new ones begin with this wave"
    #expect(
      MarkedDefinition(
        small(
          top: """
            themes:
              hardware: { label: Hardware, was: [systems, systems2, ①systems2] }
              software: { label: Software, was: ②systems, themes: { email: { label: Email, was: ③systems } } }
            """)
      ).told == [
        "① duplicate-was: the earlier id `systems2` of the theme `hardware` stands under `hardware` already (keep one of them)",
        "② duplicate-was: the earlier id `systems` of the theme `software` stands under `hardware` already (\(remedy))",
        "③ duplicate-was: the earlier id `systems` of the theme `email` stands under `software` already (\(remedy))",
      ])
  }

  @Test func `an earlier id is an id, and no other name`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            themes:
              a: { label: A, aliases: [①x, ②y], was: [x, ③'', ④Big systems] }
              b: { label: B, was: [y, ⑤Z] }
            """)
      ).told == [
        "① duplicate-alias: the other name `x` of the theme `a` is an earlier id of `a` (keep it under `was` where it was the id of a theme, under `aliases` otherwise)",
        "② duplicate-alias: the other name `y` of the theme `a` is an earlier id of `b` (keep it under `was` where it was the id of a theme, under `aliases` otherwise)",
        "③ empty-label: an earlier id of the theme `a` is empty (leave it out)",
        "④ bad-id: `Big systems` is no id: lower case letters a to z, digits, - and _ (`was` holds ids; other names that codings have for the theme stand under its `aliases`)",
        "⑤ bad-id: `Z` is no id: lower case letters a to z, digits, - and _ (`was` holds ids; other names that codings have for the theme stand under its `aliases`)",
      ])
  }

  @Test func `values of the wrong shape are faults, and words for it are understood`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            themes:
              a: { ①was: , ②formerly: x }
              b: { was: ③{ x: y }, ④merged: [x] }
              c: { was: [⑤[x]] }
            """)
      ).told == [
        "① empty-value: `was` has no value (for an empty list write [])",
        "② unknown-key: a theme has no key `formerly` (did you mean `was`?)",
        "③ wrong-type: `was` is a list of texts, not a map",
        "④ unknown-key: a theme has no key `merged` (did you mean `was`?)",
        "⑤ wrong-type: an entry of `was` is a text, not a list (put a text with a colon, a comma or brackets in quotes)",
      ])
  }

  @Test func `a wave may take new themes out, and may have the old codebook instead`() throws {
    let top = """
      themes:
        ict: { label: ICT, was: systems, themes: { hardware: { label: Hardware }, wires: { label: Wires } } }
      """
    let without = try survey(small(top: top), wave: "themes: { ict: { themes: { hardware: null } } }")
    #expect(
      without.themes == [
        Theme(id: "ict", label: "ICT", was: ["systems"], themes: [Theme(id: "wires", label: "Wires")])
      ])
    let own = try survey(small(top: top), wave: "themes: { ict: null, systems: { label: Systems } }")
    #expect(own.themes == [Theme(id: "systems", label: "Systems")])
    let added = try survey(small(top: top), wave: "themes: { ict: { was: [it, ict_systems] } }")
    #expect(added.themes.first?.was == ["it", "ict_systems"])
  }

  @Test func `a wave that brings an old theme back beside the one that it became is told of both places`() {
    #expect(
      MarkedDefinition(
        small(top: "themes: { ict: { label: ICT, was: ①systems } }"),
        wave: "made_up: true\nthemes: { systems: { label: Systems } }"
      ).told == [
        "① duplicate-was: the earlier id `systems` of the theme `ict` is the id of the one on line 2 of 2012-12/wave.yaml (a coding of `systems` counts for `ict` as it is: take it out there, or `ict` out of this wave)"
      ])
  }
}
