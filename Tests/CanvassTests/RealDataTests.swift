import Foundation
import SurveyDefinition
import Testing

/// Whole runs over surveys that others made, against tallies that others made of them.
///
/// A failure names ids, banners and counts, never a text of the responses.
@Suite(.enabled(if: RealSurvey.isAtHand, "REFERENCE_DATA names no folder with `data`"))
struct RealDataTests {

  @Test(arguments: RealSurvey.all)
  func `at thresholds of 1 every figure equals the tallies of other programs`(_ survey: RealSurvey) throws {
    let tables = try survey.tables(minimumCell: 1, minimumBase: 1)
    var comparison = try TallyComparison(survey, with: tables)
    for tally in try survey.expected() { comparison.compare(tally) }
    comparison.compareOthers()
    comparison.compareAbsent()
    print(
      """
      \(survey.testDescription): \(comparison.compared) of \(comparison.expected) expected figures compared, \
      \(comparison.explained) of them with a known difference; \(comparison.underOther) of undeclared answers \
      through `other`; \(comparison.zeros) more are 0
      """)
    #expect(comparison.faults.isEmpty)
    #expect(comparison.compared + comparison.underOther == comparison.expected)
    if survey.folder == "dlr2018_staff" { #expect(comparison.compared == 904) }
    let wrongPercentages = tables.rows.count { !$0.hasPercentOfItsBase }
    #expect(wrongPercentages == 0)
  }

  @Test(arguments: RealSurvey.all)
  func `at 5 and 10 no sensitive count and no complement of one is published`(_ survey: RealSurvey) throws {
    let tables = try survey.tables(minimumCell: 5, minimumBase: 10)
    let small = 1..<5
    var faults: [String] = []
    for row in tables.rows {
      let isBase = row.key.answer == "(base)"
      func fault(_ what: String) { faults.append("\(row.key.question), \(row.key.banner): \(what)") }
      if let base = row.base, small.contains(base) { fault("base") }
      guard !isBase, let count = row.count, let base = row.base else { continue }
      if small.contains(count) { fault("count") }
      if small.contains(base - count) { fault("complement") }
      if base > 0 && base < 10 { fault("answer of a small group") }
    }
    #expect(faults.isEmpty)
    let shown = tables.rows.count { $0.marker != "c" }
    print("\(survey.testDescription): \(shown) of \(tables.rows.count) cells published at 5 and 10")
  }

  @Test(arguments: RealSurvey.all)
  func `at 5 and 10 no column with its base lacks exactly one answer`(_ survey: RealSurvey) throws {
    let tables = try survey.tables(minimumCell: 5, minimumBase: 10)
    let kinds = Dictionary(
      uniqueKeysWithValues: try survey.definition().questions.map { ($0.id, $0.kindName) })
    let answers = tables.rows.filter { row in
      ["single", "scale"].contains(kinds[row.key.question]) && !row.key.answer.hasPrefix("(")
        && row.base ?? 0 > 0
    }
    let columns = Dictionary(grouping: answers) { [$0.key.question, $0.key.banner, $0.key.group] }
    #expect(!columns.isEmpty)
    let faults = columns.filter { _, rows in rows.count { $0.marker == "c" } == 1 }.map { "\($0.key[..<2])" }
    #expect(faults.isEmpty)
  }

  @Test(arguments: RealSurvey.all)
  func `at 5 and 10 every question shows an answer of everyone together`(_ survey: RealSurvey) throws {
    // A release that withholds everything would be safe and of no use.
    let tables = try survey.tables(minimumCell: 5, minimumBase: 10)
    let questions = Set(tables.rows.map(\.key.question)).subtracting(["respondents"])
    let shown = tables.rows.filter {
      $0.key.banner == "total" && $0.key.answer != "(base)" && $0.count != nil
    }
    #expect(questions.subtracting(shown.map(\.key.question)).sorted() == [])
  }
}

/// Compares expected tallies with published tables, from the file's words to ids and labels.
private struct TallyComparison {
  private let survey: RealSurvey
  private let definition: Survey
  private let tables: PublishedTables
  /// By heading of the column that an item is read from.
  private let items: [String: DefinedItem]
  private var seen: Set<PublishedTables.Key> = []
  /// By question and cell: expected counts of answers that the definition does not name.
  private var undeclared: [PublishedTables.Key: [Int]] = [:]

  private(set) var expected = 0
  private(set) var compared = 0
  private(set) var explained = 0
  private(set) var underOther = 0
  private(set) var zeros = 0
  private(set) var faults: [String] = []

