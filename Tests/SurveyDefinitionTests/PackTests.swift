import SurveyDefinition
import Testing

/// Packs, banners, blocks, themes and weights.
@Suite struct PackTests {
  @Test func `a pack has the survey's banners and all questions, or its own`() throws {
    let survey = try survey(
      small(
        top: "banners: [role]", questions: "q2: { kind: number }\n  q3: { kind: single, answers: [A] }",
        packs: """
          b: { who: { role: Staff }, banners: [] }
            c: { who: { role: Officer }, banners: q1, questions: [q3, q1] }
          """))
    #expect(survey.packs.map(\.banners) == [[.variable(0)], [], [.question(0)]])
    #expect(survey.packs.map(\.questions) == [[0, 1, 2], [0, 1, 2], [0, 2]])
    #expect(survey.packs.map(\.title) == ["All", "b", "c"])
    #expect(survey.packs[0].who == nil)
  }

  @Test func `banners are what has groups`() {
    #expect(
      MarkedDefinition(
        small(
          top: "banners: [①total, ②q2, ③q3, ④rol, role, ⑤role]",
          questions: "q2: { kind: number }\n  q3: { kind: multiple, columns: { A: a } }")
      ).told == [
        "① remark total-is-there: the banner `total` is always there (leave it out of the list)",
        "② not-a-banner: `q2` is a number question without bands, which cannot stand across the top (a banner is a variable, a single or scale question, or a number with bands)",
        "③ not-a-banner: `q3` is a multiple question, which cannot stand across the top (a banner is a variable, a single or scale question, or a number with bands)",
        "④ unknown-id: there is no variable or question `rol` (did you mean `role`?)",
        "⑤ listed-twice: `role` is listed twice (keep one of them)",
      ])
  }

  @Test func `a pack limits itself to questions`() {
    #expect(
      MarkedDefinition(small(packs: "b: { who: { role: Staff }, questions: [①role, ②q9, q1, ③q1] }")).codes
        == [
          "① not-a-question", "② unknown-id", "③ listed-twice",
        ])
  }

  @Test func `packs of the same people are remarked on, however it is written`() {
    #expect(
      MarkedDefinition(
        small(
          packs: """
            b: { who: { role: Staff } }
              c: { ①who: everyone }
              d: { ②who: [{ role: [Staff] }] }
              e: { ⑤who: { role: Staff, q1: Suitable } }
              f: { ③who: { q1: [Suitable], role: Staff } }
              ④g: { title: G }
            """)
      ).codes == ["① same-people", "② same-people", "⑤ part-of-pack", "③ same-people", "④ same-people"])
  }

  @Test func `packs of the same people have one condition, however it is written`() throws {
    let definition = MarkedDefinition(
      small(
        packs: """
          b: { who: { role: Staff, q1: Suitable } }
            c: { who: [{ q1: [Suitable], role: [Staff] }, { role: Staff, q1: Suitable }] }
          """))
    let packs = try #require(definition.reading.wave).survey.packs
    #expect(packs[1].who == packs[2].who)
  }

  @Test func `everyone and 63 other audiences can be told apart`() {
    func audiences(_ count: Int, mark: String) -> String {
      let groups = (0..<70).map { "G\($0)" }.joined(separator: ", ")
      let packs = (0..<count).map { "p\($0): { \($0 == 63 ? mark : "")who: { area: G\($0) } }" }
      return small(variables: "area: { groups: [\(groups)] }", packs: packs.joined(separator: "\n  "))
    }
    #expect(MarkedDefinition(audiences(63, mark: "")).codes == [])
    #expect(
      MarkedDefinition(audiences(66, mark: "①")).told == [
        "① too-many-audiences: the pack `p63` is for one audience too many: everyone and 63 others can be told apart (give packs of the same people the same `who`, or leave some out of this wave)"
      ])
    let twice = audiences(63, mark: "") + "\n  again: { ①who: { area: [G0] } }"
    #expect(MarkedDefinition(twice).codes == ["① same-people"])
  }

  @Test func `what packs show is read from columns of its own`() {
    func codes(_ banners: String, questions: String = "q1", who: String = "region: [North]") -> [String] {
      MarkedDefinition(
        """
        survey: staff
        variables:
          area: { column: Area, groups: [York, Leeds, Bath] }
          ①region: { column: Area, groups: { North: [York, Leeds], South: Bath } }
        questions:
          q1: { kind: single, answers: [A, B] }
          ②where: { kind: single, column: Area, answers: [York, Leeds, Bath] }
          ③nearly: { kind: multiple, columns: { Place: Area } }
        packs: { all: { who: everyone, banners: \(banners), questions: \(questions) }, n: { who: { \(who) }, banners: [], questions: q1 } }
        """
      ).codes.filter { $0 != "③ same-column" }
    }
    #expect(codes("[area]") == [])
    #expect(codes("[]", questions: "where") == [])
    #expect(codes("[area, region]") == ["① shared-column"])
    #expect(codes("[area]", questions: "[q1, where]") == ["② shared-column"])
    #expect(codes("[area]", questions: "nearly", who: "q1: A") == ["③ shared-column"])
    #expect(codes("[]", questions: "[where, nearly]", who: "q1: A") == ["③ shared-column"])
    // What no pack shows tells nothing.
    #expect(codes("[region]", who: "q1: A") == [])
  }

  @Test func `what can be had together of one column follows from the texts`() throws {
    let survey = try survey(
      """
      survey: staff
      variables:
        area: { column: Area, groups: { York: [York, 1], Leeds: 2, Bath: 3 }, missing: ["", None] }
        region: { column: Area, groups: { North: [York, 1, 2], South: [3, None, Caf\u{E9}] }, missing: [""] }
      questions:
        q1: { kind: single, answers: [A, B] }
        where: { kind: single, column: Area, answers: { Known: [York, 1, 2, 3], Other: [Cafe\u{301}, None] } }
      packs:
        all: { who: everyone, banners: [], questions: [q1, where] }
        n: { who: { region: [North] }, banners: [], questions: q1 }
        a: { who: { area: [Bath] }, banners: [], questions: q1 }
      """)
    // Leeds is a text of the areas alone, and the two ways of writing Café are two texts: either is a fault to another item.
    #expect(
      survey.sharedColumns == [
        SharedColumn(
          items: [.variable(0), .variable(1), .question(1)],
          combinations: [[0, 0, 0], [1, 0, 0], [2, 1, 0], [nil, 1, 1], [nil, nil, nil]])
      ])
  }

  @Test func `what routes shares no column with what is shown, nor does what takes any text`() {
    func codes(_ region: String, _ questions: String, _ packs: String) -> [String] {
      MarkedDefinition(
        """
        survey: staff
        variables:
          area: { column: Area, groups: [York, Leeds, Bath] }
          ①region: { column: Area, groups: { North: [York, Leeds], South: Bath }\(region) }
        questions:
          q1: { kind: single, answers: [A, B] }
          \(questions)
        packs: \(packs)
        """
      ).codes
    }
    let north = "{ all: { who: everyone, banners: [area] }, n: { who: { region: [North] }, banners: [] } }"
    #expect(codes("", "", north) == [])
    #expect(codes(", other: Elsewhere", "", north) == ["① shared-column"])
    let routed = "q2: { kind: single, answers: [A], asked_if: { region: [North] } }"
    #expect(codes("", routed, "{ all: { who: everyone, banners: [area] } }") == ["① shared-column"])
    let years = "②years: { kind: number, column: Area, valid: [0, 9], bands: { Few: [0, 5], More: [5, 9] } }"
    #expect(codes("", years, north) == ["② shared-column", "② shared-column"])
  }

  @Test func `the base of everyone asked is shown by the groups that it adds up`() {
    func codes(_ packs: String, base: String = "asked", cell: Int = 5) -> [String] {
      MarkedDefinition(
        """
        survey: staff
        protection: { minimum_cell: \(cell), minimum_base: \(2 * cell - 1) }
        variables:
          area: { column: Area, groups: [York, Leeds, Bath] }
        questions:
          q1: { kind: single, answers: [A, B] }
          q2: { kind: single, answers: [A, B], base: \(base), ①asked_if: { area: [York, Leeds] } }
        packs: \(packs)
        """
      ).codes.filter { $0.hasPrefix("①") }
    }
    let apart = "{ a: { who: everyone, banners: [area], questions: q1 }, b: { who: everyone, banners: [] } }"
    #expect(codes(apart) == ["① routed-by-group"])
    #expect(codes(apart, base: "answered") == [])
    #expect(codes(apart, cell: 1) == [])
    #expect(codes("{ a: { who: everyone, banners: [area] } }") == [])
    #expect(codes("{ a: { who: everyone, banners: [] } }") == [])
    #expect(
      codes("{ a: { who: everyone, banners: [] }, y: { who: { area: [York] }, banners: [], questions: q1 } }")
        == ["① routed-by-group"])
  }

  @Test func `a sensitive question in no pack is remarked on`() {
    #expect(
      MarkedDefinition(
        """
        survey: staff
        questions:
          ①q1: { kind: single, answers: [A], sensitive: true }
          q2: { kind: single, answers: [A] }
        packs: { all: { who: everyone, questions: q2 } }
        """
      ).codes == ["① sensitive-in-no-pack"])
  }

  @Test func `the questions of a block share one scale`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            scales: { s: [A, B] }
            blocks:
              one: { questions: [q2, q3] }
              two: { ①questions: [q2, q4] }
              three: { ②questions: [q1, q5, ③role] }
            """,
          questions: """
            q2: { kind: scale, answers: s }
              q3: { kind: scale, answers: [A, B] }
              q4: { kind: scale, answers: [B, A] }
              q5: { kind: number }
            """)
      ).told == [
        "① block-scales: `q4` does not have the answers of `q2`, and a block has one scale (give both the same answers in the same order, best under a name in `scales`)",
        "① listed-twice: `q2` is in the block `one` already (keep it in one of them)",
        "② block-scales: `q5` is a number question without bands, and a block has one scale (a block holds scale or single questions)",
        "③ not-a-question: `role` is a variable, and `questions` lists questions",
      ])
  }

  @Test func `theme ids are unique over the tree, and so are the names of themes in tables`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            themes:
              ict: { label: ICT, themes: { slow: { label: Slow }, slow2: { label: ①Slow } } }
              kit: { label: Kit, themes: { ②slow: { label: Slow } } }
              odd: { label: ③ICT / Slow }
              bad: { label: ④Total, ⑤theme: {} }
            """,
          questions: "q2: { kind: theme, themes: [ict, ⑥itc, ⑦ict] }")
      ).told == [
        "① duplicate-label: tables would name two themes `ICT / Slow` (choose another label)",
        "② duplicate-id: the theme id `slow` is taken on line 4 (theme ids are unique over the whole tree)",
        "③ duplicate-label: tables would name two themes `ICT / Slow` (choose another label)",
        "④ reserved-label: the label `Total` is reserved: tables use it (choose another)",
        "⑤ unknown-key: a theme has no key `theme` (did you mean `themes`?)",
        "⑥ unknown-id: there is no theme `itc` (did you mean `ict`?)",
        "⑦ listed-twice: `ict` is listed twice (keep one of them)",
      ])
    #expect(MarkedDefinition(small(questions: "①q2: { kind: theme }")).codes == ["① no-themes"])
  }

  @Test func `raking shares cover the groups and add up to 1`() {
    #expect(
      MarkedDefinition(
        small(
          top: """
            ①weights:
              rake:
                ②role: { Officer: 0.6, Staff: 0.3 }
                ③q1: { Suitable: 1 }
                ④q2: { A: 1 }
                ⑤q9: { A: 1 }
                q3: { A: ⑥62, ⑦Bee: 0.5, B: 0.5, C: ⑧x }
            """,
          questions: "q2: { kind: multiple, columns: { A: x } }\n  q3: { kind: single, answers: [A, B, C] }")
      ).codes == [
        "② shares-sum", "③ missing-share", "④ not-a-banner", "⑤ unknown-id", "⑥ out-of-range",
        "⑦ unknown-answer", "⑧ not-a-number",
      ])
    #expect(MarkedDefinition(small(top: "①weights: {}")).codes == ["① missing-key"])
    #expect(
      MarkedDefinition(small(top: "①weights: { column: w, ②rake: { role: { Officer: 0.62, Staff: 0.38 } } }"))
        .codes
        == ["② conflicting-keys"])
  }

  @Test func `raked weights are trimmed to multiples of their mean`() {
    func weights(_ trim: String) -> MarkedDefinition {
      MarkedDefinition(small(top: "weights: { rake: { role: { Officer: 0.62, Staff: 0.38 } }, \(trim) }"))
    }
    let read = weights("trim: { lower: 0.3, upper: 3 }").reading.wave?.survey.weights
    guard case .rake(_, let trim)? = read else {
      Issue.record("not raked")
      return
    }
    #expect(trim == WeightBounds(lower: Decimal6(millionths: 300_000), upper: Decimal6(3)))
    #expect(weights("①trim: {}").codes == ["① missing-key"])
    #expect(
      weights("trim: { lower: ①1.2, upper: ②0.9, ③most: 3 }").codes
        == ["① out-of-range", "② out-of-range", "③ unknown-key"])
    #expect(
      MarkedDefinition(small(top: "weights: { column: w, ①trim: { upper: 3 } }")).codes == [
        "① conflicting-keys"
      ])
  }
}
