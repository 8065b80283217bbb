extension TripleSSurvey {
  /// The data file as CSV: headings, then a record for each of its records.
  ///
  /// Codes and numbers come without the zeros and blanks that fill their fields, dates and times as ISO 8601
  /// (`2005-05-04`, `11:20:00`). A question of several answers becomes a column per answer, `NAME_CODE`, with 1 where
  /// it was chosen, 0 where it was not, and nothing where the question was not answered. A field of blanks is an
  /// empty cell.
  /// - Parameters:
  ///   - data: The bytes of the data file (.asc, .dat, .csv).
  ///   - encoding: The encoding of `data`; nil for that of its mark of byte order, or else that which the metadata
  ///     file tells of it, or else UTF-8 where it is that, or else windows-1252: the standard asks for ISO 8859-1.
  /// - Throws: The first fault of the data, with its line: none of it is passed on.
  /// - Complexity: Linear in the sizes of the data and of what is returned.
  public func csv(
    from data: [UInt8], encoding: TextEncoding? = nil, limits: ExportLimits = ExportLimits()
  ) throws(ExportFault) -> ConvertedTable {
    guard data.count <= limits.maximumDataBytes else { throw .tooLarge(limit: limits.maximumDataBytes) }
    let text = try decoded(data, encoding)
    var output = CSVText()
    output.appendRecord(dictionary.columns.map(\.name))
    var count = 0
    switch layout {
    case .fixed:
      var lines = DataLines(text)
      while let line = lines.next() {
        guard lines.number > skippedRecords else { continue }
        try append(FixedFields(line), line: lines.number, to: &output, limits)
        count += 1
      }
    case .csv:
      var records = CSVRecords(text)
      var read = 0
      while let cells = try records.next() {
        read += 1
        guard read > skippedRecords else { continue }
        try append(cells, line: records.recordLine, to: &output, limits)
        count += 1
      }
    }
    return ConvertedTable(dictionary: dictionary, csv: output.bytes, recordCount: count)
  }

  private func decoded(_ data: [UInt8], _ encoding: TextEncoding?) throws(ExportFault) -> [UInt8] {
    let known = encoding ?? TextEncoding(markOf: data) ?? dataEncoding
    guard let text = known?.utf8(data) ?? (known == nil ? guessed(data) : nil) else {
      throw ExportFault(
        .wrongEncoding, "the data file is not in the encoding that it is said to have",
        remedy: "Say which encoding it has, or export it anew")
    }
    guard !text.contains(0) else {
      throw ExportFault(
        .wrongEncoding, "the data file is no text: it contains NUL bytes",
        remedy: "Give the data file that belongs to the metadata file, or say which encoding it has")
    }
    // What DOS ended a file with.
    return text.last == 0x1A ? text.dropLast() : text
  }

  private func guessed(_ data: [UInt8]) -> [UInt8]? {
    TextEncoding.utf8.utf8(data) ?? TextEncoding.windows1252.utf8(data)
  }

  private func append(
    _ fields: FixedFields, line: Int, to output: inout CSVText, _ limits: ExportLimits
  ) throws(ExportFault) {
    for variable in variables {
      try variable.append(fields.text(from: variable.start, to: variable.finish), line: line, to: &output)
    }
    output.endRecord()
    guard output.bytes.count <= limits.maximumTableBytes else {
      throw .tableTooLarge(limit: limits.maximumTableBytes)
    }
  }

  private func append(
    _ cells: [String], line: Int, to output: inout CSVText, _ limits: ExportLimits
  ) throws(ExportFault) {
    for variable in variables {
      guard variable.start <= cells.count else {
        throw ExportFault(
          .shortRecord, line: line,
          "the record has \(grouped(cells.count)) fields, but \(shownName(variable.name)) is field \(variable.start)",
          remedy: "Export the data anew, together with its metadata")
      }
      try variable.append(cells[variable.start - 1], line: line, to: &output)
    }
    output.endRecord()
    guard output.bytes.count <= limits.maximumTableBytes else {
      throw .tableTooLarge(limit: limits.maximumTableBytes)
    }
  }
}

