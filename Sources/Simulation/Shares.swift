public import SurveyDefinition

/// What a simulated wave should come out like: shares.yaml, checked against its survey.
///
/// Shares are of the base (who was asked and answered), as exact decimals, and are met by largest remainder.
public struct Shares: Sendable, Equatable {
  /// By variable, then by question: one entry for each of the survey's, in its order.
  public var variables: [ItemShares]
  public var questions: [ItemShares]
  /// Columns of open text that the definition does not name.
  public var freeText: [FreeTextColumn]
  public var dirt: Dirt
  /// By audience of focus groups, then id of a theme: the share of its sessions in which it was raised. An audience that is
  /// not named raises every theme in half of its sessions.
  public var focusGroups: [String: [String: Decimal6]]

  public init(
    variables: [ItemShares], questions: [ItemShares], freeText: [FreeTextColumn] = [], dirt: Dirt = Dirt(),
    focusGroups: [String: [String: Decimal6]] = [:]
  ) {
    self.focusGroups = focusGroups
    self.variables = variables
    self.questions = questions
    self.freeText = freeText
    self.dirt = dirt
  }

  /// Every answer equally often, everything answered, nothing amiss: what a survey without shares.yaml gets.
  public static func equal(for survey: Survey) -> Shares {
    Shares(
      variables: survey.variables.map { ItemShares(usual: .equal(for: AnswerForm($0))) },
      questions: survey.questions.map { ItemShares(usual: .equal(for: AnswerForm($0))) })
  }
}

/// How the answers to one item are shared out.
public struct ItemShares: Sendable, Equatable {
  /// The share of those asked who do not answer.
  public var unanswered: Decimal6
  /// The item whose groups have shares of their own.
  public var by: Item?
  /// The shares of everyone whose group has none of its own.
  public var usual: AnswerShares
  /// By position of the group of `by`; the position after the last is `Not stated`.
  public var groups: [Int: AnswerShares]
  /// By position of the answer: made-up texts to write for it, where its text is free.
  public var texts: [Int: [String]]
  /// Of a theme question: the heading of the open text that was coded, so that whoever wrote something there is coded; nil:
  /// everyone who was asked, but for `unanswered`.
  public var codedText: String?
  /// Of a theme question: what another coder did.
  public var secondCoder: SecondCoder?

  public init(
    unanswered: Decimal6 = Decimal6(0), by: Item? = nil, usual: AnswerShares,
    groups: [Int: AnswerShares] = [:], texts: [Int: [String]] = [:], codedText: String? = nil,
    secondCoder: SecondCoder? = nil
  ) {
    self.codedText = codedText
    self.secondCoder = secondCoder
    self.unanswered = unanswered
    self.by = by
    self.usual = usual
    self.groups = groups
    self.texts = texts
  }
}

/// A coder who read some of the texts once more.
public struct SecondCoder: Sendable, Equatable {
  /// Of the texts, the share read by both.
  public var share: Decimal6
  /// Of the codes of the first, the share that the second did not give, or gave as another.
  public var differs: Decimal6

  public init(share: Decimal6, differs: Decimal6) {
    self.share = share
    self.differs = differs
  }
}

/// Shares of the base, by position of the answer, option or band.
public struct AnswerShares: Sendable, Equatable {
  /// Together 1, save for a multiple question, where each option has its own share.
  public var answers: [Decimal6]
  /// Of a multiple question with one column per option: the share who choose none of them and say so.
  public var declined: Decimal6

  public init(answers: [Decimal6], declined: Decimal6 = Decimal6(0)) {
    self.answers = answers
    self.declined = declined
  }

  /// Equal shares. The exclusive options of a multiple question count as one answer each of all; the other options
  /// are each chosen by half of the others (by all of them where there is only one).
  static func equal(for form: AnswerForm) -> AnswerShares {
    let whole = Int(Decimal6.scale)
    guard case .multiple(let options, let exclusive) = form else {
      // Of themes each is given to as many, and everyone has one or two.
      return AnswerShares(
        answers: largestRemainder(of: whole, by: Array(repeating: 1, count: form.labels.count))
          .map { Decimal6(millionths: Int64($0)) })
    }
    let alone = options.count == exclusive.count ? whole / max(options.count, 1) : whole / options.count
    let some = whole - alone * exclusive.count
    let each = options.count - exclusive.count == 1 ? some : (some + 1) / 2
    return AnswerShares(
      answers: options.indices.map {
        Decimal6(millionths: Int64(exclusive.contains($0) ? alone : each))
      })
  }
}

/// A column of made-up open text, as every real export has: read by nobody, but in the way of a careless reader.
public struct FreeTextColumn: Sendable, Equatable {
  public var heading: String
  /// The share of respondents who wrote something.
  public var share: Decimal6
  /// One or two of these make a cell; commas, quotes and line breaks are welcome.
  public var texts: [String]

  public init(heading: String, share: Decimal6, texts: [String]) {
    self.heading = heading
    self.share = share
    self.texts = texts
  }
}

/// What is amiss in real data that says nothing about people's answers. It is drawn by chance, cell by cell.
public struct Dirt: Sendable, Equatable {
  /// Of those whom a routed question was not asked, the share with an answer all the same.
  public var unaskedAnswers: Decimal6
  /// Of the cells with an answer, the share with blanks around it.
  public var strayBlanks: Decimal6
  /// Of the cells for which the definition declares several texts, the share with another than the first.
  public var otherTexts: Decimal6
  /// Of the numbers that were not given, the share that stands outside the valid range instead.
  public var invalidNumbers: Decimal6

  public init(
    unaskedAnswers: Decimal6 = Decimal6(0), strayBlanks: Decimal6 = Decimal6(0),
    otherTexts: Decimal6 = Decimal6(0), invalidNumbers: Decimal6 = Decimal6(0)
  ) {
    self.unaskedAnswers = unaskedAnswers
    self.strayBlanks = strayBlanks
    self.otherTexts = otherTexts
    self.invalidNumbers = invalidNumbers
  }
}
