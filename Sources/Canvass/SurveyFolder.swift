import SurveyDefinition

/// A survey as it lies on disk: survey.yaml and one folder per wave.
struct SurveyFolder {
  let path: String
  let definition: SourceText
  /// Sorted by name.
  let waves: [WaveFolder]

  /// Reads a survey's folder. A subfolder is a wave where it holds wave.yaml or the responses file.
  init(_ path: String) throws(FileFailure) {
    self.path = path
    let definition = try SourceText(FileSystem.path(path, "survey.yaml"))
    self.definition = definition
    // Reading the definition once more is only worth it for a folder that the usual names do not settle.
    lazy var named = Self.responsesFile(definition)
    var waves: [WaveFolder] = []
    for name in try FileSystem.names(in: path) where !name.hasPrefix(".") {
      let folder = FileSystem.path(path, name)
      guard FileSystem.entry(at: folder) == .folder else { continue }
      func holds(_ file: String) -> Bool { FileSystem.entry(at: FileSystem.path(folder, file)) == .file }
      let hasYAML = holds("wave.yaml")
      guard hasYAML || holds(InputLayout().file) || holds(named) else { continue }
      let yaml = hasYAML ? try SourceText(FileSystem.path(folder, "wave.yaml")) : nil
      waves.append(WaveFolder(id: name, path: folder, definition: yaml))
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
        surveys.append(try SurveyFolder(path))
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

/// A definition file: its text, and the digest that the receipt keeps.
struct SourceText {
  /// The path as the user wrote it, which is what findings show.
  let file: String
  /// Nil where the bytes are not UTF-8. Of a file that is too large only the beginning, which its reader refuses as such.
  let text: String?
  let digest: String

  init(_ path: String) throws(FileFailure) {
    file = path
    let bytes = try FileSystem.read(path, upTo: largestDefinition + 1)
    // What is cut may end within a character, which is not what is wrong with it.
    text =
      bytes.count > largestDefinition
      ? String(decoding: bytes, as: UTF8.self) : String(validating: bytes, as: UTF8.self)
    digest = sha256(bytes)
  }
}
