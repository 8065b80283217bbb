import SurveyDefinition
import Testing

/// Where codings are and how they are laid out.
@Suite struct CodingTests {
  /// A definition with two theme questions and what `codings:` holds.
  private func coded(_ codings: String, questions: String = "") -> String {
    small(
      top: "themes: { ict: { label: ICT } }\ncodings:\n\(codings)",
      questions: "why: { kind: theme }\n  else: { kind: theme }\n  \(questions)")
  }

  @Test func `without the key both files have their usual names, and need not be there`() throws {
    let codings = try survey(small()).codings
    #expect(codings == Codings())
    #expect(codings.openText.map(\.file) == ["open-text.csv"])
    #expect(codings.focusGroups.map(\.file) == ["focus-groups.csv"])
    let file = CodingFile.openText
    #expect(!file.isDeclared)
    #expect(file.unit == .init(.heading("respondent"), isNeeded: true))
    #expect(file.question == .init(.heading("question"), isNeeded: true))
    #expect(file.theme == .init(.heading("theme"), isNeeded: true))
    #expect(file.coder == .init(.heading("coder"), isNeeded: false))
    #expect(file.separator == UInt8(ascii: ","))
    #expect(file.themeSeparator == nil)
    #expect(file.questionID == nil)
    #expect(CodingFile.focusGroups.unit == .init(.heading("session"), isNeeded: true))
    #expect(CodingFile.focusGroups.question == nil)
  }

  @Test func `one file of open text with every key that goes with a column of questions`() throws {
    let codings = try survey(
      coded(
        """
          open_text:
            file: coded.tsv
            separator: "\\t"
            theme_separator: " / "
            columns: { respondent: "#1", question: Question, theme: " Code ", coder: Who }
        """)
    ).codings
    var file = CodingFile.openText
    file.file = "coded.tsv"
    file.isDeclared = true
    file.separator = 9
    file.themeSeparator = " / "
    file.unit = .init(.number(1), isNeeded: true)
    file.question = .init(.heading("Question"), isNeeded: true)
    file.theme = .init(.heading("Code"), isNeeded: true)
    file.coder = .init(.heading("Who"), isNeeded: true)
    #expect(codings.openText == [file])
    #expect(codings.focusGroups == [.focusGroups])
  }

  @Test func `a list of files, each of one question, in the order of the list`() throws {
    let codings = try survey(
      coded(
        """
          open_text:
            - { file: why.qdpx, question: why }
            - { file: else.csv, question: else, separator: ";", columns: { theme: "#2" } }
        """)
    ).codings
    #expect(codings.openText.map(\.file) == ["why.qdpx", "else.csv"])
    #expect(codings.openText.map(\.questionID) == ["why", "else"])
    #expect(codings.openText.map(\.question) == [nil, nil])
    #expect(codings.openText.map(\.separator) == [UInt8(ascii: ","), UInt8(ascii: ";")])
    #expect(codings.openText[1].unit == CodingFile.openText.unit)
    #expect(codings.openText[1].theme == .init(.number(2), isNeeded: true))
  }

  @Test func `a file that keeps its usual name need not be there, whatever else is said of it`() throws {
    let codings = try survey(
      coded("  open_text: { theme_separator: \";\" }\n  focus_groups: { agreed: any }")
    )
    .codings
    #expect(codings.openText.map(\.isDeclared) == [false])
    #expect(codings.openText.map(\.themeSeparator) == [";"])
    #expect(codings.focusGroups.map(\.isDeclared) == [false])
  }

  @Test(arguments: [
    ("coder: Ann", CoderRule.coder("Ann")), ("agreed: any", .agreedByAny), ("agreed: all", .agreedByAll),
  ])
  func `focus groups say whose codes count, once for all their files`(key: String, rule: CoderRule) throws {
    let codings = try survey(
      coded(
        """
          focus_groups:
            - { file: a.csv, \(key), theme_separator: ",", separator: ";", columns: { session: S, theme: T, coder: C } }
            - { file: b.qdpx }
        """)
    ).codings
    #expect(codings.focusGroupCoders == rule)
    #expect(codings.focusGroups.map(\.file) == ["a.csv", "b.qdpx"])
    #expect(codings.focusGroups[0].unit == .init(.heading("S"), isNeeded: true))
    #expect(codings.focusGroups[0].coder == .init(.heading("C"), isNeeded: true))
    #expect(codings.focusGroups[1].unit == CodingFile.focusGroups.unit)
  }

