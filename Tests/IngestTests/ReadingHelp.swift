import SurveyDefinition
import Testing

@testable import Ingest

/// What reading a small text gives.
struct Reading: Equatable {
  var responses: [[Int32]] = []
  var numbers: [[Int64]] = []
  var report = ResponseReport()

  var codes: [String] { report.findings.map(\.code) }
  var places: [String] {
    report.findings.map { "\($0.place.line ?? 0):\($0.place.column ?? 0)" }
  }
}

func read(_ bytes: [UInt8], _ survey: Survey, chunkSize: Int = 1 << 12) throws -> Reading {
  var reading = Reading()
  reading.report = try readResponses(.memory(bytes), of: survey, chunkSize: chunkSize) {
    reading.responses.append($0.codes)
    reading.numbers.append($0.numbers)
  }
  return reading
}

func read(_ text: String, _ survey: Survey, chunkSize: Int = 1 << 12) throws -> Reading {
  try read(Array(text.utf8), survey, chunkSize: chunkSize)
}

/// A survey of these questions with everything else as it is by default.
func survey(
  _ questions: [Question], variables: [Variable] = [], input: InputLayout = .init(), minimumCell: Int = 5
) -> Survey {
  Survey(
    id: "staff", title: "Staff", protection: .init(minimumCell: minimumCell), input: input,
    variables: variables,
    questions: questions)
}

/// A single question whose answers' texts are their labels.
func single(_ id: String, _ column: ColumnReference, _ answers: [String], other: String? = nil) -> Question {
  let options = answers.map { AnswerOption(label: $0, texts: [$0]) }
  return Question(
    id: id, text: id, kind: .single(Choice(source: .column(column), answers: options, other: other)))
}

/// A multiple question with one column per option, headed by its label.
func columns(
  _ id: String, _ options: [String], chosen: [String]? = nil, notChosen: [String]? = nil,
  exclusive: [Int] = []
) -> Question {
  let source = options.map { OptionColumn(label: $0, column: .heading($0), chosen: .inherited) }
  return Question(
    id: id, text: id,
    kind: .multiple(
      MultipleChoice(
        source: .columns(source), options: options.map { AnswerOption(label: $0, texts: [$0]) },
        chosen: chosen,
        notChosen: notChosen, exclusive: exclusive)))
}

/// A multiple question whose options stand joined in one cell.
func joined(
  _ id: String, _ column: ColumnReference, _ options: [String], separator: String = ";", other: String? = nil,
  exclusive: [Int] = []
) -> Question {
  Question(
    id: id, text: id,
    kind: .multiple(
      MultipleChoice(
        source: .joined(column, separator: separator),
        options: options.map { AnswerOption(label: $0, texts: [$0]) }, other: other, exclusive: exclusive)))
}

func number(
  _ id: String, _ column: ColumnReference, valid: ClosedRange<Decimal6>? = nil, bands: [Band] = []
) -> Question {
  Question(id: id, text: id, kind: .number(NumberEntry(column: column, valid: valid, bands: bands)))
}
