import Ingest
import SurveyDefinition

/// `canvass codebook`: the codes of a file of a program for qualitative analysis as `themes:` of a survey.yaml.
public func codebook(of file: String, on console: Console) -> ExitStatus {
  do throws(RunFailure) {
    let (themes, findings): ([Theme], [Finding])
    do {
      (themes, findings) = try readThemes(ofCodesAt: file, displayName: file)
    } catch {
      throw .ingest(error)
    }
    tell(Set(findings), remarks: true, on: console)
    guard findings.isEmpty else { return .faults }
    console.output(String(codebookYAML(themes).dropLast()))
    return .done
  } catch {
    return tell(error, on: console)
  }
}
