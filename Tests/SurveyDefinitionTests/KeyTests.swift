import SurveyDefinition
import Testing

/// Keys, ids, words and plain values.
@Suite struct KeyTests {
  @Test func `an unknown key names the nearest one`() {
    let definition = MarkedDefinition(
      small(
        top:
          "①protecton: {}\n②weather: 12000\nprotection: { ③minimum_sell: 5 }\ninput: { ④delimiter: ',' }",
        variables: "area: { groups: [A], ⑤coloum: x }",
        questions: "q2: { kind: single, ⑥options: [A], answers: [A], ⑦Missing: [] }",
        packs: "two: { who: { role: Staff }, ⑧banner: [role], ⑨color: red }"))
    #expect(
      definition.told == [
        "① unknown-key: a survey has no key `protecton` (did you mean `protection`?)",
        "② unknown-key: a survey has no key `weather`",
        "③ unknown-key: `protection` has no key `minimum_sell` (did you mean `minimum_cell`?)",
        "④ unknown-key: `input` has no key `delimiter` (did you mean `separator`?)",
        "⑤ unknown-key: a variable has no key `coloum` (did you mean `column`?)",
        "⑥ unknown-key: a question has no key `options` (did you mean `answers`?)",
        "⑦ unknown-key: a question has no key `Missing` (did you mean `missing`?)",
        "⑧ unknown-key: a pack has no key `banner` (did you mean `banners`?)",
        "⑨ unknown-key: a pack has no key `color` (known here: `title`, `who`, `banners`, `questions`, `briefing`)",
      ])
  }

  @Test func `what a definition cannot do without is missing`() {
    let definition = MarkedDefinition(
      """
      ①title: Staff
      questions:
        ②q1: { answers: [A] }
        ③q2: { kind: single }
        ④q3: { kind: multiple }
        ⑤q4: { kind: multiple, column: Q4 }
        q5: { kind: number, ⑥bands: { Under 5: [0, 5] } }
      ⑦blocks: { b: { text: Together } }
      """.replacing("⑦blocks: { b", with: "blocks: { ⑦b"))
    #expect(
      definition.told == [
        "① missing-key: a survey needs the key `packs` (write `packs: { all: { title: Everyone, who: everyone } }`)",
        "① missing-key: a survey needs the key `survey` (give the survey an id, such as `survey: staff`)",
        "② missing-key: a question needs the key `kind` (one of `single`, `multiple`, `scale`, `number`, `ranking`, `theme`)",
        "③ missing-key: a question needs the key `answers` (list the labels, with the texts of their cells where those differ)",
        "④ missing-key: a question needs the key `columns` (`columns` with one column per option, or `column`, `separator` and `answers`)",
        "⑤ missing-key: a question needs the key `answers`",
        "⑤ missing-key: a question needs the key `separator` (write the text between two options, such as \";\" or \", \")",
        "⑥ missing-key: a number with `bands` needs `valid`, the range that they cover (write `valid: [from, to]`)",
        "⑦ missing-key: a block needs the key `questions`",
      ])
  }

  @Test func `a key of another kind of question says whose it is`() {
    #expect(
      MarkedDefinition(
        small(questions: "q2: { kind: single, answers: [A], ①valid: [0, 1], ②exclusive: [A] }")
      ).told == [
        "① key-of-other-kind: a question of kind `single` has no key `valid` (it belongs to `number`)",
        "② key-of-other-kind: a question of kind `single` has no key `exclusive` (it belongs to `multiple`)",
      ])
  }

  @Test func `keys that exclude one another are told at the second`() {
    #expect(
      MarkedDefinition(
        small(
          variables: "area: { columns: { A: x }, ①groups: [A] }",
          questions: """
            q2: { kind: multiple, columns: { A: x, B: y }, ②answers: [A, B], ③separator: ";" }
              q3: { kind: multiple, column: z, separator: ";", answers: [A], ④chosen: any }
            """)
      ).codes == [
        "① conflicting-keys", "② conflicting-keys", "③ conflicting-keys", "④ conflicting-keys",
      ])
  }

  @Test func `a wrong word of a kind names the nearest`() {
    #expect(
      MarkedDefinition(
        small(
          top: "sampling: ①opne\ninput: { encoding: ②UTF8, quoting: ③maybe }",
          questions: "q2: { kind: ④Single, answers: [A], base: ⑤everyone }",
          packs: "two: { who: ⑥all }")
      ).told == [
        "① unknown-word: `sampling` may not be `opne` (did you mean `open`?)",
        "② unknown-word: `encoding` may not be `UTF8` (did you mean `utf-8`?)",
        "③ unknown-word: `quoting` is `true` or `false`, not `maybe`",
        "④ unknown-word: `kind` may not be `Single` (did you mean `single`?)",
        "⑤ unknown-word: `base` may not be `everyone` (known here: `answered`, `asked`)",
        "⑥ unknown-word: `who` may not be `all` (write `everyone`, or a condition such as { role: [Police staff] })",
      ])
  }

  @Test func `a value of the wrong shape is a fault`() {
    #expect(
      MarkedDefinition(
        small(
          top: "invited: ①[1]\npublisher: ②{ a: 1 }\nprotection: ③5\nthemes: ④[a]\nblocks: ⑤x",
          questions: "q2: { kind: single, answers: [⑥{ A: 1 }], missing: ⑦{ a: b } }\n  q3: ⑧[kind, single]",
          packs: "two: { who: [⑨everyone] }")
      ).codes == (1...9).map { "\(["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"][$0 - 1]) wrong-type" })
  }

  @Test func `a key without a value is a fault at the key`() {
    #expect(
      MarkedDefinition(
        small(
          top: "①publisher:\n②contact: null\n③mode: ''\n④banners:\n⑤protection:",
          variables: "area: { groups: [A], ⑥missing: , ⑦column: ~ }",
          questions: "q2: { kind: single, answers: [A], ⑧asked_if: , ⑨nets: }")
      ).codes == (1...9).map { "\(["①", "②", "③", "④", "⑤", "⑥", "⑦", "⑧", "⑨"][$0 - 1]) empty-value" })
  }

  @Test func `numbers of a definition are whole and within their range`() {
    #expect(
      MarkedDefinition(
        small(
          top:
            "invited: ①many\nprotection: { minimum_cell: ②0, minimum_base: ③2.5 }\ninput: { header_rows: ④4 }"
        )
      ).told == [
        "① not-a-number: `invited` is a whole number, not `many`",
        "② out-of-range: `minimum_cell` is 0, and may be 1 to 1000000",
        "③ not-a-number: `minimum_base` is a whole number, not `2.5`",
        "④ out-of-range: `header_rows` is 4, and may be 0 to 3",
      ])
  }

  @Test func `thresholds that withhold nothing are remarked on once, and a base below a cell is a fault`() {
    #expect(
      MarkedDefinition(small(top: "①protection: { minimum_cell: 1, minimum_base: 1 }")).codes == [
        "① nothing-withheld"
      ])
    #expect(
      MarkedDefinition(
        small(top: "①protection: { minimum_cell: 1, minimum_base: 10 }"),
        wave: "protection: { minimum_base: 1 }"
      )
      .codes == ["① nothing-withheld"])
    #expect(
      MarkedDefinition(small(top: "protection: { minimum_cell: 10, minimum_base: ①5 }")).told == [
        "① threshold-order: `minimum_base` 5 is below `minimum_cell` 10 (a base is a count too; make it 10 or more)"
      ])
    #expect(
      MarkedDefinition(small(top: "protection: { minimum_base: ①4 }")).codes == ["① threshold-order"])
    #expect(
      MarkedDefinition(
        small(top: "protection: { minimum_base: 10 }"), wave: "protection: { minimum_cell: 10 }"
      ).codes == [])
  }

  @Test func `a base threshold that is not given is never below that of a cell`() throws {
    #expect(
      try survey(small(top: "protection: { minimum_cell: 20 }")).protection
        == ProtectionThresholds(minimumCell: 20, minimumBase: 20))
    #expect(
      try survey(small(top: "protection: { minimum_cell: 3 }")).protection
        == ProtectionThresholds(minimumCell: 3, minimumBase: 10))
  }

  @Test func `what is spared is cells or groups`() throws {
    #expect(try survey(small()).protection.prefer == .cells)
    #expect(try survey(small(top: "protection: { prefer: groups }")).protection.prefer == .groups)
    #expect(
      try survey(small(top: "protection: { prefer: groups }"), wave: "protection: { prefer: cells }")
        .protection
        .prefer == .cells)
    #expect(
      MarkedDefinition(small(top: "protection: { prefer: ①group }")).told == [
        "① unknown-word: `prefer` may not be `group` (did you mean `groups`?)"
      ])
  }

  @Test func `ids are lower case letters, digits, - and _`() {
    #expect(
      MarkedDefinition(
        small(
          variables: "①Area: { groups: [A] }", questions: "②q 2: { kind: single, answers: [A] }",
          packs: "③a/b: { who: { role: Staff } }"
        )
        .replacing("survey: staff", with: "survey: ④Staff 2012\nthemes: { ⑤É: { label: E } }")
      ).told == [
        "④ bad-id: `Staff 2012` is no id: lower case letters a to z, digits, - and _ (write `staff_2012`)",
        "⑤ bad-id: `É` is no id: lower case letters a to z, digits, - and _",
        "① bad-id: `Area` is no id: lower case letters a to z, digits, - and _ (write `area`)",
        "② bad-id: `q 2` is no id: lower case letters a to z, digits, - and _ (write `q_2`)",
        "③ bad-id: `a/b` is no id: lower case letters a to z, digits, - and _ (write `ab`)",
      ])
  }

  @Test func `ids are unique over variables and questions, and some are reserved`() {
    #expect(
      MarkedDefinition(
        small(
          variables: "①total: { groups: [A] }",
          questions: """
            ②role: { kind: single, column: x, answers: [A] }
              ③respondents: { kind: single, answers: [A] }
              ④focus-groups: { kind: single, answers: [A] }
            """)
      ).codes == ["① reserved-id", "② duplicate-id", "③ reserved-id", "④ reserved-id"])
  }

  @Test func `a separator of cells is one character`() throws {
    for (written, byte) in [
      (#""\t""#, "\t"), (#"\t"#, "\t"), (#"'\t'"#, "\t"), (";", ";"), ("'|'", "|"), (#"",""#, ","),
      ("' '", " "),
    ] {
      let read = try survey(small(top: "input: { separator: \(written) }")).input.separator
      #expect(read == Array(byte.utf8)[0], "\(written)")
    }
    for written in [#"①";;""#, "①tab", #"①"é""#, #"①'"'"#, "①a", #"①"\n""#] {
      #expect(
        MarkedDefinition(small(top: "input: { separator: \(written) }")).codes == ["① bad-separator"],
        "\(written)")
    }
    #expect(MarkedDefinition(small(top: "input: { ①separator: }")).codes == ["① bad-separator"])
    #expect(
      MarkedDefinition(small(questions: "q2: { kind: multiple, column: x, ①separator: '', answers: [A] }"))
        .codes
        == ["① bad-separator"])
  }

  @Test func `every fault of a definition is told at once, in the order of the file`() {
    let definition = MarkedDefinition(
      small(
        top: "①publisher:\ninvited: ②x",
        variables: "area: { groups: [③Total, A, ④A] }",
        questions: "q2: { kind: single, answers: ⑤agreemnt }\n  q3: { kind: number, valid: ⑥[5, 1] }",
        packs: "two: { who: { ⑦rolle: [Staff] }, banners: [⑧q3] }"))
    #expect(
      definition.codes == [
        "① empty-value", "② not-a-number", "③ reserved-label", "④ duplicate-label", "⑤ unknown-scale",
        "⑥ range-reversed", "⑦ unknown-id",
      ])
    #expect(definition.reading.wave == nil)
  }
}
