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
  /// Logos and the file of the population, by the part each plays, as they were before they were read.
  let seenBeside: [String: SeenFile]

  init(
    wave: Wave, survey: SurveyFolder, folder: WaveFolder, places: DefinitionPlaces,
    seenBeside: [String: SeenFile]
  ) {
    codings = CodingFiles(wave.survey, in: folder.path)
    self.seenBeside = seenBeside
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
    return file == "-" ? nil : FileSystem.path(file, in: folder.path)
  }

  /// Where the Triple-S description of the responses lies; nil where they have none.
  var tripleSFile: String? {
    wave.survey.input.tripleS.map { FileSystem.path($0, in: folder.path) }
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
  /// What could not be read of others.
  var failures: [FileFailure] = []
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
    if let failure = survey.failure {
      read.failures.append(failure)
      continue
    }
    if survey.waves.isEmpty { read.addSurveyWithoutWaves(survey) }
    for folder in survey.waves where selected.isEmpty || selected.contains(folder.id) {
      do throws(FileFailure) {
        let (reading, beside) = try definition(of: folder, in: survey)
        read.findings.formUnion(reading.findings)
        if let wave = reading.wave, reading.findings.allSatisfy(\.isRemark) {
          read.waves.append(
            DefinedWave(
              wave: wave, survey: survey, folder: folder, places: reading.places, seenBeside: beside))
        } else {
          read.faulty.append(folder)
        }
      } catch {
        read.failures.append(error)
      }
    }
  }
  return read
}

extension DefinitionsRead {
  /// A survey before its fieldwork: its definition can be checked all the same.
  fileprivate mutating func addSurveyWithoutWaves(_ survey: SurveyFolder) {
    let folder = WaveFolder(id: "", path: survey.path, definition: nil)
    do throws(FileFailure) {
      findings.formUnion(try definition(of: folder, in: survey).reading.findings)
    } catch {
      failures.append(error)
    }
    findings.insert(
      Finding(
        .fault, code: "no-wave", at: Place(file: survey.definition.file, line: 1, column: 1),
        "the survey has no wave",
        remedy: "a wave is a folder beside survey.yaml that holds responses.csv or wave.yaml"))
    faulty.append(folder)
  }
}

private func definition(
  of folder: WaveFolder, in survey: SurveyFolder
) throws(FileFailure) -> (reading: DefinitionReading, beside: [String: SeenFile]) {
  let sources = [survey.definition, folder.definition].compactMap { $0 }
  let unreadable = sources.filter { $0.text == nil }
  guard unreadable.isEmpty, let surveyYAML = survey.definition.text else {
    let reading = DefinitionReading(
      wave: nil,
      findings: unreadable.map {
        Finding(
          .fault, code: "not-utf8", at: Place(file: $0.file, line: 1, column: 1), "the file is not UTF-8",
          remedy: "save it as UTF-8")
      })
    return (reading, [:])
  }
  var reading = readDefinition(
    surveyYAML: surveyYAML, surveyFile: survey.definition.file, waveYAML: folder.definition?.text,
    waveFile: folder.definitionFile, waveID: folder.id)
  let outward = reading.wave?.filesOutside(survey.path, waveFolder: folder, places: reading.places) ?? []
  reading.findings += outward
  // Nothing outside the survey's folder is read, only to be told of.
  guard outward.isEmpty else { return (reading, [:]) }
  let beside =
    reading.wave?.survey.filesBeside.mapValues { SeenFile(FileSystem.path(survey.path, $0)) } ?? [:]
  for file in beside.values.sorted(by: { $0.path < $1.path }) { _ = try file.digest }
  reading.findings += try reading.wave?.survey.readLogos(in: survey.path) ?? []
  reading.findings += try reading.wave?.survey.readPopulation(in: survey.path) ?? []
  return (reading, beside)
}

extension Survey {
  /// The files that lie beside survey.yaml, by the part each plays.
  fileprivate var filesBeside: [String: String] {
    var files = Dictionary(uniqueKeysWithValues: logoFiles.map { ("logo " + $0, $0) })
    files["population"] = population?.file?.name
    return files
  }
}

extension Wave {
  /// Files of the wave, or that its definition names, that lie outside the survey's folder: in another place by name, or through a
  /// symbolic link. Whoever handed the survey on could have them read, and their content told, by anybody who runs it.
  fileprivate func filesOutside(
    _ surveyFolder: String, waveFolder: WaveFolder, places: DefinitionPlaces
  ) -> [Finding] {
    func isOutside(_ path: String) -> Bool { !FileSystem.isWithin(path, surveyFolder) }
    func fault(_ path: String, at place: Place) -> Finding {
      Finding(
        .fault, code: "outside-survey", at: place, "`\(path)` leads out of the survey's folder",
        remedy: "put the file into it, not a link to one; responses can also come as `-`, standard input")
    }
    // A survey before its first wave has no folder of one.
    let ownFiles = [waveFolder.path, waveFolder.definitionFile]
    if let path = ownFiles.first(where: isOutside) { return [fault(path, at: Place(file: path))] }
    let codings = CodingFiles(survey, in: waveFolder.path)
    var named =
      ([survey.input.file, survey.input.tripleS].compactMap { $0 } + codings.all.map(\.layout.file))
      .filter { $0 != "-" }.map { (name: $0, path: FileSystem.path($0, in: waveFolder.path)) }
    named += survey.filesBeside.values.sorted().map { ($0, FileSystem.path(surveyFolder, $0)) }
    return named.filter { isOutside($0.path) }.map {
      fault($0.path, at: places.files[$0.name] ?? Place(file: $0.path))
    }
  }
}
