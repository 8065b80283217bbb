import SurveyDefinition
import Testing

@testable import Ingest

/// What a file may not exceed: told where it is exceeded, however the bytes come.
struct LimitTests {
  let strict = survey([single("q", .heading("Q"), ["Yes"])])

  /// A record of so many cells, one byte each.
  func record(_ cells: Int) -> String { String(repeating: "1,", count: cells - 1) + "1" }

  @Test(arguments: [1, 100, 4_096, 1 << 18])
  func `a record of too many columns is told at its line, in chunks of any size`(chunkSize: Int) throws {
    for ending in ["", "\n", "\r\nYes,1\n", "\r\n\"", "\nYes,\"1\"2\n"] {
      let reading = try read(
        "Q,R\nYes,\"\n\"\n" + record(mostColumns + 1) + ending, strict, chunkSize: chunkSize)
      #expect(reading.codes == ["too-many-columns"], "\(ending.debugDescription)")
      #expect(reading.places == ["4:100001"])
      #expect(reading.responses == [[0]])
    }
  }

  @Test func `a header of too many columns is told, and one below is read`() throws {
    let header = "Q," + record(mostColumns - 1) + "\n"
    let reading = try read(header + "Yes," + record(mostColumns - 1) + "\n", strict)
    #expect(reading.codes == [])
    #expect(reading.responses == [[0]])
    let wider = try read("R," + header, strict)
    #expect(wider.codes == ["too-many-columns"])
    #expect(wider.places == ["1:100001"])
    #expect(
      wider.report.findings[0].message == "the record has more than 100,000 cells")
  }

  @Test func `hundreds of misspelt headings beside a hundred thousand columns are told at once`() throws {
    let header = (1..<mostColumns).map { "heading \($0)" }.joined(separator: ",")
    let questions = (0..<400).map { single("q\($0)", .heading("haeding \($0 + 1)"), ["Yes"]) }
    let reading = try read(header + "\n", survey(questions))
    #expect(reading.codes == Array(repeating: "no-such-column", count: 400))
    // Two searches use up the comparisons; what comes after has no suggestion.
    #expect(reading.report.findings.count { $0.remedy?.hasPrefix("did you mean") == true } == 2)
  }

  /// Counts records, and takes no more than three.
  struct ThreeRecords: TableReading {
    let file = "responses.csv"
    let content = "responses"
    let hasDeclaredText = true
    var recordLimit: Int { 3 }
    var lines: [Int] = []
    var codes: [String] = []
    var hasHeader: Bool { !lines.isEmpty }
    var hasStopped: Bool { !codes.isEmpty }

    mutating func stop(_ code: String, at place: Place, _ message: String, remedy: String?) {
      codes.append("\(place.line ?? 0) \(code)")
    }
    mutating func remark(_ code: String, at place: Place, _ message: String, remedy: String?) {}
    mutating func read(_ heads: Span<RecordHead>) {
      for index in heads.indices { lines.append(heads[index].line) }
    }
  }

  @Test(arguments: [1, 2, 3, 5, 8, 100])
  func `records beyond the limit are not handed on`(chunkSize: Int) throws {
    func reading(_ text: String) throws -> ThreeRecords {
      var reader = ThreeRecords()
      _ = try readTable(
        .memory(Array(text.utf8)), TextForm(separator: 44), chunkSize: chunkSize, progress: nil, into: &reader
      ) { $0.read($3) }
      return reader
    }
    for text in ["a\nb\nc", "a\nb\nc\n\n"] {
      #expect(try reading(text).lines == [1, 2, 3])
      #expect(try reading(text).codes == [])
    }
    for text in ["a\nb\n\nc\nd", "a\nb\n\nc\nd\ne\nf\n", "a\nb\n\nc\nd\n\"x\"y\n"] {
      #expect(try reading(text).lines == [1, 2, 4])
      #expect(try reading(text).codes == ["5 too-many-records"])
    }
  }

  @Test func `no more responses are read than 32 bits can count`() {
    #expect(RecordReader(strict, file: "responses.csv").recordLimit == 2_147_483_647)
  }

  private func codings(_ text: String, limit: Int) throws -> CodingRecords {
    let vocabulary = CodingTable.Vocabulary(
      themes: ThemeNames(codebook), questions: [("why", 1)], unit: "respondent")
    var layout = CodingFile.openText
    layout.themeSeparator = ";"
    var table = CodingTable(layout, file: "open-text.csv", vocabulary, adding: CodingRecords(limit: limit))
    _ = try readTable(
      .memory(Array(text.utf8)), TextForm(separator: 44), chunkSize: 64, progress: nil, into: &table
    ) { $0.read($1, $2, $3) }
    return table.finish()
  }

  @Test func `codings are held, so no more are read than can be`() throws {
    let text = "respondent,theme\n1,ict\n2,ict;estate\n3,ict\n" + String(repeating: "4,ict\n", count: 1_000)
    let full = try codings(text, limit: 4)
    #expect(full.findings.map(\.code) == ["too-many-codings"])
    #expect(full.findings.first?.place == Place(file: "open-text.csv", line: 5))
    #expect(full.records.count == 5)
    #expect(try codings(text, limit: 1_004).findings == [])
    #expect(CodingRecords().limit == 5_000_000)
  }

  @Test func `a column of coders that holds something else does not fill the memory`() throws {
    func text(_ coders: Int) -> String {
      "respondent,theme,coder\n" + (0..<coders).map { "\($0),ict,MARKER\($0)\n" }.joined()
    }
    #expect(try codings(text(5_000), limit: 1_000_000).findings == [])
    let full = try codings(text(20_000), limit: 1_000_000)
    #expect(full.findings.map(\.code) == ["too-many-codings"])
    #expect(full.coders.count < 20_000)
  }
}
