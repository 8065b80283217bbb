import SurveyDefinition

/// What one made-up respondent did with one item.
struct MadeAnswer: Sendable, Equatable {
  enum Outcome: Sendable, Equatable {
    case notAsked
    case unanswered
    case answered
  }

  var outcome = Outcome.notAsked
  /// Positions of the answers: one of a single choice or a band, the options of a multiple question in their
  /// order (none where all were declined), those of a ranking that have a place with the first first.
  var positions: [Int] = []
  /// The number itself, where the item is one.
  var number = Decimal6(0)
}

/// Draws the answers to one item, respondent by respondent, from quotas that hold for each group.
///
/// Before the first draw it must be told how many respondents of each group are asked (`setQuotas`). Its
/// state is a value: a copy made before the first draw draws the same answers again.
struct AnswerDraw: Sendable {
  let form: AnswerForm
  let shares: ItemShares
  /// The item whose groups have shares of their own, by its place among all items.
  let by: Int?
  /// How many groups that item has, those who did not state it being one more; 1 where there is none.
  let strataCount: Int
  /// Of whom it is asked: any of these alternatives, each a list of items with the accepted positions.
  let askedIf: [[(item: Int, accepted: [Int])]]?

  private var strata: [Quotas] = []
  private var generator: SplitMix64

  init(item: Item, of survey: Survey, shares: ItemShares, seed: UInt64) {
    self.shares = shares
    by = shares.by.map { survey.position(of: $0) }
    switch shares.by {
    case nil: strataCount = 1
    case .variable(let index): strataCount = survey.variables[index].groupLabels.count + 1
    case .question(let index): strataCount = survey.questions[index].answerLabels.count + 1
    }
    switch item {
    case .variable(let index):
      form = AnswerForm(survey.variables[index])
      askedIf = nil
      generator = SplitMix64(seed: seed, stream: survey.variables[index].id)
    case .question(let index):
      let question = survey.questions[index]
      form = AnswerForm(question)
      askedIf = question.askedIf?.alternatives.map { clauses in
        clauses.map { (item: survey.position(of: $0.item), accepted: $0.accepted) }
      }
      generator = SplitMix64(seed: seed, stream: question.id)
    }
  }

  /// The items whose answers must be known first.
  var dependencies: [Int] { (askedIf ?? []).flatMap { $0.map(\.item) } + (by.map { [$0] } ?? []) }

  /// The group of `by` that a respondent falls in, or nil where the item is not asked of them.
  func stratum(of response: [MadeAnswer]) -> Int? {
    if let askedIf {
      let isAsked = askedIf.contains { clauses in
        clauses.allSatisfy { clause in
          response[clause.item].positions.contains { clause.accepted.contains($0) }
        }
      }
      guard isAsked else { return nil }
    }
    guard let by else { return 0 }
    return response[by].positions.first ?? strataCount - 1
  }

  /// Works out the quotas once it is known how many respondents of each group are asked.
  ///
  /// Those who do not answer are first shared out over the groups: with a small share and many groups, rounding
  /// within each group alone would leave out nobody at all.
  mutating func setQuotas(asked: [Int]) {
    let total = asked.reduce(0, +)
    let unanswered = largestRemainder(
      of: largestRemainder(of: total, by: split(shares.unanswered))[0], by: asked)
    strata = asked.indices.map { stratum in
      Quotas(
        form: form, shares: shares.groups[stratum] ?? shares.usual,
        unanswered: total == 0 ? 0 : unanswered[stratum], asked: asked[stratum])
    }
  }

