import Foundation
import SurveyDefinition
import Tabulation
import Testing

/// Codings that others made of what real people wrote, against the counts that are on record of them.
///
/// A failure names themes and counts, never a text of the responses.
@Suite(.enabled(if: RealSurvey.isAtHand, "REFERENCE_DATA names no folder with `data`"))
struct RealCodingsTests {
  private static let export = "20160115235816-SurveyExport.csv.gz"
  private static let frequency = "How often do you use Jupyter Notebook?"
  private static let frequencies = ["Daily", "Weekly", "Monthly", "Less often than monthly"]

  /// One file of codings of the survey of Jupyter's users, as its authors published it.
  struct Source: Sendable, CustomTestStringConvertible {
    let question: String
    var coded: Int
    var withoutTheme: Int
    var codings: Int?
    /// Themes of which README says how many respondents raised them …
    var themes: [String: Int]
    /// … and of one of them, by how often they use the program.
    var byFrequency: (theme: String, counts: [Int])

    var testDescription: String { question }
    var file: String { "\(question)_themes.csv" }
  }

  /// The figures of data/README.md, section 4.
  static let sources = [
    Source(
      question: "hinderances", coded: 763, withoutTheme: 94, codings: 1_254,
      themes: ["development": 425, "setup": 148, "disseminate": 146, "reuse": 136, "version": 116],
      byFrequency: ("development", [209, 147, 54, 15])),
    Source(
      question: "pleasant_aspects", coded: 580, withoutTheme: 21, codings: 1_252,
      themes: [
        "ux": 288, "integrated_content": 231, "interactivity": 215, "visualization": 149,
        "dissemination": 103,
        "ecosystem": 76,
      ],
      byFrequency: ("ux", [157, 101, 25, 5])),
  ]

  private func folder() throws -> URL {
    try #require(RealSurvey.reference).appending(path: "jupyter2015_opentext")
  }

  /// By data row from 0: the themes of the source's file, which has no quotation marks.
  private func rows(of source: Source) throws -> [(row: Int, themes: [String])] {
    let text = try String(contentsOf: folder().appending(path: source.file), encoding: .utf8)
    return text.split(separator: "\n").dropFirst().map { line in
      let cells = line.split(separator: ";", omittingEmptySubsequences: false)
      return (Int(cells[0]) ?? -1, cells[1].split(separator: ",").map(String.init))
    }
  }

  private func tally(_ source: Source) throws -> Tally {
    let rows = try rows(of: source)
    let themes = Set(rows.flatMap(\.themes)).sorted()
    let survey = try CodedSurvey()
    try FileManager.default.copyItem(
      at: folder().appending(path: Self.export), to: survey.folder.appending(path: Self.export))
    // Rows count from 0 there, respondents without an id from 1 here.
    try survey.write(
      "respondent;themes\n" + rows.map { "\($0.row + 1);\($0.themes.joined(separator: ","))\n" }.joined(),
      to: "codings.csv")
    let wave = try CodedSurvey.wave(
      """
      survey: jupyter
      title: Jupyter
      input: { file: \(Self.export) }
      variables:
        frequency: { column: "\(Self.frequency)", groups: [\(Self.frequencies.joined(separator: ", "))] }
      questions:
        \(source.question): { kind: theme }
      themes: { \(themes.map { "\($0): { label: \($0) }" }.joined(separator: ", ")) }
      codings:
        open_text: { file: codings.csv, question: \(source.question), separator: ";", theme_separator: ",", columns: { theme: themes } }
      banners: [frequency]
      packs: { all: { who: everyone } }
      """)
    let (tally, findings) = try survey.tally(wave.survey)
    #expect(findings.map(\.code) == [])
    return tally
  }

  @Test(arguments: sources)
  func `counts of themes are those on record`(_ source: Source) throws {
    let tally = try tally(source)
    let all = try ThemeCounts(source.question, in: tally)
    #expect(all.coded == source.coded)
    for (theme, count) in source.themes { #expect(all.raised[theme] == count, "\(theme)") }
    #expect(all.raised.values.reduce(0, +) == source.codings)
    for (group, count) in zip(Self.frequencies, source.byFrequency.counts) {
      let counts = try ThemeCounts(source.question, in: tally, group: group)
      #expect(counts.raised[source.byFrequency.theme] == count, "\(group)")
    }
    let withoutTheme = try rows(of: source).count { $0.themes.isEmpty }
    #expect(withoutTheme == source.withoutTheme)
  }

  @Test(arguments: sources)
  func `every theme in every group is what a plain count of the two files gives`(_ source: Source) throws {
    let tally = try tally(source)
    let rows = try rows(of: source)
    let column = try frequencyOfRows()
    var compared = 0
    for group in Self.frequencies {
      let own = rows.filter { column[$0.row] == group }
      let counts = try ThemeCounts(source.question, in: tally, group: group)
      #expect(counts.coded == own.count, "\(group)")
      for (theme, count) in counts.raised {
        #expect(count == own.count { $0.themes.contains(theme) }, "\(theme), \(group)")
        compared += 1
      }
    }
    #expect(compared == Self.frequencies.count * Set(rows.flatMap(\.themes)).count)
  }

  @Test func `groups are as large as other programs count them`() throws {
    let expected = CSVRecords(try Data(contentsOf: folder().appending(path: "expected.csv")))
    let tally = try tally(Self.sources[0])
    var compared = 0
    for record in 0..<expected.count
    where expected.cell(record, "question") == Self.frequency && expected.cell(record, "banner") == "total" {
      let answer = expected.cell(record, "answer")
      guard let group = Self.frequencies.firstIndex(of: answer) else { continue }
      let count = tally.atoms.indices.reduce(0) {
        $0 + tally.count(atom: $1, table: 0, banner: 0, group: group, category: 0)
      }
      #expect(String(count) == expected.cell(record, "count"), "\(answer)")
      compared += 1
    }
    #expect(compared == Self.frequencies.count)
  }

  /// The cell of each data row that says how often its respondent uses the program, by Python's csv module.
  private func frequencyOfRows() throws -> [String] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", "-c",
      "import csv,gzip,sys\nfor r in csv.DictReader(gzip.open(sys.argv[1],'rt',encoding='utf-8',newline='')): print(r[sys.argv[2]].strip())",
      try folder().appending(path: Self.export).path(), Self.frequency,
    ]
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "python3 is needed to read the reference data once more")
    return String(decoding: data, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }
}
