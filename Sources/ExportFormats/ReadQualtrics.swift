/// Reads a Qualtrics questionnaire (.qsf).
///
/// Every heading that the data may have is described: a question by its tag and, among other names, by its id, as in
/// `QID4` and the `QID1_TEXT` of the third header row; an option by `_` and its number, text that is entered beside it
/// by `_5_TEXT`. Where the data is exported as labels instead of numbers, cells hold ``DictionaryAnswer/label``. A
/// question of several answers has one column with all of them, and one for each, of which a file has one kind.
/// Questions that were taken out of the questionnaire, and texts that ask nothing, are left out.
/// - Parameter bytes: JSON in UTF-8.
/// - Throws: That the file is no JSON, no questionnaire of Qualtrics, or beyond the limits.
/// - Complexity: Linear in the size of the file, sorting apart.
public func readQualtrics(
  _ bytes: [UInt8], limits: ExportLimits = ExportLimits()
) throws(ExportFault) -> DataDictionary {
  let file: QualtricsFile
  do throws(ExportFault) {
    file = try decodeJSON(QualtricsFile.self, from: bytes, limits: limits)
  } catch {
    // Too large or too deep is said as it is.
    guard error.code == .notJSON else { throw error }
    throw ExportFault(
      .notQualtrics, "the file is no questionnaire of Qualtrics (.qsf)",
      remedy: "Export the survey with Tools, Import/Export, Export Survey")
  }
  var columns: [DictionaryColumn] = []
  var answerCount = 0
  for question in file.askedQuestions {
    for column in describe(question) {
      answerCount += column.answers.count
      guard columns.count < limits.maximumColumns else { throw .tooManyColumns(limit: limits.maximumColumns) }
      // Those of a grid's rows are the same list, held once.
      guard answerCount <= 32 * limits.maximumAnswers else {
        throw .tooManyAnswers(limit: limits.maximumAnswers)
      }
      columns.append(column)
    }
  }
  guard !columns.isEmpty else {
    throw ExportFault(
      .noColumns, "the questionnaire asks nothing", remedy: "Export the survey that the responses are of")
  }
  return DataDictionary(format: .qualtrics, title: file.title.map(collapsed), columns: columns)
}

extension QualtricsFile {
  /// In the order of the survey's flow, without those in the trash. Questions that no block names come last.
  fileprivate var askedQuestions: [QualtricsQuestion] {
    let trash = Set(blocks.filter(\.isTrash).flatMap(\.questions))
    var places: [String: Int] = [:]
    for (place, id) in flow.enumerated() where places[id] == nil { places[id] = place }
    let ordered = blocks.enumerated().sorted { left, right in
      let (first, second) = (places[left.element.id] ?? .max, places[right.element.id] ?? .max)
      return (first, left.offset) < (second, right.offset)
    }
    var ranks: [String: Int] = [:]
    for id in ordered.flatMap(\.element.questions) where ranks[id] == nil { ranks[id] = ranks.count }
    return questions.filter { !trash.contains($0.id) }.enumerated().sorted { left, right in
      (ranks[left.element.id] ?? .max, left.offset) < (ranks[right.element.id] ?? .max, right.offset)
    }.map(\.element)
  }
}
