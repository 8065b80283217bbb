import Drafting
import ExportFormats
import Ingest
import SurveyDefinition

/// An export that was read, with the definition that was guessed from it.
struct Export {
  /// One of the files that a wave needs of an export.
  struct Part {
    /// Where it lies; `bytes` where it came from standard input.
    let path: String
    let bytes: [UInt8]?
    /// Its name in the wave's folder.
    let name: String
  }

  /// The file of responses, and the description that reading it takes.
  let parts: [Part]
  var layout = InputLayout()
  private(set) var isEncodingGuessed = false
  var draft = SurveyDraft()
  private let input: ResponseInput
  /// The export, and what describes it, as they were before they were read.
  private let seen: [SeenFile]

  /// Reads an export whole and guesses its definition.
  init(_ request: InitRequest, on console: Console) throws(RunFailure) {
    let path = request.responses
    var seen = [path, request.dictionary].compactMap { $0 }.filter { $0 != "-" }.map { SeenFile($0) }
    var dictionary: DataDictionary?
    if let file = request.dictionary {
      dictionary = try converted(file) { () throws(ExportFailure) in try readDataDictionary(at: file) }
    }
    if path == "-" {
      let bytes = try files { () throws(FileFailure) in try FileSystem.read("/dev/stdin") }
      input = .bytes(bytes, displayName: "-")
      parts = [Part(path: path, bytes: bytes, name: InputLayout().file)]
    } else {
      let described = try Described(path)
      seen += described?.seenData.map { [$0] } ?? []
      parts = described?.parts ?? [Part(path: path, bytes: nil, name: Export.name(ofTable: path))]
      input = described?.responses.input ?? .file(path)
      dictionary = dictionary ?? described?.responses.table.dictionary
    }
    self.seen = seen
    let progress = Progress(reading: path, on: console)
    defer { progress.end() }
    do {
      try read(dictionary, name: path == "-" ? "survey" : Export.name(of: path), progress)
    } catch let failure as RunFailure {
      throw failure
    } catch let failure as IngestFailure {
      throw .ingest(failure)
    } catch {
      preconditionFailure("reading throws nothing else: \(error)")
    }
  }

  /// Stops where the export is no longer what it was when it was first looked at.
  func refuseChanges() throws(FileFailure) {
    for file in seen { try file.refuseChange() }
  }

  private mutating func read(_ dictionary: DataDictionary?, name: String, _ progress: Progress) throws {
    let sample = try readSample(of: input)
    guard sample.findings.isEmpty else { throw RunFailure.faults(sample.findings) }
    try refuseLinesAboveHeadings(sample)
    layout = sample.layout
    isEncodingGuessed = sample.isEncodingGuessed
    var (platform, headerRows) = Platform.detect(sample.records)
    switch dictionary?.format {
    case .spss?: (platform, headerRows) = (.spss, 1)
    case .tripleS?: (platform, headerRows) = (.tripleS, 1)
    case .jisc?: platform = .jisc
    case .qualtrics?, .tableSchema?, nil: break
    }
    layout.headerRows = headerRows
    var (table, findings) = try readCodedTable(input, layout, progress: progress.update)
    // Bytes beyond the sample may be the first that are not UTF-8.
    if layout.encoding == .utf8, let other = likelyEncoding(findings) {
      layout.encoding = other
      isEncodingGuessed = true
      (table, findings) = try readCodedTable(input, layout, progress: progress.update)
    }
    guard findings.isEmpty else { throw RunFailure.faults(findings) }
    draft = Drafting.draftSurvey(from: table, platform: platform, dictionary: dictionary, name: name)
  }

  /// A title, or a line such as `sep=;`, above the headings: neither this reader nor any other would know what follows.
  private func refuseLinesAboveHeadings(_ sample: ExportSample) throws(RunFailure) {
    let others = sample.records.dropFirst().map(\.count)
    guard let first = sample.records.first, let width = others.first, others.count >= 2 else { return }
    let isShort = first.count < width && others.allSatisfy { $0 == width }
    // What spreadsheets write to tell each other the separator.
    guard isShort || first[0].hasPrefix("sep=") else { return }
    throw .faults([
      Finding(
        .fault, code: "lines-above-headings", at: Place(file: input.displayName, line: 1),
        isShort
          ? "the first record has \(counted(first.count, "cell")), and all others have \(grouped(width))"
          : "the first line names the separator, and the headings stand below it",
        remedy: "take whatever stands above the headings out of the file")
    ])
  }

