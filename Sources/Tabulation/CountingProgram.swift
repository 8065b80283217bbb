import SurveyDefinition

/// What is counted of a response, worked out once from the plan: one step for each table, in flat arrays of small structs, so that
/// the loop over them neither allocates nor retains.
struct CountingProgram: Sendable {
  private enum Operation {
    /// The code is the category.
    case answer
    /// An answer or none.
    case value
    /// What was chosen of a multiple question: `first` lists its ordinary options, `second` its exclusive ones.
    case patterns
    /// Chosen or not, of those who chose any ordinary option: `first` lists what.
    case chosen
    /// Chosen, answered or neither: `first` lists what.
    case mixed
    case coded
    /// Raised or not: `first` is the theme's slot after the question's.
    case raised
    /// Raised, raised the theme above alone, or neither: `first` is the theme, `second` the one above.
    case raisedBelow
    /// Which of the themes that `first` lists were raised.
    case combination
    /// At which place the option after `first` stands.
    case place
  }

  private struct Step {
    var operation: Operation
    var question: Int32
    var slot: Int32
    /// Where the table's categories begin.
    var start: Int32
    /// The last category.
    var last: Int32
    var first: Range<Int32> = 0..<0
    var second: Range<Int32> = 0..<0
  }

  /// A number: its question, the slot of its code, the place of its value, and its table.
  struct NumberStep {
    var question: Int
    var slot: Int
    var number: Int
    var table: Int
  }

  private struct Column {
    var place: ConditionProgram.Place
    var notStated: Int32
    /// Where its groups begin among those of all columns.
    var start: Int
  }

  private let conditions: ConditionProgram
  private var steps: [Step] = []
  private var lists: [Int32] = []
  private(set) var numbers: [NumberStep] = []
  private var columns: [Column] = []
  /// The margins of raking, with how many groups each has besides `not stated`.
  private var margins: [(place: ConditionProgram.Place, groups: Int)] = []
  private let groupsOfColumns: Int
  private let categoriesOfTables: Int
  /// Slots of the questions by position; below 0 for one without.
  private let slots: [Int]

  init(_ plan: TabulationPlan) {
    conditions = ConditionProgram(plan)
    groupsOfColumns = plan.groupsOfColumns
    categoriesOfTables = plan.categoriesOfTables
    slots = plan.layout.questions.map { $0 ?? -1 }
    columns = plan.banners.enumerated().map { index, banner in
      Column(
        place: .init(banner.item, in: plan.layout), notStated: Int32(banner.notStated),
        start: plan.columnStarts[index + 1])
    }
    if case .rake(let declared, _) = plan.survey.weights {
      margins = declared.map { (.init($0.item, in: plan.layout), $0.shares.count) }
    }
    for (index, table) in plan.tables.enumerated() {
      // Of the table of all respondents there is nothing to find out.
      guard let question = table.question, let slot = plan.layout.questions[question] else { continue }
      steps.append(step(of: table, question, slot, at: plan.categoryStarts[index], plan))
      guard table.part == .answers, let number = plan.layout.numbers[question] else { continue }
      numbers.append(NumberStep(question: question, slot: slot, number: number, table: index))
    }
  }

  private mutating func list(_ positions: [Int]) -> Range<Int32> {
    lists += positions.map { Int32($0) }
    return Int32(lists.count - positions.count)..<Int32(lists.count)
  }

  private mutating func step(
    of table: CountTable, _ question: Int, _ slot: Int, at start: Int, _ plan: TabulationPlan
  ) -> Step {
    var step = Step(
      operation: .value, question: Int32(question), slot: Int32(slot), start: Int32(start),
      last: Int32(table.categories - 1))
    let definition = plan.survey.questions[question]
    var exclusive: [Int] = []
    var ordinary: [Int] = []
    if case .multiple(let choice) = definition.kind {
      exclusive = CountTable.patternExclusives(choice)
      ordinary = choice.options.indices.filter { !exclusive.contains($0) }
    }
    func members(_ net: Int) -> [Int] {
      guard case .answers(let members) = definition.nets[net].members else { return ordinary }
      return members
    }
    switch table.part {
    case .respondents: preconditionFailure("all respondents are no question's")
    case .answers: step.operation = definition.answerLabels.isEmpty ? .value : .answer
    case .patterns:
      (step.operation, step.first, step.second) = (.patterns, list(ordinary), list(exclusive))
    case .option(let option): (step.operation, step.first) = (.chosen, list([option]))
    case .net(let net): (step.operation, step.first) = (.chosen, list(members(net)))
    case .mixedNet(let net): (step.operation, step.first) = (.mixed, list(members(net)))
    case .coded: step.operation = .coded
    case .theme(let theme): (step.operation, step.first) = (.raised, list([theme]))
    case .themeBelow(let theme, let parent):
      (step.operation, step.first, step.second) = (.raisedBelow, list([theme]), list([parent]))
    case .combinations(let themes): (step.operation, step.first) = (.combination, list(themes))
    case .place(let option): (step.operation, step.first) = (.place, list([option]))
    }
    return step
  }

  // MARK: - One response

  /// Whether a code tells an answer, be it none that is valid.
  @inline(__always)
  static func isAnswered(_ code: Int32) -> Bool { code >= 0 || code == AnswerCode.outOfRange }

