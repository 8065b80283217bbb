public import SurveyDefinition

/// One made-up file of codings.
public struct SimulatedCodings: Sendable, Equatable {
  /// The file as the definition names it.
  public var file: String
  public var bytes: [UInt8]
}

/// Makes the codings of a wave that nobody answered: of its open text, and of its focus groups where it has any.
///
/// The bytes depend on the definition, the shares, the number of responses and the seed alone; the codings are of the
/// responses that `simulateResponses` makes of the same.
/// - Throws: ``SimulationFailure``.
public func simulateCodings(
  wave: Wave, shares: Shares, responses: Int, seed: UInt64
) throws(SimulationFailure) -> [SimulatedCodings] {
  let survey = wave.survey
  var rows: [Int: [CodedText]] = [:]
  for (index, question) in survey.questions.enumerated() {
    guard case .theme(let coding) = question.kind, !coding.themes.isEmpty else { continue }
    var coder = CodingDraw(question: index, of: survey, shares: shares, seed: seed)
    rows[index] = try coder.texts(responses: responses)
  }
  var files: [SimulatedCodings] = []
  let claimed = survey.codings.openText.compactMap(\.questionID)
  for layout in survey.codings.openText {
    let own = survey.questions.indices.filter { index in
      rows[index] != nil
        && layout.questionID.map { $0 == survey.questions[index].id }
          ?? !claimed.contains(survey.questions[index].id)
    }
    if own.isEmpty { continue }
    let hasCoders = own.contains { rows[$0]?.contains { $0.coder != nil } ?? false }
    var table = try CodingTableWriter(layout, hasCoders: hasCoders)
    for index in own {
      for text in rows[index] ?? [] {
        table.append(
          unit: String(text.respondent), question: survey.questions[index].id, themes: text.themes,
          coder: text.coder)
      }
    }
    files.append(SimulatedCodings(file: layout.file, bytes: table.bytes))
  }
  if let layout = survey.codings.focusGroups.first, !wave.sessions.isEmpty, !survey.themes.isEmpty {
    var coder: String?
    if case .coder(let name)? = survey.codings.focusGroupCoders { coder = name }
    var table = try CodingTableWriter(layout, hasCoders: coder != nil)
    for (session, themes) in sessionThemes(wave, shares: shares, seed: seed) {
      table.append(unit: session, question: "", themes: themes, coder: coder)
    }
    files.append(SimulatedCodings(file: layout.file, bytes: table.bytes))
  }
  return files
}

/// By session, the theme of each coded segment; one text without any for a session in which nothing was raised.
private func sessionThemes(
  _ wave: Wave, shares: Shares, seed: UInt64
) -> [(session: String, themes: [String])] {
  let codebook = wave.survey.themes.coded
  let half = Decimal6(millionths: Decimal6.scale / 2)
  var segments: [String: [String]] = [:]
  var audiences: [String] = []
  for session in wave.sessions where !audiences.contains(session.audience) {
    audiences.append(session.audience)
  }
  for audience in audiences {
    let sessions = wave.sessions.filter { $0.audience == audience }
    var generator = SplitMix64(seed: seed, stream: "SESSIONS " + audience)
    for theme in codebook {
      let named = shares.focusGroups[audience].map { $0[theme.id] ?? Decimal6(0) }
      let quota = largestRemainder(
        of: sessions.count,
        by: [Int((named ?? half).millionths), Int(Decimal6.scale - (named ?? half).millionths)])
      var urn = Urn(quota)
      for session in sessions where urn.draw(using: &generator) == 0 {
        segments[session.id, default: []] += Array(repeating: theme.id, count: 1 + generator.below(4))
      }
    }
  }
  return wave.sessions.flatMap { session in
    (segments[session.id] ?? [""]).map { (session.id, $0.isEmpty ? [] : [$0]) }
  }
}

/// One text as one coder read it.
private struct CodedText {
  var respondent: Int
  /// Ids; none where there is nothing to code.
  var themes: [String]
  /// nil where only one coder read texts of the question, whom the definition does not name.
  var coder: String?
}

