public import SurveyDefinition

/// What reading a file of responses found, without any text of a response.
public struct ResponseReport: Sendable, Equatable {
  /// Records in the file, the header and wholly empty records not counted.
  public var recordsRead = 0
  /// Records with a fault: never responses. The definition says whether they stop the run or are left out.
  public var recordsRejected = 0
  /// Records that `keep` left out.
  public var recordsNotKept = 0
  /// Records all of whose cells were empty: not responses.
  public var emptyRecords = 0
  /// Records handed on as responses.
  public var responses = 0
  /// Records that are the same as an earlier one, cell for cell but for the id; 0 where nobody asked.
  public var duplicateRecords = 0
  /// Those of them with so many texts that they are hardly the same by chance.
  public var longDuplicateRecords = 0
  /// The line of the first of these, and that of the record which it repeats.
  public var firstDuplicate: RepeatedRecord?
  /// The rows in which headings were found that the definition names, for comparing waves.
  public var headerRows: [[String]] = []
  /// Ids that a spreadsheet has shortened, so that several respondents may have the same.
  public var shortenedIDs = 0
  /// By position of the question: numbers outside `valid`, counted as missing.
  public var outOfRange: [Int] = []
  /// By position of the question: responses that chose an exclusive option together with another.
  public var contradictions: [Int] = []
  /// By position of the item, variables before questions: cells that hold what a spreadsheet made of an answer, read as the
  /// definition repairs them.
  public var repairs: [Int] = []
  /// Headings of columns that the definition does not name, in the file's order, with control characters escaped; none where the first row has none
  /// of the headings that it names.
  public var unreadColumns: [String] = []
  /// The numbers of these columns, from 1.
  public var unreadColumnNumbers: [Int] = []
  /// SHA-free facts for progress: bytes of the file as stored, and uncompressed bytes read.
  public var storedBytesRead = 0
  public var bytesRead = 0
  /// Faults and remarks, sorted; with a fault the responses must not be used.
  public var findings: [Finding] = []

  public init() {}

  /// Records of the file, the header not counted.
  var records: Int { recordsRead + emptyRecords }

  /// Adds the counts of a part of the same file that has no fault; what the header says is the same in all.
  mutating func add(_ part: ResponseReport) {
    recordsRead += part.recordsRead
    recordsRejected += part.recordsRejected
    recordsNotKept += part.recordsNotKept
    emptyRecords += part.emptyRecords
    responses += part.responses
    shortenedIDs += part.shortenedIDs
    for question in outOfRange.indices { outOfRange[question] += part.outOfRange[question] }
    for question in contradictions.indices { contradictions[question] += part.contradictions[question] }
    for item in repairs.indices { repairs[item] += part.repairs[item] }
  }
}

/// A record that is the same as an earlier one, by the lines on which they start.
public struct RepeatedRecord: Sendable, Equatable {
  public var line: Int
  public var original: Int
}

/// Reads the responses of one wave, record by record, through libcsv: one streaming pass in flat memory.
///
/// Memory does not grow with the file, save for 16 bytes a respondent (twice that while their table grows) where the
/// definition names a column of respondent ids.
/// - Parameters:
///   - input: The file, gzipped or not, or standard input.
///   - codings: What coders found in the open text; nil: no theme question is read.
///   - findsDuplicates: Also count records that are the same as an earlier one, for 16 bytes a record more.
///   - progress: Called about once per 256 KiB with the bytes of the file read so far and in all, nil where unknown.
///   - body: Takes each response in the file's order, also where the file turns out to have a fault.
/// - Returns: Counts and findings. Everything that is wrong with the data is a finding; with a fault among them the
///   responses must not be used.
public func readResponses(
  _ input: ResponseInput, of survey: Survey, codings: OpenTextCodings? = nil, findsDuplicates: Bool = false,
  progress: ((Int, Int?) -> Void)? = nil, _ body: (borrowing CodedResponse) -> Void
) throws(IngestFailure) -> ResponseReport {
  try readResponses(
    input, of: survey, codings: codings, findsDuplicates: findsDuplicates, chunkSize: 1 << 18,
    progress: progress, body)
}

/// - Parameter chunkSize: Bytes handed to libcsv at a time; tests try every size.
func readResponses(
  _ input: ResponseInput, of survey: Survey, codings: OpenTextCodings? = nil, findsDuplicates: Bool = false,
  chunkSize: Int,
  progress: ((Int, Int?) -> Void)? = nil, _ body: (borrowing CodedResponse) -> Void
) throws(IngestFailure) -> ResponseReport {
  let file = input.displayName
  var reader = RecordReader(survey, file: file, codings: codings, findsDuplicates: findsDuplicates)
  guard reader.supports(survey) else { return reader.finish() }
  let layout = survey.input
  let form = TextForm(encoding: layout.encoding, separator: layout.separator, quoting: layout.quoting)
  let bytes = try readTable(input, form, chunkSize: chunkSize, progress: progress, into: &reader) {
    $0.read($1, $2, $3, body)
  }
  reader.count(bytes: bytes.text, stored: bytes.stored)
  return reader.finish()
}
