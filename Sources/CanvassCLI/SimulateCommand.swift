import ArgumentParser
import Canvass

struct SimulateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Make up responses for a survey, to try it before fieldwork.",
    discussion: """
      Writes a wave folder: the responses file and a wave.yaml that says made_up: true, as every output \
      made of it will. What answers come out, and how often, is in the shares; an item that they do not \
      name has equal shares, and an answer that the shares of its item do not name has none. The same \
      definition, shares, number and seed give the same bytes on any machine.

      Examples:
        canvass simulate Surveys/staff --output Surveys/staff/trial
        canvass simulate Surveys/staff --responses 1000000 --output large
      """)

  @Argument(help: "The survey's folder, which holds survey.yaml.")
  var surveyFolder: String

  @Option(
    help: ArgumentHelp(
      "The file of shares. (default: shares.yaml of the survey, or equal shares)", valueName: "file"))
  var shares: String?

  @Option(help: "How many responses to make up.")
  var responses = SimulateRequest.usualResponses

  @Option(help: "Another seed gives other responses of the same shares.")
  var seed = SimulateRequest.usualSeed

  @Option(help: ArgumentHelp("The folder that becomes a wave folder.", valueName: "dir"))
  var output: String

  @Flag(help: "Replace responses that stand there already.")
  var force = false

  func run() throws {
    var request = SimulateRequest(surveyFolder: surveyFolder, output: output)
    request.shares = shares
    request.responses = responses
    request.seed = seed
    request.replaces = force
    let console = Console()
    try Canvass.simulate(request, on: console).end(on: console)
  }
}
