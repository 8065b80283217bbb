import Ingest
import SurveyDefinition

/// One wave whose definition has no fault, with where its files are.
struct DefinedWave {
  let wave: Wave
  let survey: SurveyFolder
  let folder: WaveFolder
  /// Where the definition has what findings of the data speak of.
  let places: DefinitionPlaces
  let codings: CodingFiles

  init(wave: Wave, survey: SurveyFolder, folder: WaveFolder, places: DefinitionPlaces) {
    codings = CodingFiles(wave.survey, in: folder.path)
    var wave = wave
    if codings.openText.isEmpty { wave.survey = wave.survey.withoutThemeQuestions }
    self.wave = wave
    self.survey = survey
    self.folder = folder
    self.places = places
  }

  /// Where a pack is declared.
  func place(ofPack id: String) -> Place {
    places.packs[id] ?? Place(file: survey.definition.file, line: 1, column: 1)
  }

  /// Where the responses lie; nil for standard input.
  var responsesFile: String? {
    let file = wave.survey.input.file
    if file == "-" { return nil }
    return file.hasPrefix("/") ? file : FileSystem.path(folder.path, file)
  }

  /// Where the Triple-S description of the responses lies; nil where they have none.
  var tripleSFile: String? {
    wave.survey.input.tripleS.map { $0.hasPrefix("/") ? $0 : FileSystem.path(folder.path, $0) }
  }

  var responses: ResponseInput { responsesFile.map { .file($0) } ?? .standardInput }

  /// What findings call the responses.
  var responsesName: String { responses.displayName }
}

/// What the definitions of all selected waves say.
struct DefinitionsRead {
  var waves: [DefinedWave] = []
  /// Each finding once, though every wave reads survey.yaml.
  var findings: Set<Finding> = []
  /// Folders of the waves whose definition has a fault.
  var faulty: [WaveFolder] = []
}

/// Reads the definition of each selected wave of each survey.
/// - Parameter selected: Ids of waves; empty: all. Each must be a wave of at least one survey.
func readDefinitions(of surveys: [SurveyFolder], waves selected: [String]) throws(UsageFailure)
  -> DefinitionsRead
{
  let known = surveys.flatMap { $0.waves.map(\.id) }
  for id in selected where !known.contains(id) {
    throw .unknownWave(id, known: Array(Set(known)).sorted())
  }
  var read = DefinitionsRead()
  for survey in surveys {
    if survey.waves.isEmpty { read.addSurveyWithoutWaves(survey) }
    for folder in survey.waves where selected.isEmpty || selected.contains(folder.id) {
      let reading = definition(of: folder, in: survey)
      read.findings.formUnion(reading.findings)
      if let wave = reading.wave, reading.findings.allSatisfy(\.isRemark) {
        read.waves.append(
          DefinedWave(wave: wave, survey: survey, folder: folder, places: reading.places))
      } else {
        read.faulty.append(folder)
      }
    }
  }
  return read
}

extension DefinitionsRead {
  /// A survey before its fieldwork: its definition can be checked all the same.
  fileprivate mutating func addSurveyWithoutWaves(_ survey: SurveyFolder) {
    let folder = WaveFolder(id: "", path: survey.path, definition: nil)
    findings.formUnion(definition(of: folder, in: survey).findings)
    findings.insert(
      Finding(
        .fault, code: "no-wave", at: Place(file: survey.definition.file, line: 1, column: 1),
        "the survey has no wave",
        remedy: "a wave is a folder beside survey.yaml that holds responses.csv or wave.yaml"))
    faulty.append(folder)
  }
}

private func definition(of folder: WaveFolder, in survey: SurveyFolder) -> DefinitionReading {
  let sources = [survey.definition, folder.definition].compactMap { $0 }
  let unreadable = sources.filter { $0.text == nil }
  guard unreadable.isEmpty, let surveyYAML = survey.definition.text else {
    return DefinitionReading(
      wave: nil,
      findings: unreadable.map {
        Finding(
          .fault, code: "not-utf8", at: Place(file: $0.file, line: 1, column: 1), "the file is not UTF-8",
          remedy: "save it as UTF-8")
      })
  }
  var reading = readDefinition(
    surveyYAML: surveyYAML, surveyFile: survey.definition.file, waveYAML: folder.definition?.text,
    waveFile: folder.definitionFile, waveID: folder.id)
  reading.findings += reading.wave?.survey.readLogos(in: survey.path) ?? []
  reading.findings += reading.wave?.survey.readPopulation(in: survey.path) ?? []
  return reading
}
