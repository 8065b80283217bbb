import FoundationEssentials
import Ingest
import SurveyDefinition
import Tabulation

/// The raw counts of a part of a wave's responses, as `canvass tally` keeps them in a file.
///
/// The file begins with a line that says what it is, and a line with the SHA-256 of all that follows, which is JSON with its keys in
/// order: the same counts give the same bytes. Only its owner may read it.
struct PartialTally: Codable, Equatable {
  /// What is written now; a file of another format is not read.
  static let currentFormat = 1
  private static let warning =
    "CONFIDENTIAL: raw counts of respondents, made by canvass tally. Never publish or pass on."

  private let format: Int
  /// The version of canvass that counted.
  private let version: String
  let survey: String
  let wave: String
  /// survey.yaml and wave.yaml, by which parts are added up wherever they are.
  private let surveyYAML: String
  private let waveYAML: String?
  private let hasCodings: Bool
  /// By the part each plays: the digests of the definition and of what lies beside it, the responses not among them.
  let inputs: [String: String]
  /// Bytes of the responses as they are stored; nil from standard input.
  let storedSize: Int?
  private(set) var part: ResponsePart
  private(set) var counts: TallyCounts

  init(_ tally: Tally, _ part: ResponsePart, of defined: DefinedWave, reading inputs: InputDigests) {
    format = Self.currentFormat
    version = canvassVersion
    survey = defined.wave.survey.id
    wave = defined.wave.id
    surveyYAML = defined.survey.definition.text ?? ""
    waveYAML = defined.folder.definition?.text
    hasCodings = !defined.codings.openText.isEmpty
    self.inputs = inputs.digests.filter { $0.key != "responses" }
    storedSize = defined.responsesFile.flatMap(FileSystem.size)
    self.part = part
    counts = TallyCounts(tally)
  }

  // MARK: - The file

