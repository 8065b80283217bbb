import QDAImport
import SurveyDefinition

/// Reads the codings of a project of a program for qualitative analysis (REFI-QDA) as if they stood in a table.
///
/// A source is the unit that its case is called, where it belongs to one, and otherwise what it is called itself, without
/// the ending of a file. A source without codings counts as read by all coders, with nothing to code. No text of a source, a
/// note or a name reaches more than this function.
func addCodedProject(
  at path: String, file: String, _ layout: CodingFile, _ vocabulary: CodingTable.Vocabulary,
  to records: inout CodingRecords
) throws(IngestFailure) {
  records.begin(file)
  let project: CodedProject
  do {
    switch try readCodedProject(at: path) {
    case .content(let content): project = content
    case .faults(let faults):
      records.findings += faults.map { Finding($0, in: file) }
      return
    }
  } catch {
    throw IngestFailure(error, in: file)
  }
  guard let question = vocabulary.onlyQuestion(of: layout) else {
    records.findings.append(
      Finding(
        .fault, code: "which-question", at: Place(file: file),
        "the project does not say which theme question its codings are of",
        remedy: "name it under `question` of `open_text`"))
    return
  }
  let themes = project.codes.indices.map { code in
    vocabulary.theme(path: project.path(ofCode: code))
  }
  for code in Set(project.codings.map(\.code)).sorted() where themes[code] == nil {
    let name = project.codes[code].name
    let near = vocabulary.themes.nearest(to: trimmedBytes(name))
    records.findings.append(
      Finding(
        .fault, code: "unknown-theme", at: Place(file: file, line: project.codes[code].line),
        "the code “\(shown(name, limit: 40))” is not in the codebook",
        remedy: (near.map { "did you mean “\(shown($0, limit: 60))”? " } ?? "")
          + "name a theme so, or declare this name under the `aliases` of one"))
  }
  // Coders are told apart by their GUID, which files share; a name can be anybody's, but is what a definition knows.
  let coders = project.coders.map { coder in
    records.coder(
      Array(coder.guid.description.utf8), name: coder.name.map { trimmedBytes($0.revealed) })
  }
  let nobody = project.codings.contains { $0.coder == nil } || coders.isEmpty ? records.coder([]) : nil
  let readers = Set(project.codings.map { coding in coding.coder.map { coders[$0] } ?? nobody ?? 0 }).sorted()
  var isCoded = project.sources.map { _ in false }
  for coding in project.codings {
    isCoded[coding.source] = true
    guard let name = themes[coding.code] else { continue }
    guard let unit = unit(project, source: coding.source, cases: coding.cases, &records) else { continue }
    records.note(name, at: Place(file: file, line: project.codes[coding.code].line))
    records.add(
      unit: unit, question: question, theme: name.theme,
      coder: coding.coder.map { coders[$0] } ?? nobody ?? 0,
      at: Place(file: file, line: coding.line, column: coding.column))
  }
  for (source, isCoded) in isCoded.enumerated() where !isCoded {
    guard let unit = unit(project, source: source, cases: [], &records) else { continue }
    for reader in readers.isEmpty ? [nobody ?? records.coder([])] : readers {
      records.add(
        unit: unit, question: question, theme: -1, coder: reader,
        at: Place(file: file, line: project.sources[source].line))
    }
  }
}

/// The unit of a source, or of a passage that is a case's own; nil for a source without a name.
private func unit(
  _ project: CodedProject, source: Int, cases: [Int], _ records: inout CodingRecords
) -> Int? {
  let own = cases.count == 1 ? cases : project.sources[source].cases
  let name =
    own.count == 1
    ? project.cases[own[0]].name?.revealed
    : project.sources[source].name.map { withoutEnding($0.revealed) }
  guard let name else { return nil }
  let id = trimmedBytes(name)
  return id.isEmpty ? nil : records.unit(UnitKey(id))
}

/// A name without the ending of a file: of a document, a recording or a picture.
///
/// These and no others, as an id may have a full stop of its own. A recording and its transcript so are one unit.
private func withoutEnding(_ name: String) -> String {
  let endings = [
    ".txt", ".docx", ".doc", ".pdf", ".rtf", ".odt", ".md", ".html", ".mp3", ".m4a", ".wav", ".wma", ".ogg",
    ".mp4",
    ".m4v", ".mov", ".avi", ".mkv", ".jpg", ".jpeg", ".png",
  ]
  guard let ending = endings.first(where: { name.lowercased().hasSuffix($0) }) else { return name }
  return String(name.dropLast(ending.count))
}

extension CodingTable.Vocabulary {
  /// The position of the question that all codings of a file are of; 0 for focus groups.
  func onlyQuestion(of layout: CodingFile) -> Int? {
    if questions.isEmpty { return unit == "session" ? 0 : nil }
    if let id = layout.questionID { return questions.first { $0.id == id }?.position }
    return questions.count == 1 ? questions[0].position : nil
  }

  /// The theme that a code is: by its own name, or by those of the codes above it with its own.
  fileprivate func theme(path: [String]) -> ThemeNames.Name? {
    let whole = path.joined(separator: " / ")
    // Some programs write the levels into the name.
    let split = (path.last ?? "").split(separator: "::").joined(separator: " / ")
    for name in [whole, path.last ?? "", split] {
      if let theme = themes[trimmedBytes(name)] { return theme }
    }
    return nil
  }
}

extension Finding {
  /// What is wrong with a file of another program, in the file as its user calls it.
  init(_ fault: ImportFault, in file: String) {
    self.init(
      .fault, code: fault.code.rawValue, at: Place(file: file, line: fault.line, column: fault.column),
      fault.message, remedy: fault.remedy)
  }
}

extension IngestFailure {
  init(_ failure: ImportFailure, in file: String) {
    switch failure {
    case .cannotOpen(_, let reason): self = .cannotOpen(file: file, reason: reason)
    case .cannotRead(_, let reason): self = .cannotRead(file: file, reason: reason)
    }
  }
}
