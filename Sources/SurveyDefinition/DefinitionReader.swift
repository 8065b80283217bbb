import Yams

/// What reading a definition gives: a wave, unless there were faults, and all findings, sorted.
public struct DefinitionReading: Sendable {
  public var wave: Wave?
  public var findings: [Finding]

  public init(wave: Wave?, findings: [Finding]) {
    self.wave = wave
    self.findings = findings
  }
}

/// Reads the definition of one wave: the text of survey.yaml with that of wave.yaml laid over it.
///
/// Every fault of both files is reported at once, each with line and column.
/// - Parameters:
///   - surveyYAML: The text of survey.yaml; `surveyFile` is its name as findings show it.
///   - waveYAML: The text of wave.yaml, nil where the wave has none; `waveFile` is its name as findings show it.
///   - waveID: The name of the wave's folder.
public func readDefinition(
  surveyYAML: String, surveyFile: String, waveYAML: String?, waveFile: String, waveID: String
) -> DefinitionReading {
  preconditionFailure("replaced by the strict reader")
}
