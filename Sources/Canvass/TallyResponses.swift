import Disclosure
import Ingest
import SurveyDefinition
import Tabulation

/// What is counted of the responses of a wave.
struct CountedResponses {
  var tally: Tally
  var report: ResponseReport
  /// Themes that the codebook of the wave may not have had, which a remark names.
  var doubtful: [DoubtfulTheme] = []
}

/// One streaming pass over the responses: no response is kept. The findings are those of the data, with a fault for each pack that has
/// nobody in it.
///
/// - Parameters:
///   - findsDuplicates: Also count records that are the same as an earlier one; then one thread reads.
///   - threads: How many may read; any number gives the same.
func tallyResponses(
  of defined: DefinedWave, findsDuplicates: Bool = false, threads: Int, on console: Console
) throws(RunFailure) -> CountedResponses {
  let progress = Progress(reading: defined.responsesName, on: console)
  defer { progress.end() }
  let (survey, input) = try responses(of: defined)
  do {
    let codings = try openTextCodings(of: defined, survey)
    let nothing = Tally(TabulationPlan(defined.wave.survey))
    var counted: CountedResponses
    if findsDuplicates {
      counted = CountedResponses(tally: nothing, report: ResponseReport())
      counted.report = try readResponses(
        input, of: survey, codings: codings.usable, findsDuplicates: true, progress: progress.update
      ) { counted.tally.add($0) }
    } else {
      let (report, tally) = try readResponses(
        input, of: survey, codings: codings.usable, threads: threads, progress: progress.update,
        from: nothing,
        { $0.add($1) }, merging: { $0.merge($1) })
      counted = CountedResponses(tally: tally, report: report)
    }
    return try concluded(counted, of: defined, codings)
  } catch {
    throw .ingest(error)
  }
}

/// The counts of a part of the responses, or of all of them, to go on from later.
func tallyPart(
  of defined: DefinedWave, range: Range<Int>?, threads: Int, on console: Console
) throws(RunFailure) -> PartReading<Tally> {
  let progress = Progress(reading: defined.responsesName, on: console)
  defer { progress.end() }
  let (survey, input) = try responses(of: defined)
  do {
    let codings = try openTextCodings(of: defined, survey)
    guard !codings.hasFaults else {
      var report = ResponseReport()
      report.findings = codings.findings
      return .faulty(report)
    }
    return try readResponsePart(
      input, of: survey, codings: codings.usable, range: range, threads: threads, progress: progress.update,
      from: Tally(TabulationPlan(defined.wave.survey)), { $0.add($1) }, merging: { $0.merge($1) })
  } catch {
    throw .ingest(error)
  }
}

/// The same as reading all responses, of counts that were kept.
func tallyResponses(
  of defined: DefinedWave, counted partial: PartialTally, _ inputs: InputDigests, file: String
) throws(RunFailure) -> CountedResponses {
  let (tally, report) = try partial.tally(of: defined, inputs, file: file)
  do {
    let codings = try openTextCodings(of: defined, defined.wave.survey)
    var counted = CountedResponses(tally: tally, report: report)
    if let usable = codings.usable { counted.report.findings += partial.part.unknown(usable) }
    return try concluded(counted, of: defined, codings)
  } catch {
    throw .ingest(error)
  }
}

/// Where the responses are read from, and by which definition: what is no CSV is read as one.
private func responses(of defined: DefinedWave) throws(RunFailure) -> (Survey, ResponseInput) {
  var survey = defined.wave.survey
  guard let file = defined.responsesFile,
    let converted = try ConvertedResponses(file, description: defined.tripleSFile)
  else { return (survey, defined.responses) }
  survey.input = survey.input.converted()
  return (survey, converted.input)
}

private func openTextCodings(of defined: DefinedWave, _ survey: Survey) throws(IngestFailure)
  -> OpenTextCodings
{
  try readOpenTextCodings(defined.codings.openText.map { ($0.layout, $0.input) }, of: survey)
}

extension OpenTextCodings {
  /// What responses are read with: nil where nothing was coded, or cannot be used.
  fileprivate var usable: OpenTextCodings? { isEmpty || hasFaults ? nil : self }
}

/// What is found once all responses are counted: beside them, and of all of them together.
private func concluded(
  _ read: CountedResponses, of defined: DefinedWave, _ codings: OpenTextCodings
) throws(IngestFailure) -> CountedResponses {
  var (tally, report) = (read.tally, read.report)
  if defined.wave.survey.input.excludesInvalid { tally.excludedRows = report.recordsRejected }
  report.findings += codings.findings
  var usage = codings.usage
  tally.sessions = try sessions(of: defined, findings: &report.findings, usage: &usage)
  var doubtful: [DoubtfulTheme] = []
  if report.findings.allSatisfy(\.isRemark) {
    report.findings += codings.notAsked(tally.codedNotAsked)
    report.findings += emptyPacks(tally, of: defined) + smallDifferences(tally, of: defined)
    report.findings += aboveThePopulation(tally, of: defined)
    doubtful = usage.doubtfulThemes(of: defined.wave.survey.themes)
    report.findings += Remarks.onThemes(doubtful, of: defined)
  }
  if report.findings.allSatisfy(\.isRemark) {
    do throws(FaultyWeights) {
      let weighted = try weightedTally(tally, of: defined)
      tally = weighted.tally
      if let remark = weighted.remark { report.findings.append(remark) }
    } catch { report.findings += error.findings }
  }
  return CountedResponses(tally: tally, report: report, doubtful: doubtful)
}

