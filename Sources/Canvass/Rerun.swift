import FoundationEssentials
import ReleaseModel
import Rendering
import SurveyDefinition

/// A release made once more of its survey, in memory, and held against the one that stands in a folder.
///
/// Nothing is written: neither a file nor a lock. The release is made as the manifest says: of the same packs, in the same
/// formats, compared with the same earlier releases.
struct Rerun {
  let verified: VerifiedFolder
  let manifest: ReleaseFolder.Manifest
  let survey: SurveyFolder
  let console: Console

  /// What differs, and what could not be compared.
  /// - Parameters:
  ///   - receipt: The receipt beside the release, which knows what it was made of; nil for none.
  ///   - path: Where that stands.
  func findings(receipt: ReceiptBeside?, at path: String) throws(RunFailure) -> [Finding] {
    guard survey.waves.contains(where: { $0.id == manifest.wave }) else {
      return [notRerun("it is of wave \(shownName(manifest.wave)), which \(survey.path) does not have")]
    }
    let definitions = try usage { () throws(UsageFailure) in
      try readDefinitions(of: [survey], waves: [manifest.wave])
    }
    guard let defined = definitions.waves.first else { throw .faults(Array(definitions.findings)) }
    guard defined.wave.survey.id == manifest.survey else {
      return [
        notRerun(
          "it is of the survey \(shownName(manifest.survey)), and \(survey.path) holds \(defined.wave.survey.id)"
        )
      ]
    }
    var findings: [Finding] = []
    let inputs = try files { () throws(FileFailure) in try InputDigests(defined) }
    if let receipt {
      findings += inputs.changes(since: receipt.inputDigests).map { input in
        Finding(
          .remark, code: "input-changed", at: Place(file: path),
          "\(shownName(input)) is not the one of which the release was made")
      }
    }
    let known = Set(defined.wave.survey.packs.map(\.id))
    let packs = Set(manifest.cells.keys)
    guard packs.isSubset(of: known) else {
      let gone = packs.subtracting(known).sorted().map(shownName).joined(separator: ", ")
      return findings + [notRerun("it has packs that the definition does not have: \(gone)")]
    }
    let (formats, incomparable) = formats()
    findings += incomparable
    guard let formats else { return findings }
    let earlier = try files { () throws(FileFailure) in
      try EarlierWaves(
        before: defined.wave, among: FileSystem.folder(of: verified.path) ?? ".",
        named: Set((manifest.comparedWith ?? [:]).keys))
    }
    let missing = missing(earlier)
    guard missing.isEmpty else { return findings + missing }
    let made = try MadeRelease(
      of: defined, reading: inputs, following: earlier, packs: packs == known ? [] : packs.sorted(),
      formats: formats,
      counting: { defined throws(RunFailure) in
        try tallyResponses(of: defined, threads: processorCount, on: console)
      },
      version: manifest.tool.version ?? canvassVersion,
      attack: { files, wave throws(RunFailure) in
        try Canvass.attack(files, of: wave, as: RunRequest(), on: console)
      }, on: console)
    return findings + differences(from: made.files)
  }

  /// The formats of the release, and what of them cannot be made again here; nil where none can.
  private func formats() -> (SelectedFormats?, [Finding]) {
    guard let formats = try? SelectedFormats(manifest.formats ?? []) else {
      return (nil, [notRerun("it has formats that this version of canvass does not write")])
    }
    guard let renderer = manifest.renderer else { return (formats, []) }
    let named = Manifest.Renderer(name: renderer.name, version: renderer.version, fonts: renderer.fonts)
    if formats.renderer?.named == named { return (formats, []) }
    let papers = manifest.outputs.keys.filter { $0.hasSuffix("/briefing.pdf") }.sorted()
    let files = papers.map { name in
      let bytes = try? FileSystem.read(FileSystem.path(verified.path, name), upTo: ReleaseFolder.largestFile)
      return ReleaseFiles.File(path: name, bytes: bytes ?? [])
    }
    let finding = Finding(
      .fault, code: "pdf-not-compared", at: manifestPlace,
      "the PDFs were made by \(shownName(renderer.name)) \(shownName(renderer.version)) with fonts that are not here, so they were not made again",
      remedy: formats.absence?.sentence ?? "use the canvass-typst and the fonts that made them")
    return (formats.standing(StandingPapers(files: files, renderer: named)), [finding])
  }

