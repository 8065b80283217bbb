import Comparison
@_spi(Protection) import ReleaseModel
import Testing

@testable import Rendering
@testable import Workbooks

/// The sheets of what figures tell, held to the CSV files that tell the same.
@Suite struct FurtherSheetTests {
  typealias Row = [String: ReadWorkbook.Cell]

  /// The table of a sheet as both formats have it.
  private func table(_ sheet: String, _ format: WorkbookTests.Format, of release: Release) throws -> [Row] {
    let workbook = TablesWorkbook(try #require(release.packs.first), in: release).workbook
    let read = try format.read(workbook)
    return try readTable(try #require(read.sheets.first { $0.name == sheet }))
  }

  /// The rows of a CSV file of the pack, by the names of its columns.
  private func records(_ file: String, of release: Release) throws -> [[String: String]] {
    let pack = try #require(release.packs.first)
    let bytes =
      file == "pairs.csv"
      ? PairsCSV().bytes(of: pack, in: release)
      : try #require(TablesCSV().companions(of: pack, in: release).first { $0.name == file }).bytes
    return try named(bytes)
  }

  private func named(_ bytes: [UInt8]) throws -> [[String: String]] {
    let records = csvRecords(String(decoding: bytes, as: UTF8.self))
    let heads = try #require(records.first)
    return records.dropFirst().map { record in
      Dictionary(uniqueKeysWithValues: zip(heads, record.map(withoutGuard)))
    }
  }

  /// Where a row stands, told by its labels.
  private func place(_ row: Row) -> [String] {
    ["Compared by", "Answer", "Group"].map { row[$0]?.text ?? "" }
  }

  private func place(_ record: [String: String]) -> [String] {
    [record["banner"] == "total" ? "Everyone" : "Role", record["answer"] ?? "", record["group"] ?? ""]
  }

  /// Holds each record to the row in its place: the columns, by the names that the file has for them, are the same numbers.
  private func expectSame(_ rows: [Row], _ records: [[String: String]], _ columns: [String: String]) throws {
    #expect(!records.isEmpty && rows.count == records.count)
    let byPlace = Dictionary(grouping: rows, by: place)
    for record in records {
      let found = try #require(byPlace[place(record)], "\(place(record))")
      #expect(found.count == 1)
      for (column, name) in columns {
        let cell = try #require(found[0][column], "\(column)")
        #expect(cell.isNumber && cell.text == record[name], "\(place(record)): \(column)")
      }
    }
  }

  private static let words = ["higher": "higher", "lower": "lower", "unclear": "may be chance"]

  @Test(arguments: WorkbookTests.Format.allCases)
  func `differences are those from the rest of differences.csv`(_ format: WorkbookTests.Format) throws {
    let rows = try table("Differences", format, of: MadeRelease.compared)
    let records = try records("differences.csv", of: MadeRelease.compared).filter {
      $0["against"] == "(rest)"
    }
    try expectSame(
      rows, records,
      [
        "Base": "base", "Per cent": "percent", "Base of the rest": "base_against",
        "Per cent of the rest": "percent_against", "Difference in points": "difference",
        "Lower bound": "difference_lower", "Upper bound": "difference_upper",
      ])
    for (row, record) in zip(rows, records) {
      #expect(row["Question"]?.text == "tools: Tools?")
      #expect(row["In words"]?.text == Self.words[record["verdict"] ?? ""])
      #expect(row["Reliability"]?.text == (record["marker"] == "u" ? "[u]" : "usual"))
    }
    #expect(Set(rows.map { $0["In words"]?.text }) == ["higher", "lower", "may be chance"])
    #expect(rows.contains { $0["Reliability"]?.text == "[u]" })
    #expect(rows.contains { $0["Difference in points"]?.text.hasPrefix("-") == true })
  }

  @Test(arguments: WorkbookTests.Format.allCases)
  func `changes are those of changes.csv, groups of an answer below one another`(
    _ format: WorkbookTests.Format
  ) throws {
    let rows = try table("Changes", format, of: MadeRelease.compared)
    let records = try records("changes.csv", of: MadeRelease.compared).filter { $0["since"] == "2024" }
    try expectSame(
      rows, records,
      [
        "Base now": "base", "Per cent now": "percent", "Base then": "base_before",
        "Per cent then": "percent_before", "Change in points": "difference",
        "Lower bound": "difference_lower", "Upper bound": "difference_upper",
      ])
    let byPlace = Dictionary(uniqueKeysWithValues: records.map { (place($0), $0) })
    for row in rows {
      let record = try #require(byPlace[place(row)])
      #expect(record["since"] == "2024" && record["altered"] == "wording")
      #expect(row["In words"]?.text == Self.words[record["verdict"] ?? ""])
      #expect(row["Not the same as then"]?.text == "the wording")
    }
    let answers = rows.filter { $0["Compared by"]?.text == "Role" }.map { $0["Answer"]?.text ?? "" }
    #expect(answers == answers.sorted(by: >) && Set(answers).count == 2)
  }

  @Test func `what is not the same is said in words, also where there is nothing`() {
    #expect(WorkbookWords.altered([]) == "nothing")
    #expect(
      WorkbookWords.altered([.answers, .pack]) == "the answers that could be given, whom the pack is about")
  }

  @Test(arguments: WorkbookTests.Format.allCases)
  func `response rates are those of participation.csv`(_ format: WorkbookTests.Format) throws {
    let rows = try table("Response_rates", format, of: MadeRelease.compared)
    let records = try records("participation.csv", of: MadeRelease.compared)
    let columns = [
      "Respondents": "base", "People": "population", "Response rate": "response_rate",
      "Share of respondents": "share_of_responses", "Share of people": "share_of_population",
    ]
    #expect(rows.count == 3 && rows.count == records.count)
    for (row, record) in zip(rows, records) {
      #expect(row["Group"]?.text == record["group"])
      for (column, name) in columns {
        #expect(row[column]?.isNumber == true && row[column]?.text == record[name])
      }
    }
  }

  @Test(arguments: WorkbookTests.Format.allCases)
  func `weighted shares are those of weighted.csv`(_ format: WorkbookTests.Format) throws {
    let rows = try table("Weighted", format, of: MadeRelease.compared)
    let records = try records("weighted.csv", of: MadeRelease.compared)
    let columns = [
      "Base": "base", "Per cent": "percent", "Weighted": "weighted_percent", "Lower bound": "weighted_lower",
      "Upper bound": "weighted_upper", "Effective base": "effective_base", "Design effect": "design_effect",
    ]
    #expect(rows.count == 2 && rows.count == records.count)
    for (row, record) in zip(rows, records) {
      #expect(row["Weighted by"]?.text == "Role" && record["weighted_by"] == "role")
      for (column, name) in columns {
        #expect(row[column]?.isNumber == true && row[column]?.text == record[name])
      }
    }
  }

  @Test(arguments: WorkbookTests.Format.allCases)
  func `a share of people that are not known, or of respondents that are withheld, is shorthand`(
    _ format: WorkbookTests.Format
  ) throws {
    func shares(_ total: ReleasedRow?) throws -> [String?] {
      let group = GroupPopulation(row: MadeRelease.row(.base, "Staff", base: 16, .base(16)), people: 20)
      let pack = ReleasedPack(
        id: "all", title: "Everyone", tables: MadeRelease.pack.tables,
        populations: (total.map { [GroupPopulation(row: $0, people: 90)] } ?? []) + [group])
      let release = Release(
        survey: "tiny", wave: "2026", responses: 16, definition: MadeRelease.definition, packs: [pack])
      let row = try #require(try table("Response_rates", format, of: release).last)
      return ["Share of respondents", "Share of people"].map { row[$0]?.text }
    }
    #expect(try shares(nil) == ["[x]", "[x]"])
    #expect(try shares(MadeRelease.row(.base, "Total", base: nil, .withheld)) == ["[c]", "22.2"])
    #expect(try shares(MadeRelease.row(.base, "Total", base: 64, .base(64))) == ["25.0", "22.2"])
  }

  @Test(arguments: WorkbookTests.Format.allCases)
  func `a group has the letters of the groups than which pairs.csv says that it is higher`(
    _ format: WorkbookTests.Format
  ) throws {
    let rows = try table("Column_letters", format, of: MadeRelease.compared)
    var letters: [String: String] = [:]
    for row in rows {
      let group = try #require(row["Group"]?.text)
      let letter = try #require(row["Letter"]?.text)
      #expect(letters[group] == nil || letters[group] == letter)
      letters[group] = letter
    }
    #expect(Set(letters.values).count == letters.count && Set(letters.keys) == Set(MadeRelease.manyGroups))
    #expect(letters["Group 1"] == "A" && letters["Group 26"] == "Z" && letters["Group 27"] == "AA")

    var higher: [[String]: Set<String>] = [:]
    for record in try records("pairs.csv", of: MadeRelease.compared) where record["verdict"] != "unclear" {
      let isHigher = record["verdict"] == "higher"
      let against = try #require(record["against"])
      var winner = record
      if !isHigher { winner["group"] = against }
      let loser = isHigher ? against : record["group"] ?? ""
      higher[place(winner), default: []].insert(try #require(letters[loser]))
    }
    #expect(!higher.isEmpty)
    for row in rows {
      let text = try #require(row["Higher than"]?.text)
      if row["Per cent"]?.isNumber == true {
        let found = text == "none" ? [] : text.split(separator: ", ").map(String.init)
        #expect(Set(found) == higher[place(row)] ?? [] && Set(found).count == found.count, "\(place(row))")
      } else {
        #expect(text == row["Per cent"]?.text && higher[place(row)] == nil, "\(place(row))")
      }
    }
    #expect(rows.contains { $0["Higher than"]?.text == "none" })
  }

  @Test(arguments: WorkbookTests.Format.allCases)
  func `every answer in every group has its row, and a withheld one has no letters and nobody its letter`(
    _ format: WorkbookTests.Format
  ) throws {
    let rows = try table("Column_letters", format, of: MadeRelease.compared)
    let pack = try #require(MadeRelease.compared.packs.first)
    let records = try named(TablesCSV().bytes(of: pack, in: MadeRelease.compared)).filter {
      $0["banner"] == "role" && $0["group"] != "Not stated"
    }
    #expect(Set(rows.map(place)) == Set(records.map(place)) && rows.count == records.count)
    let byPlace = Dictionary(uniqueKeysWithValues: rows.map { (place($0), $0) })
    for record in records {
      let row = try #require(byPlace[place(record)])
      let shorthand = record["marker"] == "c" ? "[c]" : "[z]"
      #expect(row["Base"]?.text == (record["base"] == "" ? "[c]" : record["base"]))
      #expect(row["Per cent"]?.text == (record["percent"] == "" ? shorthand : record["percent"]))
    }
    let withheld = rows.filter { $0["Group"]?.text == MadeRelease.withheldGroup }
    #expect(withheld.count == 2 && withheld.allSatisfy { $0["Higher than"]?.text == "[c]" })
    let letter = try #require(withheld.first?["Letter"]?.text)
    for row in rows {
      #expect(row["Higher than"]?.text.split(separator: ", ").map(String.init).contains(letter) == false)
    }
  }

  @Test(arguments: WorkbookTests.Format.allCases)
  func `scores are those of scores.csv, groups of a score below one another`(_ format: WorkbookTests.Format)
    throws
  {
    let rows = try table("Scores", format, of: MadeRelease.compared)
    try expectSame(
      rows, records("scores.csv", of: MadeRelease.compared),
      ["Base": "base", "Score": "value", "Lower bound": "lower", "Upper bound": "upper"])
    #expect(rows.map { $0["Answer"]?.text } == ["(mean score)", "(net score)"])
    #expect(rows.allSatisfy { $0["Question"]?.text == "tools: Tools?" })
  }

  @Test(arguments: WorkbookTests.Format.allCases)
  func `a mean without a spread has no interval in words`(_ format: WorkbookTests.Format) throws {
    let rows = [
      MadeRelease.row(.base, "Total", base: 20, .base(20)),
      MadeRelease.row(
        .answer(MadeRelease.awkwardLabel), "Total", base: 20,
        .share(count: 20, percent: 1_000, lower: 838, upper: 1_000, isUnreliable: true)),
    ]
    let found = try table("Scores", format, of: MadeRelease.made(rows, question: "tools"))
    #expect(found.map { $0["Lower bound"]?.text } == ["[z]", "67.8"])
    #expect(found.map { $0["Score"]?.text } == ["1.00", "100.0"])
    #expect(found.allSatisfy { $0["Reliability"]?.text == "[u]" })
  }

  @Test func `a pack that tells nothing of groups or waves has no such sheets`() {
    for release in [MadeRelease.release, MadeRelease.all[2].release, MadeRelease.all[3].release] {
      let names = TablesWorkbook(release.packs[0], in: release).workbook.sheets.map(\.name)
      #expect(furtherSheets.allSatisfy { !names.contains($0) })
    }
    let compared = TablesWorkbook(MadeRelease.compared.packs[0], in: MadeRelease.compared).workbook
    #expect(compared.sheets.map(\.name).suffix(furtherSheets.count) == furtherSheets[...])
  }

  @Test func `a question of the same name has a sheet of another`() {
    let release = MadeRelease.made(MadeRelease.rows, question: "changes")
    let names = TablesWorkbook(release.packs[0], in: release).workbook.sheets.map(\.name)
    #expect(names.last == "changes_2")
  }

  @Test(arguments: [
    ("holm", "Holm's method"), ("benjamini-hochberg", "Benjamini and Hochberg"), ("none", "not adjusted"),
  ])
  func `the notes say how probabilities are adjusted`(_ comparisons: String, _ text: String) {
    var definition = MadeRelease.definition
    definition.comparisons = comparisons
    let words = WorkbookWords(definition)
    for note in [WorkbookNote.differences, .changes, .letters] { #expect(words.text(note).contains(text)) }
  }
}
