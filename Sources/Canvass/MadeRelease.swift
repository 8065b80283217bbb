import Ingest
import ReleaseModel
import SurveyDefinition
import Tabulation

/// A wave's release made of its files, protected and audited, before any of it is written.
struct MadeRelease {
  let release: Release
  let files: ReleaseFiles
  /// What was read of the responses; all its findings are remarks.
  let report: ResponseReport
  /// By position of the question: answers of people who were not asked.
  let routingViolations: [Int]
  /// For the analyst alone.
  let remarks: [String]

  /// - Parameters:
  ///   - inputs: The files as they were before they are read: nothing is made of what changes meanwhile.
  ///   - earlier: The releases with which it is compared.
  ///   - packs: Ids of those that it is limited to; empty for all. All are protected together all the same.
  ///   - counting: How the responses are counted.
  ///   - version: The version of canvass that the manifest names.
  init(
    of defined: DefinedWave, reading inputs: InputDigests, following earlier: EarlierWaves, packs: [String],
    formats: SelectedFormats, counting: (DefinedWave) throws(RunFailure) -> CountedResponses,
    version: String = canvassVersion, attack: Attack, on console: Console
  ) throws(RunFailure) {
    let (tally, report) = try unchanged(inputs) { () throws(RunFailure) in
      let counted = try counting(defined)
      return (counted.tally, counted.report)
    }
    guard report.findings.allSatisfy(\.isRemark) else { throw .faults(report.findings) }
    try refuseTooFew(tally.responses, in: defined.wave)

    // The only door from counts to figures, and it sees all packs whichever are asked for. Nothing is put in place that the
    // audit breaks, or cannot decide.
    let attacked = try AttackedRelease(tally, of: defined.wave, following: earlier.waves, attack: attack)
    if let ofClasses = attacked.ofClasses { _ = try auditedJSON(ofClasses, wave: defined.wave, on: console) }
    let whole = attacked.release
    release = packs.isEmpty ? whole : whole.limited(toPacks: Set(packs))
    let unaudited = packs.isEmpty ? attacked.files : ReleaseFiles(release)
    let audited = try auditedJSON(
      packs.isEmpty ? attacked.report : attack(unaudited, defined.wave), wave: defined.wave, on: console)
    do throws(PaperRenderer.Failure) {
      files = try unaudited.published(audit: audited, release, formats: formats, version: version)
    } catch { throw .renderer(error) }
    self.report = report
    routingViolations = tally.routingViolations
    remarks = attacked.remarks
  }
}

/// What was read, where no input changed meanwhile: that is told before any fault that may only come of it.
private func unchanged<Value>(
  _ inputs: InputDigests, _ read: () throws(RunFailure) -> Value
) throws(RunFailure) -> Value {
  let result = Result(catching: read)
  try files { () throws(FileFailure) in try inputs.refuseChanges() }
  return try result.get()
}
