import Briefing
import Dispatch
import ReleaseModel
import Rendering
import Synchronization

/// The files of a release, by their place in its folder.
struct ReleaseFiles {
  struct File: Sendable {
    let path: String
    let bytes: [UInt8]
  }

  /// The manifest last.
  let files: [File]
  /// The digest of the manifest, by which a receipt and its release know each other.
  let manifestDigest: String

  /// What is audited: the definition and the figures as tables.csv and the files beside it have them, whatever formats are
  /// to be written. The other formats are written of the same release once it has withstood.
  init(_ release: Release) {
    let files = [File(path: "definition.json", bytes: definitionJSON(release.definition))]
    self.init(files + Self.files(of: release, by: [TablesCSV()]), release, formats: [TablesCSV().format])
  }

  private init(_ written: [File], _ release: Release, formats: [String]) {
    let outputs = written.map { Manifest.Output(path: $0.path, sha256: sha256($0.bytes)) }
    let manifest = Manifest(
      tool: "canvass", version: canvassVersion, formats: formats, outputs: outputs, release: release)
    let manifestBytes = manifest.bytes
    manifestDigest = sha256(manifestBytes)
    self.files = written + [File(path: "manifest.json", bytes: manifestBytes)]
  }

  /// What is published: audit.json, the audited files where CSV is among the formats, and the files of the other formats.
  func published(audit: [UInt8], _ release: Release, writers: [any PackWriter]) -> ReleaseFiles {
    let formats = writers.map(\.format)
    let audited = files.filter {
      $0.path == "definition.json" || $0.path.contains("/") && formats.contains(TablesCSV().format)
    }
    let others = Self.files(
      of: release,
      by: writers.filter { $0.format != TablesCSV().format }.map { $0.beside(Set(formats)) })
    return ReleaseFiles(
      audited + others + [File(path: "audit.json", bytes: audit)], release, formats: formats)
  }

  /// Files of all packs, in the order of packs and writers whichever is ready first.
  private static func files(of release: Release, by writers: [any PackWriter]) -> [File] {
    let parts = release.packs.flatMap { pack in writers.map { (pack: pack, writer: $0) } }
    let written = Mutex([Int: [File]]())
    DispatchQueue.concurrentPerform(iterations: parts.count) { index in
      let (pack, writer) = parts[index]
      let first = File(path: "\(pack.id)/\(writer.fileName)", bytes: writer.bytes(of: pack, in: release))
      let others = writer.companions(of: pack, in: release).map {
        File(path: "\(pack.id)/\($0.name)", bytes: $0.bytes)
      }
      written.withLock { $0[index] = [first] + others }
    }
    return written.withLock { written in parts.indices.flatMap { written[$0] ?? [] } }
  }

  /// The bytes of a file; nil where the release has none of that name.
  subscript(path: String) -> [UInt8]? { files.first { $0.path == path }?.bytes }
}

/// Every writer that there is, in the order in which formats are listed.
let releaseWriters: [any PackWriter] = packWriters + [BriefingHTML(), ChartSVG()]

/// The names that `--format` takes.
public let releaseFormats: [String] = releaseWriters.map(\.format)
/// Those that are written where it names none.
public let usualFormats: [String] = releaseWriters.filter(\.isUsual).map(\.format)

/// The writers that `--format` names; where it names none, those of the usual formats.
func selectedWriters(_ formats: [String]) throws(UsageFailure) -> [any PackWriter] {
  let known = releaseWriters.map(\.format)
  for format in formats where !known.contains(format) { throw .unknownFormat(format, known: known) }
  return releaseWriters.filter { formats.isEmpty ? $0.isUsual : formats.contains($0.format) }
}
