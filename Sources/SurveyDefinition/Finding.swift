/// Where in a user's file something was found: line and column count from 1; nil where none applies.
///
/// In definition files `column` counts characters; in responses `line` is the physical line on which the
/// record starts and `column` the number of the field.
public struct Place: Sendable, Hashable, Comparable {
  public var file: String
  public var line: Int?
  public var column: Int?

  public init(file: String, line: Int? = nil, column: Int? = nil) {
    self.file = file
    self.line = line
    self.column = column
  }

  public static func < (left: Place, right: Place) -> Bool {
    if left.file != right.file { return left.file < right.file }
    if left.line != right.line { return (left.line ?? 0) < (right.line ?? 0) }
    return (left.column ?? 0) < (right.column ?? 0)
  }
}

/// Something wrong, or worth a remark, in the files that a user gave: a value, not yet a sentence on a screen.
///
/// Findings are collected, sorted and told together. A finding never carries the text of a response, save where
/// CONTRACT's rule for undeclared answers lets it.
public struct Finding: Sendable, Hashable, Comparable {
  /// How much it matters: a fault stops the run, a remark does not.
  public enum Severity: String, Sendable, Hashable {
    case fault
    case remark
  }

  public var severity: Severity
  /// A stable short name of the kind of finding, lower case with hyphens, such as `unknown-key`.
  public var code: String
  public var place: Place
  /// What is wrong, as a sentence without its final stop.
  public var message: String
  /// What the user can do, as a sentence without its final stop; nil where the message says it all.
  public var remedy: String?

  public init(_ severity: Severity, code: String, at place: Place, _ message: String, remedy: String? = nil) {
    self.severity = severity
    self.code = code
    self.place = place
    self.message = message
    self.remedy = remedy
  }

  public var isRemark: Bool { severity == .remark }

  public static func < (left: Finding, right: Finding) -> Bool {
    if left.place != right.place { return left.place < right.place }
    if left.code != right.code { return left.code < right.code }
    if left.message != right.message { return left.message < right.message }
    // Two that read alike are told in one order all the same, however they were collected.
    if left.remedy != right.remedy { return (left.remedy ?? "") < (right.remedy ?? "") }
    return left.severity.rawValue < right.severity.rawValue
  }
}
