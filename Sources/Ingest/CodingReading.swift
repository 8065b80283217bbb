public import SurveyDefinition

/// Reads the codings of a wave's open text: one streaming pass over each file.
/// - Parameter files: The files of `survey.codings.openText` that are there, as they are laid out, with where they lie.
/// - Returns: The codings. Everything that is wrong with them is among their findings; with a fault they must not be used.
public func readOpenTextCodings(
  _ files: [(layout: CodingFile, input: ResponseInput)], of survey: Survey
) throws(IngestFailure) -> OpenTextCodings {
  try readOpenTextCodings(files, of: survey, chunkSize: 1 << 18)
}

/// - Parameter chunkSize: Bytes handed to libcsv at a time; tests try every size.
func readOpenTextCodings(
  _ files: [(layout: CodingFile, input: ResponseInput)], of survey: Survey, chunkSize: Int
) throws(IngestFailure) -> OpenTextCodings {
  var questions: [(id: String, position: Int)] = []
  for (position, question) in survey.questions.enumerated() {
    if case .theme = question.kind { questions.append((question.id, position)) }
  }
  if questions.isEmpty, !files.isEmpty {
    var records = CodingRecords()
    records.findings = files.map { _, input in
      Finding(
        .fault, code: "no-theme-question", at: Place(file: input.displayName),
        "the definition has no theme question that these codings could be of",
        remedy: "declare one (`kind: theme`), or take the file out")
    }
    return OpenTextCodings(records, of: survey)
  }
  let vocabulary = CodingTable.Vocabulary(
    themes: ThemeNames(survey.themes), questions: questions, unit: "respondent")
  return OpenTextCodings(try read(files, vocabulary, chunkSize: chunkSize), of: survey)
}

/// Reads the codings of a wave's focus groups, the same way.
public func readFocusGroupCodings(
  _ files: [(layout: CodingFile, input: ResponseInput)], of wave: Wave
) throws(IngestFailure) -> FocusGroupCodings {
  let vocabulary = CodingTable.Vocabulary(
    themes: ThemeNames(wave.survey.themes), questions: [], unit: "session")
  return FocusGroupCodings(try read(files, vocabulary, chunkSize: 1 << 18), of: wave)
}

private func read(
  _ files: [(layout: CodingFile, input: ResponseInput)], _ vocabulary: CodingTable.Vocabulary,
  chunkSize: Int
) throws(IngestFailure) -> CodingRecords {
  var records = CodingRecords()
  for (layout, input) in files {
    if let path = try input.pathOfProject() {
      try addCodedProject(
        at: path, file: input.displayName, layout, vocabulary, to: &records)
      if records.isFull { records.tellFull(at: Place(file: input.displayName)) }
      continue
    }
    var table = CodingTable(layout, file: input.displayName, vocabulary, adding: records)
    _ = try readTable(
      input, TextForm(separator: layout.separator), chunkSize: chunkSize, progress: nil, into: &table
    ) { $0.read($1, $2, $3) }
    records = table.finish()
  }
  return records
}

extension ResponseInput {
  /// The path of a file that is a project rather than a table: a zip archive, or XML.
  fileprivate func pathOfProject() throws(IngestFailure) -> String? {
    guard case .file(let path) = source else { return nil }
    var file = try FileInput(self)
    var head = [UInt8](repeating: 0, count: 8)
    let count = try file.read(into: &head)
    let start = head.prefix(count).starts(with: [0xEF, 0xBB, 0xBF]) ? head.dropFirst(3) : head.prefix(count)
    let isProject =
      start.starts(with: [0x50, 0x4B, 0x03, 0x04]) || start.starts(with: Array("<?xml".utf8))
      || path.hasSuffix(".qdpx") || path.hasSuffix(".qde")
    return isProject ? path : nil
  }
}
