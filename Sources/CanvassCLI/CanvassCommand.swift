import ArgumentParser
import Canvass
import Glibc

/// The command `canvass`: reads its arguments, hands the work to `Canvass` and ends with its status.
@main
struct CanvassCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "canvass",
    abstract: "Turn a staff consultation into evidence that can be published.",
    discussion: """
      canvass reads the responses of a survey as its definition describes them, counts them, withholds \
      whatever would tell what a few people answered, and writes tables for each audience.

      Start with the bundled survey:
        canvass run Surveys/staff

      Exit status: 0 done; 1 the definition or the responses are wrong; 2 wrong usage; 3 the release \
      would not be safe, and nothing was written, or the one named is not safe or true; 70 a fault of canvass itself; 74 a file could not be \
      read or written; 75 another run holds the lock. With several waves the highest wins.
      """,
    version: canvassVersion,
    subcommands: [
      RunCommand.self, CheckCommand.self, InitCommand.self, CodebookCommand.self, AgreementCommand.self,
      AuditCommand.self, VerifyCommand.self, CompareCommand.self,
      SimulateCommand.self, TallyCommand.self, MergeCommand.self,
    ])

  @Flag(help: "With --version: also the libraries in use, with their versions.")
  var verbose = false

  func validate() throws {
    if verbose { throw ValidationError("--verbose goes with --version alone.") }
  }

  static func main() {
    prepareProcess()
    endFaultsOfOurOwn()
    // ArgumentParser ends at --version before it looks at any other flag.
    if Set(CommandLine.arguments.dropFirst()) == ["--version", "--verbose"] {
      let console = Console()
      Glibc.exit(console.ending(tellVersion(on: console)).rawValue)
    }
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      end(with: error)
    }
  }

  /// Tells an error and ends: wrong usage is 2, as CONTRIBUTING says, where ArgumentParser would have 64.
  private static func end(with error: any Error) -> Never {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    if code == .success {
      if !message.isEmpty { print(message) }
      Glibc.exit(ExitStatus.done.rawValue)
    }
    if !message.isEmpty { Console().tell(message) }
    if error is ExitCode { Glibc.exit(code.rawValue) }
    Glibc.exit((code == .validationFailure ? ExitStatus.usage : .internalFault).rawValue)
  }
}

extension ExitStatus {
  /// Ends the command with this status.
  func end(on console: Console) throws {
    let status = console.ending(self)
    if status != .done { throw ExitCode(status.rawValue) }
  }
}
