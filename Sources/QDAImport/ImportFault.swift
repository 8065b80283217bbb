/// Something wrong in a file that was to be imported: a value, not yet a sentence on a screen.
///
/// A fault quotes nothing of the file save the names of codes, of which it shows no more than 40 characters.
public struct ImportFault: Error, Sendable, Hashable, Comparable {
  /// The kind of fault; its raw value is the stable short name for users.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    case notAnArchive = "not-an-archive"
    case damagedArchive = "damaged-archive"
    case tooManyEntries = "too-many-entries"
    case unsafeEntryName = "unsafe-entry-name"
    case noProject = "no-project"
    case severalProjects = "several-projects"
    case encryptedProject = "encrypted-project"
    case unsupportedCompression = "unsupported-compression"
    case projectTooLarge = "project-too-large"
    case suspiciousCompression = "suspicious-compression"
    case notXML = "not-xml"
    case unknownEncoding = "unknown-encoding"
    case documentType = "document-type"
    case nestedTooDeep = "nested-too-deep"
    case tagTooLong = "tag-too-long"
    case wrongRoot = "wrong-root"
    case wrongNamespace = "wrong-namespace"
    case missingAttribute = "missing-attribute"
    case malformedGUID = "malformed-guid"
    case malformedValue = "malformed-value"
    case duplicateGUID = "duplicate-guid"
    case unknownCode = "unknown-code"
    case unknownCoder = "unknown-coder"
    case unknownSource = "unknown-source"
    case unknownSelection = "unknown-selection"
    case unknownVariable = "unknown-variable"
    case codingWithoutCode = "coding-without-code"
    case misplacedCoding = "misplaced-coding"
    case misplacedCase = "misplaced-case"
  }

  public var code: Code
  /// The entry of the archive in which `line` counts; nil where the file is no archive, or the fault is the archive's.
  public var entry: String?
  /// From 1; nil where none applies.
  public var line: Int?
  /// From 1, in characters; nil where none applies.
  public var column: Int?
  /// What is wrong, as a sentence without its final stop.
  public var message: String
  /// What the user can do, as a sentence without its final stop; nil where the message says it all.
  public var remedy: String?

  init(
    _ code: Code, entry: String? = nil, at place: XMLPlace? = nil, _ message: String, remedy: String? = nil
  ) {
    self.code = code
    self.entry = entry
    self.line = place?.line
    self.column = place?.column
    self.message = message
    self.remedy = remedy
  }

  /// Faults of the whole first, then in the order of their places.
  public static func < (left: ImportFault, right: ImportFault) -> Bool {
    if left.line != right.line { return (left.line ?? 0) < (right.line ?? 0) }
    if left.column != right.column { return (left.column ?? 0) < (right.column ?? 0) }
    if left.code != right.code { return left.code.rawValue < right.code.rawValue }
    return left.message < right.message
  }
}

/// Where something stands in an XML document: line and column, both from 1, the column in characters.
struct XMLPlace: Sendable, Hashable {
  var line: Int
  var column: Int
}
