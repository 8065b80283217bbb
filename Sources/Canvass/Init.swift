import Drafting
import Ingest
import SurveyDefinition

/// What `canvass init` is asked to do.
public struct InitRequest: Sendable, Hashable {
  /// The export; `-` is standard input.
  public var responses: String
  /// The survey folder to be made; nil: the draft goes to standard output.
  public var output: String?
  /// The name of the wave's folder; nil: the year that most of the export's dates have.
  public var wave: String?
  /// A file that describes the export's columns: a questionnaire or a key.
  public var dictionary: String?
  /// Replace a survey.yaml that stands there.
  public var replaces = false

  public init(responses: String) { self.responses = responses }
}

/// `canvass init`: a draft definition made from a survey platform's export.
///
/// It guesses, and the draft says so; `run` never guesses.
public func draftSurvey(_ request: InitRequest, on console: Console) -> ExitStatus {
  do throws(RunFailure) {
    let place = try request.output.map { folder throws(RunFailure) in try DraftPlace(folder, request) }
    var export = try Export(request.responses, on: console)
    if let place { export.draft.name(after: place.surveyID) }
    export.mend()
    if let place {
      let waveID = request.wave ?? export.draft.year ?? "wave-1"
      try place.write(&export, wave: waveID)
      DraftSummary(export, place: place, wave: waveID, console: console).tell()
    } else {
      console.output(String(export.yaml.dropLast()))
    }
    return .done
  } catch {
    return tell(error, on: console)
  }
}

/// An export that was read, with the definition that was guessed from it.
struct Export {
  let name: String
  var layout: InputLayout
  let isEncodingGuessed: Bool
  var draft: SurveyDraft
  private let input: ResponseInput
  /// What standard input held; nil for a file.
  let bytes: [UInt8]?

  init(_ path: String, on console: Console) throws(RunFailure) {
    if path == "-" {
      let read = try files { () throws(FileFailure) in try FileSystem.read("/dev/stdin") }
      bytes = read
      input = .bytes(read, displayName: "-")
    } else {
      bytes = nil
      input = .file(path)
    }
    name = path == "-" ? "survey" : Export.name(of: path)
    let progress = Progress(reading: path, on: console)
    defer { progress.end() }
    do {
      let sample = try readSample(of: input)
      guard sample.findings.isEmpty else { throw RunFailure.faults(sample.findings) }
      var layout = sample.layout
      let platform: Platform
      (platform, layout.headerRows) = Platform.detect(sample.records)
      var (table, findings) = try readCodedTable(input, layout, progress: progress.update)
      var isGuessed = sample.isEncodingGuessed
      // Bytes beyond the sample may be the first that are not UTF-8.
      if layout.encoding == .utf8, let other = likelyEncoding(findings) {
        layout.encoding = other
        isGuessed = true
        (table, findings) = try readCodedTable(input, layout, progress: progress.update)
      }
      guard findings.isEmpty else { throw RunFailure.faults(findings) }
      self.layout = layout
      isEncodingGuessed = isGuessed
      draft = Drafting.draftSurvey(from: table, platform: platform, name: name)
    } catch let failure as RunFailure {
      throw failure
    } catch let failure as IngestFailure {
      throw .ingest(failure)
    } catch {
      preconditionFailure("reading throws nothing else: \(error)")
    }
  }

  var yaml: String { draft.yaml(layout, isEncodingGuessed: isEncodingGuessed) }

  /// Reads the export as the draft describes it, and mends what does not fit: nothing is handed out that `check` refuses.
  mutating func mend() {
    for _ in 0..<6 {
      let reading = readDefinition(
        surveyYAML: yaml, surveyFile: "survey.yaml", waveYAML: nil, waveFile: "wave.yaml", waveID: "1")
      guard var survey = reading.wave?.survey,
        let report = try? {
          survey.input.file = input.displayName
          return try readResponses(input, of: survey) { _ in }
        }()
      else { return }
      guard draft.mend(by: report.findings) else { return }
    }
  }

  /// The name of a file without its folder and ending.
  private static func name(of path: String) -> String {
    var name = FileSystem.lastName(of: path)
    for ending in [".gz", ".csv", ".tsv", ".txt"]
    where name.lowercased().hasSuffix(ending) && name.count > ending.count {
      name = String(name.dropLast(ending.count))
    }
    return name
  }
}

/// The encoding that a fault about bytes names as likely.
private func likelyEncoding(_ findings: [Finding]) -> InputLayout.Encoding? {
  guard let finding = findings.first(where: { $0.code == "not-utf8" }) else { return nil }
  let named = InputLayout.Encoding.allCases.first {
    finding.remedy?.hasSuffix("likely \($0.rawValue)") == true
  }
  return named ?? .windows1252
}

/// The survey folder that a draft goes to.
struct DraftPlace {
  let folder: String
  private let responses: String
  private let replaces: Bool

  init(_ folder: String, _ request: InitRequest) throws(RunFailure) {
    self.folder = FileSystem.trimmingSlashes(folder)
    responses = request.responses
    replaces = request.replaces
    if !request.replaces, FileSystem.entry(at: definition) != .nothing {
      throw .usage(.surveyExists(file: definition))
    }
  }

