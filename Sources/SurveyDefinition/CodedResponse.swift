/// Which position of a coded response belongs to which item of a survey.
///
/// A variable, a single or scale question and a number have one code; a multiple question has one for the
/// whole question followed by one per option, a ranking likewise, and a theme question likewise with its themes.
public struct CodeLayout: Sendable, Equatable {
  /// By position of the variable in the survey.
  public let variables: [Int]
  /// By position of the question in the survey; nil for a kind without codes.
  public let questions: [Int?]
  /// By position of the question: its place in `CodedResponse.numbers`; nil but for a number.
  public let numbers: [Int?]
  public let codeCount: Int
  public let numberCount: Int

  public init(_ survey: Survey) {
    var next = 0
    variables = survey.variables.map { _ in
      defer { next += 1 }
      return next
    }
    var nextNumber = 0
    var questions: [Int?] = []
    var numbers: [Int?] = []
    for question in survey.questions {
      switch question.kind {
      case .single, .scale:
        questions.append(next)
        numbers.append(nil)
        next += 1
      case .multiple(let choice):
        questions.append(next)
        numbers.append(nil)
        next += 1 + choice.options.count
      case .number:
        questions.append(next)
        numbers.append(nextNumber)
        next += 1
        nextNumber += 1
      case .theme(let coding):
        questions.append(next)
        numbers.append(nil)
        next += 1 + coding.themes.count
      case .ranking(let ranking):
        questions.append(next)
        numbers.append(nil)
        next += 1 + ranking.options.count
      }
    }
    self.questions = questions
    self.numbers = numbers
    codeCount = next
    numberCount = nextNumber
  }
}

/// The answers of one response as small integers: what is left of a row once it has been read. No text of it remains.
///
/// - A variable, single or scale question holds the position of the group or answer in `groupLabels` or
///   `answerLabels`, or `AnswerCode.missing`, or `AnswerCode.notAsked`.
/// - A multiple question holds 0 where at least one option was chosen or declined, else `missing` or `notAsked`;
///   each option after it holds 1 chosen, 0 not chosen.
/// - A ranking holds the position of the option that was placed first, else `missing` or `notAsked`; each option after it
///   holds its place from 1, or 0 where it was not ranked.
/// - A theme question holds 0 where a coder read the respondent's text, else `missing`; each theme after it holds 1
///   where it, or one below it, was raised, else 0.
/// - A number holds the position of its band (0 where it has no bands), `missing`, `notAsked` or `outOfRange`.
public struct CodedResponse: Sendable, Equatable {
  public var codes: [Int32]
  /// Values of numbers in millionths; meaningful only where the code is 0 or more.
  public var numbers: [Int64]
  /// What the respondent counts for, in units of 10⁻¹², where the definition names a column of weights.
  public var weight: Int64 = 1_000_000_000_000
  /// Whose codings of open text the theme questions have; nil where nobody coded any.
  public var codedUnit: Int?

  public init(_ layout: CodeLayout) {
    codes = Array(repeating: AnswerCode.missing, count: layout.codeCount)
    numbers = Array(repeating: 0, count: layout.numberCount)
  }
}

/// Codes that are not the position of an answer.
public enum AnswerCode {
  /// Asked, not answered; for a variable: not stated.
  public static let missing: Int32 = -1
  /// Never asked, as the responses say.
  public static let notAsked: Int32 = -2
  /// A number outside the question's `valid` range: counted as missing, and told.
  public static let outOfRange: Int32 = -3
}
