import SurveyDefinition
import Testing

/// Answers, groups, options and nets, and the texts of cells.
@Suite struct OptionTests {
  @Test func `texts are never retyped`() throws {
    let survey = try survey(
      small(
        questions: """
          q2:
              kind: single
              column: 2012
              answers: { No: [0, off, 01, 1.0], Yes: [on, 1-5, 0x1F, 2012-12-20, ~, null, 1_000], true: "1", Null: "" }
              missing: [NA, no, 1e3]
          """))
    guard case .single(let choice) = survey.questions[1].kind else {
      Issue.record("not single")
      return
    }
    #expect(choice.source == .column(.heading("2012")))
    #expect(
      choice.answers == [
        AnswerOption(label: "No", texts: ["0", "off", "01", "1.0", "No"]),
        AnswerOption(label: "Yes", texts: ["on", "1-5", "0x1F", "2012-12-20", "~", "null", "1_000", "Yes"]),
        AnswerOption(label: "true", texts: ["1", "true"]), AnswerOption(label: "Null", texts: ["", "Null"]),
      ])
    #expect(survey.questions[1].missing == ["NA", "no", "1e3"])
  }

  @Test func `blanks at the ends of texts, labels and headings do not count`() throws {
    let survey = try survey(
      small(
        variables: "area: { column: \" Area\\u00A0\", groups: { \"\\uFEFFCustody \": [\" 1\\t\", '1'] } }"))
    #expect(
      survey.variables[1]
        == Variable(
          id: "area", label: "area", source: .column(.heading("Area")),
          groups: [AnswerOption(label: "Custody", texts: ["1", "Custody"])]))
  }

  @Test func `a label is a text itself unless it is another answer's`() throws {
    let survey = try survey(small(variables: "area: { groups: { A: B, B: C, C: x, D: } }"))
    #expect(
      survey.variables[1].groups == [
        AnswerOption(label: "A", texts: ["B", "A"]), AnswerOption(label: "B", texts: ["C"]),
        AnswerOption(label: "C", texts: ["x"]), AnswerOption(label: "D", texts: ["D"]),
      ])
  }

  @Test func `a text claimed by two answers is a fault`() {
    #expect(
      MarkedDefinition(small(variables: "area: { groups: { A: [1, 2], B: [①2, 3], C: ②1 } }")).told == [
        "① text-claimed-twice: the text `2` means both `A` and `B` (leave it with one of them)",
        "② text-claimed-twice: the text `1` means both `A` and `C` (leave it with one of them)",
      ])
  }

  @Test func `a text cannot be an answer and the lack of one`() {
    #expect(
      MarkedDefinition(
        small(
          top: "input: { missing: ['', 99], ①not_asked: [99] }",
          questions:
            "q2: { kind: single, answers: { A: 1, ②B: 99 } }\n  q3: { kind: single, answers: [A, ③NK], missing: [NK] }"
        )
      ).told == [
        "① text-claimed-twice: the text `99` means both `missing` and `not_asked` here (leave it with one of them, giving both keys if one is the input's)",
        "② text-claimed-twice: the text `99` means both `B` and missing or not asked (give this item its own `missing` or `not_asked`, or take the text from the answer)",
        "③ remark label-means-missing: a cell `NK` counts as missing or not asked, never as the answer of that label (give this item its own `missing` or `not_asked`, or leave the answer out)",
      ])
    #expect(
      MarkedDefinition(
        small(questions: "q2: { kind: multiple, columns: { A: x }, chosen: [1, 2], ①not_chosen: [2] }")
      ).codes == ["① text-claimed-twice"])
  }

  @Test func `labels are unique, and those that tables use are reserved`() {
    #expect(
      MarkedDefinition(
        small(
          variables: "area: { groups: [①Total, ②Not stated, ③(base), A, ④A, ⑤''] , other: ⑥(other) }",
          questions: "q2: { kind: single, answers: [A, B], nets: { ⑦(net) A: [A], ⑧B: [A], ⑨Total: [A, B] } }"
        )
      ).codes == [
        "① reserved-label", "② reserved-label", "③ reserved-label", "④ duplicate-label", "⑤ empty-label",
        "⑥ reserved-label", "⑦ reserved-label", "⑧ net-is-answer", "⑨ reserved-label",
      ])
  }

  @Test func `answers may be the name of a scale, which may be a list or a map`() throws {
    let survey = try survey(
      small(
        top: "scales: { yn: { Good: [1, G], Bad: 2 }, ab: [A, B] }",
        questions:
          "q2: { kind: scale, answers: yn }\n  q3: { kind: multiple, column: x, separator: ',', answers: ab }"
      ))
    #expect(survey.questions[1].answerLabels == ["Good", "Bad"])
    #expect(survey.questions[2].answerLabels == ["A", "B"])
    #expect(
      MarkedDefinition(
        small(
          top: "scales: { agreement: [A, B], bad: [A, ①A], worse: ②A }",
          questions: "q2: { kind: scale, answers: ③agrement }")
      ).told == [
        "① duplicate-label: the label `A` stands twice in `bad`, first on line 3 (keep one of them)",
        "② wrong-type: `worse` is a list of labels or a map from label to texts (write [A, B] or { A: 1, B: 2 })",
        "③ unknown-scale: there is no scale `agrement` in `scales` (did you mean `agreement`?)",
      ])
  }

  @Test func `a list of nothing is a fault`() {
    #expect(
      MarkedDefinition(
        small(
          top: "input: { keep: { ①Country: [] } }", variables: "area: { ②groups: [] }",
          questions:
            "q2: { kind: multiple, ③columns: {} }\n  q3: { kind: single, answers: [A], nets: { ④N: [] } }",
          packs: "two: { who: { role: Staff }, ⑤questions: [] }\n  three: { ⑥who: [] }")
      ).codes == (1...6).map { "\(["①", "②", "③", "④", "⑤", "⑥"][$0 - 1]) empty-list" })
  }

  @Test func `nets and exclusive options name answers of their question, each once`() throws {
    #expect(
      MarkedDefinition(
        small(
          questions: """
            q2: { kind: single, answers: [Suitable, Not suitable], nets: { N: [Suitable, ①Not suitible, ②Suitable], M: ③any } }
              q3: { kind: multiple, columns: { A: x, None: y }, exclusive: ④Nine }
            """)
      ).told == [
        "① unknown-answer: there is no answer `Not suitible` here (did you mean `Not suitable`?)",
        "② listed-twice: `Suitable` is listed twice (keep one of them)",
        "③ unknown-answer: there is no answer `any` here (known here: `Suitable`, `Not suitable`)",
        "④ unknown-answer: there is no option `Nine` here (did you mean `None`?)",
      ])
    let survey = try survey(
      small(
        questions: """
          q2: { kind: multiple, columns: { A: x, B: y, None: z }, exclusive: None, nets: { Any: any, AB: [B, A], JustB: B } }
            q3: { kind: single, answers: [A, B], other: Else, nets: { Rest: [Else, B] } }
            q4: { kind: number, valid: [0, 2], bands: { Low: [0, 1], High: [1, 2] }, nets: { All: [Low, High] } }
          """))
    #expect(survey.questions[1].nets.map(\.members) == [.any, .answers([0, 1]), .answers([1])])
    #expect(survey.questions[2].nets.map(\.members) == [.answers([1, 2])])
    #expect(survey.questions[3].nets.map(\.members) == [.answers([0, 1])])
  }

  @Test func `a column is a heading or a number`() throws {
    for (written, expected) in [
      ("Q3", ColumnReference.heading("Q3")), ("'#7'", .number(7)), ("'#'", .heading("#")),
      ("'#a'", .heading("#a")),
      ("'# 7'", .heading("# 7")), ("7", .heading("7")), ("'#07'", .number(7)),
    ] {
      let survey = try survey(small(top: "input: { respondent: \(written) }"))
      #expect(survey.input.respondent == expected)
    }
    #expect(
      MarkedDefinition(
        small(
          top: "input: { respondent: ①'#0', keep: { ②'#99999999999999999999': a } }",
          questions:
            "q2:\n    kind: single\n    ③column: #7\n    answers: [A]\n  q3: { kind: multiple, columns: ④[x, y] }\n  q4: { kind: single, column: ⑤[x], answers: [A] }"
        )
      ).told == [
        "① bad-column: there is no column `#0` (columns count from #1)",
        "② bad-column: there is no column `#99999999999999999999` (columns count from #1)",
        "③ empty-value: `column` names no column (a column's number needs quotes, \"#7\": YAML takes # for the beginning of a comment)",
        "④ wrong-type: `columns` is a map from label to column, not a list (write { Label: Heading, Another: \"#7\" })",
        "⑤ wrong-type: a column is a heading or a number like \"#7\", not a list",
      ])
  }

  @Test func `one column for two options is a fault, and for two questions one where packs show both`() {
    #expect(
      MarkedDefinition(
        small(
          questions: """
            q2: { kind: multiple, columns: { A: x, B: ①x, C: { column: y, chosen: 1 }, D: { column: y, chosen: 2 } } }
              ②q3: { kind: single, column: y, answers: [A] }
            """)
      ).codes == ["① column-used-twice", "② shared-column"])
    // Where one of them is shown to nobody, or nothing is withheld, it may be a slip all the same.
    for (top, shown) in [("", "q2"), ("protection: { minimum_cell: 1, minimum_base: 1 }", "[q2, q3]")] {
      let definition = MarkedDefinition(
        """
        survey: staff
        \(top)
        questions:
          q2: { kind: single, column: y, answers: [A] }
          q3: { kind: single, column: y, answers: [A] }
        packs: { all: { who: everyone, questions: \(shown) } }
        """)
      #expect(definition.codes.contains { $0.hasSuffix("same-column") })
      #expect(!definition.codes.contains { $0.hasSuffix("shared-column") })
    }
  }

  @Test func `without a column the heading is the id`() throws {
    let survey = try survey(small(questions: "q2: { kind: number }"))
    #expect(survey.variables[0].source == .column(.heading("role")))
    #expect(survey.questions[1].kind == .number(NumberEntry(column: .heading("q2"))))
  }

  @Test func `chosen any goes to every column that says nothing else`() throws {
    let survey = try survey(
      small(
        questions: "q2: { kind: multiple, columns: { A: x, B: { column: y, chosen: [1] } }, chosen: any }"))
    #expect(
      survey.questions[1].kind
        == .multiple(
          MultipleChoice(
            source: .columns([
              OptionColumn(label: "A", column: .heading("x"), chosen: .any),
              OptionColumn(label: "B", column: .heading("y"), chosen: .texts(["1"])),
            ]), options: [AnswerOption(label: "A", texts: ["A"]), AnswerOption(label: "B", texts: ["B"])])))
  }
}