  /// Finds out which questions were asked of a respondent: those that routing leads to and the responses do not say otherwise of.
  /// - Parameter asked: By position of the question.
  /// - Returns: The audiences of the respondent, and whether a question was answered that was not asked.
  @inline(__always)
  func ask(_ response: borrowing CodedResponse, asked: inout [Bool]) -> (
    audiences: UInt64, hasViolation: Bool
  ) {
    let codes = response.codes.span
    var asked = asked.mutableSpan
    for question in 0..<asked.count { asked[question] = true }
    conditions.route(codes, asked: &asked)
    // Whom a pack is for is told by routing alone.
    let audiences = conditions.audiences(codes, asked: asked.span)
    var hasViolation = false
    let slots = slots.span
    for question in 0..<slots.count {
      let code = slots[question] < 0 ? AnswerCode.notAsked : codes[slots[question]]
      if asked[question] {
        asked[question] = code != AnswerCode.notAsked
      } else if Self.isAnswered(code) {
        hasViolation = true
      }
    }
    return (audiences, hasViolation)
  }

  /// The groups of a respondent: for the total and each banner, its place among the groups of all columns.
  @inline(__always)
  func group(_ response: borrowing CodedResponse, asked: [Bool], into groups: inout [Int]) {
    let codes = response.codes.span
    let asked = asked.span
    let columns = columns.span
    var groups = groups.mutableSpan
    groups[0] = 0
    for index in 0..<columns.count {
      let column = columns[index]
      let code = column.place.code(in: codes, asked: asked)
      groups[index + 1] = column.start + Int(code >= 0 ? code : column.notStated)
    }
  }

  /// Which combination of groups of the raking margins a respondent has.
  func rakingPart(_ response: borrowing CodedResponse, asked: [Bool]) -> Int {
    let codes = response.codes.span
    let asked = asked.span
    var part = 0
    for margin in margins {
      part = part * (margin.groups + 1) + Int(max(margin.place.code(in: codes, asked: asked), -1)) + 1
    }
    return part
  }

  /// The categories that a respondent falls into, each by its place among the categories of all tables.
  /// - Returns: How many, one for each table that counts the respondent.
  @inline(__always)
  func pick(_ response: borrowing CodedResponse, asked: [Bool], into picked: inout [Int32]) -> Int {
    let codes = response.codes.span
    let asked = asked.span
    var picked = picked.mutableSpan
    let steps = steps.span
    let lists = lists.span
    // All respondents, whose table comes first.
    picked[0] = 0
    var count = 1
    // Of the multiple question whose patterns came last: whether any ordinary option was chosen.
    var hasOrdinary = false

    @inline(__always)
    func chose(_ step: Step) -> Bool {
      for entry in step.first where codes[Int(step.slot &+ 1 &+ lists[Int(entry)])] == 1 { return true }
      return false
    }

    for index in 0..<steps.count {
      let step = steps[index]
      if !asked[Int(step.question)] { continue }
      let code = codes[Int(step.slot)]
      var category: Int32 = 0
      switch step.operation {
      case .answer: category = code >= 0 ? code : step.last
      case .value, .coded: category = code >= 0 ? 0 : step.last
      case .patterns:
        hasOrdinary = code >= 0 && chose(step)
        if code < 0 {
          category = step.last
        } else {
          category = hasOrdinary ? 1 : 0
          var bit: Int32 = 2
          for entry in step.second {
            if codes[Int(step.slot &+ 1 &+ lists[Int(entry)])] == 1 { category |= bit }
            bit <<= 1
          }
        }
      case .chosen:
        if !hasOrdinary { continue }
        category = chose(step) ? 0 : 1
      case .mixed: category = code < 0 ? 2 : chose(step) ? 0 : 1
      case .raised:
        if code < 0 { continue }
        category = chose(step) ? 0 : 1
      case .raisedBelow:
        if code < 0 { continue }
        category =
          chose(step) ? 0 : codes[Int(step.slot &+ 1 &+ lists[Int(step.second.lowerBound)])] == 1 ? 1 : 2
      case .place:
        if code < 0 { continue }
        let place = codes[Int(step.slot &+ 1 &+ lists[Int(step.first.lowerBound)])]
        category = place > 0 ? place - 1 : step.last
      case .combination:
        if code < 0 { continue }
        var bit: Int32 = 1
        for entry in step.first {
          if codes[Int(step.slot &+ 1 &+ lists[Int(entry)])] == 1 { category |= bit }
          bit <<= 1
        }
      }
      picked[count] = step.start &+ category
      count &+= 1
    }
    return count
  }

  /// Counts a respondent of an atom in each category of each of the groups.
  /// - Parameter count: How many categories were picked.
  @inline(__always)
  func count(_ groups: [Int], _ picked: [Int32], _ count: Int, atom: Int, in cells: inout [Int]) {
    let groups = groups.span
    let picked = picked.span.extracting(first: count)
    var cells = cells.mutableSpan
    for column in 0..<groups.count {
      let start = (atom &* groupsOfColumns &+ groups[column]) &* categoriesOfTables
      for index in 0..<picked.count { cells[start &+ Int(picked[index])] &+= 1 }
    }
  }
}
