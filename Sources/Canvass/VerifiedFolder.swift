import FoundationEssentials
import Rendering
import SurveyDefinition

/// What stands in a release folder, held against its manifest: every file there, none changed, none added.
struct VerifiedFolder {
  let path: String
  /// Nil where it cannot be relied on; a finding says why.
  let manifest: ReleaseFolder.Manifest?
  /// The digest of manifest.json, by which the release can be known again.
  let digest: String
  let findings: [Finding]
  /// The files that the manifest lists and that stand there as it says, by their place in the folder.
  let intact: Set<String>

  private static let manifestName = "manifest.json"

  init(_ path: String) throws(FileFailure) {
    guard FileSystem.entry(at: path) == .folder else {
      throw .cannotRead(path: path, reason: "it is no folder")
    }
    let contents = try FolderContents(path)
    let manifestPath = FileSystem.path(path, Self.manifestName)
    guard contents.files.contains(Self.manifestName) else {
      throw .cannotRead(path: manifestPath, reason: "there is no such file, so this is no release")
    }
    self.path = path
    let bytes = try FileSystem.read(manifestPath, upTo: ReleaseFolder.largestFile)
    digest = sha256(bytes)
    var findings: [Finding] = []
    var intact: Set<String> = []
    do throws(ManifestDamage) {
      manifest = try Self.manifest(bytes)
    } catch {
      findings.append(
        Finding(
          .fault, code: "manifest-damaged", at: Place(file: manifestPath), error.words,
          remedy: "get the release again from where it came, or run its wave again"))
      (manifest, self.findings, self.intact) = (nil, findings, intact)
      return
    }
    let listed = manifest?.outputs ?? [:]
    for name in listed.keys.sorted() {
      let problem = try contents.problem(with: name, digest: listed[name]?.sha256)
      if let problem {
        findings.append(problem)
      } else {
        intact.insert(name)
      }
    }
    for name in contents.files + contents.others
    where listed[name] == nil && name != Self.manifestName {
      findings.append(contents.added(name))
    }
    for name in contents.emptyFolders { findings.append(contents.added(name)) }
    if let version = manifest?.tool.version, version != canvassVersion {
      findings.append(
        Finding(
          .remark, code: "other-version", at: Place(file: manifestPath),
          "the release was made by canvass \(shownName(version)), and this is \(canvassVersion)",
          remedy: "where a rerun differs, make it with that version"))
    }
    self.findings = findings
    self.intact = intact
  }

  private struct ManifestDamage: Error {
    let words: String
  }

  private static func manifest(_ bytes: [UInt8]) throws(ManifestDamage) -> ReleaseFolder.Manifest {
    guard let manifest = try? JSONDecoder().decode(ReleaseFolder.Manifest.self, from: Data(bytes)) else {
      throw ManifestDamage(words: "it is not the manifest of a release: a key is missing or of another form")
    }
    guard manifest.tool.name == "canvass", manifest.tool.version != nil, manifest.formats != nil else {
      throw ManifestDamage(words: "it does not say which canvass made the release, and in which formats")
    }
    for name in manifest.outputs.keys.sorted() where !isPlaceWithin(name) {
      throw ManifestDamage(words: "it lists `\(shownName(name))`, which is no file of a release")
    }
    guard let tree = try? JSONDecoder().decode(JSONTree.self, from: Data(bytes)), tree.text.bytes == bytes
    else {
      throw ManifestDamage(words: "it was edited: canvass lays it out otherwise")
    }
    return manifest
  }

  /// Some other program's way out of the folder is no place in it.
  private static func isPlaceWithin(_ name: String) -> Bool {
    let parts = name.split(separator: "/", omittingEmptySubsequences: false)
    return name != manifestName && !parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
  }
}

/// The names below a folder. Links are not followed: what they lead to is no part of the folder.
private struct FolderContents {
  private let path: String
  private(set) var files: [String] = []
  /// What is neither a file nor a folder.
  private(set) var others: [String] = []
  private(set) var emptyFolders: [String] = []

  init(_ path: String) throws(FileFailure) {
    self.path = path
    var folders = [""]
    while let folder = folders.popLast() {
      let names = try FileSystem.names(in: folder.isEmpty ? path : FileSystem.path(path, folder))
      if names.isEmpty, !folder.isEmpty { emptyFolders.append(folder) }
      for name in names {
        let place = folder.isEmpty ? name : folder + "/" + name
        let whole = FileSystem.path(path, place)
        guard let attributes = try? FileManager.default.attributesOfItem(atPath: whole) else {
          throw .cannotRead(path: whole, reason: "what it is cannot be told")
        }
        switch attributes[.type] as? FileAttributeType {
        case .typeRegular?: files.append(place)
        case .typeDirectory?: folders.append(place)
        default: others.append(place)
        }
      }
    }
    files.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// What is wrong with a file that the manifest lists; nil where it is as it was released.
  func problem(with name: String, digest: String?) throws(FileFailure) -> Finding? {
    let again = "get the release again from where it came, or run its wave again"
    guard files.contains(name) else {
      let what = others.contains(name) ? "it is a link or the like, and no file" : "it is not there"
      return Finding(
        .fault, code: "file-gone", at: place(of: name), "the manifest lists it, and \(what)", remedy: again)
    }
    guard try sha256(ofFile: FileSystem.path(path, name)) == digest else {
      return Finding(
        .fault, code: "file-changed", at: place(of: name), "its bytes are not those that were released",
        remedy: again)
    }
    return nil
  }

  func added(_ name: String) -> Finding {
    Finding(
      .fault, code: "file-added", at: place(of: name), "the manifest does not list it",
      remedy: "take it away: it is no part of the release, and nobody has checked what it tells")
  }

  private func place(of name: String) -> Place { Place(file: FileSystem.path(path, shownName(name))) }
}

/// A name that anybody may have given, fit for one line of a terminal.
func shownName(_ name: String) -> String {
  let shown = name.unicodeScalars.map { scalar -> String in
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    default: String(scalar)
    }
  }
  return shown.count <= 200 ? shown.joined() : shown.prefix(199).joined() + "…"
}
