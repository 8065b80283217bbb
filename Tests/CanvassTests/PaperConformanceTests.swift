import Foundation
import Rendering
import Testing

@testable import Canvass

/// What briefing.pdf is made of, with a renderer that gives its source back; `make test-pdf` reads the PDF itself.
@Suite struct PaperConformanceTests {
  /// The functions that the source of a document may call.
  private static let functions: Set<String> = [
    "+", "strong", "paper.with", "warning", "front", "findings", "short-facts", "long-facts", "contents",
    "head", "plain", "before", "note", "after", "wording", "where", "list", "key", "chart", "drawing", "bar",
    "segment", "dot", "letters", "figures", "sizes", "comparison", "shade", "asked", "annex", "group-table",
    "across", "divided",
  ]

  /// A renderer of the right version that says what its PDF would be made of.
  private static let mirror = """
    #!/bin/sh
    if [ "$1" = --version ]; then echo "typst 0.15.2"; echo "fonts 00ff"; exit 0; fi
    echo "%PDF-"
    exec cat
    """

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Runs a survey with a renderer; its release is then in Output beside the survey.
  private func run(
    _ survey: TinySurvey, _ options: String = "", of place: String = "tiny", renderer: String = mirror
  ) throws -> BuiltCommand.Ended {
    let folder = URL(filePath: survey.folder)
    let file = folder.appending(path: "canvass-typst")
    try renderer.write(to: file, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path())
    return try BuiltCommand.shell(
      "CANVASS_TYPST=$PWD/canvass-typst canvass run '\(place)' \(options)", in: folder)
  }

  private func source(_ survey: TinySurvey, pack: String = "all") throws -> String {
    try String(contentsOfFile: "\(survey.release)/\(pack)/briefing.pdf", encoding: .utf8)
  }

  // MARK: Figures

  /// A row of results as both have it: question, group, answer, base, count, per cent and what else is shown of it.
  private func results(of statements: [TypstReader.Value]) -> [[String]] {
    var rows: [[String]] = []
    var question = ""
    func read(_ value: TypstReader.Value) {
      switch value {
      case .call("head", let arguments):
        if case .text(let id) = arguments[1], let start = id.range(of: "q-")?.upperBound {
          question = String(id[start...])
        } else if case .text(let id) = arguments[1], id.hasSuffix("focus-groups") {
          question = "focus-groups"
        } else {
          question = ""
        }
      case .call("annex", let statements), .call("+", let statements): statements.forEach(read)
      case .call("figures", let arguments) where !question.isEmpty:
        for case .array(let cells) in arguments.dropFirst(4) {
          rows.append([question, "Total"] + cells.map(\.shown))
        }
      case .call("group-table", let arguments):
        guard case .array(let answers) = arguments[5] else { return }
        for case .array(let cells) in arguments.dropFirst(8) where cells[0].shown != "Total" {
          rows.append([question, cells[0].shown, "(base)", cells[1].shown])
          var rest = cells.dropFirst(2).map(\.shown)[...]
          for case .array(let answer) in answers {
            guard case .number(let parts) = answer[0] else { continue }
            rows.append([question, cells[0].shown, answer[1].shown, cells[1].shown] + rest.prefix(parts))
            rest = rest.dropFirst(parts)
          }
        }
      default: break
      }
    }
    statements.forEach(read)
    return rows
  }

  private static let values: Set<String> = ["(mean)", "(median)"]

  /// The rows of tables.csv in the same form, as they may stand on paper.
  private func expected(_ tables: [UInt8]) -> Set<[String]> {
    let csv = CSVRecords(tables)
    var rows: Set<[String]> = []
    for row in 0..<csv.count {
      func field(_ name: String) -> String { csv.cell(row, name) }
      let isWithheld = field("marker") == "c"
      let isEmpty = field("marker") == "z"
      func shown(_ name: String) -> String {
        isWithheld ? "[c]" : isEmpty && name != "count" ? "[z]" : field(name)
      }
      let base = field("base").isEmpty ? "[c]" : field("base")
      let key = [field("question"), field("group"), field("answer"), base]
      let mark = field("marker") == "u" ? " [u]" : ""
      if field("answer") == "(base)" {
        rows.insert(key)
        for columns in [0, 3, 4] {
          rows.insert(key + [shown("count")] + Array(repeating: "", count: columns))
        }
        continue
      }
      if Self.values.contains(field("answer")) {
        let ends = isWithheld ? ["", ""] : [field("lower"), field("upper")]
        rows.insert(key + ["", ""] + ends + [shown("value") + mark])
        rows.insert(key + [shown("value") + mark])
        continue
      }
      if field("source") == "focus-group" { rows.insert(key + [shown("count")]) }
      let percent = shown("percent") + mark
      rows.insert(key + [shown("count"), percent, shown("lower"), shown("upper"), ""])
      rows.insert(key + [shown("count"), percent])
      rows.insert(key + [shown("count"), percent, shown("lower"), shown("upper")])
    }
    return rows
  }

