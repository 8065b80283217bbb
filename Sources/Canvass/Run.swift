import Disclosure
import Ingest
import ReleaseModel
import Rendering
import SurveyDefinition
import Tabulation

/// `canvass run`: every selected wave from its files to a finished release.
///
/// A wave that cannot be released does not stop the others; the highest status wins.
public func run(_ request: RunRequest, on console: Console) -> ExitStatus {
  run(request, on: console) { files, wave throws(RunFailure) in
    try Canvass.attack(files, of: wave, as: request, on: console)
  }
}

/// The same, with another attack in the place of the audit.
func run(_ request: RunRequest, on console: Console, attack: Attack) -> ExitStatus {
  do throws(RunFailure) {
    let surveys = try selectedSurveys(request.surveyFolder)
    let formats = try usage { () throws(UsageFailure) in try SelectedFormats(request.formats) }
    guard request.threads >= 1 else { throw RunFailure.usage(.wrongNumber(option: "--threads", atLeast: 1)) }
    var definitions = try usage { () throws(UsageFailure) in
      try readDefinitions(of: surveys, waves: request.waves)
    }
    try usage { () throws(UsageFailure) in try limit(&definitions, toPacks: request.packs) }
    // Faults of the definition are told first: another wave may have been meant.
    if request.partial != nil, definitions.waves.count > 1 {
      throw RunFailure.usage(.severalWaves("--from-partial"))
    }
    return run(definitions, request, formats: formats, attack: attack, on: console)
  } catch {
    return tell(
      error, of: "run", as: request.report, parts: ["notes": .list([]), "waves": .list([])], on: console)
  }
}

private func run(
  _ definitions: DefinitionsRead, _ request: RunRequest, formats: SelectedFormats, attack: Attack,
  on console: Console
) -> ExitStatus {
  var report = CommandReport("run")
  report.findings = definitions.findings
  report.isQuiet = request.isQuiet
  if !definitions.faulty.isEmpty { report.status = .faults }
  // In words at once: a release that has been published need not be held any longer.
  var outcomes: [(folder: String, json: JSONText)] = []
  func note(_ outcome: WaveOutcome) {
    outcomes.append((outcome.folder, outcome.json(remarks: !request.isQuiet)))
  }
  for folder in definitions.faulty where !folder.id.isEmpty { note(WaveOutcome(faulty: folder)) }
  for failure in definitions.failures { report.stop(by: .file(failure), on: console) }
  let tellsText = request.report == .text && !request.isQuiet
  var released: Set<String> = []
  for wave in definitions.waves {
    do throws(RunFailure) {
      let done = try run(
        wave, request, formats: formats, findings: &report.findings, attack: attack, on: console)
      released.insert(wave.wave.survey.id)
      note(WaveOutcome(wave, done))
      if tellsText { done.tell() }
    } catch {
      report.stop(by: error, on: console)
      note(WaveOutcome(wave, stoppedBy: error))
    }
  }
  // Only where something has changed: a run without a release leaves the index as it is.
  for survey in released.sorted() {
    do throws(RunFailure) {
      try files { () throws(FileFailure) in try writeIndex(ofSurvey: survey, in: request.output) }
    } catch {
      report.stop(by: error, on: console)
    }
  }
  var notes =
    request.isQuiet ? [] : released.sorted().flatMap { staleComparisons(ofSurvey: $0, in: request.output) }
  // Whoever asks for the PDF by name is told even when quiet.
  if !released.isEmpty, let absence = formats.absence, !request.isQuiet || !request.formats.isEmpty {
    notes.append(absence.sentence)
  }
  switch request.report {
  case .text:
    for note in notes { console.errors("remark: \(note)") }
    tell(report.findings, remarks: !request.isQuiet, on: console)
  case .json:
    outcomes.sort { $0.folder.utf8.lexicographicallyPrecedes($1.folder.utf8) }
    report.parts = ["notes": .texts(notes), "waves": .list(outcomes.map(\.json))]
    report.tell(on: console)
  }
  return report.status
}

