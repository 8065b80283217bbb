import ArgumentParser
import Canvass

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tell everything that is wrong with a survey's definition and data.",
    discussion: """
      Nothing is written. Each fault is told as file:line:column: message, with what to do below it. In \
      responses, line is the line on which the record starts and column the number of the field.

      Remarks tell what is not wrong but should be known: answers of people who were not asked, numbers \
      out of range, columns that nobody reads. With remarks alone the status is 0. Where the codebook \
      changed from wave to wave, it tells which themes can be compared.

      With --protection it tells, before anything is published, what protecting each wave would withhold: \
      how many cells per pack, question and banner, why (thresholds alone, groups withheld whole, or to \
      protect others), how many people the withheld cells count, and which groups lose most. It then tries \
      poolings of small groups and prints those that show more as YAML for survey.yaml. A group is only ever \
      pooled by the definition: canvass never does it by itself. This output tells small counts; it is \
      confidential and for the analyst alone.

      With --report json standard output holds one JSON document and nothing else: all findings, each with \
      its severity (fault or remark), code, file, message and, where there are such, line, column and remedy, \
      and for each wave that could be read its rows: read = responses + rejected + not_kept + empty. The same \
      files give the same bytes. The exit status is the same as without it.

      Examples:
        canvass check Surveys/staff
        canvass check --protection Surveys/staff
        canvass check --report json Surveys/staff
      """)

  @Argument(help: "The survey's folder, which holds survey.yaml. (default: every survey in ./Surveys)")
  var surveyFolder: String?

  @Flag(help: "Tell also what would be withheld, why, and which poolings would show more; confidential.")
  var protection = false

  @Option(help: reportHelp)
  var report = ReportForm.text

  func run() throws {
    let console = Console()
    try Canvass.check(surveyFolder, showsProtection: protection, as: report, on: console).end(on: console)
  }
}
