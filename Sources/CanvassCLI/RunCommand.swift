import ArgumentParser
import Canvass

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Read, check, tally, protect and publish a survey.",
    discussion: """
      Every wave of the survey becomes a release in OUTPUT/<survey>/<wave>: one folder per pack, with \
      manifest.json, definition.json and audit.json beside them. A release appears whole or not at all; where \
      anything goes wrong, the earlier one stays as it was.

      audit.json says how the release was attacked before it was put in place. Where the attack can tell a \
      small count, more is withheld and the release attacked again; where that does not help, nothing is \
      written and the status is 3.

      A run limited by --pack or --format writes a release of these alone and replaces the former whole. \
      All packs are protected together all the same.

      briefing.pdf is made by canvass-typst, which CANVASS_TYPST names or which is on PATH; without it the run \
      says so and leaves the PDF out. With --watch it is left out unless --format names it.

      With --report json standard output holds one JSON document and nothing else: for each wave how it ended, \
      and where it was released the folder, the number of responses and the cells withheld by pack; all \
      findings with code, file, line, column, message and remedy; and the exit status. With --quiet it has no \
      remarks.

      Examples:
        canvass run                        every survey in Surveys
        canvass run Surveys/staff          all waves of one survey
        canvass run Surveys/staff --wave 2012-12 --pack force --pack unison
      """)

  @Argument(help: "The survey's folder, which holds survey.yaml. (default: every survey in ./Surveys)")
  var surveyFolder: String?

  @Option(name: .customLong("wave"), help: "A wave to run; may be repeated. (default: all)")
  var waves: [String] = []

  @Option(name: .customLong("pack"), help: "A pack to publish; may be repeated. (default: all)")
  var packs: [String] = []

  @Option(help: ArgumentHelp("The folder that receives the releases.", valueName: "dir"))
  var output = "Output"

  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "A format to write; may be repeated: \(releaseFormats.joined(separator: ", ")). (default: \(usualFormats.joined(separator: ", ")))"
    ))
  var formats: [String] = []

  @Option(
    help: "How many threads read the responses; any number gives the same bytes. (default: one a processor)")
  var threads: Int?

  @Option(
    help: ArgumentHelp(
      "Go on from the counts that `canvass tally` or `canvass merge` wrote, instead of reading the responses.",
      valueName: "file"))
  var fromPartial: String?

  @Flag(help: "Print nothing but faults: no summary and no remarks.")
  var quiet = false

  @Option(help: reportHelp)
  var report = ReportForm.text

  @Flag(help: "Run again whenever survey.yaml or a wave.yaml says something else, until Ctrl-C.")
  var watch = false

  func run() throws {
    var request = RunRequest()
    request.surveyFolder = surveyFolder
    request.waves = waves
    request.packs = packs
    request.output = output
    request.formats = formats
    request.threads = threads ?? processorCount
    request.partial = fromPartial
    request.isQuiet = quiet
    request.report = report
    let console = Console()
    let status = watch ? Canvass.watch(request, on: console) : Canvass.run(request, on: console)
    try status.end(on: console)
  }
}
