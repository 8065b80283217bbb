import Glibc
import Pictures

/// `canvass run --watch`: runs, and again whenever a definition or a logo says something else, for whoever words a briefing.
///
/// What is compared is what survey.yaml and the wave.yaml files hold, not when they were written. A change is acted on once
/// it has lasted for one pause, as editors write in several steps; one that is made during a run leads to another.
/// briefing.pdf is left out unless `--format` names it: it takes longer than the rest, and the page has the same words.
/// - Returns: How the last run ended, which Ctrl-C leaves unsaid; wrong usage at once.
public func watch(_ request: RunRequest, on console: Console) -> ExitStatus {
  watch(request, on: console) {
    usleep(400_000)
    return true
  }
}

/// - Parameter pause: Waits for as long as a definition is left alone; false ends it all.
func watch(_ request: RunRequest, on console: Console, pause: () -> Bool) -> ExitStatus {
  guard request.report == .text else { return tell(.usage(.watchInJSON), on: console) }
  var request = request
  if request.formats.isEmpty { request.formats = usualFormats.filter { $0 != SelectedFormats.paper } }
  var seen = definitions(of: request)
  while true {
    let status = run(request, on: console)
    if status == .usage { return status }
    if !request.isQuiet { console.errors("waiting for a change of the definition; Ctrl-C ends this") }
    var now = definitions(of: request)
    while now == seen {
      guard pause() else { return status }
      now = definitions(of: request)
    }
    repeat {
      seen = now
      guard pause() else { return status }
      now = definitions(of: request)
    } while now != seen
  }
}

/// By file, the digest of what each definition holds; nil where one cannot be read.
private func definitions(of request: RunRequest) -> [String: String]? {
  guard let surveys = try? selectedSurveys(request.surveyFolder) else { return nil }
  var digests: [String: String] = [:]
  for survey in surveys {
    digests[survey.definition.file] = survey.definition.digest
    // A picture beside it may be a logo.
    for name in (try? FileSystem.names(in: survey.path)) ?? []
    where name.hasSuffix(".svg") || name.hasSuffix(".png") {
      let path = FileSystem.path(survey.path, name)
      digests[path] = (try? FileSystem.read(path, upTo: Picture.largestFile + 1)).map { sha256($0) } ?? ""
    }
    for wave in survey.waves { digests[wave.definitionFile] = wave.definition?.digest ?? "" }
  }
  return digests
}
