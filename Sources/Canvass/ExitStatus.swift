/// How a command ends. Where several waves end differently the highest wins.
public enum ExitStatus: Int32, Sendable, Hashable, Comparable {
  case done = 0
  /// The definition or the responses are wrong.
  case faults = 1
  /// The command was called wrongly.
  case usage = 2
  /// The release would not be safe, and nothing was written; or one that stands is not safe or not true.
  case unsafe = 3
  /// A fault of the program's own.
  case internalFault = 70
  /// A file could not be read or written.
  case file = 74
  /// Another run holds the lock.
  case locked = 75

  public static func < (left: ExitStatus, right: ExitStatus) -> Bool { left.rawValue < right.rawValue }
}
