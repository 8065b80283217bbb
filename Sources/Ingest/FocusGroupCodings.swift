public import SurveyDefinition

/// What was raised in each focus group.
public struct FocusGroupCodings: Sendable {
  /// What is wrong with the files.
  public let findings: [Finding]
  /// Whether the codings must not be used.
  public var hasFaults: Bool { !findings.allSatisfy(\.isRemark) }
  let records: CodingRecords
  /// Which themes are named, and by which codebook's ids.
  public var usage: CodebookUsage { records.usage }
  /// By session of the wave: the positions in the codebook (each theme before those below it) of the themes raised there,
  /// each with all above it; nil for a session that nobody coded.
  public let raised: [Set<Int>?]

  init(_ records: CodingRecords, of wave: Wave) {
    self.records = records
    let units = CodedUnits(
      records, parents: wave.survey.themes.coded.map(\.parent),
      rules: [0: ("the focus groups", wave.survey.codings.focusGroupCoders)],
      remedy: "write `coder: NAME` or `agreed: any` or `agreed: all` under `focus_groups` of `codings`")
    let keys = wave.sessions.map { UnitKey(trimmedBytes($0.id)) }
    var faults = FaultLog()
    for (unit, key) in records.units.enumerated() where !keys.contains(key) {
      guard let record = records.records.first(where: { Int($0.unit) == unit }) else { continue }
      faults.add(.init(code: "unknown-session"), at: records.place(record)) {
        let ids = wave.sessions.map { "`\($0.id)`" }.joined(separator: ", ")
        return (
          "the session of this coding is not declared",
          ids.isEmpty
            ? "declare it under `sessions` in wave.yaml"
            : "write one of \(ids), or declare it beside them under `sessions` in wave.yaml"
        )
      }
    }
    findings = (records.findings + units.findings + faults.findings()).sorted()
    raised = keys.map { key in records.unitOfKey[key].flatMap { units.raised[0]?[$0] } }
  }
}