/// What the focus groups of a wave raised; nil where none was coded.
private func sessions(
  of defined: DefinedWave, findings: inout [Finding], usage: inout CodebookUsage
) throws(IngestFailure) -> SessionTally? {
  guard !defined.codings.focusGroups.isEmpty else { return nil }
  let wave = defined.wave
  let codings = try readFocusGroupCodings(
    defined.codings.focusGroups.map { ($0.layout, $0.input) }, of: wave)
  findings += codings.findings
  usage = usage.union(codings.usage)
  guard !codings.hasFaults else { return nil }
  guard codings.raised.contains(where: { $0 != nil }) else {
    findings.append(
      Finding(
        .remark, code: "uncoded-session", at: Place(file: defined.codings.focusGroups[0].input.displayName),
        "no session of wave \(wave.id) was coded, and tables show no focus groups",
        remedy: "see whether the file is whole; a row with an empty theme says that a session raised nothing")
    )
    return nil
  }
  for (session, raised) in zip(wave.sessions, codings.raised) where raised == nil {
    findings.append(
      Finding(
        .remark, code: "uncoded-session", at: Place(file: defined.folder.definitionFile),
        "nobody coded the session `\(session.id)`, which is not counted",
        remedy: "give it a row with an empty theme where nothing was raised"))
  }
  return SessionTally(wave.sessions, codebook: wave.survey.themes.coded, coded: codings.raised)
}

/// Packs that differ by few people, without their number: `check --protection` tells that to whoever asks for it.
private func smallDifferences(_ tally: Tally, of defined: DefinedWave) -> [Finding] {
  PackDifference.small(in: tally).map { difference in
    let without = difference.without.map { "`\($0)`" }.joined(separator: " and ")
    let whole = difference.pack.map { "the pack `\($0)`" } ?? "the whole of the responses"
    return Finding(
      .remark, code: "small-difference", at: defined.place(ofPack: difference.without.first ?? ""),
      "\(whole) without \(without) is fewer than \(defined.wave.survey.protection.minimumBase) people in wave \(defined.wave.id)",
      remedy:
        "readers of both can subtract, so much is withheld; give these packs the same people, or people who differ by more"
    )
  }
}

/// A pack with nobody in it is a fault: its audience was written wrongly, or it must wait for another wave.
private func emptyPacks(_ tally: Tally, of defined: DefinedWave) -> [Finding] {
  let plan = tally.plan
  var findings: [Finding] = []
  for (index, pack) in plan.survey.packs.enumerated() {
    let audience = UInt64(plan.audienceOfPack[index])
    let people = tally.atoms.indices.reduce(0) { sum, atom in
      let belongs = tally.atoms[atom] & (1 << audience) != 0
      return belongs ? sum + tally.count(atom: atom, table: 0, banner: nil, group: 0, category: 0) : sum
    }
    guard people == 0 else { continue }
    findings.append(
      Finding(
        .fault, code: "empty-pack", at: defined.place(ofPack: pack.id),
        "nobody of wave \(defined.wave.id) is in the pack `\(pack.id)`",
        remedy:
          "correct its `who`, or take it out of this wave with `\(pack.id): null` under `packs` in wave.yaml")
    )
  }
  return findings
}

/// More people responded than there are: the two do not count the same people, and no rate can be told.
private func aboveThePopulation(_ tally: Tally, of defined: DefinedWave) -> [Finding] {
  guard let population = defined.wave.survey.population, let place = defined.places.population else {
    return []
  }
  let remedy = "see whether both count the same people, at the same date"
  var findings: [Finding] = []
  if let people = population.people, tally.responses > people {
    findings.append(
      Finding(
        .fault, code: "more-than-population", at: place,
        "wave \(defined.wave.id) has more responses than the population has people", remedy: remedy))
  }
  for (column, banner) in tally.plan.banners.enumerated() {
    // People of groups that are left out, and how many of these responded.
    var left = population.people
    var others = 0
    for (group, label) in banner.groups.enumerated() where group != banner.notStated {
      let responded = tally.atoms.indices.reduce(0) {
        $0 + tally.count(atom: $1, table: 0, banner: column, group: group, category: 0)
      }
      guard let people = population.count(banner.item, group: group) else {
        others += responded
        continue
      }
      left = left.map { $0 - people }
      guard responded > people else { continue }
      findings.append(
        Finding(
          .fault, code: "more-than-population", at: place,
          "wave \(defined.wave.id) has more responses of `\(label)` of `\(banner.id)` than there are people",
          remedy: remedy))
    }
    if findings.isEmpty, let left, left < others {
      findings.append(
        Finding(
          .fault, code: "more-than-population", at: place,
          "wave \(defined.wave.id) has more responses of groups of `\(banner.id)` that `population` leaves out than there are such people",
          remedy: remedy))
    }
  }
  return findings
}
