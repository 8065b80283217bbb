/// The source of chance in tests: the same seed gives the same survey on any machine.
/// Source: Steele, Lea and Flood (2014), Fast splittable pseudorandom number generators, OOPSLA (SplitMix64).
struct Chance {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A whole number of the range. The few numbers that a remainder favours do not matter here.
  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// True so many times in a hundred.
  mutating func isHit(_ percent: Int) -> Bool { whole(1...100) <= percent }

  mutating func pick<Element>(_ elements: [Element]) -> Element { elements[whole(0...(elements.count - 1))] }

  /// A position, each as often as its weight says.
  mutating func position(_ weights: [Int]) -> Int {
    var draw = whole(1...weights.reduce(0, +))
    for (position, weight) in weights.enumerated() {
      draw -= weight
      if draw <= 0 { return position }
    }
    return weights.count - 1
  }

  /// Some of the elements in their order, at least one and, of more than one, not all.
  mutating func some<Element>(_ elements: [Element]) -> [Element] {
    let wanted = whole(1...max(1, elements.count - 1))
    var left = wanted
    return elements.enumerated().filter { position, _ in
      guard whole(1...(elements.count - position)) <= left else { return false }
      left -= 1
      return true
    }.map(\.element)
  }

  mutating func shuffle<Element>(_ elements: inout [Element]) {
    for last in elements.indices.reversed() where last > 0 { elements.swapAt(last, whole(0...last)) }
  }
}

extension RandomSurvey {
  /// How large a survey may be.
  struct Size {
    var people: ClosedRange<Int>
    var groups: Int
    var questions: Int
    var packs: Int

    /// For every run of the tests.
    static let tiny = Size(people: 20...90, groups: 4, questions: 3, packs: 3)
    static let small = Size(people: 40...240, groups: 6, questions: 5, packs: 4)
  }

  /// A survey of this seed: what there is in it, and who answered what.
  init(seed: UInt64, size: Size) {
    var chance = Chance(seed: seed)
    minimumCell = chance.pick([3, 5])
    minimumBase = minimumCell * chance.pick([1, 2, 2])
    prefersGroups = chance.isHit(15)
    variables = [
      Variable(id: "role", groups: Array(["Officer", "Staff", "Chief"].prefix(chance.whole(2...3)))),
      Variable(id: "area", groups: (1...chance.whole(2...size.groups)).map { "Area \($0)" }),
    ]
    if chance.isHit(40) { variables.append(Variable(id: "grade", groups: ["Low", "High"])) }
    for number in 1...chance.whole(1...size.questions) { drawQuestion("q\(number)", &chance) }
    for number in 1...chance.whole(1...size.packs) { drawPack("p\(number)", &chance) }
    drawPeople(chance.whole(size.people), &chance)
    // A pack with nobody in it is a fault of the definition.
    packs = packs.filter { pack in people.contains { holds(pack.who, $0) } }
    if packs.isEmpty { packs = [Pack(id: "p0", who: nil, banners: ["area"])] }
  }

  private mutating func drawQuestion(_ id: String, _ chance: inout Chance) {
    let kind = chance.pick([Question.Kind.single, .scale, .scale, .multiple, .multiple, .number])
    var question = Question(id: id, kind: kind, labels: [])
    switch kind {
    case .single, .scale:
      question.labels = Array(["Good", "Fair", "Poor", "Bad"].prefix(chance.whole(2...4)))
      if question.labels.count > 2, chance.isHit(60) {
        question.nets.append(("Some", chance.some(question.labels)))
      }
    case .multiple:
      question.labels = Array(["Pen", "Ink", "Cup"].prefix(chance.whole(2...3)))
      if chance.isHit(60) {
        question.labels.append("Nothing")
        question.exclusive = 1
      }
      if chance.isHit(50) { question.nets.append(("Any", [])) }
      if chance.isHit(25) { question.nets.append(("Some", chance.some(Array(question.labels.prefix(2))))) }
    case .number:
      question.ends = chance.pick([[], [10, Self.largestNumber], [5, 20, Self.largestNumber]])
      question.labels = Array(["Few", "More", "Many"].prefix(question.ends.count))
    case .theme: break
    }
    // A number without bands has no labels that a condition could name.
    let earlier = questions.filter { !$0.labels.isEmpty }
    if !earlier.isEmpty, chance.isHit(45) {
      question.askedIf = [[clause(chance.pick(earlier).id, &chance)]]
    } else if chance.isHit(10) {
      question.askedIf = [[clause(chance.pick(variables).id, &chance)]]
    }
    question.isBaseAsked = chance.isHit(15)
    question.isSensitive = chance.isHit(20)
    questions.append(question)
  }

