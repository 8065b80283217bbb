import DisclosureAudit
import Glibc
import Ingest

/// `canvass audit`: attacks a release folder with nothing but what its readers have.
///
/// Exit status 0 where it withstood and all figures add up, 3 where not.
public func audit(_ folder: String, threads: Int, on console: Console) -> ExitStatus {
  do throws(RunFailure) {
    guard threads >= 1 else { throw RunFailure.usage(.wrongNumber(option: "--threads", atLeast: 1)) }
    let contents = try contents(ofRelease: FileSystem.trimmingSlashes(folder))
    let report: AuditReport
    do throws(UnreadableRelease) { report = try audit(contents, threads: threads) } catch {
      throw .unsafe(.cannotBeAudited(folder: folder, reason: error.sentence))
    }
    AuditText(report).tell(on: console)
    return report.isSafe && report.addsUp ? .done : .unsafe
  } catch {
    return tell(error, on: console)
  }
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
    return ReleaseContents(definition: definition, manifest: manifest, tables: tables)
  }
}

extension ReleaseFiles {
  /// What an audit needs of files that have not been written yet.
  var contents: ReleaseContents? {
    guard let definition = self["definition.json"], let manifest = self["manifest.json"] else { return nil }
    var tables: [(pack: String, records: [[String]])] = []
    for file in files where file.path.hasSuffix("/tables.csv") {
      guard let records = csvRecords(file.bytes) else { return nil }
      tables.append((String(file.path.prefix { $0 != "/" }), records))
    }
    return ReleaseContents(definition: definition, manifest: manifest, tables: tables)
  }
}

/// How many processors there are.
public var processorCount: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

/// An audit in words.
struct AuditText {
  private let report: AuditReport
  private static let shown = 25

  init(_ report: AuditReport) { self.report = report }

  func tell(on console: Console) {
    for fault in report.faults.prefix(Self.shown) { console.output("does not add up: \(fault)") }
    tellMore(report.faults.count, "figures that do not add up", on: console)
    for found in report.breaks.prefix(Self.shown) {
      let range = found.range
      let known =
        range.lowerBound == range.upperBound
        ? "is known to be \(range.lowerBound)"
        : "is known to lie in \(range.lowerBound) to \(range.upperBound)"
      let reader = found.insider.map { " to a respondent who knows \($0)" } ?? ""
      console.output("broken: \(found.place) \(known)\(reader)")
      for line in found.arithmetic { console.output("    \(line)") }
    }
    tellMore(report.breaks.count, "counts that can be told", on: console)
    for place in report.undecided.prefix(Self.shown) { console.output("not shown to be safe: \(place)") }
    tellMore(report.undecided.count, "counts that were not shown to be safe", on: console)
    console.output(
      "\(counted(report.counts, "count")) tried, \(grouped(report.openCounts)) of them open; "
        + "\(counted(report.boundsTried, "program")) solved")
    console.output(verdict)
  }

  private func tellMore(_ count: Int, _ what: String, on console: Console) {
    if count > Self.shown { console.output("… and \(grouped(count - Self.shown)) more \(what)") }
  }

  private var verdict: String {
    if !report.breaks.isEmpty { return "Broken: this release tells what a few people answered." }
    if !report.undecided.isEmpty { return "Not shown to be safe: do not publish this release." }
    if !report.faults.isEmpty { return "The figures do not add up: do not publish this release." }
    return "Withstood: no small count can be told from this release."
  }
}
