import SurveyDefinition
import Testing

@Suite struct ReadingTests {
  @Test func `the example of the documentation reads to what it says`() throws {
    let survey = try survey(definitionExample)
    let agreement = ["Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree"].map {
      AnswerOption(label: $0, texts: [$0])
    }
    let expected = Survey(
      id: "staff", title: "Staff consultation", publisher: "West Midlands Police",
      contact: "insight@example.org",
      invited: 12000, mode: "online", sampling: .open,
      protection: ProtectionThresholds(minimumCell: 5, minimumBase: 10),
      input: InputLayout(
        respondent: .heading("ID"), keep: [KeepRule(column: .heading("Country"), texts: ["UK"])]),
      variables: [
        Variable(
          id: "role", label: "Role", source: .column(.heading("role")),
          groups: [
            AnswerOption(label: "Police officer", texts: ["1", "PC", "Police officer"]),
            AnswerOption(label: "Police staff", texts: ["2", "Police staff"]),
          ]),
        Variable(
          id: "area", label: "Area", source: .column(.number(12)),
          groups: [
            AnswerOption(label: "Custody", texts: ["Custody"]),
            AnswerOption(label: "Response", texts: ["Response"]),
          ], other: "Elsewhere"),
      ],
      questions: [
        Question(
          id: "equipment", text: "Is your equipment suitable for your role?",
          kind: .single(
            Choice(
              source: .column(.heading("Q3")),
              answers: [
                AnswerOption(label: "Suitable", texts: ["1", "Yes", "Suitable"]),
                AnswerOption(label: "Not suitable", texts: ["2", "No", "Not suitable"]),
              ], other: "Another answer")),
          nets: [Net(label: "Any view", members: .answers([0, 1]))], missing: ["", "Not applicable"]),
        Question(
          id: "items", text: "items",
          kind: .multiple(
            MultipleChoice(
              source: .columns([
                OptionColumn(label: "Mobile phone", column: .heading("Q4_1")),
                OptionColumn(label: "Laptop", column: .number(9)),
                OptionColumn(label: "Other", column: .number(10), chosen: .any),
                OptionColumn(label: "None of these", column: .heading("Q4_4")),
              ]),
              options: ["Mobile phone", "Laptop", "Other", "None of these"].map {
                AnswerOption(label: $0, texts: [$0])
              },
              chosen: ["1", "Yes"], notChosen: ["0", "No"], exclusive: [3])),
          nets: [Net(label: "One or more", members: .any)]),
        Question(
          id: "tools", text: "tools",
          kind: .multiple(
            MultipleChoice(
              source: .joined(.heading("Q5"), separator: ";"),
              options: [
                AnswerOption(label: "Radio", texts: ["Radio"]),
                AnswerOption(label: "Radio; old", texts: ["Radio; old"]),
                AnswerOption(label: "Camera", texts: ["Camera"]),
                AnswerOption(label: "Other tool", texts: []),
              ], other: "Other tool")),
          base: .asked),
        Question(
          id: "partnering", text: "partnering",
          kind: .scale(Choice(source: .column(.heading("Q6")), answers: agreement))),
        Question(
          id: "partner_ict", text: "partner_ict",
          kind: .scale(Choice(source: .column(.heading("Q7")), answers: agreement)),
          askedIf: Condition(alternatives: [[Condition.Clause(item: .question(3), accepted: [0, 1])]])),
        Question(
          id: "years", text: "years",
          kind: .number(
            NumberEntry(
              column: .heading("Q9"), valid: Decimal6(0)...Decimal6(50),
              bands: [
                Band(label: "Under 5", from: Decimal6(0), upTo: Decimal6(5)),
                Band(label: "5 or more", from: Decimal6(5), upTo: Decimal6(50)),
              ]))),
        Question(
          id: "hindrances", text: "What hinders you?",
          kind: .theme(
            ThemeCoding(themes: [
              CodedTheme(id: "ict", label: "ICT"),
              CodedTheme(id: "joined_up", label: "ICT / Not joined up", parent: 0),
            ]))),
      ],
      blocks: [Block(id: "partners", text: "How far do you agree?", questions: [3, 4])],
      themes: [Theme(id: "ict", label: "ICT", themes: [Theme(id: "joined_up", label: "Not joined up")])],
      packs: [
        Pack(
          id: "force", title: "The whole force", who: nil, banners: [.variable(0)], questions: Array(0..<7)),
        Pack(
          id: "unison", title: "Unison briefing",
          who: Condition(alternatives: [[Condition.Clause(item: .variable(0), accepted: [1])]]),
          banners: [.variable(1), .question(5)], questions: Array(0..<7)),
      ])
    #expect(survey == expected)
  }
}