/// One wave of a survey, from its files to a finished release: the whole story.
private func run(
  _ defined: DefinedWave, _ request: RunRequest, formats: SelectedFormats, findings: inout Set<Finding>,
  attack: Attack, on console: Console
) throws(RunFailure) -> ReleasedWave {
  let place = try files { () throws(FileFailure) in
    try ReleasePlace(output: request.output, survey: defined.wave.survey.id, wave: defined.wave.id)
  }
  try files { () throws(FileFailure) in try place.mend() }
  let inputs = try files { () throws(FileFailure) in try InputDigests(defined) }
  let partial = try request.partial.map { file throws(RunFailure) in try PartialTally(wholeFrom: file) }
  let earlier = try files { () throws(FileFailure) in
    try EarlierWaves(before: defined.wave, in: request.output)
  }
  let made = try MadeRelease(
    of: defined, reading: inputs, following: earlier, packs: request.packs, formats: formats,
    counting: { defined throws(RunFailure) in
      if let partial, let file = request.partial {
        return try tallyResponses(of: defined, counted: partial, inputs, file: file)
      }
      return try tallyResponses(of: defined, threads: request.threads, on: console)
    }, attack: attack, on: console)
  let changes = ReleaseChanges(from: place.folder, to: made.files)
  let receipt = Receipt(
    defined: defined, inputs: inputs, report: made.report, routingViolations: made.routingViolations,
    remarks: made.remarks, packs: made.release.packs.map(\.id), formats: formats.names,
    manifestDigest: made.files.manifestDigest)
  let isTidy = try files { () throws(FileFailure) in
    try place.publish(made.files, receipt: receipt.bytes)
  }

  findings.formUnion(made.report.findings + Remarks.onInputs(defined))
  findings.formUnion(Remarks.onReceipt(of: defined, at: place.receipt))
  let untidy = isTidy ? [] : ["\(place.staging) could not be removed; the next run of the wave tries again"]
  return ReleasedWave(
    summary: Summary(
      defined: defined, report: made.report, release: made.release, releaseFolder: place.folder,
      receipt: place.receipt, console: console),
    manifestDigest: made.files.manifestDigest, formats: formats.names,
    remarks: made.remarks + earlier.remarks + untidy, changes: changes)
}

/// Every release tells the number of responses, so that number must not be a small count itself.
func refuseTooFew(_ responses: Int, in wave: Wave) throws(RunFailure) {
  let minimumCell = wave.survey.protection.minimumCell
  guard minimumCell > 1, responses < minimumCell else { return }
  throw .unsafe(.tooFewResponses(wave: wave.id, minimumCell: minimumCell))
}

/// The surveys that a command is about: the one named, or all in `Surveys`.
func selectedSurveys(_ folder: String?) throws(RunFailure) -> [SurveyFolder] {
  guard let folder else { return try SurveyFolder.all(in: "Surveys") }
  return [try files { () throws(FileFailure) in try SurveyFolder(FileSystem.trimmingSlashes(folder)) }]
}

/// Leaves out waves that have none of the wanted packs; a pack that no wave has is wrong usage.
private func limit(_ definitions: inout DefinitionsRead, toPacks wanted: [String]) throws(UsageFailure) {
  try refuseSameSurvey(definitions)
  let known = definitions.waves.flatMap { $0.wave.survey.packs.map(\.id) }
  for id in wanted where !known.contains(id) {
    // A definition with faults might have had it: its faults are told instead.
    guard !definitions.faulty.isEmpty || !definitions.failures.isEmpty else {
      throw .unknownPack(id, known: Array(Set(known)).sorted())
    }
  }
  guard !wanted.isEmpty else { return }
  definitions.waves.removeAll { wave in wave.wave.survey.packs.allSatisfy { !wanted.contains($0.id) } }
}

private func refuseSameSurvey(_ definitions: DefinitionsRead) throws(UsageFailure) {
  var folders: [String: String] = [:]
  for wave in definitions.waves {
    let id = wave.wave.survey.id
    let other = folders.updateValue(wave.survey.path, forKey: id)
    if let other, other != wave.survey.path {
      throw .sameSurvey(id: id, folders: [other, wave.survey.path])
    }
  }
}

/// Tells what stopped a whole command, and how it ends. Wrong usage has no document, as arguments that cannot be read have none.
/// - Parameter parts: What the document of that command has where there is nothing to tell.
func tell(
  _ failure: RunFailure, of command: String, as form: ReportForm, parts: [String: JSONText] = [:],
  on console: Console
) -> ExitStatus {
  guard form == .json, failure.exitStatus != .usage else { return tell(failure, on: console) }
  var report = CommandReport(command)
  report.parts = parts
  report.stop(by: failure, on: console)
  report.tell(on: console)
  return report.status
}

/// Tells what stopped a command and how it ends.
func tell(_ failure: RunFailure, on console: Console) -> ExitStatus {
  if case .faults(let findings) = failure { tell(findings, remarks: true, on: console) }
  if let sentence = failure.sentence { console.errors("canvass: \(sentence)") }
  return failure.exitStatus
}

func files<Value: ~Copyable>(_ body: () throws(FileFailure) -> Value) throws(RunFailure) -> Value {
  do { return try body() } catch { throw .file(error) }
}

func usage<Value: ~Copyable>(_ body: () throws(UsageFailure) -> Value) throws(RunFailure) -> Value {
  do { return try body() } catch { throw .usage(error) }
}
