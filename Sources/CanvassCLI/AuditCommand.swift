import ArgumentParser
import Canvass

struct AuditCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Attack a finished release with nothing but what its readers have.",
    discussion: """
      Reads the tables, the definition and the manifest of a release folder and tries to tell what a few \
      people answered: from differences of packs, groups and totals, nets and their parts, routed bases, \
      percentages and intervals, as an outsider and as any kind of respondent. Each count that can be told \
      is shown with the arithmetic. Also tells of figures that do not add up.

      Exit status 0: the release withstood. 3: it is broken, or its figures do not add up.

      Example:
        canvass audit Output/staff/2012-12
      """)

  @Argument(help: "The release folder, which holds manifest.json.")
  var releaseFolder: String

  @Option(help: "How many threads work at a time; the result is the same. (default: one a processor)")
  var threads: Int?

  @Option(help: reportHelp)
  var report = ReportForm.text

  func run() throws {
    let console = Console()
    try Canvass.audit(releaseFolder, threads: threads ?? processorCount, as: report, on: console)
      .end(on: console)
  }
}
