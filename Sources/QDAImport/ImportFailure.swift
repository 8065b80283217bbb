/// What stops an import without being a fault of the file's content.
public enum ImportFailure: Error, Sendable, Equatable {
  /// `reason` is the system's word.
  case cannotOpen(path: String, reason: String)
  case cannotRead(path: String, reason: String)
}
