import SurveyDefinition

/// Faults after which nothing more of the file can be read.
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

  /// Whether the first bytes are those of a text that can be read.
  mutating func accepts(_ beginning: ByteSource.Beginning) -> Bool {
    let place = Place(file: file, line: 1)
    switch beginning {
    case .text: return true
    case .empty: stopAtEmptyFile()
    case .utf16:
      stop("not-utf8", at: place, "the file is UTF-16, not UTF-8", remedy: "save it as “CSV UTF-8”")
    case .zip:
      stop(
        "not-csv", at: place, "the file is a zip archive, such as a workbook, not CSV",
        remedy: "save it as “CSV UTF-8”")
    case .corruptGzip(let reason): stopAtCorruptGzip(reason)
    }
    return false
  }

  mutating func stopAtEmptyFile() {
    stop(
      "empty-file", at: Place(file: file, line: 1), "the file is empty", remedy: "export the responses again")
  }

  mutating func stopAtCorruptGzip(_ reason: String) {
    stop(
      "corrupt-gzip", at: Place(file: file), "the gzip data is damaged (\(reason))",
      remedy: "fetch the file again; `gzip -t` tests it")
  }

  /// - Parameter byte: The position in the uncompressed file, from 1.
  mutating func stop(_ fault: UTF8Check.Fault, byte: Int, at place: (line: Int, column: Int)) {
    let place = Place(file: file, line: place.line, column: place.column)
    switch fault {
    case .notUTF8:
      stop(
        "not-utf8", at: place, "byte \(grouped(byte)) of the file is not UTF-8",
        remedy: "save the file as UTF-8, or declare its `encoding`")
    case .nul:
      stop(
        "nul-byte", at: place, "byte \(grouped(byte)) of the file is NUL, which no text holds",
        remedy: "save the file as UTF-8; UTF-16 looks like this")
    }
  }

  mutating func stop(_ fault: CSVFault, at place: (line: Int, column: Int)) {
    let place = Place(file: file, line: place.line, column: place.column)
    let openQuote =
      "a quotation mark left open joins cells and records: look for one where this record starts"
    switch fault {
    case .strayQuote:
      stop(
        "stray-quote", at: place, "a quotation mark stands inside a cell, or text follows one that closed it",
        remedy: "quote the whole cell and double the quotation marks in it, or set `quoting: false`")
    case .unclosedQuote:
      stop(
        "unclosed-quote", at: place, "a quotation mark is left open to the end of the file", remedy: openQuote
      )
    case .cellTooLong:
      stop(
        "cell-too-long", at: place, "the cell is longer than \(grouped(longestCell)) bytes", remedy: openQuote
      )
    case .recordTooLong:
      stop(
        "record-too-long", at: place, "the record is longer than \(grouped(longestRecord)) bytes",
        remedy: openQuote)
    }
  }
}
