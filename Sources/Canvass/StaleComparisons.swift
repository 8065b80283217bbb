import FoundationEssentials

/// Releases of a survey that tell changes since a release which another has replaced, a sentence each.
///
/// What the earlier wave withholds now, the later may still tell.
func staleComparisons(ofSurvey survey: String, in output: String) -> [String] {
  let parent = FileSystem.path(FileSystem.trimmingSlashes(output), survey)
  guard let names = try? FileSystem.names(in: parent) else { return [] }
  func manifest(_ wave: String) -> [UInt8]? {
    try? FileSystem.read(
      FileSystem.path(FileSystem.path(parent, wave), "manifest.json"), upTo: PublishedWave.largestFile)
  }
  return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap { name -> [String] in
    guard !name.hasPrefix("."), FileSystem.entry(at: FileSystem.path(parent, name)) == .folder,
      let bytes = manifest(name),
      let compared = (try? JSONDecoder().decode(ComparedWith.self, from: Data(bytes)))?.waves
    else { return [] }
    return compared.sorted { $0.key < $1.key }.compactMap { wave, release in
      guard let other = manifest(wave), sha256(other) != release.digest else { return nil }
      return """
        wave \(name) tells changes since a release of wave \(wave) that has been replaced, and may tell what that withholds: run it \
        again
        """
    }
  }
}

/// What manifest.json says of the releases that a wave was compared with.
private struct ComparedWith: Decodable {
  struct Compared: Decodable {
    let digest: String
    enum CodingKeys: String, CodingKey { case digest = "manifest_sha256" }
  }

  let waves: [String: Compared]
  enum CodingKeys: String, CodingKey { case waves = "compared_with" }
}
