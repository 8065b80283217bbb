import SurveyDefinition
import Tabulation

/// A small generator with a known sequence, so that a failing seed can be tried again.
/// Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA (SplitMix64).
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Definitions and answers for tests of protection, made from a seed.
struct MadeUpSurvey {
  var areas = 8
  var scales = 3
  var respondents = 300
  var packs: [Pack]?
  var thresholds = ProtectionThresholds()

  /// role, area; `scales` five-point questions with a net, one routed from the first, one multiple question, a number.
  func definition() -> Survey {
    func column(_ name: String) -> ChoiceSource { .column(.heading(name)) }
    func options(_ labels: [String]) -> [AnswerOption] { labels.map { AnswerOption(label: $0, texts: [$0]) } }
    let agreement = ["Strongly agree", "Agree", "Neither", "Disagree", "Strongly disagree"]
    var questions = (0..<scales).map { index in
      Question(
        id: "scale\(index)", text: "Scale \(index)",
        kind: .scale(Choice(source: column("S\(index)"), answers: options(agreement))),
        nets: [Net(label: "Any agreement", members: .answers([0, 1]))])
    }
    questions.append(
      Question(
        id: "routed", text: "Routed",
        kind: .single(Choice(source: column("R"), answers: options(["Yes", "No"]))),
        askedIf: Condition(alternatives: [[.init(item: .question(0), accepted: [0, 1])]])))
    let items = ["Phone", "Laptop", "Camera", "None of these"]
    questions.append(
      Question(
        id: "items", text: "Items",
        kind: .multiple(
          MultipleChoice(
            source: .columns(items.map { OptionColumn(label: $0, column: .heading($0)) }),
            options: options(items),
            exclusive: [3])),
        nets: [Net(label: "One or more", members: .any)]))
    questions.append(
      Question(
        id: "hours", text: "Hours",
        kind: .number(
          NumberEntry(
            column: .heading("H"),
            bands: [
              Band(label: "Under 5", from: Decimal6(0), upTo: Decimal6(5)),
              Band(label: "5 to 20", from: Decimal6(5), upTo: Decimal6(20)),
            ]))))
    return Survey(
      id: "made-up", title: "Made up", protection: thresholds,
      variables: [
        Variable(
          id: "role", label: "Role", source: column("role"),
          groups: options(["Officer", "Staff", "Chief", "Special"])),
        Variable(
          id: "area", label: "Area", source: column("area"), groups: options((0..<areas).map { "Area \($0)" })
        ),
      ],
      questions: questions, packs: packs ?? defaultPacks(questions.count))
  }

  func defaultPacks(_ questions: Int) -> [Pack] {
    func who(_ groups: [Int]) -> Condition {
      Condition(alternatives: [[.init(item: .variable(0), accepted: groups)]])
    }
    let all = Array(0..<questions)
    let banners: [Item] = [.variable(0), .variable(1)]
    return [
      Pack(id: "all", title: "All", who: nil, banners: banners, questions: all),
      Pack(id: "staff", title: "Staff", who: who([1]), banners: [.variable(1)], questions: all),
      Pack(id: "same", title: "Staff again", who: who([1]), banners: [.variable(1)], questions: all),
      Pack(id: "officers", title: "Officers", who: who([0]), banners: [.variable(1)], questions: all),
      Pack(id: "chiefs", title: "Chiefs", who: who([2]), banners: [], questions: all),
    ]
  }

  func tally(seed: UInt64) -> Tally {
    let survey = definition()
    var tally = Tally(TabulationPlan(survey))
    for response in responses(seed: seed) { tally.add(response) }
    return tally
  }

  func responses(seed: UInt64) -> [CodedResponse] {
    let survey = definition()
    let layout = CodeLayout(survey)
    var generator = SplitMix64(seed: seed)
    func pick(_ weights: [Int]) -> Int32 {
      var draw = Int.random(in: 0..<weights.reduce(0, +), using: &generator)
      for (index, weight) in weights.enumerated() {
        if draw < weight { return Int32(index) }
        draw -= weight
      }
      return -1
    }
    return (0..<respondents).map { _ in
      var response = CodedResponse(layout)
      response.codes[layout.variables[0]] = pick([45, 45, 5, 4, 2])
      if response.codes[layout.variables[0]] == 4 { response.codes[layout.variables[0]] = AnswerCode.missing }
      let area = pick(Array(repeating: 10, count: areas) + [2])
      response.codes[layout.variables[1]] = area == Int32(areas) ? AnswerCode.missing : area
      for (question, definition) in survey.questions.enumerated() {
        guard let slot = layout.questions[question], pick([96, 4]) == 0 else { continue }
        // Only those who agreed with the first are asked the routed one.
        if definition.askedIf != nil, let first = layout.questions[0],
          !(0...1).contains(response.codes[first])
        {
          continue
        }
        switch definition.kind {
        case .single, .scale:
          response.codes[slot] =
            definition.answerLabels.count == 2 ? pick([60, 40]) : pick([8, 30, 25, 25, 12])
        case .multiple(let choice):
          response.codes[slot] = 0
          for option in choice.options.indices { response.codes[slot + 1 + option] = 0 }
          if pick([30, 70]) == 0 {
            response.codes[slot + 4] = 1
          } else {
            response.codes[slot + 1 + Int(pick([5, 3, 2]))] = 1
            response.codes[slot + 1 + Int(pick([5, 3, 2]))] = 1
          }
        case .number:
          let value = Int64(pick(Array(repeating: 1, count: 21)))
          response.codes[slot] = value < 5 ? 0 : 1
          response.numbers[layout.numbers[question] ?? 0] = value * Decimal6.scale
        case .ranking, .theme: break
        }
      }
      return response
    }
  }
}
