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
      out of range, columns that nobody reads. With remarks alone the status is 0.

      Example:
        canvass check Surveys/staff
      """)

  @Argument(help: "The survey's folder, which holds survey.yaml. (default: every survey in ./Surveys)")
  var surveyFolder: String?

  func run() throws {
    let console = Console()
    try Canvass.check(surveyFolder, on: console).end(on: console)
  }
}