/// Draws what coders find in the open text of one question.
private struct CodingDraw {
  private let question: Int
  private let survey: Survey
  private let shares: Shares
  private let seed: UInt64
  private let own: ItemShares
  private let ids: [String]

  init(question: Int, of survey: Survey, shares: Shares, seed: UInt64) {
    self.question = question
    self.survey = survey
    self.shares = shares
    self.seed = seed
    own = shares.questions[question]
    ids = AnswerForm(survey.questions[question]).labels
  }

  mutating func texts(responses: Int) throws(SimulationFailure) -> [CodedText] {
    let item = survey.variables.count + question
    var draw = AnswerDraw(item: .question(question), of: survey, shares: own, seed: seed)
    // First who of each group has a text, then what is found in it.
    var asked = Array(repeating: 0, count: draw.strataCount)
    try eachRespondent(responses) { _, response, wrote in
      if wrote, let stratum = draw.stratum(of: response) { asked[stratum] += 1 }
    }
    draw.setQuotas(asked: asked)
    var second = own.secondCoder.map { SecondReader($0, ids, seed: seed, survey.questions[question].id) }
    let first = firstCoder
    var texts: [CodedText] = []
    try eachRespondent(responses) { number, response, wrote in
      guard wrote, draw.stratum(of: response) != nil else { return }
      var response = response
      draw.draw(into: &response, at: item)
      guard response[item].outcome == .answered else { return }
      let themes = response[item].positions.map { ids[$0] }
      texts.append(CodedText(respondent: number, themes: themes, coder: first))
      if let again = second?.read(themes) {
        // Not the name of the first, whatever the definition calls them.
        texts.append(
          CodedText(respondent: number, themes: again, coder: first == "second" ? "other" : "second"))
      }
    }
    return texts
  }

  /// Who coded all texts: whoever the definition counts, or else a name where there are two to tell apart.
  private var firstCoder: String? {
    if case .theme(let coding) = survey.questions[question].kind, case .coder(let name)? = coding.coders {
      return name
    }
    return own.secondCoder == nil ? nil : "first"
  }

  /// Goes through all respondents as `simulateResponses` makes them, with whether they wrote what is coded.
  private func eachRespondent(
    _ responses: Int, _ body: (Int, [MadeAnswer], Bool) -> Void
  ) throws(SimulationFailure) {
    var plan = try SimulationPlan(for: survey, shares: shares, responses: responses, seed: seed)
    var response = plan.draws.map { _ in MadeAnswer() }
    var text: FreeText?
    if let heading = own.codedText {
      guard let column = shares.freeText.first(where: { $0.heading == heading }) else {
        throw .noSuchText(heading)
      }
      text = try FreeText(
        column, responses: responses, seed: seed, encoder: CellEncoder(input: survey.input))
    }
    for number in 0..<responses {
      plan.draw(into: &response)
      let wrote = text == nil || text?.next().isEmpty == false
      body(number + 1, response, wrote)
    }
  }
}

/// A second coder, who differs from the first now and then.
private struct SecondReader {
  private let coder: SecondCoder
  private let ids: [String]
  private var generator: SplitMix64

  init(_ coder: SecondCoder, _ ids: [String], seed: UInt64, _ question: String) {
    self.coder = coder
    self.ids = ids
    generator = SplitMix64(seed: seed, stream: "SECOND " + question)
  }

  /// What the second finds where the first found some themes; nil for a text that they did not read.
  mutating func read(_ themes: [String]) -> [String]? {
    guard generator.happens(coder.share) else { return nil }
    var found: [String] = []
    for theme in themes {
      guard generator.happens(coder.differs) else {
        found.append(theme)
        continue
      }
      // Half of the time nothing, otherwise another theme.
      if generator.below(2) == 0 { found.append(ids[generator.below(ids.count)]) }
    }
    return ids.filter(found.contains)
  }
}
