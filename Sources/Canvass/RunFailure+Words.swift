import Ingest

/// The one place where a failure becomes words and an exit status.
extension RunFailure {
  var exitStatus: ExitStatus {
    switch self {
    case .usage: .usage
    case .faults: .faults
    case .unsafe: .unsafe
    case .file(.locked): .locked
    case .file, .ingest: .file
    case .renderer: .internalFault
    }
  }

  /// One sentence for the user; nil for faults, which are told finding by finding.
  var sentence: String? {
    switch self {
    case .usage(let failure): failure.sentence
    case .faults: nil
    case .unsafe(let reason): reason.sentence
    case .file(let failure): failure.sentence
    case .ingest(let failure): failure.description
    case .renderer(let failure):
      "canvass-typst could not make the briefing.pdf of pack `\(failure.pack)`, and nothing was written: \(failure.reason)"
    }
  }
}

extension UsageFailure {
  var sentence: String {
    switch self {
    case .noSurveys:
      "no survey folder was named, and there is no survey in the folder Surveys here"
    case .waveTwice(let id): "the wave `\(id)` is named twice, and no wave can be compared with itself"
    case .unknownWave(let id, let known):
      "there is no wave `\(id)`; there \(listing(known, "wave"))"
    case .unknownPack(let id, let known):
      "there is no pack `\(id)`; there \(listing(known, "pack"))"
    case .unknownFormat(let name, let known):
      "there is no format `\(name)`; there \(listing(known, "format"))"
    case .sameSurvey(let id, let folders):
      "the surveys in \(folders.joined(separator: " and ")) have the same id `\(id)` and would replace each other's release; run them one by one with different --output"
    case .wrongNumber(let option, let least):
      "\(option) takes a whole number from \(least)"
    case .responsesExist(let folder):
      "\(folder) already holds responses; with --force they are replaced"
    case .notMadeUp(let file):
      "\(file): does not say `made_up: true`; made-up responses go to a wave that says so"
    case .noShares(let file):
      "there is no \(file); --shares names a file of shares"
    case .protectionInJSON:
      "--report json tells nothing of protection; leave out either it or --protection"
    case .watchInJSON:
      "--report json is one document, and --watch has no end; leave out either"
    case .badWaveName(let name):
      "--wave `\(name)` is no name of a folder: it may not be empty, begin with a point or hold a slash"
    case .severalWaves(let option):
      "\(option) is of one wave; name it with --wave"
    case .badRange(let text):
      "--range `\(text)` is not FROM:TO, two numbers of bytes, the first the smaller"
    case .surveyExists(let file):
      "\(file) is there already; with --force it is replaced"
    }
  }

  private func listing(_ ids: [String], _ word: String) -> String {
    switch ids.count {
    case 0: "is none"
    case 1: "is only the \(word) \(ids[0])"
    default: "are " + ids.joined(separator: ", ")
    }
  }
}

extension UnsafeRelease {
  var sentence: String {
    switch self {
    case .tooFewResponses(let wave, let minimumCell):
      """
      wave \(wave) has fewer than \(minimumCell) responses, and a release tells how many there are: it would not be \
      safe, and nothing was written
      """
    case .cannotBeAudited(let folder, let reason): "\(folder) cannot be audited: \(reason)"
    case .auditFailed(let wave):
      """
      wave \(wave): the audit could not show that its release would be safe and true, and nothing was written; please report what led here
      """
    }
  }
}

extension FileFailure {
  var sentence: String {
    switch self {
    case .cannotRead(let path, let reason): "\(path): cannot be read: \(reason)"
    case .cannotWrite(let path, let reason): "\(path): cannot be written: \(reason)"
    case .changed(let path):
      "\(path): was changed while it was read, so nothing was written; run again when nobody writes to it"
    case .locked(let path): "another run holds the lock \(path); wait for it to end"
    }
  }
}
