import ArgumentParser
import Canvass

struct TallyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tally",
    abstract: "Count responses and keep the raw counts, to add up parts of a large file.",
    discussion: """
      Counts all questions under all banners in one pass and writes the counts to a file that only its owner may read. \
      They are raw: nothing is withheld, and whoever has the file knows every small count. It begins with a line that \
      says so.

      With --range only the records that begin within these bytes of the responses are counted, wherever the cuts \
      fall; `canvass merge` adds parts up and proves that each cut fell between records, and `canvass run \
      --from-partial` goes on from all of them. Parts can be counted on other machines that see the same survey \
      folder. A compressed file, or one that is not in UTF-8, is counted as a whole.

      Examples:
        canvass tally Surveys/staff --partial counts
        canvass tally Surveys/staff --wave 2012-12 --range 0:1000000 --partial part-1
        canvass merge part-1 part-2 --output counts
        canvass run Surveys/staff --wave 2012-12 --from-partial counts
      """)

  @Argument(help: "The survey's folder, which holds survey.yaml.")
  var surveyFolder: String

  @Option(help: "The wave to count. (default: the only one)")
  var wave: String?

  @Option(help: "How many threads read; any number gives the same bytes. (default: one a processor)")
  var threads: Int?

  @Option(help: ArgumentHelp("Count the records that begin within these bytes.", valueName: "from:to"))
  var range: String?

  @Option(help: ArgumentHelp("The file that receives the counts; confidential.", valueName: "file"))
  var partial: String

  @Flag(help: "Print nothing but faults.")
  var quiet = false

  func run() throws {
    var request = TallyRequest(surveyFolder: surveyFolder, output: partial)
    request.wave = wave
    request.threads = threads ?? processorCount
    request.range = range
    request.isQuiet = quiet
    let console = Console()
    try Canvass.tally(request, on: console).end(on: console)
  }
}

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Add up counts of parts of a file of responses.",
    discussion: """
      Takes files of `canvass tally` or of `canvass merge`, in any order, that count one file part after part, and writes \
      their sum as such a file; confidential, as they are. Parts that overlap or leave bytes out are faults, and so is one \
      that was cut within a record and did not notice, or a respondent id in two parts.

      Example:
        canvass merge part-1 part-2 part-3 --output counts
      """)

  @Argument(help: "The files.")
  var files: [String]

  @Option(help: ArgumentHelp("The file that receives the sum; confidential.", valueName: "file"))
  var output: String

  @Flag(help: "Print nothing but faults.")
  var quiet = false

  func run() throws {
    let console = Console()
    try Canvass.merge(files, to: output, isQuiet: quiet, on: console).end(on: console)
  }
}
