/// Releases of a survey that tell changes since a release which another has replaced, a sentence each.
///
/// What the earlier wave withholds now, the later may still tell.
func staleComparisons(ofSurvey survey: String, in output: String) -> [String] {
  let parent = FileSystem.path(FileSystem.trimmingSlashes(output), survey)
  guard let names = try? FileSystem.names(in: parent) else { return [] }
  let folders = names.filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    .compactMap { try? ReleaseFolder(FileSystem.path(parent, $0)) }
  let digests = Dictionary(folders.map { ($0.manifest.wave, $0.digest) }) { first, _ in first }
  return folders.flatMap { folder in
    (folder.manifest.comparedWith ?? [:]).sorted { $0.key < $1.key }.compactMap { wave, release in
      guard let now = digests[wave], now != release.digest else { return nil }
      return """
        wave \(folder.manifest.wave) tells changes since a release of wave \(wave) that has been replaced, and may tell what that \
        withholds: run it again
        """
    }
  }
}
