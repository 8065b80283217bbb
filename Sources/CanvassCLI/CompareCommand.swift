import ArgumentParser
import Canvass

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Tell what has changed from wave to wave.",
    discussion: """
      Nothing is written, and nothing is read but releases: what stands in the output folder, as readers \
      have it. For each pack, one share of each question wave by wave, its change since the wave before the \
      last in percentage points, the interval of that change, and higher or lower where it is more than \
      chance may explain. What is not the same as then (wording, answers, who was asked) is said.

      The same stands in changes.csv and in the briefing of every pack whose survey has an earlier release.

      Examples:
        canvass compare Surveys/staff
        canvass compare Surveys/staff --waves 2012-12,2013-06 --all
      """)

  @Argument(help: "The survey's folder, which holds survey.yaml. (default: every survey in ./Surveys)")
  var surveyFolder: String?

  @Option(
    help: "The waves to compare, the oldest first, with commas between. (default: all that are released)")
  var waves: String?

  @Option(help: "A pack to compare; may be given several times. (default: all)")
  var pack: [String] = []

  @Option(help: "The folder in which releases stand.")
  var output = "Output"

  @Flag(help: "Tell every answer and net, not one share of each question.")
  var all = false

  func run() throws {
    let console = Console()
    var request = CompareRequest()
    request.surveyFolder = surveyFolder
    request.waves = (waves ?? "").split(separator: ",").map(String.init)
    request.packs = pack
    request.output = output
    request.tellsAll = all
    try Canvass.compare(request, on: console).end(on: console)
  }
}
