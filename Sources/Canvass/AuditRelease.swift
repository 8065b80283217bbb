import DisclosureAudit
import Glibc
import Ingest
import Rendering
import SurveyDefinition

/// `canvass audit`: attacks a release folder with nothing but what its readers have.
///
/// Exit status 0 where it withstood and all figures add up, 3 where not.
/// - Parameters:
///   - folder: The release folder.
///   - threads: How many work at a time; the result is the same.
///   - form: For whom it is written.
///   - console: Where output and messages go.
public func audit(
  _ folder: String, threads: Int, as form: ReportForm = .text, on console: Console
) -> ExitStatus {
  do throws(RunFailure) {
    guard threads >= 1 else { throw RunFailure.usage(.wrongNumber(option: "--threads", atLeast: 1)) }
    let contents = try contents(ofRelease: FileSystem.trimmingSlashes(folder))
    let report = try audit(contents, of: folder, threads: threads, showsProgress: true, on: console)
    let status: ExitStatus = report.isSafe && report.addsUp ? .done : .unsafe
    switch form {
    case .text: AuditText(report).tell(console.output)
    case .json:
      var document = CommandReport("audit")
      document.status = status
      document.parts = ["release": .text(FileSystem.trimmingSlashes(folder)), "audit": auditDocument(report)]
      document.tell(on: console)
    }
    return status
  } catch {
    return tell(
      error, of: "audit", as: form, parts: ["release": .text(FileSystem.trimmingSlashes(folder))], on: console
    )
  }
}

private func audit(
  _ contents: ReleaseContents, of name: String, by attacker: Attacker = .anyReader, threads: Int,
  showsProgress: Bool, on console: Console
) throws(RunFailure) -> AuditReport {
  let progress = showsProgress && console.showsProgress ? AuditProgress() : nil
  defer { progress?.end() }
  var told: (@Sendable (AuditStep) -> Void)?
  if let progress { told = { step in progress.update(step) } }
  do throws(UnreadableRelease) {
    return try DisclosureAudit.audit(contents, by: attacker, threads: threads, progress: told)
  } catch {
    throw .unsafe(.cannotBeAudited(folder: name, reason: error.sentence))
  }
}

/// Audits the very bytes that would be written.
func attack(
  _ files: ReleaseFiles, of wave: Wave, as request: RunRequest, on console: Console
) throws(RunFailure) -> AuditReport {
  let name = "the release of wave \(wave.id)"
  guard let contents = files.contents else {
    throw .unsafe(.cannotBeAudited(folder: name, reason: "it has no tables.csv that can be read"))
  }
  // Threads decide how long it takes, never what it finds.
  return try audit(
    contents, of: name, by: files.areOfClasses ? .outsider : .anyReader,
    threads: max(request.threads, processorCount), showsProgress: !request.isQuiet,
    on: console)
}

/// The gate before a release: tells why it must not be written.
///
/// - Returns: The bytes of audit.json.
func auditedJSON(_ report: AuditReport, wave: Wave, on console: Console) throws(RunFailure) -> [UInt8] {
  guard report.isSafe, report.addsUp else {
    AuditText(report).tell(console.errors)
    throw .unsafe(.auditFailed(wave: wave.id))
  }
  return auditJSON(report, isMadeUp: wave.isMadeUp)
}

/// Reads what an audit needs of a release folder.
func contents(ofRelease folder: String) throws(RunFailure) -> ReleaseContents {
  try files { () throws(FileFailure) in
    guard FileSystem.entry(at: folder) == .folder else {
      throw .cannotRead(path: folder, reason: "it is no folder")
    }
    let definition = try FileSystem.read(FileSystem.path(folder, "definition.json"))
    let manifest = try FileSystem.read(FileSystem.path(folder, "manifest.json"))
    var tables: [(pack: String, records: [[String]])] = []
    for name in try FileSystem.names(in: folder) {
      let path = FileSystem.path(FileSystem.path(folder, name), "tables.csv")
      guard FileSystem.entry(at: path) == .file else { continue }
      guard let records = csvRecords(try FileSystem.read(path)) else {
        throw .cannotRead(path: path, reason: "its quotes or its UTF-8 are damaged")
      }
      tables.append((name, records))
    }
    return ReleaseContents(
      definition: definition, manifest: manifest, tables: tables,
      companions: try companions(ofRelease: folder, packs: tables.map(\.pack)))
  }
}

/// The files of figures beside the tables of each pack.
private func companions(
  ofRelease folder: String, packs: [String]
) throws(FileFailure) -> [ReleaseContents.Companion] {
  var companions: [ReleaseContents.Companion] = []
  for pack in packs {
    let place = FileSystem.path(folder, pack)
    for name in try FileSystem.names(in: place) where name.hasSuffix(".csv") && name != "tables.csv" {
      let path = FileSystem.path(place, name)
      guard let records = csvRecords(try FileSystem.read(path)) else {
        throw .cannotRead(path: path, reason: "its quotes or its UTF-8 are damaged")
      }
      companions.append(.init(pack: pack, name: name, records: records))
    }
  }
  return companions
}

extension ReleaseFiles {
  /// What an audit needs of files that have not been written yet.
  var contents: ReleaseContents? {
    guard let definition = self["definition.json"], let manifest = self["manifest.json"] else { return nil }
    let csv = files.filter { $0.path.hasSuffix(".csv") }
    var tables: [(pack: String, records: [[String]])] = []
    var companions: [ReleaseContents.Companion] = []
    for (file, records) in zip(csv, csv.concurrentMap { csvRecords($0.bytes) }) {
      guard let records, let slash = file.path.firstIndex(of: "/") else { return nil }
      let (pack, name) = (String(file.path[..<slash]), String(file.path[slash...].dropFirst()))
      if name == TablesCSV().fileName {
        tables.append((pack, records))
      } else {
        companions.append(.init(pack: pack, name: name, records: records))
      }
    }
    return ReleaseContents(
      definition: definition, manifest: manifest, tables: tables, companions: companions)
  }
}

/// How many processors there are.
public var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }
