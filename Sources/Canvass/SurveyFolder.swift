import SurveyDefinition

/// A survey as it lies on disk: survey.yaml and one folder per wave.
struct SurveyFolder {
  let path: String
  let definition: SourceText
  /// Sorted by name.
  let waves: [WaveFolder]
  /// Why nothing of it could be read, among several surveys of which the others can.
  let failure: FileFailure?

  private init(_ path: String, unread failure: FileFailure) {
    self.path = path
    definition = SourceText(unread: FileSystem.path(path, "survey.yaml"))
    waves = []
    self.failure = failure
  }

  /// Reads a survey's folder. A subfolder is a wave where it holds wave.yaml or the responses file.
  init(_ path: String) throws(FileFailure) {
    self.path = path
    failure = nil
    let survey = FileSystem.path(path, "survey.yaml")
    guard FileSystem.isWithin(survey, path) else {
      throw .cannotRead(path: survey, reason: "it leads out of the survey's folder")
    }
    let definition = try SourceText(survey)
    self.definition = definition
    // Reading the definition once more is only worth it for a folder that the usual names do not settle.
    lazy var named = Self.responsesFile(definition)
    var waves: [WaveFolder] = []
    for name in try FileSystem.names(in: path) where !name.hasPrefix(".") {
      let folder = FileSystem.path(path, name)
      guard try FileSystem.found(at: folder) == .folder else { continue }
      func holds(_ file: String) throws(FileFailure) -> Bool {
        try FileSystem.found(at: FileSystem.path(folder, file)) == .file
      }
      let hasYAML = try holds("wave.yaml")
      var isWave = hasYAML
      if !isWave { isWave = try holds(InputLayout().file) }
      if !isWave { isWave = try holds(named) }
      guard isWave else { continue }
      // What leads out of the survey is not even read; `definition(of:in:)` tells it.
      let yaml = FileSystem.path(folder, "wave.yaml")
      let isRead = hasYAML && FileSystem.isWithin(yaml, path)
      waves.append(WaveFolder(id: name, path: folder, definition: isRead ? try SourceText(yaml) : nil))
    }
    self.waves = waves
  }

  /// The name of the responses file as survey.yaml alone says it; the usual name where it cannot be read.
  private static func responsesFile(_ definition: SourceText) -> String {
    let usual = InputLayout().file
    guard let text = definition.text else { return usual }
    let reading = readDefinition(
      surveyYAML: text, surveyFile: definition.file, waveYAML: nil, waveFile: "wave.yaml", waveID: "")
    return reading.wave?.survey.input.file ?? usual
  }

  /// Every survey in a folder: its subfolders that hold survey.yaml, sorted by name.
  static func all(in folder: String) throws(RunFailure) -> [SurveyFolder] {
    guard FileSystem.entry(at: folder) == .folder else { throw .usage(.noSurveys) }
    let surveys = try files { () throws(FileFailure) in
      var surveys: [SurveyFolder] = []
      for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
        let path = FileSystem.path(folder, name)
        guard FileSystem.entry(at: FileSystem.path(path, "survey.yaml")) == .file else { continue }
        do throws(FileFailure) { surveys.append(try SurveyFolder(path)) } catch {
          surveys.append(SurveyFolder(path, unread: error))
        }
      }
      return surveys
    }
    guard !surveys.isEmpty else { throw .usage(.noSurveys) }
    return surveys
  }
}

/// A wave as it lies on disk.
struct WaveFolder {
  /// The folder's name.
  let id: String
  let path: String
  /// wave.yaml, where there is one.
  let definition: SourceText?

  /// The name that findings give to wave.yaml.
  var definitionFile: String { FileSystem.path(path, "wave.yaml") }
}

/// A definition file: its text, and what it was when it was read.
struct SourceText {
  /// The path as the user wrote it, which is what findings show.
  let file: String
  /// Nil where the bytes are not UTF-8. Of a file that is too large only the beginning, which its reader refuses as such.
  let text: String?
  let seen: SeenFile

  var digest: String { (try? seen.digest) ?? "" }

  fileprivate init(unread path: String) {
    file = path
    text = nil
    seen = SeenFile(absent: path)
  }

  init(_ path: String) throws(FileFailure) {
    file = path
    let stamp = try FileSystem.stamp(of: path)
    // Where there is none, this says so.
    let bytes = try FileSystem.read(path, upTo: largestDefinition + 1)
    guard let stamp, try FileSystem.stamp(of: path) == stamp else { throw .changed(path: path) }
    // What is cut may end within a character, which is not what is wrong with it.
    text =
      bytes.count > largestDefinition
      ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    seen = SeenFile(path, stamp: stamp, bytes: bytes)
  }
}
