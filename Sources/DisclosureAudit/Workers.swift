import Dispatch
import Synchronization

/// Threads that work on parts one after the other; what comes out does not depend on how many there are.
struct Workers {
  let threads: Int
  /// Told of each part that is done.
  let progress: (@Sendable (AuditStep) -> Void)?
  /// What is being done, in words.
  var step = ""

  /// The results of some work, in the order of its parts.
  /// - Parameter sizes: How much each part is; the largest are begun first, so that no thread is left with one at the end.
  func map<Value: Sendable>(sizes: [Int], _ work: @Sendable (Int) -> Value) -> [Value] {
    let count = sizes.count
    let order = sizes.indices.sorted { (sizes[$1], $0) < (sizes[$0], $1) }
    let next = Mutex(0)
    let results = Mutex([Int: Value]())
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      while true {
        let position = next.withLock { position in
          defer { position += 1 }
          return position
        }
        guard position < order.count else { return }
        let value = work(order[position])
        let done = results.withLock { results in
          results[order[position]] = value
          return results.count
        }
        progress?(AuditStep(name: step, done: done, parts: count))
      }
    }
    return results.withLock { results in (0..<count).compactMap { results[$0] } }
  }

  /// What two works that do not need each other come to, done beside each other where there are two threads.
  func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () -> First, _ second: @Sendable () -> Second
  ) -> (First, Second) {
    guard threads > 1 else { return (first(), second()) }
    let results = Mutex<(First?, Second?)>((nil, nil))
    DispatchQueue.concurrentPerform(iterations: 2) { turn in
      if turn == 0 {
        let value = first()
        results.withLock { $0.0 = value }
      } else {
        let value = second()
        results.withLock { $0.1 = value }
      }
    }
    let (one, other) = results.withLock { $0 }
    return (one ?? first(), other ?? second())
  }
}

/// How far an audit has come.
public struct AuditStep: Sendable {
  /// What is being done, in words.
  public var name: String
  /// Parts of the release that are done, and how many there are; both begin again with each step.
  public var done: Int
  public var parts: Int
}
