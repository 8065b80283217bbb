import ExportFormats
import Ingest
import SurveyDefinition

/// Responses that are no CSV, as CSV: a system file of SPSS, known by its content, or the data of a Triple-S survey.
///
/// They are held in memory whole.
struct ConvertedResponses {
  let table: ConvertedTable
  /// What findings call the file.
  let displayName: String

  /// What the ordinary reader reads.
  var input: ResponseInput { .bytes(table.csv, displayName: displayName) }

  /// Converts a file; nil where it is a table that is read as it is.
  /// - Parameter description: The Triple-S description of the file.
  init?(_ path: String, description: String?) throws(RunFailure) {
    displayName = path
    let limits = ExportLimits()
    if let description {
      let survey = try converted(description) { () throws(ExportFailure) in
        try tripleS(at: description)
      }
      table = try converted(path) { () throws(ExportFailure) in
        let data = try exportBytes(at: path, atMost: limits.maximumDataBytes)
        do throws(ExportFault) { return try survey.csv(from: data) } catch { throw .fault(error) }
      }
      return
    }
    guard try beginsLikeSPSS(path) else { return nil }
    table = try converted(path) { () throws(ExportFailure) in
      let data = try exportBytes(at: path, atMost: limits.maximumDataBytes)
      do throws(ExportFault) { return try readSPSS(data) } catch { throw .fault(error) }
    }
  }
}

/// What a Triple-S description says.
func tripleS(at path: String) throws(ExportFailure) -> TripleSSurvey {
  let bytes = try exportBytes(at: path, atMost: ExportLimits().maximumDescriptionBytes)
  do throws(ExportFault) { return try readTripleS(bytes) } catch { throw .fault(error) }
}

/// Whether a file begins as system files of SPSS do; false where it cannot be read, which is told when it is.
private func beginsLikeSPSS(_ path: String) throws(RunFailure) -> Bool {
  guard FileSystem.entry(at: path) == .file else { return false }
  let head = try files { () throws(FileFailure) in try FileSystem.start(of: path, count: 4) }
  return DataDictionary.Format(of: head) == .spss
}

/// A failure of another format as one of ours: a fault of the file is told like any.
func converted<Value>(
  _ path: String, _ body: () throws(ExportFailure) -> Value
) throws(RunFailure) -> Value {
  do {
    return try body()
  } catch {
    switch error {
    case .cannotOpen(let path, let reason): throw .ingest(.cannotOpen(file: path, reason: reason))
    case .cannotRead(let path, let reason): throw .ingest(.cannotRead(file: path, reason: reason))
    case .fault(let fault):
      throw .faults([
        Finding(
          .fault, code: fault.code.rawValue, at: Place(file: path, line: fault.line), fault.message,
          remedy: fault.remedy)
      ])
    }
  }
}

extension InputLayout {
  /// The layout of a converted file, whatever was declared of the one that it was made of.
  func converted() -> InputLayout {
    var layout = self
    layout.encoding = .utf8
    layout.separator = UInt8(ascii: ",")
    layout.quoting = true
    layout.headerRows = 1
    return layout
  }
}
