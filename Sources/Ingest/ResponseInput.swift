/// Where the responses of a wave are read from, and the name that findings give to it.
public struct ResponseInput: Sendable, Hashable {
  /// The kinds of input.
  enum Source: Sendable, Hashable {
    case file(String)
    case standardInput
    case memory([UInt8])
  }

  let source: Source
  /// What findings and failures call the file.
  public let displayName: String

  /// A file, gzipped or not.
  /// - Parameter displayName: What findings call it; the path where nil.
  public static func file(_ path: String, displayName: String? = nil) -> ResponseInput {
    ResponseInput(source: .file(path), displayName: displayName ?? path)
  }

  /// Standard input, gzipped or not; findings call it `-`, as the definition does.
  public static var standardInput: ResponseInput { ResponseInput(source: .standardInput, displayName: "-") }

  /// What was read already, as from standard input, which can be read only once.
  public static func bytes(_ bytes: [UInt8], displayName: String) -> ResponseInput {
    memory(bytes, displayName: displayName)
  }

  static func memory(_ bytes: [UInt8], displayName: String = "responses.csv") -> ResponseInput {
    ResponseInput(source: .memory(bytes), displayName: displayName)
  }
}

/// What stops the reading of responses: the operating system, never the data.
public enum IngestFailure: Error, Sendable, Hashable, CustomStringConvertible {
  /// `reason` is the system's own word, such as `No such file or directory`.
  case cannotOpen(file: String, reason: String)
  case cannotRead(file: String, reason: String)

  public var description: String {
    switch self {
    case .cannotOpen(let file, let reason): "\(file): cannot be opened: \(reason)"
    case .cannotRead(let file, let reason): "\(file): cannot be read: \(reason)"
    }
  }
}