  @Test func `the same rule under two files is no conflict, another is`() {
    #expect(
      MarkedDefinition(
        coded("  focus_groups: [{ file: a.csv, agreed: any }, { file: b.csv, agreed: any }]")
      ).told == [])
    #expect(
      MarkedDefinition(
        coded("  focus_groups: [{ file: a.csv, agreed: any }, ①{ file: b.csv, coder: Ann }]")
      ).told == [
        "① conflicting-keys: the files of `focus_groups` say differently whose codes count (say it once, under the first)"
      ])
    #expect(
      MarkedDefinition(coded("  focus_groups: [{ file: a.csv }, ①{ file: b.csv, coder: Ann }]")).codes == [
        "① conflicting-keys"
      ])
    #expect(
      MarkedDefinition(coded("  focus_groups: { coder: Ann, ①agreed: ②some }")).codes == [
        "① conflicting-keys", "② unknown-word",
      ])
  }

  @Test func `unknown keys name the nearest, and whose they are`() {
    #expect(
      MarkedDefinition(
        coded(
          """
            ①opentext: {}
            open_text: { ②files: a.csv, ③agreed: any, columns: { ④respondents: A, ⑤session: B } }
            focus_groups: { ⑥question: why, columns: { ⑦respondent: A, ⑧question: B } }
          """)
      ).told == [
        "① unknown-key: `codings` has no key `opentext` (did you mean `open_text`?)",
        "② unknown-key: `open_text` has no key `files` (did you mean `file`?)",
        "③ unknown-key: `open_text` has no key `agreed` (known here: `file`, `columns`, `separator`, `theme_separator`, `question`)",
        "④ unknown-key: `columns` of codings has no key `respondents` (did you mean `respondent`?)",
        "⑤ unknown-key: `columns` of codings has no key `session` (known here: `respondent`, `question`, `theme`, `coder`)",
        "⑥ unknown-key: `focus_groups` has no key `question` (known here: `file`, `columns`, `separator`, `theme_separator`, `coder`, `agreed`)",
        "⑦ unknown-key: `columns` of codings has no key `respondent` (known here: `session`, `theme`, `coder`)",
        "⑧ unknown-key: `columns` of codings has no key `question` (known here: `session`, `theme`, `coder`)",
      ])
  }

  @Test func `a file of one question names a theme question, and no column of questions`() {
    #expect(
      MarkedDefinition(
        coded(
          """
            open_text:
              - { file: a.csv, question: ①wy }
              - { file: b.csv, question: ②q1 }
              - { file: c.csv, ③question: why, columns: { question: Q } }
          """)
      ).told == [
        "① unknown-id: there is no theme question `wy` (did you mean `why`?)",
        "② unknown-id: there is no theme question `q1` (known here: `why`, `else`)",
        "③ conflicting-keys: `question` cannot stand beside a column of that name (keep one of them)",
      ])
  }

  @Test func `values of the wrong shape are faults`() {
    #expect(
      MarkedDefinition(coded("  ①open_text: []\n  ②focus_groups: []")).codes == [
        "① empty-list", "② empty-list",
      ])
    #expect(
      MarkedDefinition(
        coded(
          """
            open_text:
              - ①coded.csv
              - { ②file: , separator: ③tab, ④theme_separator: , ⑤columns: }
              - { columns: ⑥[respondent], ⑦theme_separator: "" }
            focus_groups: { columns: { theme: ⑧'#0', ⑨session: } }
          """)
      ).codes == [
        "① wrong-type", "② empty-value", "③ bad-separator", "④ bad-separator", "⑤ empty-value",
        "⑥ wrong-type",
        "⑦ bad-separator", "⑧ bad-column", "⑨ empty-value",
      ])
    #expect(MarkedDefinition(small(top: "①codings:")).codes == ["① empty-value"])
    #expect(MarkedDefinition(small(top: "codings: ①open-text.csv")).codes == ["① wrong-type"])
  }

  @Test func `a separator of themes without a value says what to write`() {
    #expect(
      MarkedDefinition(coded("  open_text: { ①theme_separator: '' }")).told == [
        #"① bad-separator: `theme_separator` has no value (write what stands between two themes of one cell, such as ";")"#
      ])
  }

  @Test func `a wave replaces the codings whole`() throws {
    let codings = try survey(
      coded("  open_text: { file: a.csv }\n  focus_groups: { file: f.csv }"),
      wave: "codings: { open_text: { file: b.csv } }"
    ).codings
    #expect(codings.openText.map(\.file) == ["b.csv"])
    #expect(codings.focusGroups == [.focusGroups])
  }

  @Test(arguments: [
    ("coder: Ann Lee", CoderRule.coder("Ann Lee")), ("agreed: any", .agreedByAny),
    ("agreed: all", .agreedByAll),
  ])
  func `a theme question says whose codes count`(key: String, rule: CoderRule) throws {
    let survey = try survey(
      small(top: "themes: { a: { label: A } }", questions: "why: { kind: theme, \(key) }"))
    guard case .theme(let coding) = survey.questions[1].kind else {
      Issue.record("not a theme question")
      return
    }
    #expect(coding.coders == rule)
  }

  @Test func `a coder and an agreement exclude one another`() {
    #expect(
      MarkedDefinition(
        small(
          top: "themes: { a: { label: A } }",
          questions: """
            why: { kind: theme, coder: Ann, ①agreed: all }
              more: { kind: theme, agreed: ②some }
              less: { kind: theme, ③coder: }
              q2: { kind: single, answers: [A], ④agreed: any, ⑤coder: Ann }
            """)
      ).told == [
        "① conflicting-keys: `agreed` cannot stand beside `coder`: one of them says whose codes count (keep one of them)",
        "② unknown-word: `agreed` may not be `some` (known here: `any`, `all`)",
        "③ empty-value: `coder` has no value",
        "④ key-of-other-kind: a question of kind `single` has no key `agreed` (it belongs to `theme`)",
        "⑤ key-of-other-kind: a question of kind `single` has no key `coder` (it belongs to `theme`)",
      ])
  }
}
