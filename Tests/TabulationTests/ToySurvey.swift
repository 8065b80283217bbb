import SurveyDefinition

@testable import Tabulation

/// What one made-up respondent answered; -1 and nil: nothing.
struct Answers {
  var role = -1
  var tools = -1
  var why = -1
  var more = -1
  var lacking: [Int]?
}

/// Tools: three answers. Why: asked of the third. More: asked of the first answer to why. Lacking: several options.
enum ToySurvey {
  static let tools = 0
  static let why = 1
  static let more = 2
  static let lacking = 3

  static let survey = Survey(
    id: "toy", title: "Toy",
    variables: [
      Variable(
        id: "role", label: "Role", source: .column(.heading("role")), groups: options(["Officer", "Staff"]))
    ],
    questions: [
      single("tools", ["Good", "Fair", "Poor"]),
      single("why", ["Old", "Few"], when(.question(0), [2])),
      single("more", ["Yes", "No"], when(.question(1), [0])),
      multiple(["Torch", "Radio", "Van", "Nothing"]),
    ],
    packs: [
      Pack(id: "all", title: "All", who: nil, banners: [.variable(0)], questions: [0, 1, 2, 3]),
      Pack(id: "staff", title: "Staff", who: when(.variable(0), [1]), banners: [], questions: [0, 1, 2, 3]),
      Pack(id: "again", title: "Again", who: when(.variable(0), [1]), banners: [], questions: [0]),
    ])

  static func tally(_ answers: [Answers]) -> Tally {
    var tally = Tally(TabulationPlan(survey))
    let layout = tally.plan.layout
    for answer in answers {
      var response = CodedResponse(layout)
      response.codes[layout.variables[0]] = Int32(answer.role)
      for (question, code) in [(tools, answer.tools), (why, answer.why), (more, answer.more)] {
        if let slot = layout.questions[question] { response.codes[slot] = Int32(code) }
      }
      if let slot = layout.questions[lacking], let chosen = answer.lacking {
        response.codes[slot] = 0
        for option in 0..<4 { response.codes[slot + 1 + option] = chosen.contains(option) ? 1 : 0 }
      }
      tally.add(response)
    }
    return tally
  }

  private static func options(_ labels: [String]) -> [AnswerOption] {
    labels.map { AnswerOption(label: $0, texts: [$0]) }
  }

  private static func when(_ item: Item, _ accepted: [Int]) -> Condition {
    Condition(alternatives: [[.init(item: item, accepted: accepted)]])
  }

  private static func single(_ id: String, _ labels: [String], _ askedIf: Condition? = nil) -> Question {
    Question(
      id: id, text: id, kind: .single(Choice(source: .column(.heading(id)), answers: options(labels))),
      askedIf: askedIf)
  }

  /// The last option is exclusive.
  private static func multiple(_ items: [String]) -> Question {
    let columns = items.map { OptionColumn(label: $0, column: .heading($0)) }
    return Question(
      id: "lacking", text: "lacking",
      kind: .multiple(
        MultipleChoice(source: .columns(columns), options: options(items), exclusive: [items.count - 1])),
      nets: [
        Net(label: "Anything", members: .any), Net(label: "Small", members: .answers([0, 1])),
        Net(label: "Torch or nothing", members: .answers([0, 3])),
      ])
  }
}

extension Tally {
  /// The counts of one table, category by category, over an audience; under the only banner where `group` is given.
  func row(_ question: Int?, _ part: CountTable.Part, group: Int? = nil, audience: Int = 0) -> [Int] {
    guard let table = plan.tables.firstIndex(where: { $0.question == question && $0.part == part }) else {
      return []
    }
    let banner = group == nil ? nil : 0
    let members = atoms.indices.filter { atoms[$0] & (1 << UInt64(audience)) != 0 }
    return (0..<plan.tables[table].categories).map { category in
      members.reduce(0) {
        $0 + count(atom: $1, table: table, banner: banner, group: group ?? 0, category: category)
      }
    }
  }
}