  var definition: String { FileSystem.path(folder, "survey.yaml") }
  var surveyID: String { FileSystem.lastName(of: folder) }

  /// The path of the wave's copy of the responses.
  func copy(in wave: String, _ export: Export) -> String {
    FileSystem.path(FileSystem.path(folder, wave), export.layout.file)
  }

  /// Writes survey.yaml, the wave's folder with wave.yaml, and a copy of the responses that nobody can read who could not
  /// read the export.
  func write(_ export: inout Export, wave: String) throws(RunFailure) {
    let isGzip = responses.lowercased().hasSuffix(".gz")
    export.layout.file = isGzip ? "responses.csv.gz" : InputLayout().file
    let waveFolder = FileSystem.path(folder, wave)
    let waveFile = FileSystem.path(waveFolder, "wave.yaml")
    let copy = copy(in: wave, export)
    if !replaces, let file = [copy, waveFile].first(where: { FileSystem.entry(at: $0) != .nothing }) {
      throw .usage(.surveyExists(file: file))
    }
    let yaml = export.yaml
    let bytes = export.bytes
    try files { () throws(FileFailure) in
      try FileSystem.makeFolders(waveFolder)
      let unfinished = copy + ".unfinished"
      do throws(FileFailure) {
        var file = try OutputFile(unfinished, mode: bytes == nil ? FileSystem.mode(of: responses) : 0o600)
        if let bytes {
          try file.write(bytes)
        } else {
          var failure: FileFailure?
          try FileSystem.read(responses) { piece in
            guard failure == nil else { return }
            do throws(FileFailure) { try file.write(piece) } catch { failure = error }
          }
          if let failure { throw failure }
        }
        try file.finish()
      } catch {
        try? FileSystem.remove(unfinished)
        throw error
      }
      try FileSystem.rename(unfinished, to: copy)
      try FileSystem.write(Array(Self.waveYAML.utf8), to: waveFile + ".unfinished")
      try FileSystem.rename(waveFile + ".unfinished", to: waveFile)
      try FileSystem.write(Array(yaml.utf8), to: definition + ".unfinished")
      try FileSystem.rename(definition + ".unfinished", to: definition)
      try FileSystem.sync(folder: folder)
    }
  }

  private static let waveYAML = """
    # What is so in this wave alone.
    # fieldwork: { from: 2025-11-03, to: 2025-11-21 }

    """
}

/// What was found, for a person at a terminal.
struct DraftSummary {
  let export: Export
  let place: DraftPlace
  let wave: String
  let console: Console

  init(_ export: Export, place: DraftPlace, wave: String, console: Console) {
    self.export = export
    self.place = place
    self.wave = wave
    self.console = console
  }

  func tell() {
    let draft = export.draft
    func line(_ label: String, _ text: String) { console.output(label.fitted(12) + text) }
    console.output(console.title("Draft of the survey `\(draft.id)`"))
    console.output("")
    line(
      "Export",
      "\(draft.platform.rawValue); \(counted(draft.recordCount, "response")), \(counted(draft.headings.count, "column"))"
    )
    line("Layout", layout)
    console.output("")
    for kind in ["single", "scale", "multiple", "number"] {
      let found = draft.questions.filter { $0.kindName == kind }
      if !found.isEmpty { tell(kind, found) }
    }
    if !draft.variables.isEmpty { tell("banner", draft.variables) }
    tellLeftOut()
    console.output("")
    line("Definition", place.definition)
    line("Responses", "\(place.copy(in: wave, export)) (a copy)")
    console.output("")
    console.output("It is a guess: read the comments in it, then run")
    console.output("  canvass check \(place.folder)")
  }

  private var layout: String {
    let layout = export.layout
    let separators: [UInt8: String] = [9: "tab", 44: "comma", 59: "semicolon", 124: "bar"]
    let rows = ["no header row", "1 header row", "2 header rows", "3 header rows"][layout.headerRows]
    return [
      layout.encoding.rawValue + (export.isEncodingGuessed ? " (likely)" : ""),
      separators[layout.separator] ?? "",
      rows + (layout.quoting ? "" : ", quotation marks mean nothing"),
    ].joined(separator: ", ")
  }

  private func tell(_ label: String, _ items: [SurveyDraft.Item]) {
    let shown = items.prefix(6).map(\.id).joined(separator: ", ")
    let more = items.count > 6 ? " and \(items.count - 6) more" : ""
    let text = "\(items.count)  \(shown)\(more)"
    console.output(label.fitted(12) + text.truncated(console.width - 12))
  }

  private func tellLeftOut() {
    let leftOut = export.draft.leftOut
    let personal = leftOut.count { $0.isPersonal }
    guard !leftOut.isEmpty else { return }
    let text = "\(leftOut.count) columns" + (personal > 0 ? ", \(personal) of which look personal" : "")
    console.output("left out".fitted(12) + text + "; named at the end of survey.yaml")
  }
}