  init(_ survey: RealSurvey, with tables: PublishedTables) throws {
    self.survey = survey
    self.tables = tables
    definition = try survey.definition()
    items = DefinedItem.items(of: definition)
  }

  mutating func compare(_ tally: ExpectedTally) {
    expected += 1
    guard let item = items[tally.question], let (banner, group) = column(tally) else {
      faults.append("a question or group of the expected tallies is not in the definition")
      return
    }
    var key = PublishedTables.Key(question: item.id, banner: banner, group: group, answer: "(base)")
    switch tally.answer {
    case "(base)":
      check(key, expected: tally.count)
    case "(blank)":
      checkBlank(key, expected: tally.count)
    default:
      guard let label = item.labels[tally.answer] else {
        key.answer = item.other ?? ""
        undeclared[key, default: []].append(tally.count)
        underOther += 1
        return
      }
      key.answer = label
      let difference = banner == "total" ? survey.differences[item.id]?[label] : nil
      if difference != nil { explained += 1 }
      check(key, expected: tally.count + (difference ?? 0))
    }
  }

  /// Whatever was not declared counts under `other`: in a single question all of it together, in a multiple question
  /// once per respondent.
  mutating func compareOthers() {
    for (key, counts) in undeclared {
      seen.insert(key)
      let sum = counts.reduce(0, +)
      let isMultiple = definition.questions.contains { $0.id == key.question && $0.kindName == "multiple" }
      let allowed = isMultiple ? (counts.max() ?? 0)...sum : sum...sum
      guard let count = tables[key]?.count, allowed.contains(count) else {
        fault(key, "other")
        continue
      }
    }
  }

  /// An answer that the expected tallies do not name in a table that they have was given by nobody.
  mutating func compareAbsent() {
    let columns = Set(seen.map { [$0.question, $0.banner] })
    for row in tables.rows
    where columns.contains([row.key.question, row.key.banner]) && !seen.contains(row.key)
      && !row.key.answer.hasPrefix("(net)")
    {
      zeros += 1
      if row.count != 0 { fault(row.key, "\(row.count ?? -1), expected 0") }
    }
  }

  private mutating func check(_ key: PublishedTables.Key, expected: Int) {
    compared += 1
    seen.insert(key)
    let count = tables[key]?.count
    if count != expected {
      fault(key, "\(count.map(String.init) ?? "none"), expected \(expected)")
    }
  }

  /// Who gave no answer: the group's respondents without the base.
  private mutating func checkBlank(_ key: PublishedTables.Key, expected: Int) {
    compared += 1
    var everyone = key
    everyone.question = "respondents"
    let respondents = tables[everyone]?.count ?? 0
    let base = tables[key]?.count ?? 0
    let empty = key.banner == "total" ? survey.emptyRecords : 0
    if respondents - base + empty != expected {
      fault(key, "\(respondents - base) blank, expected \(expected)")
    }
  }

  private mutating func fault(_ key: PublishedTables.Key, _ what: String) {
    faults.append("\(key.question), \(key.banner): \(what)")
  }

  private func column(_ tally: ExpectedTally) -> (banner: String, group: String)? {
    if tally.banner == "total" { return ("total", "Total") }
    guard let item = items[tally.banner] else { return nil }
    if tally.group == "(blank)" { return (item.id, "Not stated") }
    return item.labels[tally.group].map { (item.id, $0) }
  }
}

/// A question or variable as the file of responses knows it.
private struct DefinedItem {
  var id: String
  /// By text of a cell.
  var labels: [String: String]
  var other: String?

  static func items(of definition: Survey) -> [String: DefinedItem] {
    var items: [String: DefinedItem] = [:]
    func add(_ id: String, _ column: ColumnReference, _ options: [AnswerOption], _ other: String?) {
      guard case .heading(let heading) = column else { return }
      let texts = options.flatMap { option in option.texts.map { ($0, option.label) } }
      items[heading] = DefinedItem(
        id: id, labels: Dictionary(texts, uniquingKeysWith: { first, _ in first }), other: other)
    }
    for variable in definition.variables {
      guard case .column(let column) = variable.source else { continue }
      add(variable.id, column, variable.groups, variable.other)
    }
    for question in definition.questions {
      switch question.kind {
      case .single(let choice), .scale(let choice):
        if case .column(let column) = choice.source { add(question.id, column, choice.answers, choice.other) }
      case .multiple(let choice):
        if case .joined(let column, _) = choice.source {
          add(question.id, column, choice.options, choice.other)
        }
      case .number, .ranking, .theme:
        break
      }
    }
    return items
  }
}
