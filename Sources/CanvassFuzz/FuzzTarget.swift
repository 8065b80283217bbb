import DisclosureAudit
import ExportFormats
import Glibc
import Ingest
import Pictures
import QDAImport
import SurveyDefinition

/// What is fuzzed: each kind of file that somebody else may have made, by the reader of it.
///
/// An input of several files has them one after the other, a NUL between. Whatever a file holds, a reader gives back what it has read
/// or says what is wrong; it never stops the process, and takes neither long nor much memory.
enum FuzzTarget: String, CaseIterable {
  /// survey.yaml, and wave.yaml beside it.
  case definition
  /// A responses file, read by definitions of every kind of question, and as one that nobody has described.
  case responses
  /// Codings of open text and of focus groups.
  case codings
  /// A project or codebook of a program for qualitative analysis.
  case projects
  /// What platforms export beside a CSV: .sav, Triple-S with its data, a questionnaire, a key, a Table Schema.
  case exports
  /// A logo.
  case pictures
  /// What an audit reads: definition.json, manifest.json, tables.csv and the files beside it.
  case release

  func read(_ bytes: [UInt8], through file: ScratchFile) {
    switch self {
    case .definition: readDefinitionFiles(bytes)
    case .responses: readResponsesFile(bytes, through: file)
    case .codings: readCodings(bytes, through: file)
    case .projects:
      file.write(bytes)
      let limits = ImportLimits.small
      _ = try? readCodedProject(at: file.path, limits: limits)
      _ = try? readCodebook(at: file.path, limits: limits)
    case .exports: readExports(bytes)
    case .pictures: _ = try? Picture(bytes)
    case .release: auditRelease(bytes)
    }
  }

  private func readDefinitionFiles(_ bytes: [UInt8]) {
    let parts = bytes.parts.map { String(decoding: $0, as: UTF8.self) }
    _ = readDefinition(
      surveyYAML: parts[0], surveyFile: "survey.yaml", waveYAML: parts.count > 1 ? parts[1] : nil,
      waveFile: "wave.yaml", waveID: "2026")
  }

  private func readResponsesFile(_ bytes: [UInt8], through file: ScratchFile) {
    file.write(bytes)
    for survey in FuzzSurveys.all {
      _ = try? readResponses(.file(file.path), of: survey.survey, findsDuplicates: true) { _ in }
    }
    guard let sample = try? readSample(of: .file(file.path)), !sample.records.isEmpty else { return }
    _ = try? readCodedTable(.file(file.path), sample.layout)
  }

  private func readCodings(_ bytes: [UInt8], through file: ScratchFile) {
    file.write(bytes)
    for wave in FuzzSurveys.all {
      let codings = wave.survey.codings
      _ = try? readOpenTextCodings(codings.openText.map { ($0, .file(file.path)) }, of: wave.survey)
      _ = try? readFocusGroupCodings(codings.focusGroups.map { ($0, .file(file.path)) }, of: wave)
    }
  }

  private func readExports(_ bytes: [UInt8]) {
    let limits = ExportLimits.small
    _ = try? readSPSS(bytes, limits: limits)
    let parts = bytes.parts
    _ = try? readDataDictionary(Array(parts[0]), limits: limits)
    if parts.count > 1, let survey = try? readTripleS(Array(parts[0]), limits: limits) {
      _ = try? survey.csv(from: Array(parts[1]), limits: limits)
    }
  }

  private func auditRelease(_ bytes: [UInt8]) {
    let parts = bytes.parts.map(Array.init)
    guard parts.count > 2, let tables = csvRecords(parts[2]) else { return }
    let names = ["differences.csv", "co-occurrence.csv", "rankings.csv", "scores.csv"]
    let companions = zip(names, parts.dropFirst(3)).compactMap { name, bytes in
      csvRecords(bytes).map { ReleaseContents.Companion(pack: "all", name: name, records: $0) }
    }
    let contents = ReleaseContents(
      definition: parts[0], manifest: parts[1], tables: [("all", tables)], companions: companions)
    _ = try? audit(contents, threads: 1)
  }
}

extension ImportLimits {
  /// An input of some kilobytes that asks for more than this is refused long before it is slow under instrumentation.
  fileprivate static var small: ImportLimits {
    var limits = ImportLimits()
    limits.maximumProjectBytes = 8 << 20
    return limits
  }
}

extension ExportLimits {
  fileprivate static var small: ExportLimits {
    var limits = ExportLimits()
    limits.maximumTableBytes = 8 << 20
    return limits
  }
}

extension [UInt8] {
  /// What stands between NULs; at least one part.
  fileprivate var parts: [ArraySlice<UInt8>] { split(separator: 0, omittingEmptySubsequences: false) }
}

/// The file through which readers of files get an input. It has no name, so nothing is left behind.
struct ScratchFile {
  let path: String
  private let descriptor: Int32

  init() {
    var name = "/tmp/canvass-fuzz-XXXXXX".utf8CString.map { $0 }
    descriptor = unsafe mkstemp(&name)
    precondition(descriptor >= 0, "the file cannot be made")
    unsafe unlink(String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
    path = "/proc/self/fd/\(descriptor)"
  }

  func write(_ bytes: [UInt8]) {
    precondition(ftruncate(descriptor, 0) == 0, "the file cannot be emptied")
    let count = unsafe pwrite(descriptor, bytes, bytes.count, 0)
    precondition(count == bytes.count, "the file cannot be written")
  }
}
