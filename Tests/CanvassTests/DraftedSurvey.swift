import Canvass
import Foundation
import Ingest
import SurveyDefinition
import Testing

/// A real export as a new user meets it: `init`, then `check`, then `run`, against tallies of other programs.
struct DraftedSurvey: Sendable, CustomTestStringConvertible {
  /// The folder of the export below `data`.
  let folder: String
  let file: String
  /// How many figures have to be compared at least, so that no change makes the test look away.
  let least: Int
  /// Whether the export is one of the excerpts in this repository.
  var isExcerpt = false
  /// Files beside the export that name its answers.
  var dictionary: String?
  /// The folder and file whose tallies are compared, where they are those of another copy.
  var tallies: (folder: String, file: String)?
  /// Whether the tallies are of labels, where the cells hold numbers that stand for them.
  var talliesLabels = false
  /// Figures in which our reading differs from the expected tallies, by question and answer, and by how much.
  var differences: [String: [String: Int]] = [:]

  var testDescription: String { "\(folder)/\(file)" }

  /// The definition that was drafted and its published figures, with nothing withheld.
  struct Outcome {
    var definition: Survey
    var tables: PublishedTables
    /// What reading the export found; nil for a file that is no table.
    var report: ResponseReport?
    /// The header rows of the export.
    var headerRows: [[String]]
  }

  /// Where exports lie.
  private func data() throws -> URL {
    if isExcerpt {
      return URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "RealData")
    }
    return try #require(RealSurvey.reference)
  }

  /// Drafts, checks and runs the export in a temporary folder.
  func outcome() throws -> Outcome {
    let reference = try data()
    let files = FileManager.default
    let place = files.temporaryDirectory.appending(path: "canvass-\(UUID().uuidString)")
    defer { try? files.removeItem(at: place) }
    try files.createDirectory(at: place, withIntermediateDirectories: true)
    let export = reference.appending(path: "\(folder)/\(file)").path(percentEncoded: false)
    let survey = place.appending(path: "drafted")
    let silent = Console(output: { _ in }, errors: { _ in })

    var request = InitRequest(responses: export)
    request.output = survey.path()
    request.wave = "1"
    request.dictionary = dictionary.map { reference.appending(path: "\(folder)/\($0)").path() }
    try #require(draftSurvey(request, on: silent) == .done)
    // As it was drafted: nothing that `check` refuses.
    try #require(check(survey.path(), on: silent) == .done)

    // The one edit: the data are public, and every count is compared.
    let definition = survey.appending(path: "survey.yaml")
    let yaml = try String(contentsOf: definition, encoding: .utf8)
    let open = yaml.replacing(
      "\n# publisher", with: "\nprotection: { minimum_cell: 1, minimum_base: 1 }\n# publisher",
      maxReplacements: 1)
    try #require(open != yaml)
    try open.write(to: definition, atomically: false, encoding: .utf8)
    var run = RunRequest()
    run.surveyFolder = survey.path()
    run.output = place.appending(path: "output").path()
    run.isQuiet = true
    try #require(Canvass.run(run, on: silent) == .done)

    let reading = readDefinition(
      surveyYAML: open, surveyFile: "survey.yaml", waveYAML: nil, waveFile: "wave.yaml", waveID: "1")
    let read = try #require(reading.wave?.survey)
    let input = ResponseInput.file(survey.appending(path: "1/\(read.input.file)").path())
    let isTable = read.input.file.contains(".csv")
    return Outcome(
      definition: read,
      tables: PublishedTables(
        try Data(contentsOf: place.appending(path: "output/drafted/1/everyone/tables.csv"))),
      report: isTable ? try readResponses(input, of: read, findsDuplicates: true) { _ in } : nil,
      headerRows: isTable ? try readCodedTable(input, read.input).table.headerRows : [])
  }

  /// Tallies that the survey's authors published, one file of two columns for each question: the second heading is that of
  /// the question's column in the export.
  func published(prefix: String) throws -> [ExpectedTally] {
    let reference = try data().appending(path: folder)
    let names = try FileManager.default.contentsOfDirectory(atPath: reference.path())
      .filter { $0.hasPrefix(prefix) && $0.hasSuffix(".csv") }.sorted()
    return try names.flatMap { name in
      let rows = try #require(csvRecords([UInt8](try Data(contentsOf: reference.appending(path: name)))))
      return rows.dropFirst().map { row in
        ExpectedTally(
          question: rows[0][1], answer: row[0].isEmpty ? "(blank)" : row[0], banner: "total", group: "Total",
          count: Int(row[1]) ?? -1)
      }
    }
  }

  /// Tallies that other programs made of the export.
  func expected() throws -> [ExpectedTally] {
    let reference = try data()
    let (folder, file) = tallies ?? (self.folder, self.file)
    let records = CSVRecords(try Data(contentsOf: reference.appending(path: "\(folder)/expected.csv")))
    // What programs write as 3.0 is stored as a number in a system file.
    func answer(_ record: Int) -> String {
      let text = records.cell(record, "answer")
      return talliesLabels && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    return (0..<records.count).filter { records.cell($0, "file") == file }.map { record in
      ExpectedTally(
        question: records.cell(record, "question"), answer: answer(record),
        banner: records.cell(record, "banner"), group: records.cell(record, "group"),
        count: Int(records.cell(record, "count")) ?? -1)
    }
  }
}