  /// Writes the file, which appears whole or not at all.
  func write(to path: String) throws(RunFailure) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let json = try? encoder.encode(self) else { preconditionFailure("counts can be written") }
    let content = Array(json) + [0x0A]
    let bytes = Array("\(Self.warning)\nsha256 \(sha256(content))\n".utf8) + content
    try files { () throws(FileFailure) in
      let built = path + ".unfinished"
      try FileSystem.refuseLink(built)
      try FileSystem.remove(built)
      do throws(FileFailure) {
        try FileSystem.write(bytes, to: built, mode: 0o600)
        try FileSystem.rename(built, to: path)
      } catch {
        try? FileSystem.remove(built)
        throw error
      }
      try FileSystem.sync(folder: FileSystem.folder(of: path) ?? ".")
    }
  }

  /// Reads such a file; anything else, or one that is damaged, is a fault.
  init(readingFrom path: String) throws(RunFailure) {
    let bytes = try files { () throws(FileFailure) in try FileSystem.read(path) }
    let lines = bytes.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
    func fault(_ message: String, _ remedy: String) -> RunFailure {
      .faults([Finding(.fault, code: "not-a-tally", at: Place(file: path), message, remedy: remedy)])
    }
    guard lines.count == 3, lines[0].elementsEqual(Self.warning.utf8) else {
      throw fault("the file was not written by `canvass tally` or `canvass merge`", "name such a file")
    }
    guard lines[1].elementsEqual("sha256 \(sha256(Array(lines[2])))".utf8) else {
      throw fault("the file is damaged or was changed", "tally this part of the responses again")
    }
    guard let read = try? JSONDecoder().decode(PartialTally.self, from: Data(lines[2])),
      read.format == Self.currentFormat, read.version == canvassVersion
    else {
      throw fault(
        "the file was written by another version of canvass than \(canvassVersion)",
        "tally all parts with one version")
    }
    self = read
  }

  /// Reads a file that has counted all of the responses; of others, which part is missing is a fault.
  init(wholeFrom path: String) throws(RunFailure) {
    try self.init(readingFrom: path)
    guard part.isWhole else {
      let missing =
        part.from > 0 ? "0:\(part.from)" : "\(part.end):\(part.size)"
      throw .faults([
        Finding(
          .fault, code: "parts-apart", at: Place(file: path),
          "the file counts bytes \(part.from) to \(part.to) of the responses, which have \(part.size)",
          remedy: "tally the others with --range \(missing), and merge both")
      ])
    }
  }

  // MARK: - Together with others

  /// What was counted; nil where the definition is none.
  var plan: TabulationPlan? {
    let reading = readDefinition(
      surveyYAML: surveyYAML, surveyFile: "survey.yaml", waveYAML: waveYAML, waveFile: "wave.yaml",
      waveID: wave)
    guard let read = reading.wave?.survey, reading.findings.allSatisfy(\.isRemark) else { return nil }
    return TabulationPlan(hasCodings ? read : read.withoutThemeQuestions)
  }

  /// The counts under the definition that they were counted by.
  ///
  /// - Throws: Faults where the definition, or what lies beside it, is another one now.
  func tally(of defined: DefinedWave, _ now: InputDigests, file: String) throws(RunFailure) -> (
    tally: Tally, report: ResponseReport
  ) {
    let changed = Set(inputs.keys).union(now.digests.keys.filter { $0 != "responses" }).filter {
      inputs[$0] != now.digests[$0]
    }
    var problem: String?
    if survey != defined.wave.survey.id || wave != defined.wave.id {
      problem = "the counts are of wave \(shownName(wave)) of the survey \(shownName(survey))"
    } else if !changed.isEmpty {
      problem = "the counts were made before a change of \(changed.sorted().joined(separator: ", "))"
    } else if storedSize != defined.responsesFile.flatMap(FileSystem.size) {
      problem = "the counts are of responses that have another size than those of the wave now"
    }
    guard problem == nil, let tally = Tally(counts, under: TabulationPlan(defined.wave.survey)),
      let report = part.report(of: defined.wave.survey)
    else {
      throw .faults([
        Finding(
          .fault, code: "other-tally", at: Place(file: file),
          problem ?? "the counts are not of this definition",
          remedy: "tally the responses again")
      ])
    }
    return (tally, report)
  }

  /// Adds the counts of the part that follows.
  /// - Parameters:
  ///   - plan: What was counted in both.
  ///   - names: What findings call the two.
  mutating func merge(_ next: PartialTally, plan: TabulationPlan, names: (String, String)) throws(RunFailure)
  {
    func fault(_ code: String, _ message: String, _ remedy: String) -> RunFailure {
      .faults([Finding(.fault, code: code, at: Place(file: names.1), message, remedy: remedy)])
    }
    let first = names.0
    guard (survey, wave) == (next.survey, next.wave), inputs == next.inputs, surveyYAML == next.surveyYAML,
      waveYAML == next.waveYAML, hasCodings == next.hasCodings, storedSize == next.storedSize
    else {
      throw fault(
        "other-tally", "the counts are of another survey, wave, definition or file than those of \(first)",
        "merge the parts of one file, tallied by one definition")
    }
    do throws(ResponsePart.Mismatch) {
      guard try part.join(next.part) else { return }
    } catch {
      switch error {
      case .gap(let from, let to):
        throw fault(
          "parts-apart", "nothing counts bytes \(from) to \(to), between \(first) and this",
          "tally them, too: --range \(from):\(to)")
      case .overlap(let from, let to):
        throw fault(
          "parts-overlap", "bytes \(from) to \(to) are in \(first), too", "leave one of them out")
      case .cutWithinRecord(let byte):
        throw fault(
          "cut-record",
          "the part was cut within a record, and took a wrong place for the beginning of the next one",
          "tally it again: --range \(byte):\(next.part.to)")
      case .unknownStart:
        throw fault(
          "cut-record",
          "no record seems to begin in \(first), so that it is not known where this part's first one does",
          "merge them in one go with all parts before them")
      case .sameRespondent:
        throw fault(
          "duplicate-respondent", "a respondent id is in a part before this, too",
          "`canvass check` tells the lines of both records")
      case .otherFile:
        throw fault(
          "other-tally", "the counts are of another file than those of \(first)", "tally the parts again")
      case .tooManyRecords:
        throw fault(
          "too-many-records", "together there are more records than can be counted",
          "see whether this is the right file")
      }
    }
    guard var whole = Tally(counts, under: plan), let other = Tally(next.counts, under: plan) else {
      throw fault("other-tally", "the counts are not of this definition", "tally the responses again")
    }
    whole.merge(other)
    counts = TallyCounts(whole)
  }
}
