/// Reads an SPSS system file (.sav, .zsav): what it says of its variables, and its data as CSV.
///
/// Whole numbers are written without decimals, others in the fewest digits that are exact, dates and times as ISO 8601
/// has them (`2024-03-14`, `2024-03-14T11:02:33`, `11:02:33`). System missing is an empty cell. Values that are declared
/// missing stay in their cells, and the dictionary names them. Strings are UTF-8, without the blanks that fill them.
/// - Throws: What is wrong with the file: that it is no .sav, damaged, cut off, in an encoding that is not known, or
///   beyond the limits.
/// - Complexity: Linear in the sizes of the file and of what is returned.
public func readSPSS(
  _ bytes: [UInt8], limits: ExportLimits = ExportLimits()
) throws(ExportFault) -> ConvertedTable {
  let assembly = try assembleSPSS(bytes, limits: limits, wantsData: true)
  return try assembly.table()
}

/// Reads what an SPSS system file says of its variables, and none of its data.
/// - Throws: As ``readSPSS(_:limits:)``.
public func readSPSSDictionary(
  _ bytes: [UInt8], limits: ExportLimits = ExportLimits()
) throws(ExportFault) -> DataDictionary {
  try assembleSPSS(bytes, limits: limits, wantsData: false).dictionary
}

private func assembleSPSS(
  _ bytes: [UInt8], limits: ExportLimits, wantsData: Bool
) throws(ExportFault) -> SPSSAssembly {
  guard bytes.count <= limits.maximumDataBytes else { throw .tooLarge(limit: limits.maximumDataBytes) }
  let layout = try SPSSLayout(bytes, limits: limits)
  let assembly = SPSSAssembly(layout: layout, limits: limits)
  switch parseSPSS(bytes, layout: layout, into: assembly, wantsData: wantsData) {
  case .fine: break
  case .stopped: throw assembly.fault ?? .damagedSPSS
  case .wrongEncoding: throw SPSSAssembly.wrongEncoding
  case .damaged: throw .damagedSPSS
  }
  if let fault = assembly.fault { throw fault }
  return assembly
}

/// Makes columns and CSV of what stands in the file.
private final class SPSSAssembly: SPSSEvents {
  private let layout: SPSSLayout
  private let limits: ExportLimits
  private(set) var fault: ExportFault?
  private var labels: [String: [SPSSLabel]] = [:]
  /// Answers that labels become, made once for all variables that have them.
  private var answers: [AnswerList: [DictionaryAnswer]] = [:]
  private var visitedLabels = 0
  private var columns: [DictionaryColumn] = []
  private var names: Set<String> = []
  private var forms: [SPSSNumberForm] = []
  private var output = CSVText()
  private var recordCount = 0

  private struct AnswerList: Hashable {
    var labelSet: String
    var form: SPSSNumberForm
  }

  init(layout: SPSSLayout, limits: ExportLimits) {
    self.layout = layout
    self.limits = limits
  }

  static var wrongEncoding: ExportFault {
    ExportFault(
      .wrongEncoding,
      "text in the SPSS file is not in the encoding that the file says it is in, or it says none",
      remedy: "Save it anew with SPSS, as Unicode")
  }

  var dictionary: DataDictionary {
    DataDictionary(format: .spss, columns: layout.columnsWithSets(columns))
  }

  func table() throws(ExportFault) -> ConvertedTable {
    guard output.cellCount == 0 else { throw .damagedSPSS }
    startTable()
    return ConvertedTable(dictionary: dictionary, csv: output.bytes, recordCount: recordCount)
  }

  /// Writes the headings, which are all known before the first value comes.
  private func startTable() {
    if output.bytes.isEmpty { output.appendRecord(columns.map(\.name)) }
  }

  func label(of value: SPSSValue, _ label: String?, inSet name: String) -> Bool {
    guard let label else { return stop(SPSSAssembly.wrongEncoding) }
    labels[name, default: []].append(SPSSLabel(value: value, label: collapsed(label)))
    return true
  }

  func variable(_ variable: SPSSVariable) -> Bool {
    let form = variable.isString ? .number : SPSSNumberForm(format: variable.format)
    guard !variable.name.isEmpty, names.insert(variable.name).inserted else {
      return stop(
        ExportFault(
          .duplicateName, "two variables have the name \(shownName(variable.name))",
          remedy: "Save the data anew"))
    }
    let labels = variable.labelSet.flatMap { self.labels[$0] } ?? []
    // A file can give one long list to all its variables.
    visitedLabels += labels.count
    guard visitedLabels <= 16 * limits.maximumAnswers else {
      return stop(.tooManyAnswers(limit: 16 * limits.maximumAnswers))
    }
    let list = AnswerList(labelSet: variable.labelSet ?? "", form: form)
    let answers = self.answers[list] ?? labels.compactMap { $0.answer(form) }
    self.answers[list] = answers
    columns.append(DictionaryColumn(variable, form: form, labels: labels, answers: answers))
    forms.append(form)
    return true
  }

  func value(_ value: SPSSValue, at position: Int) -> Bool {
    guard position == output.cellCount, position < columns.count else { return stop(.damagedSPSS) }
    startTable()
    switch value {
    case .systemMissing: output.append("")
    case .number(let number): output.append(forms[position].text(number))
    case .string(let text):
      guard let text else { return stop(SPSSAssembly.wrongEncoding) }
      output.append(text)
    }
    guard output.bytes.count <= limits.maximumTableBytes else {
      return stop(.tableTooLarge(limit: limits.maximumTableBytes))
    }
    if output.cellCount == columns.count {
      output.endRecord()
      recordCount += 1
    }
    return true
  }

  private func stop(_ reason: ExportFault) -> Bool {
    fault = fault ?? reason
    return false
  }
}
