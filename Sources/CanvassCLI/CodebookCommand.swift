import ArgumentParser
import Canvass

struct CodebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codebook",
    abstract: "Draft a survey's codebook from the codes of another program.",
    discussion: """
      FILE is a REFI-QDA codebook (.qdc) or project (.qdpx, .qde), as ATLAS.ti, MAXQDA, NVivo, QualCoder, \
      Taguette and others write them. Its codes are written to standard output as `themes:` of a \
      survey.yaml: their names become labels, and ids are made of these. Descriptions, which may quote what \
      somebody said, are left out.

      Example:
        canvass codebook codebook.qdc >> Surveys/staff/survey.yaml
      """)

  @Argument(help: "A REFI-QDA codebook or project.")
  var file: String

  func run() throws {
    let console = Console()
    try Canvass.codebook(of: file, on: console).end(on: console)
  }
}
