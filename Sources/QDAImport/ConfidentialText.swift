/// A text that may name a person, such as a coder's or a document's name: held to tell apart and to look up, and never
/// printed, whoever prints it.
///
/// It is not `Codable`, and its description, debug description and mirror say `<not shown>`.
public struct ConfidentialText: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible,
  CustomReflectable
{
  /// The text itself. Confidential: it may be compared, and mapped to a declared respondent or session; it may not go
  /// into a message, a log or any file.
  public let revealed: String

  init(_ text: String) {
    revealed = text
  }

  public var description: String { "<not shown>" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(reflecting: description) }
}
