import Ingest
import Rendering
import SurveyDefinition
import Tabulation

/// What one wave's run read and left out: the confidential file beside the release, for the analyst alone.
///
/// Without clock or path, so that the same inputs give the same receipt.
struct Receipt {
  let defined: DefinedWave
  let inputs: InputDigests
  let report: ResponseReport
  /// By position of the question: answers of people who were not asked.
  let routingViolations: [Int]
  /// What the analyst is told of the protection.
  let remarks: [String]
  let packs: [String]
  let formats: [String]
  let manifestDigest: String

  var bytes: [UInt8] {
    JSONText.object([
      "about": "Confidential: for the analyst, not for publication.",
      "tool": .object(["name": "canvass", "version": .text(canvassVersion)]),
      "survey": .text(defined.wave.survey.id),
      "wave": .text(defined.wave.id),
      "made_up": .boolean(defined.wave.isMadeUp),
      "inputs": inputs.json,
      "rows": .object([
        "read": .number(report.recordsRead + report.emptyRecords),
        "kept": .number(report.responses),
        "left_out": .object([
          "not_kept_by_rule": .number(report.recordsNotKept), "empty": .number(report.emptyRecords),
          "invalid": .number(report.recordsRejected),
        ]),
      ]),
      "left_out_not_asked": perQuestion(routingViolations),
      "contradictions": perQuestion(report.contradictions),
      "out_of_range": perQuestion(report.outOfRange),
      "repaired": repaired,
      "packs": .texts(packs),
      "formats": .texts(formats),
      "remarks": .texts(remarks),
      "release": .object(["manifest_sha256": .text(manifestDigest)]),
    ]).bytes
  }

  /// By id, cells that hold what a spreadsheet made of an answer.
  private var repaired: JSONText {
    let survey = defined.wave.survey
    let ids = survey.variables.map(\.id) + survey.questions.map(\.id)
    let counts = zip(ids, report.repairs).filter { $1 > 0 }
    return .object(Dictionary(uniqueKeysWithValues: counts.map { ($0, .number($1)) }))
  }

  /// Counts of the questions that have any.
  private func perQuestion(_ counts: [Int]) -> JSONText {
    let questions = zip(defined.wave.survey.questions, counts).filter { $1 > 0 }
    return .object(Dictionary(uniqueKeysWithValues: questions.map { ($0.id, .number($1)) }))
  }
}

/// The digests of what a run read, by the part each file plays, and whether that still is what is there.
struct InputDigests {
  let digests: [String: String]
  private let files: [SeenFile]

  /// Looks at all files before responses and codings are read; what comes from standard input has no digest.
  /// - Parameter withResponses: False where only a part of the responses is read, which may be a small one of many.
  init(_ defined: DefinedWave, withResponses: Bool = true) throws(FileFailure) {
    var seen = defined.seenBeside
    seen["survey.yaml"] = defined.survey.definition.seen
    seen["wave.yaml"] = defined.folder.definition?.seen
    if withResponses, let file = defined.responsesFile { seen["responses"] = SeenFile(file) }
    if let file = defined.tripleSFile { seen["triple_s"] = SeenFile(file) }
    for file in defined.codings.all { seen[file.layout.file] = SeenFile(file.path) }
    var digests: [String: String] = [:]
    for (part, file) in seen.sorted(by: { $0.key < $1.key }) { digests[part] = try file.neededDigest }
    self.digests = digests
    var absent = defined.codings.absent
    if defined.folder.definition == nil { absent.append(defined.folder.definitionFile) }
    files = seen.values.sorted { $0.path < $1.path } + absent.map { SeenFile(absent: $0) }
  }

  /// Stops where a file was changed since it was first looked at, put there, or taken away.
  func refuseChanges() throws(FileFailure) {
    for file in files { try file.refuseChange() }
  }

  /// The parts whose file is another one than it was, or is new or gone.
  func changes(since earlier: [String: String]) -> [String] {
    Set(digests.keys).union(earlier.keys).filter { digests[$0] != earlier[$0] }.sorted()
  }

  var json: JSONText { .object(digests.mapValues { .object(["sha256": .text($0)]) }) }
}
