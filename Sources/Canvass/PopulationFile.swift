import Ingest
import SurveyDefinition

extension Survey {
  /// Reads the file of the population that the definition names, from the survey's folder: a CSV with the columns `variable`,
  /// `category` and `population`, one row per group. A group that stands in the definition too is a fault.
  /// - Returns: What is wrong with it.
  mutating func readPopulation(in folder: String) throws(FileFailure) -> [Finding] {
    guard let file = population?.file else { return [] }
    let path = FileSystem.path(folder, file.name)
    func fault(_ code: String, _ message: String, _ remedy: String) -> [Finding] {
      [Finding(.fault, code: code, at: file.place, message, remedy: remedy)]
    }
    guard try FileSystem.found(at: path) == .file else {
      return fault(
        "missing-population", "there is no file `\(file.name)` beside survey.yaml", "put the file there")
    }
    let bytes = try FileSystem.read(path, upTo: Self.largestPopulationFile + 1)
    guard bytes.count <= Self.largestPopulationFile, let records = csvRecords(bytes) else {
      return fault(
        "bad-population", "`\(file.name)` cannot be read as CSV in UTF-8",
        "its columns are \(PopulationRows.columns.joined(separator: ", "))")
    }
    var rows = PopulationRows(survey: self, file: path)
    rows.read(records)
    population = rows.population
    return rows.findings
  }

  private static let largestPopulationFile = 1 << 22
}

/// The rows of a file of the population, group by group.
private struct PopulationRows {
  static let columns = ["variable", "category", "population"]

  let survey: Survey
  let file: String
  var population: Population
  var findings: [Finding] = []

  init(survey: Survey, file: String) {
    self.survey = survey
    self.file = file
    population = survey.population ?? Population()
  }

  mutating func read(_ records: [[String]]) {
    guard records.first == Self.columns else {
      report(1, 1, "bad-population", "the columns are not variable, category and population", "name them so")
      return
    }
    if records.count == 1 {
      report(1, 1, "bad-population", "the file has no group", "give each group a row")
    }
    for (index, record) in records.enumerated().dropFirst() { read(record, line: index + 1) }
    for groups in population.groups where findings.isEmpty {
      if let words = groups.contradiction(to: population) {
        report(
          1, 1, "population-sum", "`\(id(groups.item))`: \(words)",
          "count the same people in each, at the same date")
      }
    }
  }

  private mutating func read(_ record: [String], line: Int) {
    guard record.count == Self.columns.count else {
      report(line, 1, "bad-population", "a row has \(Self.columns.count) cells", "give it as many")
      return
    }
    guard let item = survey.item(record[0]) else {
      report(
        line, 1, "bad-population", "the definition has no such variable or question", "name one by its id")
      return
    }
    guard survey.isBanner(item) else {
      report(
        line, 1, "bad-population", "`\(id(item))` is a question of which nobody can be a group",
        "name a variable, a single or scale question, or a number with bands")
      return
    }
    let labels = survey.groupLabels(of: item)
    guard let group = labels.firstIndex(of: record[1]) else {
      report(
        line, 2, "bad-population", "`\(id(item))` has no such group",
        "its groups are \(labels.map { "`\($0)`" }.joined(separator: ", "))")
      return
    }
    guard let count = Int(record[2]), (1...1_000_000_000).contains(count) else {
      report(
        line, 3, "bad-population", "a population is a whole number from 1", "write it without separators")
      return
    }
    if !population.groups.contains(where: { $0.item == item }) {
      population.groups.append(.init(item: item, counts: labels.map { _ in nil }))
    }
    guard let position = population.groups.firstIndex(where: { $0.item == item }) else { return }
    guard population.groups[position].counts[group] == nil else {
      report(line, 2, "bad-population", "the population of the group is given twice", "keep one")
      return
    }
    population.groups[position].counts[group] = count
  }

  private func id(_ item: Item) -> String {
    switch item {
    case .variable(let index): survey.variables[index].id
    case .question(let index): survey.questions[index].id
    }
  }

  private mutating func report(
    _ line: Int, _ column: Int, _ code: String, _ message: String, _ remedy: String
  ) {
    findings.append(
      Finding(
        .fault, code: code, at: Place(file: file, line: line, column: column), message, remedy: remedy))
  }
}

extension Survey {
  /// Whether each respondent is in one group of it at most.
  fileprivate func isBanner(_ item: Item) -> Bool {
    guard case .question(let index) = item else { return true }
    switch questions[index].kind {
    case .single, .scale: return true
    case .number(let number): return !number.bands.isEmpty
    case .multiple, .ranking, .theme: return false
    }
  }

  /// The groups of a variable, or the answers of a question.
  fileprivate func groupLabels(of item: Item) -> [String] {
    switch item {
    case .variable(let index): variables[index].groupLabels
    case .question(let index): questions[index].answerLabels
    }
  }
}
