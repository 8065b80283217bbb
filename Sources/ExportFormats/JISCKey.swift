/// Reads the key that JISC Online Surveys exports beside coded responses.
///
/// A key does not say whether a question takes one answer or several; the responses' headings do. So both are
/// described: `Q9` as a question of one answer, and `Q9_1`, `Q9_2`, … as its options, whose cells hold 1 or 0. Only
/// one of the two is in a file, and ``DataDictionary/columns(for:)`` picks it.
///
/// In a grid, `Q11` is the question, `Q11_1_a` the first column of its first row: each row is a question of several
/// answers, told by all `Q11_1_…`.
/// - Parameter bytes: CSV of two columns, code and text, in UTF-8 or windows-1252: a question, then its answers with
///   their numbers.
/// - Throws: That the file is no CSV or no key, that a code stands in it twice, or that it is beyond the limits.
/// - Complexity: Linear in the size of the file.
/// Source: keys of JISC Online Surveys, as of 2020; the platform does not describe them.
public func readJISCKey(
  _ bytes: [UInt8], limits: ExportLimits = ExportLimits()
) throws(ExportFault) -> DataDictionary {
  guard bytes.count <= limits.maximumDescriptionBytes else {
    throw .tooLarge(limit: limits.maximumDescriptionBytes)
  }
  let encoding = TextEncoding(markOf: bytes) ?? .utf8
  guard let text = encoding.utf8(bytes) ?? TextEncoding.windows1252.utf8(bytes), !text.contains(0) else {
    throw ExportFault(.wrongEncoding, "the file is no text", remedy: "Save it as UTF-8")
  }
  var key = JISCKey(limits: limits)
  var records = CSVRecords(text)
  while let cells = try records.next() { try key.add(cells, line: records.recordLine) }
  return DataDictionary(format: .jisc, columns: try key.columns())
}

private struct JISCKey {
  struct Question {
    var code: String
    var text: String
    var answers: [DictionaryAnswer] = []
  }

  private let limits: ExportLimits
  private var questions: [Question] = []
  private var positions: [String: Int] = [:]
  private var answerCount = 0
  /// Numbers of answers of the last question.
  private var numbers: Set<String> = []

  init(limits: ExportLimits) { self.limits = limits }

  mutating func add(_ cells: [String], line: Int) throws(ExportFault) {
    guard cells.count == 2, !cells[0].isEmpty else { throw notKey(line: line) }
    let (code, text) = (cells[0], collapsed(cells[1]))
    if code.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) {
      guard !questions.isEmpty else { throw notKey(line: line) }
      guard numbers.insert(code).inserted else { throw notKey(line: line) }
      answerCount += 1
      guard answerCount <= limits.maximumAnswers else { throw .tooManyAnswers(limit: limits.maximumAnswers) }
      questions[questions.count - 1].answers.append(
        DictionaryAnswer(text: code, label: text.isEmpty ? code : text))
      return
    }
    // A table of people has two columns, too: nothing that is no code is taken for one, or shown.
    guard isCode(code) else { throw notKey(line: line) }
    guard positions[code] == nil else {
      throw ExportFault(
        .duplicateName, line: line, "the code \(shownName(code)) stands in the key twice",
        remedy: "Export the key anew")
    }
    numbers = []
    positions[code] = questions.count
    questions.append(Question(code: code, text: text))
  }

  /// Whether a cell is the code of a question: `Q11_1_a`, or one word that the platform adds, such as `URN`.
  private func isCode(_ cell: String) -> Bool {
    guard cell.utf8.count <= 40, let first = cell.utf8.first, cell.allSatisfy({ $0.isASCII }) else {
      return false
    }
    let isWord = cell.utf8.allSatisfy { 0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 & 0xDF || $0 == 0x5F }
    return isWord && 0x41...0x5A ~= first & 0xDF
      && (first == 0x51 || !cell.utf8.contains { 0x30...0x39 ~= $0 })
  }

  private func notKey(line: Int) -> ExportFault {
    ExportFault(
      .notKey, line: line, "the file is no key of JISC Online Surveys: a record is not a code and a text",
      remedy: "Give the key that was exported beside the coded responses")
  }

  func columns() throws(ExportFault) -> [DictionaryColumn] {
    guard !questions.isEmpty else { throw ExportFault(.noColumns, "the key is empty", remedy: nil) }
    let parents = questions.map { parent(of: $0.code) }
    let withParts = Set(parents.compactMap { $0 })
    var columns: [DictionaryColumn] = []
    for (question, parent) in zip(questions, parents) {
      let isHeading = withParts.contains(positions[question.code] ?? -1) && question.answers.isEmpty
      columns += describe(question, under: parent.map { questions[$0] }, isHeading: isHeading)
      guard columns.count <= limits.maximumColumns else {
        throw .tooManyColumns(limit: limits.maximumColumns)
      }
    }
    return columns
  }

  /// The question that a code is a part of: that of the longest beginning up to a `_` that is a code itself.
  private func parent(of code: String) -> Int? {
    var beginning = Substring(code)
    while let mark = beginning.lastIndex(of: "_") {
      beginning = beginning[..<mark]
      if let position = positions[String(beginning)] { return position }
    }
    return nil
  }

  private func describe(_ question: Question, under parent: Question?, isHeading: Bool) -> [DictionaryColumn]
  {
    let (code, text) = (question.code, question.text)
    guard !question.answers.isEmpty else {
      let kind: DictionaryColumn.Kind = isHeading ? .other : code.hasSuffix("Date") ? .date : .text
      return [
        DictionaryColumn(
          name: code, question: parent?.text ?? text, item: parent == nil ? nil : text, group: parent?.code,
          kind: kind)
      ]
    }
    if let parent, question.answers.count == 1 { return describeCell(question, of: parent) }
    let single = DictionaryColumn(
      name: code, question: parent?.text ?? text, item: parent == nil ? nil : text, group: parent?.code,
      kind: .single, answers: question.answers)
    let wording = parent.map { "\($0.text) \(text)" } ?? text
    return [single]
      + question.answers.map { answer in
        option(name: "\(code)_\(answer.text)", question: wording, item: answer.label, group: code)
      }
  }

  /// A cell of a grid that can be ticked. Grids of one tick a row have the cell's code as their heading, others its
  /// code and the answer's number.
  private func describeCell(_ question: Question, of parent: Question) -> [DictionaryColumn] {
    let row = question.code.lastIndex(of: "_").map { String(question.code[..<$0]) } ?? question.code
    let group = row == parent.code ? question.code : row
    let answer = question.answers[0]
    return [question.code, "\(question.code)_\(answer.text)"].map { name in
      option(name: name, question: "\(parent.text) \(question.text)", item: answer.label, group: group)
    }
  }

  private func option(name: String, question: String, item: String, group: String) -> DictionaryColumn {
    DictionaryColumn(
      name: name, question: question, item: item, group: group, kind: .multipleOption,
      answers: [DictionaryAnswer(text: "1", label: item)])
  }
}
