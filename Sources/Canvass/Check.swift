import Ingest
import SurveyDefinition
import Tabulation

/// `canvass check`: everything wrong, or worth a remark, with definition and data of every wave; nothing is written.
public func check(_ surveyFolder: String?, on console: Console) -> ExitStatus {
  do throws(RunFailure) {
    let surveys = try selectedSurveys(surveyFolder)
    let definitions = try usage { () throws(UsageFailure) in try readDefinitions(of: surveys, waves: []) }
    var findings = definitions.findings
    var status: ExitStatus = .done
    for wave in definitions.waves {
      do throws(RunFailure) {
        let (tally, report) = try tallyResponses(of: wave, on: console)
        findings.formUnion(report.findings + Remarks.onInputs(wave) + Remarks.onData(wave, report, tally))
        console.output("\(wave.folder.path): \(counted(report.responses, "response"))")
      } catch {
        status = max(status, tell(error, on: console))
      }
    }
    tell(findings, remarks: true, on: console)
    return findings.allSatisfy(\.isRemark) ? status : max(status, .faults)
  } catch {
    return tell(error, on: console)
  }
}
