import Ingest
import SurveyDefinition
import Tabulation

/// One streaming pass over the responses: no response is kept.
///
/// The findings are those of the data, with a fault for each pack that has nobody in it.
func tallyResponses(
  of defined: DefinedWave, on console: Console
) throws(RunFailure) -> (tally: Tally, report: ResponseReport) {
  var tally = Tally(TabulationPlan(defined.wave.survey))
  let progress = Progress(reading: defined.responsesName, on: console)
  defer { progress.end() }
  do {
    var report = try readResponses(
      defined.responses, of: defined.wave.survey, progress: progress.update,
      { response in tally.add(response) })
    if report.findings.allSatisfy(\.isRemark) {
      report.findings += emptyPacks(tally, of: defined)
    }
    return (tally, report)
  } catch {
    throw .ingest(error)
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
        .fault, code: "empty-pack", at: placeOfPack(pack.id, in: defined),
        "nobody of wave \(defined.wave.id) is in the pack `\(pack.id)`",
        remedy:
          "correct its `who`, or take it out of this wave with `\(pack.id): null` under `packs` in wave.yaml")
    )
  }
  return findings
}

/// Where a pack is declared, found by its key below `packs:`; wave.yaml before survey.yaml, as it lies over it.
private func placeOfPack(_ id: String, in defined: DefinedWave) -> Place {
  for source in [defined.folder.definition, defined.survey.definition] {
    guard let source, let text = source.text else { continue }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let packs = lines.firstIndex(where: { $0.hasPrefix("packs:") }) else { continue }
    for line in packs..<lines.count {
      guard let column = columnOfKey(id, in: lines[line]) else { continue }
      return Place(file: source.file, line: line + 1, column: column)
    }
  }
  return Place(file: defined.survey.definition.file, line: 1, column: 1)
}

private func columnOfKey(_ key: String, in line: Substring) -> Int? {
  let indent = line.prefix { $0 == " " }.count
  return line.dropFirst(indent).hasPrefix(key + ":") ? indent + 1 : nil
}
