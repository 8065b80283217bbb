public import SurveyDefinition

/// What reading a file of responses found, without any text of a response.
public struct ResponseReport: Sendable, Equatable {
  /// Records in the file, the header and wholly empty records not counted.
  public var recordsRead = 0
  /// Records that `keep` left out.
  public var recordsNotKept = 0
  /// Records all of whose cells were empty: not responses.
  public var emptyRecords = 0
  /// Records handed on as responses.
  public var responses = 0
  /// By position of the question: numbers outside `valid`, counted as missing.
  public var outOfRange: [Int] = []
  /// By position of the question: responses that chose an exclusive option together with another.
  public var contradictions: [Int] = []
  /// Headings of columns that the definition does not name, in the file's order.
  public var unreadColumns: [String] = []
  /// SHA-free facts for progress: bytes of the file as stored, and uncompressed bytes read.
  public var bytesRead = 0
  /// Faults and remarks, sorted; with a fault the responses must not be used.
  public var findings: [Finding] = []

  public init() {}
}
