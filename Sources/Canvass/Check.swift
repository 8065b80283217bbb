import Disclosure
import DisclosureAudit
import Ingest
import Rendering
import SurveyDefinition
import Tabulation

/// `canvass check`: everything wrong, or worth a remark, with definition and data of every wave; nothing is written.
/// - Parameters:
///   - surveyFolder: The survey's folder; nil: every survey in `Surveys`.
///   - showsProtection: Also what protecting each wave would withhold and why, for the analyst alone.
///   - form: For whom it is written. What stops a command, or one wave of it, is always told on standard error.
///   - console: Where output and messages go.
public func check(
  _ surveyFolder: String?, showsProtection: Bool = false, as form: ReportForm = .text, on console: Console
) -> ExitStatus {
  do throws(RunFailure) {
    if showsProtection, form == .json { throw .usage(.protectionInJSON) }
    let surveys = try selectedSurveys(surveyFolder)
    let definitions = try usage { () throws(UsageFailure) in try readDefinitions(of: surveys, waves: []) }
    var document = CommandReport("check")
    document.findings = definitions.findings
    for failure in definitions.failures { document.stop(by: .file(failure), on: console) }
    var themes = ThemeComparison()
    var comparison = WaveComparison()
    var checked: [JSONText] = []
    for wave in definitions.waves {
      do throws(RunFailure) {
        let read = try tallyResponses(
          of: wave, findsDuplicates: true, threads: 1, on: console)
        let (tally, report) = (read.tally, read.report)
        document.findings.formUnion(
          report.findings + Remarks.onInputs(wave) + Remarks.onData(wave, report, tally))
        document.findings.formUnion(comparison.findings(of: wave, report))
        checked.append(json(of: wave, report))
        if form == .text { console.output("\(wave.folder.path): \(counted(report.responses, "response"))") }
        if report.findings.allSatisfy(\.isRemark) { themes.add(wave, without: read.doubtful) }
        if showsProtection, report.findings.allSatisfy(\.isRemark) {
          try refuseTooFew(tally.responses, in: wave.wave)
          tellProtection(tally, of: wave, among: definitions.waves, on: console)
        }
      } catch {
        document.stop(by: error, on: console)
      }
    }
    if !document.findings.allSatisfy(\.isRemark) { document.status = max(document.status, .faults) }
    switch form {
    case .text:
      themes.tell(on: console)
      if showsProtection { console.output("") }
      tell(document.findings, remarks: true, on: console)
    case .json:
      document.parts = ["waves": .list(checked)]
      document.tell(on: console)
    }
    return document.status
  } catch {
    return tell(error, of: "check", as: form, parts: ["waves": .list([])], on: console)
  }
}

/// A wave whose definition has no fault and whose files could be read.
private func json(of defined: DefinedWave, _ report: ResponseReport) -> JSONText {
  .object([
    "survey": .text(defined.wave.survey.id), "wave": .text(defined.wave.id),
    "folder": .text(defined.folder.path), "responses": .number(report.responses), "rows": report.rowsJSON,
  ])
}

private func tellProtection(
  _ tally: Tally, of defined: DefinedWave, among waves: [DefinedWave], on console: Console
) {
  let (places, notes) = repairs(of: tally, of: defined, on: console)
  let losses = ProtectionLosses(tally, of: defined.wave, withholding: places)
  ProtectionReport(
    defined: defined, losses: losses, differences: PackDifference.small(in: tally), notes: notes,
    console: console
  ).tell()
  guard losses.cells.withheld > 0 else { return }
  // Poolings are compared as they are protected at first, which is not attacked each time.
  let compared = places.isEmpty ? losses : ProtectionLosses(tally, of: defined.wave)
  let search = PoolingSearch(
    tally, of: defined.wave, losses: compared,
    isPoolable: { item, group in waves.allSatisfy { $0.allowsPooling(item, group, of: defined) } },
    progress: { console.progress("\r\u{1B}[KTrying poolings  \($0) of \($1)") })
  console.progress("\r\u{1B}[K")
  PoolingReport(defined: defined, losses: compared, search: search, console: console).tell()
}

/// What a run would withhold besides, and what to say of that.
private func repairs(
  of tally: Tally, of defined: DefinedWave, on console: Console
) -> (places: Set<PlaceToWithhold>, notes: [String]) {
  do throws(RunFailure) {
    let attacked = try AttackedRelease(tally, of: defined.wave) {
      files, wave throws(RunFailure) in
      try attack(files, of: wave, as: RunRequest(), on: console)
    }
    guard attacked.report.isSafe, attacked.report.addsUp else {
      return (attacked.repairs.places, ["A run would refuse this release: its audit breaks it all the same."])
    }
    return (attacked.repairs.places, attacked.repairs.remarks)
  } catch {
    return ([], ["A run would refuse this release. " + (error.sentence ?? "")])
  }
}

extension DefinedWave {
  /// Whether a group of another wave may be pooled as far as this one is concerned: the two may read the same list of
  /// groups, and then what this wave's conditions name of it must stay.
  fileprivate func allowsPooling(_ item: Item, _ group: Int, of other: DefinedWave) -> Bool {
    let survey = other.wave.survey
    let id: String
    let label: String
    switch item {
    case .variable(let index):
      (id, label) = (survey.variables[index].id, survey.variables[index].groupLabels[group])
    case .question(let index):
      (id, label) = (survey.questions[index].id, survey.questions[index].answerLabels[group])
    }
    guard let place = places.groups[id], place == other.places.groups[id], let own = wave.survey.item(id)
    else {
      return true
    }
    let labels: [String]
    switch own {
    case .variable(let index): labels = wave.survey.variables[index].groupLabels
    case .question(let index): labels = wave.survey.questions[index].answerLabels
    }
    return wave.survey.poolableGroups(of: own).contains { labels[$0] == label }
  }
}
