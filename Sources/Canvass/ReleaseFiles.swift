import ReleaseModel
import Rendering

/// The files of a release, by their place in its folder.
struct ReleaseFiles {
  struct File {
    let path: String
    let bytes: [UInt8]
  }

  /// The manifest last.
  let files: [File]
  /// The digest of the manifest, by which a receipt and its release know each other.
  let manifestDigest: String

  /// What can be audited: everything but audit.json.
  init(_ release: Release, writers: [any PackWriter]) {
    var files = [File(path: "definition.json", bytes: definitionJSON(release.definition))]
    for pack in release.packs {
      for writer in writers {
        files.append(
          File(path: "\(pack.id)/\(writer.fileName)", bytes: writer.bytes(of: pack, in: release)))
        files += writer.companions(of: pack, in: release).map {
          File(path: "\(pack.id)/\($0.name)", bytes: $0.bytes)
        }
      }
    }
    self.init(files, release, formats: writers.map(\.format), audit: nil)
  }

  private init(_ written: [File], _ release: Release, formats: [String], audit: [UInt8]?) {
    let files = written + (audit.map { [File(path: "audit.json", bytes: $0)] } ?? [])
    let outputs = files.map { Manifest.Output(path: $0.path, sha256: sha256($0.bytes)) }
    let manifest = Manifest(
      tool: "canvass", version: canvassVersion, formats: formats, outputs: outputs, release: release)
    let manifestBytes = manifest.bytes
    manifestDigest = sha256(manifestBytes)
    self.files = files + [File(path: "manifest.json", bytes: manifestBytes)]
  }

  /// The same files with audit.json, whose digest the manifest then has.
  func with(audit: [UInt8], _ release: Release, formats: [String]) -> ReleaseFiles {
    ReleaseFiles(files.filter { $0.path != "manifest.json" }, release, formats: formats, audit: audit)
  }

  /// The bytes of a file; nil where the release has none of that name.
  subscript(path: String) -> [UInt8]? { files.first { $0.path == path }?.bytes }
}

/// The writers that `--format` names; all of them where it names none.
func selectedWriters(_ formats: [String]) throws(UsageFailure) -> [any PackWriter] {
  let known = packWriters.map(\.format)
  for format in formats where !known.contains(format) { throw .unknownFormat(format, known: known) }
  return formats.isEmpty ? packWriters : packWriters.filter { formats.contains($0.format) }
}
