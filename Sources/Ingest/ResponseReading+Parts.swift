import Dispatch
public import SurveyDefinition
import Synchronization

/// Reads the responses of one wave as `readResponses` does, several parts of the file at once where that can be done: what comes
/// out is the same, to the last finding.
///
/// Parts are used where nothing is wrong with any of them, each begins where the one before it ends, and no respondent id stands in
/// two. Otherwise, and where the file is small, compressed, from a pipe or not in UTF-8, one thread reads it from its beginning.
/// - Parameters:
///   - threads: How many parts are read at once, 1 or more.
///   - progress: Called about once per 256 KiB with the bytes of the file read so far and in all, nil where unknown.
///   - nothing: What no responses come to.
///   - add: Takes each response of a part in the file's order.
///   - merge: Adds what a part came to to what the parts before it did.
/// - Returns: Counts and findings, and what all responses come to.
public func readResponses<Count: Sendable>(
  _ input: ResponseInput, of survey: Survey, codings: OpenTextCodings? = nil, threads: Int,
  progress: ((Int, Int?) -> Void)? = nil, from nothing: Count,
  _ add: @escaping @Sendable (inout Count, borrowing CodedResponse) -> Void,
  merging merge: (inout Count, Count) -> Void
) throws(IngestFailure) -> (report: ResponseReport, count: Count) {
  try readResponses(
    input, of: survey, codings: codings, threads: threads, leastPart: 1 << 20, chunkSize: 1 << 18,
    progress: progress, from: nothing, add, merging: merge)
}

/// - Parameter leastPart: Bytes that are worth a thread; tests try parts of few bytes.
func readResponses<Count: Sendable>(
  _ input: ResponseInput, of survey: Survey, codings: OpenTextCodings? = nil, threads: Int, leastPart: Int,
  chunkSize: Int, progress: ((Int, Int?) -> Void)? = nil, from nothing: Count,
  _ add: @escaping @Sendable (inout Count, borrowing CodedResponse) -> Void,
  merging merge: (inout Count, Count) -> Void
) throws(IngestFailure) -> (report: ResponseReport, count: Count) {
  let reader = PartReader(input: input, survey: survey, codings: codings, chunkSize: chunkSize)
  if threads > 1, let size = try reader.cuttableSize(), size / leastPart > 1,
    let (read, count) = try reader.read(
      0..<size, threads: threads, leastPart: leastPart, progress: progress.map { tell in { tell($0, size) } },
      from: nothing, add, merging: merge)
  {
    var report = read.report
    report.bytesRead = read.end
    report.storedBytesRead = read.end
    report.findings = (report.findings + (codings?.unknown(read.isCodedKnown) ?? [])).sorted()
    return (report, count)
  }
  var count = nothing
  let report = try readResponses(
    input, of: survey, codings: codings, chunkSize: chunkSize, progress: progress
  ) { add(&count, $0) }
  return (report, count)
}

/// How reading a part of a file ended.
public enum PartReading<Count: Sendable>: Sendable {
  case read(ResponsePart, Count)
  /// Something is wrong: what, by reading the file from its beginning.
  case faulty(ResponseReport)
  /// The file has no parts that can be read by themselves: it is compressed, comes from a pipe, or is not in UTF-8; or codings are of
  /// respondents by number.
  case notCuttable
  case beyondEnd(size: Int)
}