/// Compares the figures of a drafted survey with expected tallies; what differs is named by id and position, never by a
/// text of the responses.
struct DraftComparison {
  private let outcome: DraftedSurvey.Outcome
  private let expected: [String: [ExpectedTally]]
  private let talliesLabels: Bool
  private let allowed: [String: [String: Int]]
  private(set) var compared = 0
  private(set) var faults: [String] = []

  init(_ survey: DraftedSurvey, _ outcome: DraftedSurvey.Outcome, with tallies: [ExpectedTally]) {
    self.outcome = outcome
    allowed = survey.differences
    talliesLabels = survey.talliesLabels
    // The same tally stands twice where a question is both a row and a banner.
    var seen: Set<ExpectedTally> = []
    expected = Dictionary(grouping: tallies.filter { seen.insert($0).inserted }) {
      [$0.question, $0.banner, $0.group].joined(separator: "|")
    }
    for question in outcome.definition.questions { compare(question) }
  }

  /// How the tallies name a column: by its heading, or by those of both header rows.
  private func names(of column: ColumnReference) -> [String] {
    let rows = outcome.headerRows
    let position: Int?
    switch column {
    case .number(let number): position = number - 1
    case .heading(let heading):
      position = rows.first?.indices.first { column in rows.contains { $0[column] == heading } }
    }
    guard let position, !rows.isEmpty else { return [] }
    var question = rows[0][position]
    if rows.count == 2, question.isEmpty {
      question = rows[0][..<position].last { !$0.isEmpty } ?? ""
    }
    let both = rows.count == 2 ? ["\(question) | \(rows[1][position])"] : []
    return (rows.map { $0[position] } + both).flatMap { [$0, $0.replacing("\u{A0}", with: " ")] }
  }

  /// - Parameter label: What the definition calls the column, for files whose headings are codes.
  private func tallies(
    of column: ColumnReference, label: String, banner: String, group: String
  ) -> [ExpectedTally]? {
    (names(of: column) + [label]).lazy.compactMap {
      self.expected[[$0, banner, group].joined(separator: "|")]
    }.first
  }

  private mutating func compare(_ question: Question) {
    var columns = [(banner: "total", group: "Total", expectedBanner: ["total"], expectedGroups: ["Total"])]
    for variable in outcome.definition.variables {
      guard case .column(let column) = variable.source else { continue }
      for group in variable.groups {
        columns.append(
          (
            variable.id, group.label, names(of: column) + [variable.label],
            talliesLabels ? [group.label] : group.texts + [group.label]
          ))
      }
    }
    for column in columns {
      for banner in column.expectedBanner {
        for group in Set(column.expectedGroups) {
          compare(question, column.banner, column.group, expectedBanner: banner, expectedGroup: group)
        }
      }
    }
  }

  private mutating func compare(
    _ question: Question, _ banner: String, _ group: String, expectedBanner: String, expectedGroup: String
  ) {
    func published(_ answer: String) -> Int? {
      outcome.tables[.init(question: question.id, banner: banner, group: group, answer: answer)]?.count
    }
    func tallies(_ column: ColumnReference) -> [ExpectedTally]? {
      self.tallies(of: column, label: question.text, banner: expectedBanner, group: expectedGroup)
    }
    func check(_ count: Int?, _ wanted: Int, _ answer: String, _ what: String) {
      compared += 1
      let known = allowed[question.id]?[answer] ?? 0
      if count != wanted + known {
        faults.append("\(question.id), \(banner), \(what): \(count ?? -1), not \(wanted)")
      }
    }
    switch question.kind {
    case .single(let choice), .scale(let choice):
      guard case .column(let column) = choice.source, let wanted = tallies(column) else { return }
      var rest = wanted.filter { !["(base)", "(blank)"].contains($0.answer) }
      for (index, answer) in choice.answers.enumerated() {
        let texts = talliesLabels ? [answer.label] : answer.texts + [answer.label]
        let own = rest.filter { texts.contains($0.answer.trimmed) }
        rest.removeAll { texts.contains($0.answer.trimmed) }
        check(published(answer.label) ?? 0, own.reduce(0) { $0 + $1.count }, answer.label, "answer \(index)")
      }
      let others = rest.reduce(0) { $0 + $1.count }
      check(choice.other.map { published($0) ?? 0 } ?? 0, others, "other", "other answers")
      if let base = wanted.first(where: { $0.answer == "(base)" }) {
        check(published("(base)"), base.count, "(base)", "base")
      }
    case .multiple(let multiple):
      switch multiple.source {
      case .columns(let options):
        for (index, option) in options.enumerated() {
          guard let wanted = tallies(option.column) else { continue }
          // Of a mark every text counts; of yes and no only the first.
          let chosen = wanted.filter { !["(base)", "(blank)", "No"].contains($0.answer) }
          check(
            published(option.label) ?? 0, chosen.reduce(0) { $0 + $1.count }, option.label, "option \(index)")
        }
      case .joined(let column, separator: _):
        guard let wanted = tallies(column) else { return }
        for (index, option) in multiple.options.enumerated() where option.label != multiple.other {
          let own = wanted.filter { (option.texts + [option.label]).contains($0.answer) }
          check(
            published(option.label) ?? 0, own.reduce(0) { $0 + $1.count }, option.label, "option \(index)")
        }
        if let base = wanted.first(where: { $0.answer == "(base)" }) {
          check(published("(base)"), base.count, "(base)", "base")
        }
      }
    case .number, .ranking, .theme: return
    }
  }
}

extension String {
  /// Without blanks at both ends, no-break spaces included, as cells are compared.
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
