import DisclosureAudit
import Foundation
import ReleaseModel
import SurveyDefinition
import Tabulation
import Testing

@testable import Canvass
@testable import Disclosure
@testable import Ingest

/// Releases of made-up surveys of every shape, attacked by the auditor and counted again.
///
/// Every run of the tests tries some. `make soak` tries thousands: `CANVASS_SOAK` says how many,
/// `CANVASS_SOAK_FROM` which seed is the first. A seed that fails is told with the least that is left of its survey,
/// written where it can be run.
@Suite struct RandomSurveyTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let isSoaking = environment["CANVASS_SOAK"] != nil
  private static let surveys = environment["CANVASS_SOAK"].flatMap(Int.init) ?? 60
  /// Whether a seed that fails is only told, without the time that its smallest survey takes.
  static let isBrief = environment["CANVASS_SOAK_BRIEF"] != nil
  private static let firstSeed = environment["CANVASS_SOAK_FROM"].flatMap(Int.init) ?? 1
  /// Lanes run side by side.
  private static let lanes = 4

  private static func survey(_ seed: Int) -> RandomSurvey {
    var survey = RandomSurvey(seed: UInt64(seed), size: isSoaking && seed / lanes % 4 == 0 ? .small : .tiny)
    // A tree of themes takes the protector longer than most questions.
    if seed % (isSoaking ? 3 : 10) == 0 { survey.addThemes(seed: UInt64(seed)) }
    return survey
  }

  @Test(arguments: 0..<lanes)
  func `a release of a made-up survey is true and withstands`(_ lane: Int) throws {
    var seen = 0
    for seed in Self.firstSeed..<(Self.firstSeed + Self.surveys) where seed % Self.lanes == lane {
      let survey = Self.survey(seed)
      let faults = RandomRelease.faults(of: survey, seed: seed)
      seen += 1
      if Self.isSoaking, seen % 100 == 0 { print("lane \(lane): \(seen) surveys, the last of seed \(seed)") }
      guard let first = faults.first else { continue }
      if Self.isBrief {
        Issue.record("seed \(seed): \(faults.count) faults, the first: \(first.kind): \(first.words)")
        continue
      }
      let smallest = survey.shrunk(tries: 400) { candidate in
        RandomRelease.faults(of: candidate, seed: seed).contains { $0.isLike(first) }
      }
      let folder = try write(smallest, seed: seed)
      let words = RandomRelease.faults(of: smallest, seed: seed).filter { $0.isLike(first) }.map(\.words)
      Issue.record(
        """
        seed \(seed): \(faults.count) faults, the first: \(first.kind): \(first.words)
        the least of it, \(smallest.people.count) people, in \(folder):
        \(words.prefix(6).joined(separator: "\n"))
        \(smallest.definition)
        """)
    }
  }

  private func write(_ survey: RandomSurvey, seed: Int) throws -> String {
    let folder = NSTemporaryDirectory() + "canvass-soak-\(seed)"
    try FileManager.default.createDirectory(atPath: folder + "/w1", withIntermediateDirectories: true)
    for (name, text) in [
      ("survey.yaml", survey.definition), ("w1/wave.yaml", "made_up: true\n"),
      ("w1/responses.csv", survey.responses), ("w1/open-text.csv", survey.codings),
    ] {
      try text?.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
    }
    return folder
  }

  /// Without this, a recount that finds nothing could be asleep.
  @Test func `a figure that is not true is found`() throws {
    let survey = RandomSurvey(seed: 1, size: .tiny)
    let files = try #require(RandomRelease.files(of: survey))
    let table = try #require(files.contents?.tables.first)
    #expect(survey.untrueFigures(ofPack: table.pack, records: table.records).isEmpty)
    var found = 0
    let shown = table.records.indices.filter { $0 > 0 && !table.records[$0][9].isEmpty }
    for row in shown {
      var records = table.records
      records[row][9] = "\((Int(records[row][9]) ?? 0) + 1)"
      if !survey.untrueFigures(ofPack: table.pack, records: records).isEmpty { found += 1 }
    }
    #expect(found == shown.count && found > 0)
  }

  @Test func `shrinking keeps what is wrong and little else`() {
    let survey = RandomSurvey(seed: 3, size: .small)
    let smallest = survey.shrunk(tries: 2_000) { $0.people.filter { $0["role"] == .one("Staff") }.count >= 2 }
    #expect(smallest.people.count == 2)
    #expect(smallest.packs.count == 1 && smallest.questions.count == 1)
  }
}

/// The product's way from files to a release, in memory, and what is wrong with what comes out.
enum RandomRelease {
  /// How often a release that is broken is repaired; `CANVASS_SOAK_REPAIRS=0` shows what the protector does alone.
  private static let rounds =
    ProcessInfo.processInfo.environment["CANVASS_SOAK_REPAIRS"].flatMap(Int.init) ?? 6

  enum Kind: String { case unreadable, untrue, broken, undecided, bytes }

  struct Fault {
    var kind: Kind
    var words: String
    /// Of a break: whether only a respondent can tell.
    var isInsider = false

    /// Whether it is the same fault in another survey, as far as words tell.
    func isLike(_ other: Fault) -> Bool {
      kind == other.kind && isInsider == other.isInsider
        && Self.telling.allSatisfy { firstLine.contains($0) == other.firstLine.contains($0) }
    }

    private static let telling = [
      ", respondents,", " without ", " all but ", "(base)", "Not stated", ", total",
    ]
    private var firstLine: Substring { words.prefix { $0 != "\n" } }
  }