  private func differences(_ source: String, _ tables: [UInt8]) throws -> [String] {
    let rows = results(of: try TypstReader.statements(of: source))
    let expected = expected(tables)
    var differences = rows.filter { !expected.contains($0) }.map { "\($0) is not in tables.csv" }
    let shown = Set(rows.map { Array($0.prefix(5)) })
    let csv = CSVRecords(tables)
    #expect(rows.count > 5, "the test reads no figures")
    for row in 0..<csv.count where csv.cell(row, "question") != "respondents" {
      func field(_ name: String) -> String { csv.cell(row, name) }
      // A group of which nothing is told, not even how many they are, may be told in one sentence.
      if field("base").isEmpty || field("answer") == "(base)" { continue }
      // So may one of which nobody is in the base.
      if field("marker") == "z", field("base") == "0", field("banner") != "total" {
        #expect(source.contains("Not in the table") && source.contains(field("group")))
        continue
      }
      let isValue = Self.values.contains(field("answer"))
      let isNone = isValue && field("marker") == "z"
      let figure =
        field("marker") == "c" ? "[c]" : isNone ? "[z]" : field(isValue ? "value" : "count")
      // Of everyone a value stands in the last column, not in the first.
      let isLast = isValue && field("banner") == "total"
      let unreliable = isValue && field("marker") == "u" ? " [u]" : ""
      let first = isLast ? "" : figure + unreliable
      let key = [field("question"), field("group"), field("answer"), field("base"), first]
      if !shown.contains(key) { differences.append("\(key) is not on paper") }
    }
    return differences
  }

  @Test func `every figure of the tables stands on paper, and no other`() throws {
    let survey = try TinySurvey()
    let ended = try run(survey)
    try #require(ended.status == 0, "\(ended.errors)")
    for pack in ["all", "staff"] {
      let tables = try Data(contentsOf: URL(filePath: "\(survey.release)/\(pack)/tables.csv"))
      let all = try differences(source(survey, pack: pack), Array(tables))
      #expect(all.prefix(5) == [])
    }
  }

  @Test func `the bundled survey stands on paper as in its tables`() throws {
    let survey = try TinySurvey()
    let staff = Self.repository.appending(path: "Surveys/staff").path()
    let ended = try run(survey, "--format csv --format pdf", of: staff)
    try #require(ended.status == 0, "\(ended.errors)")
    let release = survey.output + "/staff/2012-12"
    for pack in ["force", "unison", "unite", "federation", "superintendents"] {
      let tables = try Data(contentsOf: URL(filePath: "\(release)/\(pack)/tables.csv"))
      let source = try String(contentsOfFile: "\(release)/\(pack)/briefing.pdf", encoding: .utf8)
      let all = try differences(source, Array(tables)).prefix(5)
      #expect(all == [], "\(pack): \(all)")
    }
  }

  /// Two waves whose tables are the same, although the answers that they withhold are not.
  @Test func `what is withheld leaves no trace on paper`() throws {
    let sources = try [(good: 30, officers: 3), (good: 28, officers: 5)].map { staff in
      let survey = try TinySurvey()
      var text = "ID,Role,Q1,Q2a,Q2b,Comments\n"
      for (role, people, good) in [("Staff", 48, staff.good), ("Officer", 8, staff.officers)] {
        for person in 0..<people {
          text += "\(role)\(person),\(role),\(person < good ? "Good,," : "Poor,1,0"),\n"
        }
      }
      try survey.write(text, to: "2026/responses.csv")
      try #require(try run(survey).status == 0)
      let tables = try String(contentsOfFile: survey.release + "/all/tables.csv", encoding: .utf8)
      return (tables, try source(survey))
    }
    #expect(sources[0].0.contains(",c,"))
    try #require(sources[0].0 == sources[1].0, "the tables tell the two apart")
    #expect(sources[0].1 == sources[1].1)
  }

