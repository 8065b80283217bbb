import Drafting
import SurveyDefinition

/// What `canvass init` is asked to do.
public struct InitRequest: Sendable, Hashable {
  /// The export; `-` is standard input.
  public var responses: String
  /// The survey folder to be made; nil: the draft goes to standard output.
  public var output: String?
  /// The name of the wave's folder; nil: the year that most of the export's dates have.
  public var wave: String?
  /// A file that describes the export's columns: a questionnaire (.qsf), a key of JISC Online Surveys, a Table Schema; nil
  /// where there is none, or the export describes itself.
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
    if let wave = request.wave, wave.isEmpty || wave.hasPrefix(".") || wave.contains("/") {
      throw RunFailure.usage(.badWaveName(wave))
    }
    let place = try request.output.map { folder throws(RunFailure) in try DraftPlace(folder, request) }
    var export = try Export(request, on: console)
    if let place { export.draft.name(after: place.surveyID) }
    try export.mend()
    try files { () throws(FileFailure) in try export.refuseChanges() }
    guard !export.draft.items.isEmpty else { throw RunFailure.faults([export.nothingFound]) }
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

/// The survey folder that a draft goes to.
struct DraftPlace {
  let folder: String
  private let replaces: Bool

  init(_ folder: String, _ request: InitRequest) throws(RunFailure) {
    self.folder = FileSystem.trimmingSlashes(folder)
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
    let waveFolder = FileSystem.path(folder, wave)
    let waveFile = FileSystem.path(waveFolder, "wave.yaml")
    let parts = export.parts
    export.layout.file = parts[0].name
    export.layout.tripleS = parts.count > 1 ? parts[1].name : nil
    let copies = parts.map { FileSystem.path(waveFolder, $0.name) }
    if !replaces, let file = zip(parts, copies).first(where: isInTheWay)?.1 {
      throw .usage(.surveyExists(file: file))
    }
    let yaml = export.yaml
    var written = zip(parts, copies).map { part, copy in
      part.bytes.map { PlacedFiles.Written(copy, $0, mode: 0o600) }
        ?? PlacedFiles.Written(copy) { path throws(RunFailure) in
          try files { () throws(FileFailure) in try FileSystem.copy(part.path, to: path) }
        }
    }
    // What somebody wrote of the wave stays.
    if FileSystem.entry(at: waveFile) == .nothing {
      written.append(.init(waveFile, Array(Self.waveYAML.utf8)))
    }
    written.append(.init(definition, Array(yaml.utf8)))
    var placed = try files { () throws(FileFailure) in try PlacedFiles(in: folder) }
    let draft = export
    try placed.put(written) { () throws(FileFailure) in
      try draft.refuseChanges()
      let isThere = try FileSystem.exists(definition)
      guard replaces || !isThere else {
        throw .cannotWrite(path: definition, reason: "it was put there meanwhile")
      }
    }
  }

  /// Whether something else stands where a copy goes. The copy itself may: a draft that was stopped on its way is taken up again.
  private func isInTheWay(_ part: Export.Part, _ copy: String) -> Bool {
    guard FileSystem.entry(at: copy) != .nothing else { return false }
    let digest = part.bytes.map { sha256($0) } ?? (try? sha256(ofFile: part.path))
    return digest == nil || digest != (try? sha256(ofFile: copy))
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
    let guesses = draft.items.filter { $0.comment.hasPrefix("a guess") }.map(\.id)
    if !guesses.isEmpty {
      console.output("")
      let more = guesses.count > 4 ? " and \(guesses.count - 4) more" : ""
      let text =
        "\(counted(guesses.count, "guess", "guesses")): \(guesses.prefix(4).joined(separator: ", "))\(more)"
      line("Look first", text.truncated(console.width - 12))
    }
    console.output("")
    console.output("Read the comments in it, then run")
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
    let text =
      counted(leftOut.count, "column")
      + (personal > 0 ? ", \(personal) of which \(personal == 1 ? "looks" : "look") personal" : "")
    console.output("left out".fitted(12) + text + "; named at the end of survey.yaml")
  }
}
