import Ingest
import SurveyDefinition

/// What stops a command, or one wave of it.
///
/// It says what happened, as data; `RunFailure+Words.swift` makes a sentence and an exit status of it.
enum RunFailure: Error {
  case usage(UsageFailure)
  /// The user's files are wrong; the findings have all the faults, and perhaps remarks.
  case faults([Finding])
  case unsafe(UnsafeRelease)
  case file(FileFailure)
  case ingest(IngestFailure)
  /// The renderer is there, and cannot make a pack's PDF.
  case renderer(PaperRenderer.Failure)
}

/// A command that names what there is not.
enum UsageFailure: Error, Hashable {
  case noSurveys
  case unknownWave(String, known: [String])
  /// A wave cannot be compared with itself.
  case waveTwice(String)
  case unknownPack(String, known: [String])
  case unknownFormat(String, known: [String])
  /// Two folders of surveys that would write to one place.
  case sameSurvey(id: String, folders: [String])
  case wrongNumber(option: String, atLeast: Int)
  case responsesExist(folder: String)
  /// The wave.yaml that stands where made-up responses should go does not say that they are.
  case notMadeUp(file: String)
  case noShares(file: String)
  /// What protection withholds is told to a person, not to a script.
  case protectionInJSON
  /// A document ends, and a watch does not.
  case watchInJSON
  case badWaveName(String)
  /// An option that goes with one wave.
  case severalWaves(String)
  /// Parts that are no bytes from one to a later one.
  case badRange(String)
  /// A draft would replace it.
  case surveyExists(file: String)
}

/// Why a release would not be safe.
enum UnsafeRelease: Hashable {
  /// The number of responses, which every release tells, is itself too small.
  case tooFewResponses(wave: String, minimumCell: Int)
  /// A folder that is not a release which an audit understands.
  case cannotBeAudited(folder: String, reason: String)
  /// The audit of a wave's release found a way to tell a small count, or could not show that there is none.
  case auditFailed(wave: String)
}
