import SurveyDefinition

/// How the questions of an index vary among the respondents who gave an answer with a score to all of them, exactly.
///
/// In units of their own, the same for all: each is n ∑x² - (∑x)², which is n(n - 1) times the variance.
public struct IndexVariances: Sendable, Equatable {
  /// How many respondents they are.
  public let respondents: Int
  /// By question of the index.
  public let questions: [Int128]
  /// Of the sum of all questions' scores.
  public let ofSum: Int128
}

/// Of each index and atom, over the respondents who gave an answer with a score to all its questions: how many there are, and
/// the sums and sums of squares of each question's scores and of their total.
///
/// Scores are in units of what divides all scores of an index, so that sums are small; Cronbach's alpha has no unit.
struct IndexSums: Sendable {
  private struct Step: Sendable {
    /// By question of the index: its position, where its code stands, and where its scores begin.
    var questions: [(position: Int, slot: Int, scores: Int, answers: Int)]
    /// Where the sums of the index begin within those of an atom: respondents, then two of the total, then two of each question.
    var start: Int
  }

  private let steps: [Step]
  /// The scores of all questions of all indices, answer by answer; `unscored` for one that has none.
  private let scores: [Int64]
  private let sumsPerAtom: Int
  private var sums: [Int128] = []

  private static let unscored = Int64.min

  init(_ plan: TabulationPlan) {
    var steps: [Step] = []
    var scores: [Int64] = []
    var next = 0
    for index in plan.survey.indices {
      let own = index.questions.map { plan.survey.questions[$0].scores ?? [] }
      let unit = own.joined().reduce(Int64(0)) { greatestDivisor($0, $1?.millionths ?? 0) }
      var questions: [(position: Int, slot: Int, scores: Int, answers: Int)] = []
      for (question, numbers) in zip(index.questions, own) {
        guard let slot = plan.layout.questions[question] else {
          preconditionFailure("a question with scores has a code")
        }
        questions.append((question, slot, scores.count, numbers.count))
        scores += numbers.map { $0.map { $0.millionths / max(unit, 1) } ?? Self.unscored }
      }
      steps.append(Step(questions: questions, start: next))
      next += 3 + 2 * questions.count
    }
    self.steps = steps
    self.scores = scores
    sumsPerAtom = next
  }

  /// Makes room for an atom.
  mutating func insert(atom: Int) {
    sums.insert(contentsOf: repeatElement(0, count: sumsPerAtom), at: atom * sumsPerAtom)
  }

  /// All sums, atom after atom.
  var listed: [Int128] { sums }

  /// Takes the place of the sums of as many atoms.
  /// - Returns: False where they are others.
  mutating func restore(_ listed: [Int128]) -> Bool {
    guard listed.count == sums.count else { return false }
    sums = listed
    return true
  }

  /// Adds what other sums have of an atom to one of these.
  mutating func add(_ other: IndexSums, atom: Int, to own: Int) {
    for offset in 0..<sumsPerAtom {
      sums[own * sumsPerAtom + offset] += other.sums[atom * sumsPerAtom + offset]
    }
  }

  /// Counts one response.
  /// - Parameter asked: By position of the question: whether it was asked.
  mutating func add(_ response: borrowing CodedResponse, atom: Int, asked: [Bool]) {
    for step in steps {
      var total: Int128 = 0
      var isComplete = true
      for question in step.questions where isComplete {
        let score =
          asked[question.position]
          ? score(response.codes[question.slot], question.scores, question.answers) : Self.unscored
        if score == Self.unscored { isComplete = false } else { total += Int128(score) }
      }
      guard isComplete else { continue }
      var place = atom * sumsPerAtom + step.start
      sums[place] += 1
      sums[place + 1] += total
      sums[place + 2] += total * total
      for question in step.questions {
        place += 2
        let score = Int128(scores[question.scores + Int(response.codes[question.slot])])
        sums[place + 1] += score
        sums[place + 2] += score * score
      }
    }
  }

  private func score(_ code: Int32, _ start: Int, _ answers: Int) -> Int64 {
    code >= 0 && Int(code) < answers ? scores[start + Int(code)] : Self.unscored
  }

  /// The variances of an index over some atoms.
  func variances(_ index: Int, atoms: [Int]) -> IndexVariances {
    let step = steps[index]
    let sums = (0..<3 + 2 * step.questions.count).map { offset in
      atoms.reduce(Int128(0)) { $0 + self.sums[$1 * sumsPerAtom + step.start + offset] }
    }
    func variance(_ place: Int) -> Int128 { sums[0] * sums[place + 1] - sums[place] * sums[place] }
    return IndexVariances(
      respondents: Int(sums[0]), questions: step.questions.indices.map { variance(3 + 2 * $0) },
      ofSum: variance(1))
  }
}

/// The largest number that divides both; the other where one is 0.
private func greatestDivisor(_ first: Int64, _ second: Int64) -> Int64 {
  var (larger, smaller) = (first.magnitude, second.magnitude)
  while smaller > 0 { (larger, smaller) = (smaller, larger % smaller) }
  return Int64(larger)
}
