/// Something wrong in an export: a value, not yet a sentence on a screen.
///
/// A fault quotes nothing of the responses, and of a description only names of columns, no more than 40 characters.
public struct ExportFault: Error, Sendable, Hashable {
  /// The kind of fault; its raw value is the stable short name for users.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case tooLarge = "export-too-large"
    case tooManyColumns = "too-many-columns"
    case tooManyAnswers = "too-many-answers"
    case tableTooLarge = "table-too-large"
    case unknownFormat = "unknown-format"
    case notXML = "not-xml"
    case unknownEncoding = "unknown-encoding"
    case entityDeclaration = "entity-declaration"
    case nestedTooDeep = "nested-too-deep"
    case notTripleS = "not-triple-s"
    case hierarchy = "hierarchy"
    case missingValue = "missing-value"
    case malformedValue = "malformed-value"
    case duplicateName = "duplicate-name"
    case noColumns = "no-columns"
    case malformedCSV = "malformed-csv"
    case shortRecord = "short-record"
    case malformedCell = "malformed-cell"
    case undeclaredCode = "undeclared-code"
    case wrongEncoding = "wrong-encoding"
    case notSPSS = "not-spss"
    case damaged = "damaged-file"
    case notJSON = "not-json"
    case notQualtrics = "not-qualtrics"
    case notKey = "not-a-key"
    case notTableSchema = "not-table-schema"
    case severalTables = "several-tables"
    case unknownTable = "unknown-table"
    case schemaElsewhere = "schema-elsewhere"
  }

  public var code: Code
  /// From 1; nil where none applies.
  public var line: Int?
  /// What is wrong, as a sentence without its final stop.
  public var message: String
  /// What the user can do, as a sentence without its final stop; nil where the message says it all.
  public var remedy: String?

  init(_ code: Code, line: Int? = nil, _ message: String, remedy: String? = nil) {
    self.code = code
    self.line = line
    self.message = message
    self.remedy = remedy
  }
}

extension ExportFault {
  static func tooLarge(limit: Int) -> ExportFault {
    ExportFault(
      .tooLarge, "the file is larger than \(sized(limit))", remedy: "Export fewer responses at a time")
  }

  static func tooManyColumns(limit: Int) -> ExportFault {
    ExportFault(
      .tooManyColumns, "the file describes more than \(grouped(limit)) columns",
      remedy: "Export only the questions that are needed")
  }

  static func tooManyAnswers(limit: Int) -> ExportFault {
    ExportFault(
      .tooManyAnswers, "the file lists more than \(grouped(limit)) answers",
      remedy: "Export only the questions that are needed")
  }

  static func tableTooLarge(limit: Int) -> ExportFault {
    ExportFault(
      .tableTooLarge, "the data would take more than \(sized(limit)) as CSV",
      remedy: "Export fewer responses or questions at a time")
  }
}

/// Why a file could not be made a dictionary or a table.
public enum ExportFailure: Error, Sendable, Equatable {
  /// `reason` is the system's word.
  case cannotOpen(path: String, reason: String)
  case cannotRead(path: String, reason: String)
  case fault(ExportFault)
}
