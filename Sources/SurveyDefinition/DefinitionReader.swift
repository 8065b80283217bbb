/// What reading a definition gives: a wave, unless there were faults, and all findings, sorted.
public struct DefinitionReading: Sendable {
  public var wave: Wave?
  public var findings: [Finding]
  /// Where what a later finding may speak of is written.
  public var places: DefinitionPlaces

  public init(wave: Wave?, findings: [Finding], places: DefinitionPlaces = DefinitionPlaces()) {
    self.wave = wave
    self.findings = findings
    self.places = places
  }
}

/// Reads the definition of one wave: the text of survey.yaml with that of wave.yaml laid over it.
///
/// Every fault of both files is reported at once, each with line and column. What wave.yaml replaces whole is read as
/// wave.yaml has it.
/// - Parameters:
///   - surveyYAML: The text of survey.yaml; `surveyFile` is its name as findings show it.
///   - waveYAML: The text of wave.yaml, nil where the wave has none; `waveFile` is its name as findings show it.
///   - waveID: The name of the wave's folder.
public func readDefinition(
  surveyYAML: String, surveyFile: String, waveYAML: String?, waveFile: String, waveID: String
) -> DefinitionReading {
  let log = FindingLog()
  let surveyRoot = readRoot(surveyYAML, file: surveyFile, log: log)
  let waveRoot = waveYAML.flatMap { readRoot($0, file: waveFile, log: log) }
  // A file without a key is as good as none: what matters is told as missing keys.
  guard var survey = surveyRoot else { return DefinitionReading(wave: nil, findings: log.sorted) }
  refuseWaveKeys(in: &survey, log: log)

  let overlay = WaveOverlay(survey: survey, wave: waveRoot, log: log)
  let reader = SurveyReader(overlay: overlay, surveyFile: surveyFile, log: log)
  guard
    let fields = Fields(
      overlay.root, what: "a survey", keys: DefinitionKeys.survey + DefinitionKeys.wave, log: log)
  else { return DefinitionReading(wave: nil, findings: log.sorted) }
  let wave = reader.wave(fields, id: waveID)
  return DefinitionReading(
    wave: log.hasFaults ? nil : wave, findings: log.sorted, places: reader.places)
}

/// The root of a file as a map; nil, with a fault told, where the file holds something else.
private func readRoot(_ text: String, file: String, log: FindingLog) -> YAMLNode? {
  let root: YAMLNode
  switch readYAML(text, file: file, log: log) {
  case .unreadable: return nil
  case .empty: return YAMLNode(content: .map([]), place: Place(file: file, line: 1, column: 1))
  case .root(let node): root = node
  }
  guard root.entries != nil else {
    log.fault("wrong-type", at: root.place, "a definition is a map of keys and values, not \(root.shape)")
    return nil
  }
  return root
}

/// Takes the keys of wave.yaml out of survey.yaml, telling each.
private func refuseWaveKeys(in survey: inout YAMLNode, log: FindingLog) {
  guard let entries = survey.entries else { return }
  for entry in entries where DefinitionKeys.wave.contains(entry.key) {
    log.fault(
      "unknown-key", at: entry.keyPlace, "`\(entry.key)` differs from wave to wave",
      remedy: "write it in the wave's wave.yaml")
  }
  survey.content = .map(entries.filter { !DefinitionKeys.wave.contains($0.key) })
}