  private func clause(_ item: String, _ chance: inout Chance) -> (item: String, labels: [String]) {
    (item, chance.some(labels(of: item)))
  }

  private mutating func drawPack(_ id: String, _ chance: inout Chance) {
    var who: Condition?
    if !packs.isEmpty, chance.isHit(15) {
      who = chance.pick(packs).who
    } else if chance.isHit(packs.isEmpty ? 20 : 85) {
      let answered = questions.filter { $0.kind == .single || $0.kind == .scale }.map(\.id)
      func item() -> String {
        !answered.isEmpty && chance.isHit(10) ? chance.pick(answered) : chance.pick(variables).id
      }
      let first = item()
      var clauses = [clause(first, &chance)]
      let second = item()
      if second != first, chance.isHit(20) { clauses.append(clause(second, &chance)) }
      who = [clauses]
      if chance.isHit(15) { who?.append([clause(item(), &chance)]) }
    }
    var items = variables.map(\.id)
    items += questions.filter { $0.kind != .multiple && !$0.labels.isEmpty && chance.isHit(15) }.map(\.id)
    let banners = chance.isHit(15) ? [] : chance.isHit(30) ? items : chance.some(items)
    let shown = questions.count > 1 && chance.isHit(15) ? chance.some(questions.map(\.id)) : nil
    packs.append(Pack(id: id, who: who, banners: banners, questions: shown))
  }

  private mutating func drawPeople(_ number: Int, _ chance: inout Chance) {
    var weights: [String: [Int]] = [:]
    for variable in variables {
      weights[variable.id] =
        variable.groups.map { _ in chance.pick([1, 3, 6, 10]) } + [chance.pick([0, 0, 1])]
    }
    for question in questions {
      weights[question.id] =
        question.labels.map { _ in chance.pick([1, 2, 5, 9, 15]) } + [chance.pick([0, 1])]
    }
    for _ in 0..<number {
      var person: [String: Answer] = [:]
      for variable in variables {
        let group = chance.position(weights[variable.id] ?? [])
        person[variable.id] = group < variable.groups.count ? .one(variable.groups[group]) : Answer.none
      }
      for question in questions {
        // Now and then somebody answers what was not asked of them; that is left out.
        guard holds(question.askedIf, person) || chance.isHit(5) else { continue }
        person[question.id] = answer(question, weights[question.id] ?? [], &chance)
      }
      people.append(person)
    }
  }

  private func answer(_ question: Question, _ weights: [Int], _ chance: inout Chance) -> Answer {
    switch question.kind {
    case .single, .scale:
      let position = chance.position(weights)
      return position < question.labels.count ? .one(question.labels[position]) : .none
    case .number:
      if weights.count == 1 {
        return chance.isHit(95) ? .number(chance.whole(0...Self.largestNumber)) : .none
      }
      let band = chance.position(weights)
      guard band < question.ends.count else { return .none }
      let start = band == 0 ? 0 : question.ends[band - 1]
      return .number(chance.whole(start...(question.ends[band] - (band == question.ends.count - 1 ? 0 : 1))))
    case .theme: return .none
    case .multiple:
      if chance.isHit(5) { return .none }
      let open = question.labels.dropLast(question.exclusive)
      if question.exclusive > 0, chance.isHit(30) { return .many(Set(question.labels.suffix(1))) }
      var chosen: Set<String> = []
      for (label, weight) in zip(open, weights) where chance.isHit(4 * weight + 3) { chosen.insert(label) }
      if question.exclusive > 0, chance.isHit(2) { chosen.insert(question.labels[question.labels.count - 1]) }
      return .many(chosen)
    }
  }
}
