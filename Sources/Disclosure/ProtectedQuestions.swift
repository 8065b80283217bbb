import SurveyDefinition
import Synchronization
import Tabulation

/// What was found for questions that routing joins, with everything that it depends on.
///
/// A round that withholds more for one question, and a repair that an audit asks for, leave most questions as they were:
/// these need not be protected again. For one tally only.
public final class ProtectedQuestions {
  /// What is withheld whole, of sizes and of the questions concerned.
  struct Conditions: Hashable {
    var visibility: GroupVisibility
    var rowsWithheld: Set<Protector.RoutedRow>
    var rowsBesides: Set<Protector.RoutedRow>
    var themesWithheld: Set<Protector.ThemeRow>
    /// By audience, the questions concerned that are withheld from it.
    var isQuestionWithheld: [[Int]]
    var isGone: Set<Int>
  }

  struct Found {
    var system: QuestionSystem
    var outcome: Protector.Outcome
  }

  /// By the questions that belong together.
  private var entries: [[Int?]: [(conditions: Conditions, found: [Found])]] = [:]
  /// Entries that are kept of each: more than a run has rounds of before it is repaired.
  private static let limit = 12

  /// By question and column: the last problem of what to withhold there, and what was chosen; nil where nothing was.
  private var choices: [[Int]: (problem: SuppressionProblem, choice: [Bool]?)] = [:]

  /// What linked tables were last found to hold open together, with all that it depends on.
  struct HeldTogether {
    var visibility: GroupVisibility
    /// By table, what of it is withheld.
    var withheld: [[[Bool]]]
    /// What is held open; nil where something is not.
    var held: [SuppressionProblemBuilder.Count]?
  }

  /// By question, tables and columns.
  private let together = Mutex<[[Int]: HeldTogether]>([:])

  /// By column, the groups that were chosen to go; nil where none could be chosen.
  private var groups: [Int: GroupSelection.Choice?] = [:]
  /// What was found where groups were not chosen.
  private(set) lazy var withoutChoice = ProtectedQuestions()

  public init() {}

  /// The groups that are to go under a banner, chosen once.
  func groups(_ column: Int, choosing choose: () -> GroupSelection.Choice?) -> GroupSelection.Choice? {
    if let known = groups[column] { return known }
    let chosen = choose()
    groups[column] = .some(chosen)
    return chosen
  }

  /// What was chosen for a problem when it was the last of its question and column; nil where it was another.
  func choice(_ place: [Int], _ problem: SuppressionProblem) -> [Bool]?? {
    guard let last = choices[place], last.problem == problem else { return nil }
    return .some(last.choice)
  }

  func keep(_ choice: [Bool]?, _ place: [Int], _ problem: SuppressionProblem) {
    choices[place] = (problem, choice)
  }

  func heldTogether(_ place: [Int]) -> HeldTogether? { together.withLock { $0[place] } }

  func keep(_ held: HeldTogether, _ place: [Int]) { together.withLock { $0[place] = held } }

  func found(_ questions: [Int?], _ conditions: Conditions) -> [Found]? {
    entries[questions]?.first { $0.conditions == conditions }?.found
  }

  func keep(_ questions: [Int?], _ conditions: Conditions, _ found: [Found]) {
    var own = entries[questions] ?? []
    if own.count == Self.limit { own.removeFirst() }
    own.append((conditions, found))
    entries[questions] = own
  }
}

extension Protector {
  /// Everything on which what is found for questions that belong together depends.
  func conditions(of family: [Int?]) -> ProtectedQuestions.Conditions {
    let questions = Set(family.compactMap(\.self))
    return .init(
      visibility: visibility, rowsWithheld: rowsWithheld.filter { questions.contains($0.question) },
      rowsBesides: rowsBesides.filter { questions.contains($0.question) },
      themesWithheld: themesWithheld.filter { questions.contains($0.question) },
      isQuestionWithheld: isQuestionWithheld.map { withheld in questions.filter { withheld[$0] }.sorted() },
      isGone: isGone.intersection(questions))
  }

  /// Questions that routing joins, those of each ascending; the respondents by themselves.
  static func families(_ plan: TabulationPlan) -> [[Int?]] {
    var family = Array(plan.survey.questions.indices)
    for question in family.indices {
      for clause in plan.survey.questions[question].askedIf?.alternatives.joined() ?? [].joined() {
        guard case .question(let source) = clause.item else { continue }
        let (old, new) = (family[question], family[source])
        for member in family.indices where family[member] == old { family[member] = new }
      }
    }
    let groups = Dictionary(grouping: family.indices) { family[$0] }
    return [[nil]] + groups.keys.sorted().map { (groups[$0] ?? []).map(Optional.some) }
  }
}
