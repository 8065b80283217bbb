import FoundationEssentials
import Glibc

/// Where words go, and what they look like there.
///
/// Results go to `output`; everything else, findings and progress included, to `errors`.
public final class Console {
  private let writeOutput: (String) -> Void
  private let writeErrors: (String) -> Void
  /// How many columns a line may have.
  public let width: Int
  /// True where standard output is a terminal whose user has not said NO_COLOR.
  public let showsColour: Bool
  /// True where standard error is a terminal, so that a line may be written over.
  public let showsProgress: Bool
  private let failure = Failure()

  /// A console over any two sinks, without colour or progress.
  public init(width: Int = 80, output: @escaping (String) -> Void, errors: @escaping (String) -> Void) {
    writeOutput = output
    writeErrors = errors
    self.width = width
    showsColour = false
    showsProgress = false
  }

  /// Standard output and standard error of this process.
  public init() {
    let environment = ProcessInfo.processInfo.environment
    let isTerminal = isatty(STDOUT_FILENO) == 1
    width = isTerminal ? min(max(terminalColumns() ?? 80, 60), 100) : 80
    showsColour = isTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    showsProgress = isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
    let failure = self.failure
    writeOutput = { if writeAll(Array($0.utf8), to: STDOUT_FILENO) != nil { failure.happened = true } }
    writeErrors = { _ = writeAll(Array($0.utf8), to: STDERR_FILENO) }
  }

  /// Whether standard output refused a write.
  private final class Failure { var happened = false }

  /// Ends in `status`, or in 74 where standard output could not be written.
  public func ending(_ status: ExitStatus) -> ExitStatus { failure.happened ? max(status, .file) : status }

  /// A message that belongs to no wave, such as how the command is used.
  public func tell(_ message: String) { errors(message) }

  func output(_ line: String) { writeOutput(line + "\n") }

  func errors(_ line: String) { writeErrors(line + "\n") }

  /// Writes to standard error as it is: no line feed is added.
  func progress(_ text: String) { if showsProgress { writeErrors(text) } }

  /// A title, in bold where colour is shown.
  func title(_ text: String) -> String { showsColour ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// A figure that the eye should find first.
  func strong(_ text: String) -> String { showsColour ? "\u{1B}[36m\(text)\u{1B}[0m" : text }
}

private func terminalColumns() -> Int? {
  var size = winsize()
  guard unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return Int(size.ws_col)
}
