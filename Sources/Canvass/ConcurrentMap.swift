import Dispatch
import Synchronization

extension RandomAccessCollection where Self: Sendable, Index == Int {
  /// What work makes of each element, in their order, done on as many processors as there are.
  func concurrentMap<Value: Sendable>(_ work: @Sendable (Element) -> Value) -> [Value] {
    let done = Mutex([Int: Value]())
    DispatchQueue.concurrentPerform(iterations: count) { turn in
      let value = work(self[startIndex + turn])
      done.withLock { $0[turn] = value }
    }
    return done.withLock { done in (0..<count).compactMap { done[$0] } }
  }
}
