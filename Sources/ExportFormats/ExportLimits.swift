/// How much a file may ask for before it is refused. What is beyond these limits was made to exhaust a machine, or is
/// no export of a survey.
public struct ExportLimits: Sendable, Hashable {
  /// Bytes of a description: a questionnaire of a thousand questions takes some MiB.
  public var maximumDescriptionBytes = 64 << 20
  /// Bytes of a data file.
  public var maximumDataBytes = 1 << 30
  /// Bytes of the CSV that a data file becomes, and of what it inflates to.
  public var maximumTableBytes = 2 << 30
  /// Columns, those included that a platform may or may not export.
  public var maximumColumns = 32_767
  /// Answers of all columns together.
  public var maximumAnswers = 1_000_000
  /// Values and keys of a description written in JSON. A questionnaire of 50 MiB has some six million.
  public var maximumJSONValues = 8_000_000
  /// Elements of XML, and lists and objects of JSON, inside one another. Real files stay below 20.
  public var maximumDepth = 64

  public init() {}
}
