import Briefing
import ReleaseModel
import Rendering

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
  /// Whether these are the tables of somebody who knows more than is published; see `init(tablesOf:)`.
  private(set) var areOfClasses = false

  /// What is audited: the definition and the figures as tables.csv and the files beside it have them, whatever formats are
  /// to be written. The other formats are written of the same release once it has withstood.
  init(_ release: Release) {
    let files = [File(path: "definition.json", bytes: definitionJSON(release.definition))]
    self.init(files + Self.files(of: release, by: [TablesCSV()]), release, formats: [TablesCSV().format])
  }

  /// What is audited of a release that is never written: its tables alone.
  init(tablesOf release: Release) {
    let files = [File(path: "definition.json", bytes: definitionJSON(release.definition))]
    let tables = release.packs.concurrentMap { pack in
      File(path: "\(pack.id)/\(TablesCSV().fileName)", bytes: TablesCSV().bytes(of: pack, in: release))
    }
    self.init(files + tables, release, formats: [TablesCSV().format])
    areOfClasses = true
  }

  private init(
    _ written: [File], _ release: Release, formats: [String], renderer: Manifest.Renderer? = nil,
    version: String = canvassVersion
  ) {
    let outputs = written.concurrentMap { Manifest.Output(path: $0.path, sha256: sha256($0.bytes)) }
    let manifest = Manifest(
      tool: "canvass", version: version, formats: formats, renderer: renderer, outputs: outputs,
      release: release)
    let manifestBytes = manifest.bytes
    manifestDigest = sha256(manifestBytes)
    self.files = written + [File(path: "manifest.json", bytes: manifestBytes)]
  }

  /// What is published: audit.json, the audited files where CSV is among the formats, and the files of the other formats.
  /// - Parameter version: The version of canvass that the manifest names.
  func published(
    audit: [UInt8], _ release: Release, formats: SelectedFormats, version: String = canvassVersion
  ) throws(PaperRenderer.Failure) -> ReleaseFiles {
    let names = formats.names
    let audited = files.filter {
      $0.path == "definition.json" || $0.path.contains("/") && names.contains(TablesCSV().format)
    }
    let beside = formats.writers.filter { $0.format != TablesCSV().format }.map { $0.beside(Set(names)) }
    let others = Self.files(of: release, by: beside)
    var papers = formats.standing?.files ?? []
    if formats.standing == nil, let renderer = formats.renderer {
      papers = try Self.papers(of: release, beside: Set(names), by: renderer)
    }
    return ReleaseFiles(
      audited + others + papers + [File(path: "audit.json", bytes: audit)], release, formats: names,
      renderer: formats.standing?.renderer ?? formats.renderer?.named, version: version)
  }

  /// briefing.pdf of all packs, made side by side.
  private static func papers(
    of release: Release, beside formats: Set<String>, by renderer: PaperRenderer
  ) throws(PaperRenderer.Failure) -> [File] {
    let made = release.packs.concurrentMap { pack in
      Result { () throws(PaperRenderer.Failure) in
        File(
          path: "\(pack.id)/briefing.pdf",
          bytes: try paper(of: pack, in: release, beside: formats, by: renderer))
      }
    }
    var files: [File] = []
    for result in made { files.append(try result.get()) }
    return files
  }

  /// Files of all packs, in the order of packs and writers whichever is ready first.
  private static func files(of release: Release, by writers: [any PackWriter]) -> [File] {
    let parts = release.packs.flatMap { pack in writers.map { (pack: pack, writer: $0) } }
    return parts.concurrentMap { pack, writer in
      let first = File(path: "\(pack.id)/\(writer.fileName)", bytes: writer.bytes(of: pack, in: release))
      let others = writer.companions(of: pack, in: release).map {
        File(path: "\(pack.id)/\($0.name)", bytes: $0.bytes)
      }
      return [first] + others
    }.flatMap { $0 }
  }

  /// A label that cannot be set leads to a plainer one, never to a pack without its PDF.
  private static func paper(
    of pack: ReleasedPack, in release: Release, beside formats: Set<String>, by renderer: PaperRenderer
  ) throws(PaperRenderer.Failure) -> [UInt8] {
    let source = BriefingPaper(beside: formats).source(of: pack, in: release)
    do throws(PaperRenderer.Failure) { return try renderer.pdf(of: source, pack: pack.id) } catch {
      let plain = BriefingPaper(beside: formats).source(of: pack, in: release, isPlain: true)
      guard plain != source, !error.isOverdue else { throw error }
      return try renderer.pdf(of: plain, pack: pack.id)
    }
  }

  /// The bytes of a file; nil where the release has none of that name.
  subscript(path: String) -> [UInt8]? { files.first { $0.path == path }?.bytes }
}
