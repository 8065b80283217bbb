import ArgumentParser
import Canvass

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Draft a survey's definition from a survey platform's export.",
    discussion: """
      Reads an export (CSV or TSV, gzipped or not; a system file of SPSS, .sav; a Triple-S description, .sss, with its \
      data beside it) and guesses what it is: the platform, encoding, separator and \
      header rows; which columns are questions of one answer, of several, scales and numbers; whom a question was \
      asked of; which facts groups could be compared by. Comments in the draft say what was guessed and how sure it \
      is. Columns that look personal, and free text, are left out and named.

      With --output it makes a survey folder: survey.yaml, and a wave with a copy of the responses. Without it, the \
      draft is written to standard output. A text of an answer is written only where at least 5 respondents gave \
      it, or where it is the known wording of a scale.

      Examples:
        canvass init export.csv --output Surveys/canteen
        canvass init export.csv.gz | less
      """)

  @Argument(help: "The export; - is standard input.")
  var responses: String

  @Option(help: ArgumentHelp("The survey folder to make.", valueName: "survey-folder"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A file that describes the columns: a Qualtrics questionnaire (.qsf), a key of JISC Online Surveys, or a Table Schema.",
      valueName: "file"))
  var dictionary: String?

  @Option(help: "The name of the wave's folder. (default: the year of most dates of the platform, or wave-1)")
  var wave: String?

  @Flag(help: "Replace a survey.yaml and responses that stand there already; a wave.yaml stays.")
  var force = false

  func run() throws {
    var request = InitRequest(responses: responses)
    request.output = output
    request.dictionary = dictionary
    request.wave = wave
    request.replaces = force
    let console = Console()
    try Canvass.draftSurvey(request, on: console).end(on: console)
  }
}