  static func files(of survey: RandomSurvey) -> ReleaseFiles? {
    attacked(survey)?.files
  }

  /// The same with the release of which they are; nil where there is none.
  static func attacked(_ survey: RandomSurvey) -> AttackedRelease? {
    guard case .success(let attacked?) = release(survey) else { return nil }
    return attacked
  }

  private struct Unreadable: Error { var words: String }

  private static func release(_ survey: RandomSurvey) -> Result<AttackedRelease?, Unreadable> {
    tally(survey).flatMap { read in
      guard let (tally, wave) = read else { return .success(nil) }
      do throws(RunFailure) {
        let attacked = try AttackedRelease(tally, of: wave, rounds: rounds) {
          files, _ throws(RunFailure) in
          try attack(files)
        }
        return .success(attacked)
      } catch { return .failure(Unreadable(words: error.sentence ?? "\(error)")) }
    }
  }

  /// nil where there is no release.
  private static func tally(_ survey: RandomSurvey) -> Result<(Tally, Wave)?, Unreadable> {
    let reading = readDefinition(
      surveyYAML: survey.definition, surveyFile: "survey.yaml", waveYAML: "made_up: true\n",
      waveFile: "wave.yaml", waveID: "w1")
    guard var wave = reading.wave, reading.findings.allSatisfy(\.isRemark) else {
      return .failure(Unreadable(words: "\(reading.findings.filter { !$0.isRemark })"))
    }
    let files = survey.codings.map { [(layout: wave.survey.codings.openText[0], input: memory($0))] } ?? []
    if files.isEmpty { wave.survey = wave.survey.withoutThemeQuestions }
    var tally = Tally(TabulationPlan(wave.survey))
    do {
      let codings = try readOpenTextCodings(files, of: wave.survey)
      let report = try readResponses(
        memory(survey.responses), of: wave.survey, codings: files.isEmpty ? nil : codings
      ) { tally.add($0) }
      let findings = codings.findings + report.findings + codings.notAsked(tally.codedNotAsked)
      guard findings.allSatisfy(\.isRemark) else {
        return .failure(Unreadable(words: "\(findings.filter { !$0.isRemark })"))
      }
    } catch { return .failure(Unreadable(words: "\(error)")) }
    // With fewer there is no release.
    return .success(tally.responses >= survey.minimumCell ? (tally, wave) : nil)
  }

  private static func memory(_ text: String) -> ResponseInput { .memory(Array(text.utf8)) }

  /// What the same places withheld make of the responses; the audit sees nothing but that.
  private static func digest(_ survey: RandomSurvey, withholding places: Set<PlaceToWithhold>) -> String? {
    guard case .success(let (tally, wave)?) = tally(survey) else { return nil }
    let release = protect(tally, of: wave, withholding: places).release
    return ReleaseFiles(release).manifestDigest
  }

  private static func attack(_ files: ReleaseFiles) throws(RunFailure) -> AuditReport {
    guard let contents = files.contents else {
      throw .unsafe(.cannotBeAudited(folder: "", reason: "the files"))
    }
    do throws(UnreadableRelease) { return try audit(contents, threads: 1) } catch {
      throw .unsafe(.cannotBeAudited(folder: "", reason: error.sentence))
    }
  }

  private static func withheld(_ attacked: AttackedRelease) -> Int {
    attacked.protection.release.packs.reduce(0) { sum, pack in
      sum + pack.tables.reduce(0) { $0 + $1.rows.count { $0.figure.isWithheld } }
    }
  }

  static func faults(of survey: RandomSurvey, seed: Int) -> [Fault] {
    let attacked: AttackedRelease
    switch release(survey) {
    case .failure(let error): return [Fault(kind: .unreadable, words: error.words)]
    case .success(nil): return []
    case .success(let made?): attacked = made
    }
    if RandomSurveyTests.isBrief, attacked.repairs.done > 0 {
      print(
        "repaired: seed \(seed), \(attacked.repairs.done) rounds, \(attacked.repairs.places.count) places,"
          + " safe \(attacked.report.isSafe), withheld \(withheld(attacked))")
    }
    guard let contents = attacked.files.contents else {
      return [Fault(kind: .unreadable, words: "the files")]
    }
    var faults = contents.tables.flatMap { table in
      (survey.untrueFigures(ofPack: table.pack, records: table.records)
        + survey.smallRests(ofPack: table.pack, records: table.records))
        .map { Fault(kind: .untrue, words: $0) }
    }
    var shuffled = survey
    var chance = Chance(seed: UInt64(seed))
    chance.shuffle(&shuffled.people)
    // The manifest holds the digest of every other file.
    if digest(shuffled, withholding: attacked.repairs.places) != attacked.files.manifestDigest {
      faults.append(Fault(kind: .bytes, words: "the same responses in another order give other bytes"))
    }
    let report = attacked.report
    faults += report.faults.map { Fault(kind: .untrue, words: $0) }
    faults += report.breaks.map { found in
      let words = "\(found.place) in \(found.range), \(found.insider ?? "outsider")"
      return Fault(
        kind: .broken, words: ([words] + found.arithmetic).joined(separator: "\n    "),
        isInsider: found.insider != nil)
    }
    faults += report.undecided.map { Fault(kind: .undecided, words: $0.description) }
    // What everybody can tell comes first.
    return faults.filter { !$0.isInsider } + faults.filter(\.isInsider)
  }
}
