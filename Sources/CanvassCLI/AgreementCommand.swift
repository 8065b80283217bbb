import ArgumentParser
import Canvass

struct AgreementCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agreement",
    abstract: "Tell how far the coders of open text and focus groups agree.",
    discussion: """
      Nothing is written. For each theme, and for all themes together, over what more than one coder \
      read: percent agreement, Cohen's kappa (two coders), Krippendorff's alpha and Gwet's AC1 with its \
      interval of 95%. A theme counts as given where it, or one below it, was.

      With --list it names every unit on which coders differ by file and line, so that the team can talk \
      it over. No id, coder or text is ever printed. This is for the coding team, not for publication.

      Examples:
        canvass agreement Surveys/staff
        canvass agreement --list Surveys/staff --wave 2012-12
      """)

  @Argument(help: "The survey's folder, which holds survey.yaml. (default: every survey in ./Surveys)")
  var surveyFolder: String?

  @Option(help: "A wave to compare coders of; may be given several times. (default: all)")
  var wave: [String] = []

  @Flag(help: "List every unit on which coders differ, by the line of its first coding.")
  var list = false

  func run() throws {
    let console = Console()
    var request = AgreementRequest()
    request.surveyFolder = surveyFolder
    request.waves = wave
    request.listsUnits = list
    try Canvass.agreement(request, on: console).end(on: console)
  }
}
