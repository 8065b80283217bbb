import Briefing

/// Writes `index.html` of a survey beside the folders of its waves, of the releases that stand there and nothing else.
///
/// The same releases give the same bytes, whichever was written last. A folder that is no release, is another survey's or
/// another wave's, or is not whole is left out. Whoever looks finds the former page or the new one, never a part.
func writeIndex(ofSurvey survey: String, in output: String) throws(FileFailure) {
  let folder = FileSystem.path(FileSystem.trimmingSlashes(output), survey)
  // Of two runs at once the later must see what the earlier released, so it waits.
  let lock = try FileLock(FileSystem.path(folder, ".index.lock"), isPatient: true)
  defer { withExtendedLifetime(lock) {} }
  // A killed run may have left one behind; nobody else writes there while we hold the lock.
  let unfinished = FileSystem.path(folder, ".index.unfinished")
  try FileSystem.refuseLink(unfinished)
  try FileSystem.remove(unfinished)
  var waves: [SurveyIndex.Wave] = []
  for name in try FileSystem.names(in: folder) where !name.hasPrefix(".") {
    let place = FileSystem.path(folder, name)
    guard try FileSystem.found(at: place) == .folder, let published = try PublishedWave(place),
      published.survey == survey, published.wave.id == name
    else { continue }
    waves.append(published.wave)
  }
  guard !waves.isEmpty else { return }
  let bytes = SurveyIndex(oldestFirst: waves).html
  let page = FileSystem.path(folder, "index.html")
  if FileSystem.entry(at: page) == .file, (try? FileSystem.read(page)) == bytes { return }
  try FileSystem.refuseLink(page)
  do throws(FileFailure) {
    try FileSystem.write(bytes, to: unfinished)
    try FileSystem.rename(unfinished, to: page)
  } catch {
    try? FileSystem.remove(unfinished)
    throw error
  }
  try FileSystem.sync(folder: folder)
}