  /// The definition. A file that was converted is described by itself, not as the CSV that it was read as.
  var yaml: String {
    draft.yaml(layout, isEncodingGuessed: isEncodingGuessed)
  }

  /// Reads the export as the draft describes it, and mends what does not fit: nothing is handed out that `check` refuses.
  /// - Throws: The faults of a draft that could not be mended.
  mutating func mend() throws(RunFailure) {
    for _ in 0..<12 {
      guard !draft.items.isEmpty else { return }
      let yaml = self.yaml
      let reading = readDefinition(
        surveyYAML: yaml, surveyFile: "survey.yaml", waveYAML: nil, waveFile: "wave.yaml", waveID: "1")
      guard let survey = reading.wave?.survey, reading.findings.allSatisfy(\.isRemark) else {
        if draft.mend(definition: yaml, by: reading.findings) { continue }
        throw .faults(reading.findings)
      }
      do {
        let report = try readResponses(input, of: survey) { _ in }
        guard draft.mend(by: report.findings) else { return }
      } catch {
        throw .ingest(error)
      }
    }
  }

  /// What to say of an export in which nothing looks like a question.
  var nothingFound: Finding {
    Finding(
      .fault, code: "nothing-to-draft", at: Place(file: input.displayName),
      "none of the \(grouped(draft.headings.count)) columns looks like a question that several people answered alike",
      remedy:
        "see whether this is the export of responses; where few answered, describe the columns with --dictionary"
    )
  }

  /// The name of a wave's responses.
  private static func name(ofTable path: String) -> String {
    path.lowercased().hasSuffix(".gz") ? "responses.csv.gz" : InputLayout().file
  }

  /// The name of a file without its folder and ending.
  private static func name(of path: String) -> String {
    var name = FileSystem.lastName(of: path)
    for ending in [".gz", ".csv", ".tsv", ".txt", ".sav", ".zsav", ".sss", ".xml"]
    where name.lowercased().hasSuffix(ending) && name.count > ending.count {
      name = String(name.dropLast(ending.count))
    }
    return name
  }
}

/// An export that is no CSV: a system file of SPSS, or the description of a Triple-S survey with its data beside it.
private struct Described {
  let responses: ConvertedResponses
  let parts: [Export.Part]
  /// The data beside a description, as they were before they were read.
  let seenData: SeenFile?

  /// Nil where the file is read as it is.
  init?(_ path: String) throws(RunFailure) {
    let name = FileSystem.lastName(of: path).lowercased()
    if name.hasSuffix(".sss") || name.hasSuffix(".xml") {
      let survey = try converted(path) { () throws(ExportFailure) in try tripleS(at: path) }
      guard let data = Described.data(of: survey, at: path) else {
        throw .faults([
          Finding(
            .fault, code: "no-data-file", at: Place(file: path),
            "the data that this file describes are not beside it",
            remedy: "put the .asc or .csv of the same name into the same folder")
        ])
      }
      seenData = SeenFile(data)
      guard let responses = try ConvertedResponses(data, description: path) else { return nil }
      self.responses = responses
      let ending = FileSystem.lastName(of: data).split(separator: ".").last.map(String.init) ?? "asc"
      parts = [
        Export.Part(path: data, bytes: nil, name: "responses.\(ending)"),
        Export.Part(path: path, bytes: nil, name: "responses.sss"),
      ]
      return
    }
    guard let responses = try ConvertedResponses(path, description: nil) else { return nil }
    self.responses = responses
    seenData = nil
    parts = [Export.Part(path: path, bytes: nil, name: "responses.sav")]
  }

  /// The data file that a description names, or one of its own name.
  private static func data(of survey: TripleSSurvey, at path: String) -> String? {
    let folder = FileSystem.folder(of: path) ?? "."
    var stem = FileSystem.lastName(of: path)
    if let point = stem.lastIndex(of: ".") { stem = String(stem[..<point]) }
    var names = [".asc", ".csv", ".ASC", ".CSV", ".dat", ".txt"].map { stem + $0 }
    // Only a name: an address or a path in a description is not followed.
    if let named = survey.dataFile, !named.contains("/"), !named.contains("\\") { names.insert(named, at: 0) }
    return names.map { FileSystem.path(folder, $0) }.first { FileSystem.entry(at: $0) == .file }
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
