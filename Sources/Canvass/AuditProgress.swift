import DisclosureAudit
import Glibc
import Synchronization

/// How far an audit has come, on a terminal and only once it has taken a second.
///
/// It is told by several threads, so it writes to standard error by itself.
final class AuditProgress: Sendable {
  private struct State {
    var next = ContinuousClock.now + .seconds(1)
    var isShown = false
  }

  private let state = Mutex(State())

  /// Shows a step, at most ten times a second.
  func update(_ step: AuditStep) {
    state.withLock { state in
      let now = ContinuousClock.now
      guard now >= state.next else { return }
      state.next = now + .milliseconds(100)
      state.isShown = true
      write("\r\u{1B}[KAudit: \(step.name)  \(grouped(step.done)) of \(counted(step.parts, "part"))")
    }
  }

  /// Takes the line away again.
  func end() {
    state.withLock { state in
      if state.isShown { write("\r\u{1B}[K") }
      state.isShown = false
    }
  }

  private func write(_ text: String) { _ = writeAll(Array(text.utf8), to: STDERR_FILENO) }
}