  /// Draws what the next respondent does, given what they did with the items it depends on.
  mutating func draw(into response: inout [MadeAnswer], at item: Int) {
    // The array is emptied, not replaced: a million responses reuse one buffer.
    response[item].positions.removeAll(keepingCapacity: true)
    guard let stratum = stratum(of: response) else {
      response[item].outcome = .notAsked
      return
    }
    let fall = strata[stratum].main.draw(using: &generator)
    response[item].outcome = fall == Quotas.unanswered ? .unanswered : .answered
    guard fall > Quotas.declined else { return }
    let answer = fall - Quotas.firstAnswer

    switch form {
    case .one: response[item].positions.append(answer)
    case .number(let bands):
      response[item].positions.append(answer)
      response[item].number = value(in: bands[answer], isLast: answer == bands.count - 1)
    case .ranking(let options, let places):
      response[item].positions.append(answer)
      for option in options.indices where option != answer { response[item].positions.append(option) }
      shuffle(&response[item].positions, from: 1)
      response[item].positions.removeLast(options.count - places)
    case .multiple(let options, _), .theme(let options):
      guard answer == options.count else { return response[item].positions.append(answer) }
      let leading = strata[stratum].leading.draw(using: &generator)
      for option in options.indices {
        let isChosen =
          option == leading
          || strata[stratum].further[option].size > 0
            && strata[stratum].further[option].draw(using: &generator) == 0
        if isChosen { response[item].positions.append(option) }
      }
    }
  }

  /// A whole number of the band where it holds one, otherwise its lower end.
  private mutating func value(in band: Band, isLast: Bool) -> Decimal6 {
    let scale = Decimal6.scale
    // Rounded up, also below zero, where division alone rounds up already.
    let from =
      band.from.millionths > 0 ? (band.from.millionths + scale - 1) / scale : band.from.millionths / scale
    let last = band.upTo.millionths - (isLast ? 0 : 1)
    let to = last >= 0 ? last / scale : (last - scale + 1) / scale
    guard from <= to else { return band.from }
    return Decimal6(Int(from) + generator.below(Int(to - from) + 1))
  }

  /// Fisher and Yates's shuffle of all but the first `fixed`.
  private mutating func shuffle(_ positions: inout [Int], from fixed: Int) {
    for last in stride(from: positions.count - 1, to: fixed, by: -1) {
      positions.swapAt(last, fixed + generator.below(last - fixed + 1))
    }
  }
}

/// The quotas of one group for one item.
private struct Quotas: Sendable {
  static let unanswered = 0
  static let declined = 1
  static let firstAnswer = 2

  /// Unanswered, declined, each answer, and last (multiple questions only) any options that are not exclusive.
  var main: Urn
  /// Who of these has which option first, so that nobody is left without one …
  var leading = Urn([])
  /// … and, by option, who of the others has it besides: yes, no.
  var further: [Urn] = []

  init(form: AnswerForm, shares: AnswerShares, unanswered: Int, asked: Int) {
    let base = asked - unanswered
    guard let (options, exclusive) = form.options else {
      let answers = shares.answers.isEmpty ? [] : largestRemainder(of: base, by: weights(shares.answers))
      main = Urn([unanswered, 0] + answers)
      return
    }

    let alone = options.indices.map { exclusive.contains($0) ? weight(shares.answers[$0]) : 0 }
    let others = Int(Decimal6.scale) - weight(shares.declined) - alone.reduce(0, +)
    let quotas = largestRemainder(of: base, by: [weight(shares.declined)] + alone + [others])
    main = Urn([unanswered] + quotas)

    let choosing = quotas[quotas.count - 1]
    let chosen = options.indices.map {
      exclusive.contains($0) ? 0 : largestRemainder(of: base, by: split(shares.answers[$0]))[0]
    }
    // Rounding in a small group can leave fewer options than people; a first option for each comes before all.
    let wanted =
      chosen.allSatisfy { $0 == 0 } ? options.indices.map { exclusive.contains($0) ? 0 : 1 } : chosen
    let first = largestRemainder(of: choosing, by: wanted)
    leading = Urn(first)
    further = options.indices.map { option in
      let without = choosing - first[option]
      let more = min(max(chosen[option] - first[option], 0), without)
      return Urn([more, without - more])
    }
  }
}

private func weight(_ share: Decimal6) -> Int { Int(share.millionths) }
private func weights(_ shares: [Decimal6]) -> [Int] { shares.map { weight($0) } }
/// A share and what it leaves of the whole.
private func split(_ share: Decimal6) -> [Int] { [weight(share), Int(Decimal6.scale) - weight(share)] }