extension TripleSVariable {
  /// Writes the cell or cells that a field becomes.
  fileprivate func append(_ field: String, line: Int, to output: inout CSVText) throws(ExportFault) {
    switch kind {
    case .single: output.append(isLiteral ? literalCode(field) : plainCode(field))
    case .quantity: output.append(plainNumber(field))
    case .character: output.append(literalCode(field))
    case .logical: output.append(try logical(field, line: line))
    case .date: output.append(separated(field, [4, 2, 2], by: "-"))
    case .time: output.append(separated(field, [2, 2, 2], by: ":"))
    case .multiple: try appendOptions(field, line: line, to: &output)
    }
  }

  /// Of a wider field, the last character counts.
  private func logical(_ field: String, line: Int) throws(ExportFault) -> String {
    guard let last = field.last, last != " " else { return "" }
    guard last == "0" || last == "1" else { throw malformedCell(line: line) }
    return String(last)
  }

  /// The parts of a date or time in the form of ISO 8601 with separators; the text itself where it is no such.
  private func separated(_ field: String, _ counts: [Int], by separator: String) -> String {
    let text = collapsed(field)
    let digits = Array(text.utf8.prefix(counts.reduce(0, +)))
    guard digits.count == counts.reduce(0, +), digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return text }
    var start = 0
    return counts.map { count in
      defer { start += count }
      return String(decoding: digits[start..<(start + count)], as: UTF8.self)
    }.joined(separator: separator)
  }

  private func appendOptions(_ field: String, line: Int, to output: inout CSVText) throws(ExportFault) {
    guard field.utf8.contains(where: { $0 != 0x20 }) else {
      for _ in codes { output.append("") }
      return
    }
    if let spread {
      let chosen = try chosenCodes(field, spread, line: line)
      for code in codes { output.append(chosen.contains(code) ? "1" : "0") }
      return
    }
    let characters = Array(field.utf8)
    for code in codes {
      let byte = code <= characters.count ? characters[code - 1] : 0x30
      guard byte == 0x30 || byte == 0x31 || byte == 0x20 else { throw malformedCell(line: line) }
      output.append(byte == 0x31 ? "1" : "0")
    }
  }

  /// The codes in subfields: blanks and zeros are none.
  private func chosenCodes(_ field: String, _ spread: Spread, line: Int) throws(ExportFault) -> Set<Int> {
    let characters = Array(field.utf8)
    var chosen: Set<Int> = []
    for start in stride(from: 0, to: characters.count, by: spread.width).prefix(spread.subfields) {
      let part = characters[start..<min(characters.count, start + spread.width)]
      let digits = part.filter { $0 != 0x20 }
      guard !digits.isEmpty else { continue }
      guard let code = Int(String(decoding: digits, as: UTF8.self)) else { throw malformedCell(line: line) }
      if code != 0 { chosen.insert(code) }
    }
    guard chosen.isSubset(of: codes) else {
      throw ExportFault(
        .undeclaredCode, line: line, "a code of \(shownName(name)) is none that the metadata declares",
        remedy: "Export data and metadata together")
    }
    return chosen
  }

  private func malformedCell(line: Int) -> ExportFault {
    ExportFault(
      .malformedCell, line: line, "the field of \(shownName(name)) holds what its type cannot",
      remedy: "Export data and metadata together; their positions may not agree")
  }
}

/// A number without the blanks and zeros that fill its field; other texts without the blanks alone.
private func plainNumber(_ field: String) -> String {
  let text = collapsed(field)
  let isNegative = text.first == "-"
  let digits = isNegative ? text.dropFirst() : Substring(text)
  guard !digits.isEmpty, digits.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E }) else { return text }
  var short = digits.drop { $0 == "0" }
  if short.isEmpty || short.first == "." { short = "0" + short }
  return (isNegative ? "-" : "") + short
}
