import SurveyDefinition

/// What this version cannot read.
extension RecordReader {
  /// Whether this reader can read what the definition asks for; a fault for each part that it cannot.
  mutating func supports(_ survey: Survey) -> Bool {
    var unsupported: [(what: String, remedy: String)] = []
    for question in survey.questions {
      switch question.kind {
      case .multiple(let multiple):
        if case .joined(_, let separator) = multiple.source, separator.isEmpty {
          unsupported.append(
            ("question `\(question.id)`: an empty `separator`", "name what stands between options"))
        }
      case .single, .scale, .number, .ranking, .theme: break
      }
    }
    for (what, remedy) in unsupported {
      stop("not-supported", at: Place(file: file), "\(what) cannot be read yet", remedy: remedy)
    }
    return unsupported.isEmpty
  }
}