  /// Releases that this one tells changes since, and that do not stand beside it as they did.
  private func missing(_ earlier: EarlierWaves) -> [Finding] {
    (manifest.comparedWith ?? [:]).sorted { $0.key < $1.key }.compactMap { wave, compared in
      if earlier.waves.contains(where: { $0.wave == wave && $0.digest == compared.digest }) { return nil }
      return Finding(
        .fault, code: "not-rerun", at: manifestPlace,
        "it tells changes since a release of wave \(shownName(wave)) that does not stand beside it any more",
        remedy: "put that release back beside it, or run this wave again")
    }
  }

  private func differences(from files: ReleaseFiles) -> [Finding] {
    var findings: [Finding] = []
    let papersStand = Set(files.files.filter { $0.path.hasSuffix("/briefing.pdf") }.map(\.path))
    for name in Set(manifest.outputs.keys).union(files.files.map(\.path)).sorted()
    where name != "manifest.json" {
      guard let bytes = files[name] else {
        findings.append(difference(name, "a rerun does not write it"))
        continue
      }
      guard let released = manifest.outputs[name] else {
        findings.append(difference(name, "a rerun writes it, and the release does not have it"))
        continue
      }
      guard sha256(bytes) != released.sha256 else { continue }
      // A PDF that is not made again and was changed is told as changed.
      if papersStand.contains(name), !verified.intact.contains(name) { continue }
      findings.append(difference(name, "a rerun gives other bytes" + firstLine(name, bytes)))
    }
    // Its digests follow from the other files.
    if findings.isEmpty, verified.intact.count == manifest.outputs.count,
      files.manifestDigest != verified.digest
    {
      findings.append(
        difference("manifest.json", "a rerun gives other bytes, though all its files are the same"))
    }
    return findings
  }

  /// Where two texts part; empty for what is no text, or does not stand there as it was released.
  private func firstLine(_ name: String, _ bytes: [UInt8]) -> String {
    guard verified.intact.contains(name), [".csv", ".json", ".html", ".svg"].contains(where: name.hasSuffix),
      let standing = try? FileSystem.read(FileSystem.path(verified.path, name))
    else { return "" }
    let same = zip(standing, bytes).prefix { $0 == $1 }
    return ", first in line \(1 + same.count { $0.0 == UInt8(ascii: "\n") })"
  }

  private func difference(_ name: String, _ message: String) -> Finding {
    Finding(
      .fault, code: "rerun-differs", at: Place(file: FileSystem.path(verified.path, shownName(name))),
      message,
      remedy: manifest.tool.version == canvassVersion
        ? "see what has changed since in \(survey.path); then publish a new release, or put back what this was made of"
        : "another version made it, which may be why: make the rerun with that version")
  }

  private func notRerun(_ message: String) -> Finding {
    Finding(
      .fault, code: "not-rerun", at: manifestPlace, message,
      remedy: "name the survey's folder as it was when the release was made")
  }

  private var manifestPlace: Place { Place(file: FileSystem.path(verified.path, "manifest.json")) }
}

/// What a receipt beside a release says of it and of what it was made of.
struct ReceiptBeside: Decodable {
  private struct Digest: Decodable { let sha256: String }
  private struct Release: Decodable {
    let manifest: String
    enum CodingKeys: String, CodingKey { case manifest = "manifest_sha256" }
  }

  private let inputs: [String: Digest]
  private let release: Release

  var manifestDigest: String { release.manifest }
  var inputDigests: [String: String] { inputs.mapValues(\.sha256) }

  /// Nil where there is none, or none that this user may read.
  static func read(_ path: String) throws(NotAReceipt) -> ReceiptBeside? {
    guard let size = FileSystem.size(of: path), size <= ReleaseFolder.largestFile,
      let bytes = try? FileSystem.read(path, upTo: ReleaseFolder.largestFile)
    else { return nil }
    do { return try JSONDecoder().decode(ReceiptBeside.self, from: Data(bytes)) } catch {
      throw NotAReceipt()
    }
  }

  struct NotAReceipt: Error {}
}
