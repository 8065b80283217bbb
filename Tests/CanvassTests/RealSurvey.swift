import Canvass
import Foundation
import SurveyDefinition
import Synchronization
import Testing

/// One wave of a survey that others ran, published and tallied: a definition in Tests/RealData, responses and
/// expected tallies where `REFERENCE_DATA` points.
struct RealSurvey: Sendable, CustomTestStringConvertible {
  /// The folder of the definition.
  let folder: String
  let wave: String
  /// The folder of the responses below `data`.
  let data: String
  let responses: String
  /// Records without any answer, which the expected tallies count as blank.
  var emptyRecords = 0
  /// Figures in which our reading differs from the expected tallies, by question and answer, and by how much.
  var differences: [String: [String: Int]] = [:]

  var testDescription: String { "\(folder), wave \(wave)" }

  static let all = [
    RealSurvey(folder: "dlr2018_staff", wave: "2018", data: "dlr2018_staff", responses: "data.csv"),
    RealSurvey(
      folder: "spack2022_2025", wave: "2022", data: "spack2022_2025_googleforms",
      responses: "spack-user-survey-2022-responses.csv",
      // The expected tallies split a cell "outside parentheses", and take a closing one without an opening one
      // (two respondents end with a smiley) for the end of parentheses: what stands before it goes uncounted.
      differences: [
        "help": [
          "Documentation": 1, "Slack": 1, "GitHub Issues": 2, "Source Code": 1, "Coworkers": 1,
          "spack help": 1, "Email": 1,
        ]
      ]),
    RealSurvey(
      folder: "spack2022_2025", wave: "2025", data: "spack2022_2025_googleforms",
      responses: "spack-user-survey-2025-responses.csv.gz", emptyRecords: 100),
  ]

  /// The folder that `REFERENCE_DATA` names; nil where there is none.
  static let reference: URL? = {
    guard let path = ProcessInfo.processInfo.environment["REFERENCE_DATA"] else { return nil }
    let folder = URL(filePath: path).appending(path: "data")
    return FileManager.default.fileExists(atPath: folder.path()) ? folder : nil
  }()

  static var isAtHand: Bool { reference != nil }

  private var definitions: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "RealData/\(folder)")
  }

  /// The definition as the wave asks it.
  func definition() throws -> Survey {
    let reading = readDefinition(
      surveyYAML: try String(contentsOf: definitions.appending(path: "survey.yaml"), encoding: .utf8),
      surveyFile: "survey.yaml",
      waveYAML: try String(contentsOf: definitions.appending(path: "\(wave)/wave.yaml"), encoding: .utf8),
      waveFile: "wave.yaml", waveID: wave)
    return try #require(reading.wave, "the definition has faults").survey
  }

  /// Tallies that other programs made of this wave's responses.
  func expected() throws -> [ExpectedTally] {
    let reference = try #require(RealSurvey.reference)
    let records = CSVRecords(try Data(contentsOf: reference.appending(path: "\(data)/expected.csv")))
    return (0..<records.count).filter { records.cell($0, "file") == responses }.map { record in
      ExpectedTally(
        question: records.cell(record, "question"), answer: records.cell(record, "answer"),
        banner: records.cell(record, "banner"), group: records.cell(record, "group"),
        count: Int(records.cell(record, "count")) ?? -1)
    }
  }

  /// Tables by survey, wave and thresholds: several tests look at the same ones, and a run takes its time.
  private static let known = Mutex([String: PublishedTables]())

  /// The tables of the wave's only pack; runs the wave where no test has before.
  func tables(minimumCell: Int, minimumBase: Int) throws -> PublishedTables {
    let key = "\(folder) \(wave) \(minimumCell) \(minimumBase)"
    return try Self.known.withLock { known in
      if let tables = known[key] { return tables }
      let tables = try run(minimumCell: minimumCell, minimumBase: minimumBase)
      known[key] = tables
      return tables
    }
  }

  /// Runs the wave in a temporary folder.
  private func run(minimumCell: Int, minimumBase: Int) throws -> PublishedTables {
    let reference = try #require(RealSurvey.reference)
    let files = FileManager.default
    let place = files.temporaryDirectory.appending(path: "canvass-\(UUID().uuidString)")
    defer { try? files.removeItem(at: place) }
    let survey = place.appending(path: "survey")
    let waveFolder = survey.appending(path: wave)
    try files.createDirectory(at: waveFolder, withIntermediateDirectories: true)

    let declared = "protection: { minimum_cell: 1, minimum_base: 1 }"
    let yaml = try String(contentsOf: definitions.appending(path: "survey.yaml"), encoding: .utf8)
    try #require(yaml.contains(declared))
    try yaml.replacing(
      declared, with: "protection: { minimum_cell: \(minimumCell), minimum_base: \(minimumBase) }"
    ).write(to: survey.appending(path: "survey.yaml"), atomically: false, encoding: .utf8)
    try files.copyItem(
      at: definitions.appending(path: "\(wave)/wave.yaml"), to: waveFolder.appending(path: "wave.yaml"))
    try files.copyItem(
      at: reference.appending(path: "\(data)/\(responses)"), to: waveFolder.appending(path: responses))

    var request = RunRequest()
    request.surveyFolder = survey.path()
    request.output = place.appending(path: "output").path()
    request.isQuiet = true
    // What the run says is not shown: with these thresholds a fault could quote what single people wrote.
    let status = Canvass.run(request, on: Console(output: { _ in }, errors: { _ in }))
    try #require(status == .done)
    let release = place.appending(path: "output/\(folder)/\(wave)")
    let packs = try files.contentsOfDirectory(atPath: release.path()).filter { !$0.hasSuffix(".json") }
    try #require(packs.count == 1)
    return PublishedTables(try Data(contentsOf: release.appending(path: "\(packs[0])/tables.csv")))
  }
}

/// One line of an expected.csv: a plain tally, its question and groups as the responses file words them.
struct ExpectedTally: Sendable, Hashable {
  let question: String
  let answer: String
  let banner: String
  let group: String
  let count: Int
}

/// tables.csv of one pack as its readers have it.
struct PublishedTables {
  struct Key: Hashable {
    var question: String
    var banner: String
    var group: String
    var answer: String
  }

  struct Row {
    var key: Key
    var base: Int?
    var count: Int?
    var percent: String
    var marker: String

    /// Whether `percent` is what count and base come to, half away from zero; true where one of them is not shown.
    var hasPercentOfItsBase: Bool {
      guard key.answer != "(base)", let count, let base, base > 0 else { return true }
      let tenths = (2_000 * count + base) / (2 * base)
      return percent == "\(tenths / 10).\(tenths % 10)"
    }
  }

  let rows: [Row]
  private let positions: [Key: Int]

  init(_ bytes: Data) {
    let records = CSVRecords(bytes)
    let rows = (0..<records.count).map { record in
      Row(
        key: Key(
          question: records.cell(record, "question"), banner: records.cell(record, "banner"),
          group: records.cell(record, "group"), answer: records.cell(record, "answer")),
        base: Int(records.cell(record, "base")), count: Int(records.cell(record, "count")),
        percent: records.cell(record, "percent"), marker: records.cell(record, "marker"))
    }
    self.rows = rows
    positions = Dictionary(uniqueKeysWithValues: rows.indices.map { (rows[$0].key, $0) })
  }

  subscript(key: Key) -> Row? { positions[key].map { rows[$0] } }
}
