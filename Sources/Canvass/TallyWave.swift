import Ingest
import SurveyDefinition
import Tabulation

/// What `canvass tally` is asked to do.
public struct TallyRequest: Sendable, Hashable {
  /// The survey's folder.
  public var surveyFolder: String
  /// The id of the wave; nil: the only one.
  public var wave: String?
  /// How many threads may read; any number gives the same bytes.
  public var threads = 1
  /// `FROM:TO`, bytes of the responses; nil: all of them.
  public var range: String?
  /// The file that receives the counts.
  public var output: String
  /// Say nothing but faults.
  public var isQuiet = false

  public init(surveyFolder: String, output: String) {
    self.surveyFolder = surveyFolder
    self.output = output
  }
}

/// `canvass tally`: counts a wave's responses, or those of a part of the file, and keeps the raw counts in a file for its owner
/// alone. Nothing is protected.
///
/// A part is of the records that begin in it, wherever it is cut; where two parts do not go together, merging them says so.
public func tally(_ request: TallyRequest, on console: Console) -> ExitStatus {
  do throws(RunFailure) {
    guard request.threads >= 1 else { throw RunFailure.usage(.wrongNumber(option: "--threads", atLeast: 1)) }
    let range = try usage { () throws(UsageFailure) in try request.range.map(bytes) }
    let surveys = try selectedSurveys(request.surveyFolder)
    let definitions = try usage { () throws(UsageFailure) in
      try readDefinitions(of: surveys, waves: request.wave.map { [$0] } ?? [])
    }
    if let failure = definitions.failures.first { throw .file(failure) }
    guard definitions.faulty.isEmpty else { throw .faults(definitions.findings.sorted()) }
    guard let defined = definitions.waves.first, definitions.waves.count == 1 else {
      throw RunFailure.usage(.severalWaves("A tally"))
    }
    let inputs = try files { () throws(FileFailure) in try InputDigests(defined, withResponses: false) }
    let reading = try tallyPart(of: defined, range: range, threads: request.threads, on: console)
    try files { () throws(FileFailure) in try inputs.refuseChanges() }
    func fault(_ code: String, _ message: String, _ remedy: String) -> RunFailure {
      .faults([Finding(.fault, code: code, at: Place(file: defined.responsesName), message, remedy: remedy)])
    }
    switch reading {
    case .read(let part, let counts):
      try PartialTally(counts, part, of: defined, reading: inputs).write(to: request.output)
      if !request.isQuiet {
        tell(definitions.findings, remarks: true, on: console)
        console.output(
          "\(request.output): \(counted(part.responses, "response")) of bytes \(part.from) to \(part.to); confidential"
        )
      }
      return .done
    case .faulty(let report): throw .faults(report.findings)
    case .notCuttable:
      throw fault(
        "not-cuttable",
        "the responses cannot be read part by part: only a file in UTF-8 can, neither compressed nor from a pipe, and with `respondent` where there are codings",
        "leave out --range, or write the file anew")
    case .beyondEnd(let size):
      throw fault(
        "not-cuttable", "the file has \(size) bytes, and --range ends beyond them", "end it at \(size)")
    }
  } catch {
    return tell(error, on: console)
  }
}

/// `FROM:TO` as a range of bytes.
private func bytes(_ text: String) throws(UsageFailure) -> Range<Int> {
  let numbers = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
  guard numbers.count == 2, let from = numbers[0], let to = numbers[1], from >= 0, from < to else {
    throw .badRange(text)
  }
  return from..<to
}

/// `canvass merge`: adds up the counts of parts of one file of responses, in whatever order they are named.
/// - Parameters:
///   - inputs: Files of `canvass tally` or `canvass merge`.
///   - output: The file that receives the sum, of the same kind.
public func merge(_ inputs: [String], to output: String, isQuiet: Bool = false, on console: Console)
  -> ExitStatus
{
  do throws(RunFailure) {
    var parts: [(file: String, partial: PartialTally)] = []
    var faults: [Finding] = []
    for file in inputs {
      do throws(RunFailure) { parts.append((file, try PartialTally(readingFrom: file))) } catch {
        guard case .faults(let found) = error else { throw error }
        faults += found
      }
    }
    guard faults.isEmpty, !parts.isEmpty else { throw .faults(faults.sorted()) }
    parts.sort {
      ($0.partial.part.from, $0.partial.part.to, $0.file) < (
        $1.partial.part.from, $1.partial.part.to, $1.file
      )
    }
    var whole = parts[0]
    guard let plan = whole.partial.plan else {
      throw .faults([
        Finding(
          .fault, code: "not-a-tally", at: Place(file: whole.file), "the definition in the file has faults",
          remedy: "tally this part of the responses again")
      ])
    }
    for next in parts.dropFirst() {
      try whole.partial.merge(next.partial, plan: plan, names: (whole.file, next.file))
      whole.file = next.file
    }
    try whole.partial.write(to: output)
    if !isQuiet {
      let part = whole.partial.part
      console.output(
        "\(output): \(counted(part.responses, "response")) of bytes \(part.from) to \(part.to); confidential")
    }
    return .done
  } catch {
    return tell(error, on: console)
  }
}
