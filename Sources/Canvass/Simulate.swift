import Simulation
import SurveyDefinition

/// What `canvass simulate` is asked to do.
public struct SimulateRequest: Sendable, Hashable {
  public var surveyFolder: String
  /// The file of shares; nil: shares.yaml of the survey where there is one, else equal shares.
  public var shares: String?
  public var responses = Self.usualResponses
  public var seed = Self.usualSeed
  /// The folder that becomes a wave folder.
  public var output: String
  /// Replace responses that stand there.
  public var replaces = false

  public static let usualResponses = 1_200
  /// The same for everyone, so that two people who give no seed get the same responses.
  public static let usualSeed: UInt64 = 20_121_220

  public init(surveyFolder: String, output: String) {
    self.surveyFolder = surveyFolder
    self.output = output
  }
}

/// `canvass simulate`: made-up responses for a survey, as a wave folder.
public func simulate(_ request: SimulateRequest, on console: Console) -> ExitStatus {
  do throws(RunFailure) {
    guard request.responses >= 1 else {
      throw RunFailure.usage(.wrongNumber(option: "--responses", atLeast: 1))
    }
    let source = try files { () throws(FileFailure) in
      try SourceText(FileSystem.path(FileSystem.trimmingSlashes(request.surveyFolder), "survey.yaml"))
    }
    let place = try SimulationPlace(request)
    let wave = try madeUpWave(source, at: place)
    let shares = try sharesOfAnswers(request, for: wave.survey)
    let (responsesFile, codings) = try place.write(wave, shares: shares, request)
    for file in codings { console.output("\(file): made-up codings") }
    console.output(
      """
      \(responsesFile): \(counted(request.responses, "made-up response")), seed \(request.seed)
      Nobody answered this: wave.yaml says `made_up: true`, and so will every output.
      """)
    return .done
  } catch {
    return tell(error, on: console)
  }
}

/// The survey as the wave to be made asks it, which is marked as made up.
private func madeUpWave(_ source: SourceText, at place: SimulationPlace) throws(RunFailure) -> Wave {
  guard let text = source.text, place.waveDefinition.isEmpty == false else {
    throw .faults([
      Finding(
        .fault, code: "not-utf8", at: Place(file: source.file, line: 1, column: 1), "the file is not UTF-8")
    ])
  }
  let reading = readDefinition(
    surveyYAML: text, surveyFile: source.file, waveYAML: place.waveDefinition, waveFile: place.waveFile,
    waveID: FileSystem.lastName(of: place.folder))
  guard let wave = reading.wave, reading.findings.allSatisfy(\.isRemark) else {
    throw .faults(reading.findings)
  }
  guard wave.isMadeUp else { throw .usage(.notMadeUp(file: place.waveFile)) }
  return wave
}

private func sharesOfAnswers(_ request: SimulateRequest, for survey: Survey) throws(RunFailure) -> Shares {
  let file =
    request.shares ?? FileSystem.path(FileSystem.trimmingSlashes(request.surveyFolder), "shares.yaml")
  if FileSystem.entry(at: file) == .nothing {
    guard request.shares == nil else { throw .usage(.noShares(file: file)) }
    return .equal(for: survey)
  }
  let source = try files { () throws(FileFailure) in try SourceText(file) }
  guard let text = source.text else {
    throw .faults([
      Finding(.fault, code: "not-utf8", at: Place(file: file, line: 1, column: 1), "the file is not UTF-8")
    ])
  }
  let reading = readShares(yaml: text, file: file, for: survey)
  guard let shares = reading.shares else { throw .faults(reading.findings) }
  return shares
}

/// The wave folder that a simulation makes, or whose responses it replaces.
private struct SimulationPlace {
  let folder: String
  /// The wave.yaml that stands there already and is kept, else the one that will be written.
  let waveDefinition: String
  private let writesWaveDefinition: Bool

  var waveFile: String { FileSystem.path(folder, "wave.yaml") }

  init(_ request: SimulateRequest) throws(RunFailure) {
    folder = FileSystem.trimmingSlashes(request.output)
    let existing = FileSystem.path(folder, "wave.yaml")
    writesWaveDefinition = FileSystem.entry(at: existing) == .nothing
    if writesWaveDefinition {
      waveDefinition = waveYAML(responses: request.responses, seed: request.seed)
    } else {
      let source = try files { () throws(FileFailure) in try SourceText(existing) }
      waveDefinition = source.text ?? ""
    }
  }

  /// Writes the wave and returns the paths of its responses and codings, which appear together.
  func write(
    _ wave: Wave, shares: Shares, _ request: SimulateRequest
  ) throws(RunFailure) -> (responses: String, codings: [String]) {
    let named = wave.survey.input.file
    let file = named == "-" ? InputLayout().file : FileSystem.lastName(of: named)
    let responses = FileSystem.path(folder, file)
    let codings = try simulated(request) { () throws(SimulationFailure) in
      try simulateCodings(wave: wave, shares: shares, responses: request.responses, seed: request.seed)
    }
    // A definition may name files elsewhere; what is made stands in the wave's folder.
    let coded = codings.map {
      (path: FileSystem.path(folder, FileSystem.lastName(of: $0.file)), bytes: $0.bytes)
    }
    if !request.replaces {
      // What a simulation made that was stopped on its way is no obstacle to the same one.
      let others = coded.filter { file in
        FileSystem.entry(at: file.path) != .nothing && (try? FileSystem.read(file.path)) != file.bytes
      }
      guard FileSystem.entry(at: responses) == .nothing, others.isEmpty else {
        throw .usage(.responsesExist(folder: folder))
      }
    }
    // The mark first: made-up responses never stand where nothing says that they are.
    var written = writesWaveDefinition ? [PlacedFiles.Written(waveFile, Array(waveDefinition.utf8))] : []
    written += coded.map { PlacedFiles.Written($0.path, $0.bytes) }
    written.append(
      PlacedFiles.Written(responses) { built throws(RunFailure) in
        try fill(built, wave, shares: shares, request)
      })
    var placed = try files { () throws(FileFailure) in try PlacedFiles(in: folder) }
    try placed.put(written)
    return (responses, coded.map(\.path))
  }

  /// What a simulation makes, with its failure as a fault of the definition.
  private func simulated<Made>(
    _ request: SimulateRequest, _ body: () throws(SimulationFailure) -> Made
  ) throws(RunFailure) -> Made {
    do { return try body() } catch { throw notSimulated(error, request) }
  }

  private func notSimulated(_ failure: SimulationFailure, _ request: SimulateRequest) -> RunFailure {
    .faults([
      Finding(
        .fault, code: "not-simulated",
        at: Place(
          file: FileSystem.path(FileSystem.trimmingSlashes(request.surveyFolder), "survey.yaml"), line: 1,
          column: 1),
        failure.message)
    ])
  }

  private func fill(
    _ path: String, _ wave: Wave, shares: Shares, _ request: SimulateRequest
  ) throws(RunFailure) {
    do {
      var file = try OutputFile(path)
      try simulateResponses(wave: wave, shares: shares, responses: request.responses, seed: request.seed) {
        try file.write($0)
      }
      try file.finish()
    } catch let failure as FileFailure {
      throw .file(failure)
    } catch let failure as SimulationFailure {
      throw notSimulated(failure, request)
    } catch {
      preconditionFailure("simulating throws nothing else: \(error)")
    }
  }
}
