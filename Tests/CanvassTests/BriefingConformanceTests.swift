import Briefing
import Disclosure
import Foundation
import ReleaseModel
import Rendering
import SurveyDefinition
import Testing

@testable import Canvass

/// Every figure of a briefing is a figure of the tables.csv beside it, and the other way round.
@Suite struct BriefingConformanceTests {
  private static let bundled = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Surveys/staff")

  private static let picture = bundled.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources/Canvass/Documentation.docc/Resources/ict.svg")

  /// The differences of all packs of a release, at most some, each with its pack.
  private func differences(inRelease folder: String) throws -> [String] {
    let packs = try FileManager.default.contentsOfDirectory(atPath: folder).filter {
      FileManager.default.fileExists(atPath: "\(folder)/\($0)/briefing.html")
    }
    #expect(!packs.isEmpty)
    return try packs.sorted().flatMap { pack in
      func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(folder)/\(pack)/\(name)")))
      }
      let names = ["participation.csv", "weighted.csv", "differences.csv", "changes.csv", "scores.csv"]
      let beside = names.compactMap {
        try? bytes($0)
      }
      return try differences(
        pack, page: bytes("briefing.html"), tables: bytes("tables.csv"), beside: beside)
    }
  }

  /// - Parameter beside: The files whose figures the page tells besides those of tables.csv.
  private func differences(_ pack: String, page: [UInt8], tables: [UInt8], beside: [[UInt8]]) throws
    -> [String]
  {
    let figures = try BriefingFigures(page)
    let text = String(decoding: tables, as: UTF8.self)
    let isAllWithheld = text.split(separator: "\n").dropFirst().allSatisfy { $0.hasSuffix(",,,,,,c,") }
    #expect(figures.cells.isEmpty == isAllWithheld, "the test reads no figures")
    let all =
      figures.differences(from: tables) + figures.strangers(to: tables, besides: Self.compared(beside))
    return all.prefix(5).map { "\(pack): \($0)" }
  }

  /// What the columns say that these files have besides those of tables.csv, without a sign.
  private static func compared(_ files: [[UInt8]]) -> Set<String> {
    var known: Set<String> = []
    for file in files {
      let csv = CSVRecords(file)
      // scores.csv has none of the figures of tables.csv.
      let own = csv.header.contains("percent") ? [] : ["value", "lower", "upper"]
      for column in csv.header where own.contains(column) || !TablesCSV.columns.contains(column) {
        for row in 0..<csv.count { known.insert(csv.cell(row, column).replacing("-", with: "")) }
      }
    }
    return known
  }

  /// Numbers of a picture that no figure of its question is, or of a question of its block, for everyone in the pack.
  private func strangers(in picture: CompanionFile, of release: Release, to tables: [UInt8]) throws
    -> [String]
  {
    let root = try PageReader.root(of: Array("<!DOCTYPE html>\n".utf8) + picture.bytes)
    let shown = BriefingFigures.decimals(
      (root.all("text") + root.all("title") + root.all("desc")).map(\.text).joined(separator: " "))
    let id = String(picture.name.dropFirst("chart-q-".count).dropLast(".svg".count))
    let questions =
      picture.name.hasPrefix("chart-q-")
      ? [id] : release.definition.blocks.first { $0.id == id }?.questions ?? []
    let csv = CSVRecords(tables)
    var known: Set<String> = []
    for row in 0..<csv.count where questions.contains(csv.cell(row, "question")) {
      guard csv.cell(row, "banner") == "total" else { continue }
      known.formUnion([csv.cell(row, "percent"), csv.cell(row, "value")])
    }
    #expect(!shown.isEmpty)
    return shown.filter { !known.contains($0) }
  }

  private func run(_ survey: String, to output: String, formats: [String] = []) throws {
    var request = RunRequest()
    request.formats = formats
    request.surveyFolder = survey
    request.output = output
    request.isQuiet = true
    let ended = told { Canvass.run(request, on: $0) }
    try #require(ended.status == .done, "\(ended.errors)")
  }

  @Test func `the briefings of the bundled survey show its tables`() throws {
    let output = NSTemporaryDirectory() + "canvass-" + UUID().uuidString
    defer { try? FileManager.default.removeItem(atPath: output) }
    try run(Self.bundled.path(), to: output, formats: ["csv", "html", "svg"])
    #expect(try differences(inRelease: "\(output)/staff/2012-12") == [])
    // README shows one of its charts: `make picture` writes it again.
    let picture = try Data(contentsOf: URL(filePath: "\(output)/staff/2012-12/force/chart-b-ict.svg"))
    #expect(try Data(contentsOf: Self.picture) == picture, "the picture of README is not what canvass makes")
  }

  @Test(arguments: 1...20) func `the briefings of a made-up survey show its tables`(_ seed: Int) throws {
    var survey = RandomSurvey(seed: UInt64(seed), size: .tiny)
    if seed % 5 == 0 { survey.addThemes(seed: UInt64(seed)) }
    // Some have too few people for a release.
    guard let attacked = RandomRelease.attacked(survey) else { return }
    let release = attacked.protection.release
    try #require(!release.packs.isEmpty)
    for pack in release.packs {
      let tables = try #require(attacked.files["\(pack.id)/tables.csv"])
      let page = BriefingHTML().bytes(of: pack, in: release)
      let beside = ["differences.csv", "changes.csv", "scores.csv"].compactMap {
        attacked.files["\(pack.id)/\($0)"]
      }
      #expect(try differences(pack.id, page: page, tables: tables, beside: beside) == [])
      for picture in ChartSVG().companions(of: pack, in: release) {
        #expect(try strangers(in: picture, of: release, to: tables) == [], "\(pack.id)/\(picture.name)")
      }
    }
  }

  @Test
  func `the briefing of a later wave tells the changes, differences and rates of its files and no other`()
    throws
  {
    let survey = try TinySurvey(
      waves: ["2025", "2026"],
      definition: TinySurvey.definition + "population: { groups: { role: { Staff: 103, Officer: 71 } } }\n")
    try survey.write(TinySurvey.responses(rows: 130), to: "2026/responses.csv")
    let ended = survey.run()
    try #require(ended.status == .done, "\(ended.errors)")
    for name in ["changes", "differences", "participation", "weighted"] {
      #expect(FileManager.default.fileExists(atPath: "\(survey.release)/all/\(name).csv"))
    }
    #expect(try differences(inRelease: survey.release) == [])
  }

  static let hostile = [
    "<script>alert(1)</script>", "=cmd()|'/c calc'!A0", "\u{202E}abc \u{200F}def", "👩🏽‍🚒 & \"quotes\" 'n <b>",
    String(repeating: "Donaudampfschiff", count: 31) + "🚢",
    String(repeating: "many words that go on ", count: 23) + "end",
    "]]> --> </style></svg></table>",
  ]

  static let hostileDefinition: String = {
    let labels = hostile.map { "\"" + $0.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\"" }
    return """
      survey: tiny
      title: \(labels[0])
      contact: \(labels[3])
      input: { respondent: ID }
      variables:
        role: { label: \(labels[2]), column: Role, groups: { \(labels[0]): Staff, \(labels[4]): Officer } }
      questions:
        tools:
          text: \(labels[5])
          kind: scale
          column: Q1
          answers: { \(labels[1]): Good, \(labels[3]): Poor }
          nets: { \(labels[6]): [\(labels[1]), \(labels[3])] }
        lacking:
          text: \(labels[4])
          kind: multiple
          columns: { \(labels[5]): Q2a, \(labels[2]): Q2b }
          asked_if: { tools: [\(labels[3])] }
      blocks: { block: { text: \(labels[6]), questions: [tools] } }
      banners: [role]
      briefing:
        title: \(labels[0])
        notes: [\(labels[6]), \(labels[1])]
        order: [lacking]
        accent: { light: "#005500", dark: "#88ff88" }
        words: { findings: \(labels[0]), method: \(labels[2]) }
      packs:
        all: { title: \(labels[6]), who: everyone, briefing: { contact: \(labels[1]) } }

      """
  }()

  @Test func `hostile labels come out as text, each whole`() throws {
    let survey = try TinySurvey(definition: Self.hostileDefinition)
    try run(survey.survey, to: survey.output, formats: ["csv", "html", "svg"])
    #expect(try differences(inRelease: survey.release) == [])
    let page = try Data(contentsOf: URL(filePath: survey.release + "/all/briefing.html"))
    let root = try PageReader.root(of: Array(page))
    #expect(root.all("script").count == 1 && root.all("b").isEmpty)
    let picture = try Data(contentsOf: URL(filePath: survey.release + "/all/chart-b-block.svg"))
    let drawn = try PageReader.root(of: Array("<!DOCTYPE html>\n".utf8) + Array(picture))
    #expect(drawn.elements.map(\.name) == ["svg"] && drawn.all("script").isEmpty && drawn.all("b").isEmpty)
    #expect(drawn.all("desc")[0].text.contains(Self.hostile[1]))
    let heads = Set(root.all("th").map(\.text))
    for label in [0, 1, 2, 3, 4, 5].map({ Self.hostile[$0] }) + ["(net) " + Self.hostile[6]] {
      #expect(heads.contains(labelInTables(label)), "\(label.prefix(30))")
    }
    #expect(root.all("h1")[0].text.hasPrefix(Self.hostile[0]))
    let ids = root.all("section").compactMap { $0.attributes["id"] }
    #expect(ids.firstIndex(of: "q-lacking")! < ids.firstIndex(of: "q-tools")!)
    #expect(root.all("h2")[0].text == Self.hostile[0])
    #expect(root.text.contains("Questions: " + Self.hostile[1]))
    #expect(String(decoding: page, as: UTF8.self).contains("--accent:#005500"))
  }

  @Test func `a page asks for nothing and names each element once`() throws {
    let survey = try TinySurvey()
    try run(survey.survey, to: survey.output)
    let page = try Data(contentsOf: URL(filePath: survey.release + "/all/briefing.html"))
    let root = try PageReader.root(of: Array(page))
    for name in ["img", "iframe", "object", "base", "form"] { #expect(root.all(name).isEmpty) }
    #expect(!String(decoding: page, as: UTF8.self).contains("url("))
    for link in root.all("a") + root.all("link") {
      let target = try #require(link.attributes["href"])
      #expect(!target.contains(":") || target == "data:,", "\(target)")
      guard target.hasPrefix("#") || target.hasPrefix("data:") else {
        #expect(FileManager.default.fileExists(atPath: survey.release + "/all/" + target), "\(target)")
        continue
      }
    }
    let ids = everything(root).compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let targets = root.all("a").compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#") }
    for target in targets { #expect(ids.contains(String(target.dropFirst()))) }
    for element in everything(root) {
      for id in element.attributes["aria-labelledby"]?.split(separator: " ") ?? [] {
        #expect(ids.contains(String(id)))
      }
    }
    #expect(root.all("header")[0].text.contains("Made-up data"))
  }

  /// The policy names the digest of the one script that may run.
  @Test func `a page lets its own script run and no other`() throws {
    let survey = try TinySurvey()
    try run(survey.survey, to: survey.output)
    let page = try String(contentsOfFile: survey.release + "/all/briefing.html", encoding: .utf8)
    let starts = page.ranges(of: "<script>")
    let end = try #require(page.firstRange(of: "</script>")?.lowerBound)
    try #require(starts.count == 1)
    let script = String(page[starts[0].upperBound..<end])
    #expect(!script.contains("<") && !script.contains("&"))
    let digest = sha256(Array(script.utf8))
    let bytes = stride(from: 0, to: digest.count, by: 2).map { place in
      let start = digest.index(digest.startIndex, offsetBy: place)
      return UInt8(digest[start..<digest.index(start, offsetBy: 2)], radix: 16) ?? 0
    }
    #expect(page.contains("; script-src 'sha256-\(Data(bytes).base64EncodedString())'\""))
    // Nothing is asked for, kept or made of text.
    for name in ["fetch", "XMLHttp", "import", "innerHTML", "eval", "Storage", "cookie", "http"] {
      #expect(!script.contains(name), "\(name)")
    }
  }

  @Test(arguments: [["html"], ["html", "xlsx"], ["html", "json", "ods"], ["html", "csv"]])
  func `a page leads to the files that were written with it, and says where there are none`(
    _ formats: [String]
  ) throws {
    let survey = try TinySurvey()
    let ended = survey.run { $0.formats = formats }
    try #require(ended.status == .done, "\(ended.errors)")
    let bytes = try Data(contentsOf: URL(filePath: survey.release + "/all/briefing.html"))
    let root = try PageReader.root(of: Array(bytes))
    let links = root.all("a").compactMap { $0.attributes["href"] }.filter { !$0.hasPrefix("#") }
    let written = formats.dropFirst().flatMap {
      ["tables.\($0)"] + ($0 == "csv" ? ["differences.csv", "associations.csv", "scores.csv"] : [])
    }
    #expect(Set(links) == Set(written + ["../definition.json"]))
    #expect(root.text.contains("This release has no files of them") == written.isEmpty)
  }

  private func everything(_ element: PageElement) -> [PageElement] {
    element.elements.flatMap { [$0] + everything($0) }
  }

  /// Two waves whose tables are the same, although the answers that they withhold are not.
  @Test func `what is withheld leaves no trace, not in charts either`() throws {
    let pages = try [(good: 30, officers: 3), (good: 28, officers: 5)].map { staff in
      let survey = try TinySurvey()
      var text = "ID,Role,Q1,Q2a,Q2b,Comments\n"
      for (role, people, good) in [("Staff", 48, staff.good), ("Officer", 8, staff.officers)] {
        for person in 0..<people {
          text += "\(role)\(person),\(role),\(person < good ? "Good,," : "Poor,1,0"),\n"
        }
      }
      try survey.write(text, to: "2026/responses.csv")
      try run(survey.survey, to: survey.output, formats: ["csv", "html", "svg"])
      let names = try FileManager.default.contentsOfDirectory(atPath: survey.release + "/all")
      return Dictionary(
        uniqueKeysWithValues: try names.map {
          ($0, try String(contentsOfFile: survey.release + "/all/" + $0, encoding: .utf8))
        })
    }
    let (first, second) = (pages[0], pages[1])
    #expect(first["tables.csv"]?.contains(",c,") == true && first["chart.svg"] != nil)
    try #require(first["tables.csv"] == second["tables.csv"], "the tables tell the two apart")
    #expect(first == second)
  }

  @Test func `what a definition may word are phrases of the catalogue with the same slots`() {
    #expect(BriefingSettings.wordable.count > 80)
    for (name, slots) in BriefingSettings.wordable { #expect(BriefingHTML.phrases[name] == slots, "\(name)") }
    // These say what holds.
    for name in [
      "made_up", "withheld_rule", "shorthand_c", "finding_answer", "percent_head", "method_rounding",
    ] {
      #expect(BriefingHTML.phrases[name] != nil && BriefingSettings.wordable[name] == nil)
    }
  }
}
