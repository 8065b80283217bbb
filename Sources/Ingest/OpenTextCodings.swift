public import SurveyDefinition

/// What coders found in the answers to theme questions, by respondent: no text, no id.
public struct OpenTextCodings: Sendable {
  /// What is wrong with the files.
  public let findings: [Finding]
  /// Whether the codings must not be used.
  public var hasFaults: Bool { !findings.allSatisfy(\.isRemark) }
  /// Whether nothing was coded.
  public var isEmpty: Bool { codes.isEmpty }
  let records: CodingRecords
  /// Which themes are named, and by which codebook's ids.
  public var usage: CodebookUsage { records.usage }
  /// By position of the question: whether it is a theme question that some coder read an answer to.
  public let isCoded: [Bool]
  /// By unit, the codes of its theme questions: where they stand in a coded response.
  private let codes: [[(question: Int, raised: [Int32])]]
  private let layout: CodeLayout

  init(_ records: CodingRecords, of survey: Survey) {
    self.records = records
    layout = CodeLayout(survey)
    let codebook = survey.themes.coded
    var rules: [Int: (name: String, rule: CoderRule?)] = [:]
    for (position, question) in survey.questions.enumerated() {
      if case .theme(let coding) = question.kind { rules[position] = ("`\(question.id)`", coding.coders) }
    }
    let units = CodedUnits(
      records, parents: codebook.map(\.parent), rules: rules,
      remedy: "write `coder: NAME` or `agreed: any` or `agreed: all` under the question")
    findings = (records.findings + units.findings).sorted()
    var codes: [[(question: Int, raised: [Int32])]] = records.units.map { _ in [] }
    var isCoded = survey.questions.map { _ in false }
    for (question, raised) in units.raised.sorted(by: { $0.key < $1.key }) {
      guard case .theme(let coding) = survey.questions[question].kind else { continue }
      let positions = coding.themes.map { theme in codebook.firstIndex { $0.id == theme.id } ?? -1 }
      isCoded[question] = !raised.isEmpty
      for (unit, themes) in raised {
        codes[unit].append((question, positions.map { themes.contains($0) ? 1 : 0 }))
      }
    }
    self.codes = codes
    self.isCoded = isCoded
  }

  /// The unit of a respondent; nil for one whose answers nobody coded.
  func unit(_ key: UnitKey) -> Int? { records.unitOfKey[key] }

  var unitCount: Int { codes.count }

  /// Writes what was found in a unit's answers into a response.
  func write(_ unit: Int?, to response: inout CodedResponse) {
    response.codedUnit = unit
    for question in isCoded.indices where isCoded[question] {
      if let slot = layout.questions[question] { response.codes[slot] = AnswerCode.missing }
    }
    guard let unit else { return }
    for (question, raised) in codes[unit] {
      guard let slot = layout.questions[question] else { continue }
      response.codes[slot] = 0
      for (theme, code) in raised.enumerated() { response.codes[slot + 1 + theme] = code }
    }
  }

  /// One fault for each unit that no response has.
  func unknown(_ isKnown: [Bool]) -> [Finding] {
    faults(of: records.units.indices.filter { !isKnown[$0] }.map { ($0, nil) }, code: "unknown-respondent") {
      (
        "no response has the respondent id of this coding",
        "correct the id, or take the respondent's codings out"
      )
    }
  }

  /// One fault for each respondent whose answer was coded though the question was not asked of them.
  public func notAsked(_ units: [(unit: Int, question: Int)]) -> [Finding] {
    faults(of: units.map { ($0.unit, $0.question) }, code: "coded-not-asked") {
      (
        "the respondent of this coding was not asked the question",
        "take the respondent's codings of it out, or correct the answers that lead to it"
      )
    }
  }

  private func faults(
    of units: [(unit: Int, question: Int?)], code: String, _ words: () -> (String, remedy: String?)
  ) -> [Finding] {
    guard !units.isEmpty else { return [] }
    // The first record of each unit, of any question or of the one that is meant.
    struct Codings: Hashable {
      var unit: Int
      var question: Int?
    }
    var first: [Codings: CodingRecord] = [:]
    for record in records.records {
      for question in [nil, Int(record.question)] {
        let codings = Codings(unit: Int(record.unit), question: question)
        if first[codings] == nil { first[codings] = record }
      }
    }
    var log = FaultLog()
    let found = units.compactMap { first[Codings(unit: $0.unit, question: $0.question)] }
    for record in found.sorted(by: { ($0.file, $0.line) < ($1.file, $1.line) }) {
      log.add(.init(code: code), at: records.place(record), words)
    }
    return log.findings()
  }
}
