/// How far a reading has come, on a terminal and only once it has taken a second.
final class Progress {
  private let subject: String
  private let console: Console
  private let started = ContinuousClock.now
  private var shown: Int?

  init(reading subject: String, on console: Console) {
    self.subject = subject
    self.console = console
  }

  /// Takes the bytes read so far, and all there are where that is known.
  func update(read: Int, total: Int?) {
    guard console.showsProgress, started.duration(to: .now) >= .seconds(1) else { return }
    let step = total.map { $0 > 0 ? read * 100 / $0 : 100 } ?? read / 1_000_000
    guard step != shown else { return }
    shown = step
    let amount = total == nil ? "\(grouped(step)) MB" : "\(step)%"
    console.progress("\r\u{1B}[KReading \(subject)  \(amount)")
  }

  /// Takes the line away again.
  func end() {
    if shown != nil { console.progress("\r\u{1B}[K") }
  }
}
