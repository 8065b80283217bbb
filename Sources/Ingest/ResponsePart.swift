import FoundationEssentials
public import SurveyDefinition

/// What reading one part of a file of responses found: counts of records, and what tells whether it goes together with other parts.
///
/// It holds no text and no id, but a hash of each id: whoever has a list of ids can tell who is in it.
public struct ResponsePart: Codable, Sendable, Equatable {
  /// The bytes of the text that it was asked for.
  public private(set) var from: Int
  public private(set) var to: Int
  /// The byte at which its first record begins; nil where none seemed to.
  public private(set) var start: Int?
  /// The byte at which the first record beyond it begins, or the file ends.
  public private(set) var end: Int
  /// Bytes of the file.
  public private(set) var size: Int
  public private(set) var recordsRead: Int
  public private(set) var recordsRejected: Int
  public private(set) var recordsNotKept: Int
  public private(set) var emptyRecords: Int
  public private(set) var responses: Int
  private var shortenedIDs: Int
  private var outOfRange: [Int]
  private var contradictions: [Int]
  private var repairs: [Int]
  /// 12 bytes of each id's hash, ascending; nil where respondents have no ids.
  private var respondents: Data?
  /// Units of the codings whose respondents have records here, ascending.
  private var codedUnits: [Int]

  init(_ read: PartRead, of range: Range<Int>, size: Int) {
    (from, to, start, end, self.size) = (range.lowerBound, range.upperBound, read.start, read.end, size)
    (recordsRead, recordsRejected) = (read.report.recordsRead, read.report.recordsRejected)
    (recordsNotKept, emptyRecords) = (read.report.recordsNotKept, read.report.emptyRecords)
    (responses, shortenedIDs) = (read.report.responses, read.report.shortenedIDs)
    (outOfRange, contradictions) = (read.report.outOfRange, read.report.contradictions)
    repairs = read.report.repairs
    respondents = read.respondentHashes.map { Data($0) }
    codedUnits = read.isCodedKnown.indices.filter { read.isCodedKnown[$0] }
  }

  /// A part in which no record begins, as one before it reaches beyond it.
  init(nothingOf range: Range<Int>, like read: PartRead, size: Int) {
    (from, to, start, end, self.size) = (range.lowerBound, range.upperBound, nil, range.upperBound, size)
    (recordsRead, recordsRejected, recordsNotKept, emptyRecords, responses, shortenedIDs) = (0, 0, 0, 0, 0, 0)
    outOfRange = read.report.outOfRange.map { _ in 0 }
    contradictions = outOfRange
    repairs = read.report.repairs.map { _ in 0 }
    respondents = read.respondentHashes.map { _ in Data() }
    codedUnits = []
  }

  /// All of a file at once, which nothing can be added to.
  init(whole report: ResponseReport, codedUnits: Int) {
    let size = report.bytesRead
    (from, to, start, end, self.size) = (0, size, 0, size, size)
    (recordsRead, recordsRejected) = (report.recordsRead, report.recordsRejected)
    (recordsNotKept, emptyRecords) = (report.recordsNotKept, report.emptyRecords)
    (responses, shortenedIDs) = (report.responses, report.shortenedIDs)
    (outOfRange, contradictions, repairs) = (report.outOfRange, report.contradictions, report.repairs)
    self.codedUnits = Array(0..<codedUnits)
  }

  /// Whether it is all of the file.
  public var isWhole: Bool { from == 0 && end == size }

  /// What is known of the records, without findings, which were told when they were read.
  /// - Parameter survey: The survey whose responses they are; nil of a part of another one.
  public func report(of survey: Survey) -> ResponseReport? {
    guard outOfRange.count == survey.questions.count, contradictions.count == survey.questions.count,
      repairs.count == survey.questions.count + survey.variables.count
    else { return nil }
    var report = ResponseReport()
    (report.recordsRead, report.recordsRejected) = (recordsRead, recordsRejected)
    (report.recordsNotKept, report.emptyRecords) = (recordsNotKept, emptyRecords)
    (report.responses, report.shortenedIDs) = (responses, shortenedIDs)
    (report.outOfRange, report.contradictions, report.repairs) = (outOfRange, contradictions, repairs)
    (report.bytesRead, report.storedBytesRead) = (end, size)
    return report
  }

  /// One fault for each unit of the codings that no record has.
  public func unknown(_ codings: OpenTextCodings) -> [Finding] {
    let known = Set(codedUnits)
    return codings.unknown((0..<codings.unitCount).map(known.contains))
  }

  /// Why two parts do not go together.
  public enum Mismatch: Error, Equatable {
    /// Bytes between them that neither has.
    case gap(from: Int, to: Int)
    case overlap(from: Int, to: Int)
    /// The later one took a byte within a record for the beginning of one; the next record begins here.
    case cutWithinRecord(next: Int)
    case sameRespondent
    case otherFile
    case tooManyRecords
    /// No record begins in the earlier one, as far as it could tell: only the parts before it know where the next one does.
    case unknownStart
  }

  /// Adds the part that follows this one.
  /// - Returns: Whether its records count; they do not where none of them begins behind this part's last one.
  public mutating func join(_ next: ResponsePart) throws(Mismatch) -> Bool {
    guard size == next.size, outOfRange.count == next.outOfRange.count, repairs.count == next.repairs.count,
      (respondents == nil) == (next.respondents == nil)
    else { throw .otherFile }
    if next.from != to, next.from != end {
      throw next.from > to ? .gap(from: to, to: next.from) : .overlap(from: next.from, to: min(to, next.to))
    }
    guard start != nil else { throw .unknownStart }
    if end >= next.to {
      to = next.to
      return false
    }
    guard next.start == end else { throw .cutWithinRecord(next: end) }
    if let own = respondents, let others = next.respondents {
      guard let both = RespondentIDs.joined(Array(own), Array(others)) else { throw .sameRespondent }
      respondents = Data(both)
    }
    guard recordsRead + emptyRecords + next.recordsRead + next.emptyRecords < Int(Int32.max) else {
      throw .tooManyRecords
    }
    (to, end) = (next.to, next.end)
    recordsRead += next.recordsRead
    recordsRejected += next.recordsRejected
    recordsNotKept += next.recordsNotKept
    emptyRecords += next.emptyRecords
    responses += next.responses
    shortenedIDs += next.shortenedIDs
    for question in outOfRange.indices {
      outOfRange[question] += next.outOfRange[question]
      contradictions[question] += next.contradictions[question]
    }
    for item in repairs.indices { repairs[item] += next.repairs[item] }
    codedUnits = Set(codedUnits).union(next.codedUnits).sorted()
    return true
  }
}