/// Reads the responses whose records begin in a part of the file.
/// - Parameter range: Bytes of the text; nil: all of the file, also of one that cannot be cut.
public func readResponsePart<Count: Sendable>(
  _ input: ResponseInput, of survey: Survey, codings: OpenTextCodings? = nil, range: Range<Int>?,
  threads: Int,
  progress: ((Int, Int?) -> Void)? = nil, from nothing: Count,
  _ add: @escaping @Sendable (inout Count, borrowing CodedResponse) -> Void,
  merging merge: (inout Count, Count) -> Void
) throws(IngestFailure) -> PartReading<Count> {
  guard let range else {
    let (report, count) = try readResponses(
      input, of: survey, codings: codings, threads: threads, progress: progress, from: nothing, add,
      merging: merge)
    guard report.findings.allSatisfy(\.isRemark) else { return .faulty(report) }
    return .read(ResponsePart(whole: report, codedUnits: codings?.unitCount ?? 0), count)
  }
  var reader = PartReader(input: input, survey: survey, codings: codings)
  reader.leavesOutFaulty = survey.input.excludesInvalid
  guard let size = try reader.cuttableSize() else { return .notCuttable }
  guard range.upperBound <= size else { return .beyondEnd(size: size) }
  let tell = progress.map { tell in { (bytes: Int) in tell(bytes, range.count) } }
  if let (read, count) = try reader.read(
    range, threads: threads, leastPart: 1 << 20, progress: tell, from: nothing, add, merging: merge)
  {
    return .read(ResponsePart(read, of: range, size: size), count)
  }
  // Perhaps it was only taken up in the wrong place: whoever comes from the beginning knows where its first record begins.
  if let before = try reader.read(0..<range.lowerBound, isProven: true, { _ in }) {
    if before.end >= range.upperBound {
      return .read(ResponsePart(nothingOf: range, like: before, size: size), nothing)
    }
    var count = nothing
    if let read = try reader.read(before.end..<range.upperBound, isProven: true, { add(&count, $0) }) {
      return .read(ResponsePart(read, of: range, size: size), count)
    }
  }
  let report = try readResponses(input, of: survey, codings: codings, progress: progress) { _ in }
  return report.findings.allSatisfy(\.isRemark) ? .notCuttable : .faulty(report)
}

extension PartReader {
  /// Reads a part of the file as several smaller ones at once.
  /// - Returns: nil where one of them is none, or two have the same respondent.
  fileprivate func read<Count: Sendable>(
    _ range: Range<Int>, threads: Int, leastPart: Int, progress: ((Int) -> Void)?, from nothing: Count,
    _ add: @escaping @Sendable (inout Count, borrowing CodedResponse) -> Void,
    merging merge: (inout Count, Count) -> Void
  ) throws(IngestFailure) -> (read: PartRead, count: Count)? {
    let parts = max(1, min(threads, range.count / leastPart))
    let cuts = (0...parts).map {
      range.lowerBound + range.count / parts * $0 + min($0, range.count % parts)
    }
    let ranges = zip(cuts, cuts.dropFirst()).map { $0..<$1 }
    let read = try self.read(ranges, progress: progress, from: nothing, add)
    guard var (whole, count) = read[0] else { return nil }
    for (range, part) in zip(ranges, read).dropFirst() {
      // A record may be longer than a part, in which then none begins.
      if whole.end >= range.upperBound { continue }
      if whole.start == nil {
        guard let part else { return nil }
        (whole, count) = part
        continue
      }
      var part = part
      if part?.read.start != whole.end {
        var again = nothing
        part = try self.read(whole.end..<range.upperBound, isProven: true) { add(&again, $0) }.map {
          ($0, again)
        }
      }
      guard let part, whole.join(part.read) else { return nil }
      merge(&count, part.count)
    }
    guard whole.report.records <= Int(Int32.max) - survey.input.headerRows else { return nil }
    return (whole, count)
  }

  /// Reads parts at once, the first of them on the calling thread, which tells how far it has come as if the others were as far.
  fileprivate func read<Count: Sendable>(
    _ ranges: [Range<Int>], progress: ((Int) -> Void)?, from nothing: Count,
    _ add: @escaping @Sendable (inout Count, borrowing CodedResponse) -> Void
  ) throws(IngestFailure) -> [(read: PartRead, count: Count)?] {
    @Sendable func read(
      _ range: Range<Int>, progress: ((Int) -> Void)?
    ) throws(IngestFailure) -> (read: PartRead, count: Count)? {
      var count = nothing
      return try self.read(range, isProven: range.lowerBound == 0, progress: progress) { add(&count, $0) }
        .map { ($0, count) }
    }
    let others = OtherParts<Count>()
    let group = DispatchGroup()
    for (index, range) in ranges.enumerated().dropFirst() {
      DispatchQueue.global().async(group: group) {
        // What cannot be read now is told by the thread that then reads the file from its beginning.
        let part = try? read(range, progress: nil)
        others.parts.withLock { $0[index] = part }
      }
    }
    let first = Result { () throws(IngestFailure) in
      try read(ranges[0]) { bytes in progress?(bytes * ranges.count) }
    }
    group.wait()
    let read = others.parts.withLock { parts in ranges.indices.dropFirst().map { parts[$0] } }
    return try [first.get()] + read
  }
}

/// By position, what other threads than the first have read.
private final class OtherParts<Count: Sendable>: Sendable {
  let parts = Mutex([Int: (read: PartRead, count: Count)]())
}
