import ArgumentParser
import Canvass

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Tell whether a release folder is what was released.",
    discussion: """
      Holds every file of a release folder against the digests of its manifest.json: all are there, none \
      is changed, none is added. Where a receipt stands beside the folder, the two must belong together. \
      The digest of manifest.json is printed, to be compared with one that came by another way: whoever \
      changes a file can change the manifest as well.

      With --survey the release is made once more, in memory, of the same packs and formats, and its bytes \
      are compared. Nothing is written.

      Exit status 0: it is as released. 3: it is not, or that cannot be shown; each difference is told with \
      what to do. 74: it cannot be read.

      Examples:
        canvass verify Output/staff/2012-12
        canvass verify Output/staff/2012-12 --survey Surveys/staff
      """)

  @Argument(help: "The release folder, which holds manifest.json.")
  var releaseFolder: String

  @Option(
    help: ArgumentHelp("The survey's folder, to make the release once more.", valueName: "survey-folder"))
  var survey: String?

  @Flag(help: "Print nothing but differences.")
  var quiet = false

  @Option(help: reportHelp)
  var report = ReportForm.text

  func run() throws {
    var request = VerifyRequest(releaseFolder: releaseFolder)
    request.surveyFolder = survey
    request.isQuiet = quiet
    request.report = report
    let console = Console()
    try Canvass.verify(request, on: console).end(on: console)
  }
}