  @Test func `hostile labels are texts of the source and nothing else`() throws {
    let survey = try TinySurvey(definition: BriefingConformanceTests.hostileDefinition)
    let ended = try run(survey)
    try #require(ended.status == 0, "\(ended.errors)")
    let statements = try TypstReader.statements(of: source(survey))
    func called(_ value: TypstReader.Value) -> Set<String> {
      switch value {
      case .text, .number, .word: []
      case .array(let values): values.reduce(into: []) { $0.formUnion(called($1)) }
      case .call(let name, let values):
        values.reduce(into: [name]) { $0.formUnion(called($1)) }
      case .named(_, let value): called(value)
      }
    }
    let functions = statements.reduce(into: Set()) { $0.formUnion(called($1)) }
    #expect(functions.isSubset(of: Self.functions))
    let shown = statements.map(\.shown).joined(separator: "\n").replacing("\u{200B}", with: "")
    for label in [0, 1, 3, 4, 5, 6].map({ BriefingConformanceTests.hostile[$0] }) {
      #expect(shown.contains(label), "\(label.prefix(30))")
    }
    // What would turn the words round it stands there as a number.
    #expect(shown.contains("[U+202E]abc") && !shown.contains("\u{202E}"))
    #expect(shown.contains("#005500"), "the accent of the definition")
  }

  // MARK: The renderer

  private func manifest(_ survey: TinySurvey) throws -> String {
    try String(contentsOfFile: survey.release + "/manifest.json", encoding: .utf8)
  }

  @Test func `the manifest says what made the PDF, and nothing of it where there is none`() throws {
    let survey = try TinySurvey()
    try #require(try run(survey).status == 0)
    let with = try manifest(survey)
    #expect(with.contains("all/briefing.pdf") && with.contains("\"0.15.2\"") && with.contains("\"00ff\""))
    #expect(try run(survey, "--format csv --format html").errors.isEmpty)
    let without = try manifest(survey)
    #expect(!without.contains("renderer") && !without.contains("pdf"))
  }

  @Test(arguments: [
    (
      "#!/bin/sh\necho 'typst 0.14.0'; echo 'fonts 00'", "this canvass-typst has Typst 0.14.0, and not 0.15.2"
    ),
    ("#!/bin/sh\nexit 1", "is no canvass-typst that runs"),
    ("#!/bin/sh\necho hello", "is no canvass-typst that runs"),
  ])
  func `a renderer that cannot be used leaves the PDF out, and the run says so`(
    _ renderer: String, _ reason: String
  ) throws {
    let survey = try TinySurvey()
    let ended = try run(survey, renderer: renderer)
    #expect(ended.status == 0)
    let lines = ended.errors.split(separator: "\n").filter { $0.contains("briefing.pdf") }
    #expect(lines.count == 1 && lines.allSatisfy { $0.contains(reason) && $0.contains("make pdf-renderer") })
    #expect(!FileManager.default.fileExists(atPath: survey.release + "/all/briefing.pdf"))
    #expect(FileManager.default.fileExists(atPath: survey.release + "/all/briefing.html"))
  }

  @Test func `a renderer that fails fails the run, and the release before stays`() throws {
    let survey = try TinySurvey()
    try #require(try run(survey, "--format csv").status == 0)
    let before = try manifest(survey)
    let failing =
      "#!/bin/sh\nif [ \"$1\" ]; then echo 'typst 0.15.2'; echo 'fonts 0'; exit 0; fi\necho 'no \u{1B}room' >&2; exit 1"
    let ended = try run(survey, renderer: failing)
    #expect(ended.status == 70)
    #expect(
      ended.errors.contains("could not make the briefing.pdf of pack `all`")
        && ended.errors.contains("no ?room"))
    #expect(try manifest(survey) == before)
  }

  @Test func `the source is the same wherever it is made`() throws {
    let survey = try TinySurvey()
    try #require(try run(survey).status == 0)
    let first = try source(survey)
    try #require(try run(survey, "--threads 2").status == 0)
    #expect(try source(survey) == first)
  }
}
