import SurveyDefinition

/// What this version cannot read.
extension RecordReader {
  /// Whether this reader can read what the definition asks for; a fault for each part that it cannot.
  mutating func supports(_ survey: Survey) -> Bool {
    var unsupported: [(what: String, remedy: String)] = []
    let input = survey.input
    if input.encoding != .utf8 {
      unsupported.append(("`encoding: \(input.encoding.rawValue)`", "save the responses as UTF-8"))
    }
    if input.headerRows != 1 {
      unsupported.append(("`header_rows: \(input.headerRows)`", "give the responses one row of headings"))
    }
    if case .column = survey.weights {
      unsupported.append(("`weights: { column: … }`", "rake, or leave the weights out"))
    }
    let oneColumn = "give it one column whose cells say which"
    for variable in survey.variables {
      if case .columnPerAnswer = variable.source {
        unsupported.append(("variable `\(variable.id)`: `columns`", oneColumn))
      }
    }
    for question in survey.questions {
      switch question.kind {
      case .single(let choice), .scale(let choice):
        if case .columnPerAnswer = choice.source {
          unsupported.append(("question `\(question.id)`: `columns`", oneColumn))
        }
      case .multiple(let multiple):
        if case .joined(_, let separator) = multiple.source, separator.isEmpty {
          unsupported.append(
            ("question `\(question.id)`: an empty `separator`", "name what stands between options"))
        }
      case .ranking:
        unsupported.append(("question `\(question.id)`: `kind: ranking`", "leave the question out"))
      case .number, .theme: break
      }
    }
    for (what, remedy) in unsupported {
      stop("not-supported", at: Place(file: file), "\(what) cannot be read yet", remedy: remedy)
    }
    return unsupported.isEmpty
  }
}
