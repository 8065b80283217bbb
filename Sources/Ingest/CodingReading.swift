public import SurveyDefinition

/// Reads the codings of a wave's open text: one streaming pass over each file.
/// - Parameter files: The files of `survey.codings.openText` that are there, as they are laid out, with where they lie.
/// - Returns: The codings. Everything that is wrong with them is among their findings; with a fault they must not be used.
public func readOpenTextCodings(
  _ files: [(layout: CodingFile, input: ResponseInput)], of survey: Survey
) throws(IngestFailure) -> OpenTextCodings {
  var questions: [(id: String, position: Int)] = []
  for (position, question) in survey.questions.enumerated() {
    if case .theme = question.kind { questions.append((question.id, position)) }
  }
  let vocabulary = CodingTable.Vocabulary(
    themes: ThemeNames(survey.themes), questions: questions, unit: "respondent")
  return OpenTextCodings(try read(files, vocabulary), of: survey)
}

/// Reads the codings of a wave's focus groups, the same way.
public func readFocusGroupCodings(
  _ files: [(layout: CodingFile, input: ResponseInput)], of wave: Wave
) throws(IngestFailure) -> FocusGroupCodings {
  let vocabulary = CodingTable.Vocabulary(
    themes: ThemeNames(wave.survey.themes), questions: [], unit: "session")
  return FocusGroupCodings(try read(files, vocabulary), of: wave)
}

private func read(
  _ files: [(layout: CodingFile, input: ResponseInput)], _ vocabulary: CodingTable.Vocabulary
) throws(IngestFailure) -> CodingRecords {
  var records = CodingRecords()
  for (layout, input) in files {
    var table = CodingTable(layout, file: input.displayName, vocabulary, adding: records)
    _ = try readTable(
      input, separator: layout.separator, quoting: true, chunkSize: 1 << 18, progress: nil, into: &table
    ) { $0.read($1, $2, $3) }
    records = table.finish()
  }
  return records
}
