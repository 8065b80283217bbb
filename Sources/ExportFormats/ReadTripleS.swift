/// Reads a Triple-S metadata file, of version 1.1, 1.2 or 2.0.
/// - Parameter bytes: XML in UTF-8, UTF-16, ISO 8859-1 or windows-1252, as it declares.
/// - Throws: What is wrong with the file: that it is no XML, no Triple-S, a hierarchy of files, a variable without
///   name or position, two columns of one name, or beyond the limits.
/// - Complexity: Linear in the size of the file.
public func readTripleS(
  _ bytes: [UInt8], limits: ExportLimits = ExportLimits()
) throws(ExportFault) -> TripleSSurvey {
  guard bytes.count <= limits.maximumDescriptionBytes else {
    throw .tooLarge(limit: limits.maximumDescriptionBytes)
  }
  let reader = TripleSReader(limits: limits)
  let stream = MarkupStream(reader)
  do throws(ExportFault) {
    try stream.parse(bytes)
  } catch {
    // A fault of the content stopped the parser; the parser's own word for that would help nobody.
    var fault = reader.fault ?? error
    if fault.line == nil { fault.line = stream.line }
    throw fault
  }
  return try reader.survey()
}

/// Follows the elements of a metadata file.
private final class TripleSReader: MarkupEvents {
  private let limits: ExportLimits
  private(set) var fault: ExportFault?
  private var elements: [String] = []
  private var title: String?
  private var layout = TripleSSurvey.Layout.fixed
  private var skippedRecords = 0
  private var dataFile: String?
  private var dataEncoding: TextEncoding?
  private var assembly: TripleSAssembly
  private var variable: TripleSDraft?
  private var valueCode: String?
  /// The text of the element that is being read, where its text is wanted.
  private var capture: SpecialisedText?

  init(limits: ExportLimits) {
    self.limits = limits
    assembly = TripleSAssembly(limits: limits)
  }

  func survey() throws(ExportFault) -> TripleSSurvey {
    guard !assembly.variables.isEmpty else {
      throw ExportFault(
        .noColumns, "the file describes no variable", remedy: "Export the survey's metadata (.sss) anew")
    }
    return TripleSSurvey(
      dictionary: DataDictionary(format: .tripleS, title: title, columns: assembly.columns), layout: layout,
      skippedRecords: skippedRecords, dataFile: dataFile, dataEncoding: dataEncoding,
      variables: assembly.variables)
  }

  func start(_ name: String, _ attributes: [String: String]) -> Bool {
    do throws(ExportFault) {
      guard elements.count < limits.maximumDepth else {
        throw ExportFault(
          .nestedTooDeep, "elements stand inside one another more than \(limits.maximumDepth) deep",
          remedy: "Export the survey anew")
      }
      guard !elements.isEmpty || name == "sss" else {
        throw ExportFault(
          .notTripleS, "the file is XML, but not of Triple-S: its first element is not sss",
          remedy: "Export the survey's metadata in the form of Triple-S")
      }
      try open(name, attributes)
    } catch {
      fault = error
      return false
    }
    elements.append(name)
    return true
  }

  private func open(_ name: String, _ attributes: [String: String]) throws(ExportFault) {
    switch (elements.last ?? "", name) {
    case ("sss", "hierarchy"):
      throw ExportFault(
        .hierarchy, "the file joins the files of several levels, such as households and people",
        remedy: "Give the metadata file of the level that is to be tabulated")
    case ("survey", "title"), ("variable", "name"), ("variable", "label"): capture = SpecialisedText()
    case ("survey", "record"): try openRecord(attributes)
    case ("record", "variable"): variable = try TripleSDraft(attributes)
    case ("variable", "position"):
      let start = try positive("start", in: attributes)
      variable?.start = start
      variable?.finish = try attributes["finish"] == nil ? start : positive("finish", in: attributes)
    case ("variable", "spread"):
      variable?.subfields = try positive("subfields", in: attributes)
      if attributes["width"] != nil { variable?.width = try positive("width", in: attributes) }
    case ("values", "range"), ("variable", "range"):
      variable?.range = (attributes["from"] ?? "", attributes["to"] ?? "")
    case ("values", "value"):
      valueCode = attributes["code"]
      capture = SpecialisedText()
    case (_, "text"): capture?.open(mode: attributes["mode"])
    case (_, "br"): capture?.append(" ")
    default: break
    }
  }

  private func openRecord(_ attributes: [String: String]) throws(ExportFault) {
    if let format = attributes["format"] {
      guard let known = TripleSSurvey.Layout(rawValue: format.lowercased()) else {
        throw ExportFault(
          .malformedValue, "the data file's format is neither fixed nor csv",
          remedy: "Export the survey anew")
      }
      layout = known
    }
    if let skip = attributes["skip"] {
      guard let count = Int(skip), 0...1000 ~= count else { throw malformed("skip") }
      skippedRecords = count
    }
    dataFile = attributes["href"].flatMap { $0.isEmpty ? nil : $0 }
    // No attribute of the standard, but common.
    dataEncoding = attributes["data-file-encoding"].flatMap(TextEncoding.init(named:))
  }

  private func positive(_ name: String, in attributes: [String: String]) throws(ExportFault) -> Int {
    guard let value = Int(collapsed(attributes[name] ?? "")), 1...10_000_000 ~= value else {
      throw malformed(name)
    }
    return value
  }

  private func malformed(_ attribute: String) -> ExportFault {
    ExportFault(
      .malformedValue, "the attribute \(attribute) is missing, or no number that it can be",
      remedy: "Export the survey anew")
  }

  func text(_ piece: String) -> Bool {
    capture?.append(piece)
    return true
  }

  func end(_ name: String) -> Bool {
    elements.removeLast()
    do throws(ExportFault) {
      try close(name)
    } catch {
      fault = error
      return false
    }
    return true
  }

  private func close(_ name: String) throws(ExportFault) {
    switch (elements.last ?? "", name) {
    case ("survey", "title"): title = take()
    case ("variable", "name"): variable?.name = take() ?? ""
    case ("variable", "label"): variable?.label = take()
    case ("values", "value"):
      guard let code = valueCode else {
        throw ExportFault(.missingValue, "a value has no code", remedy: "Export the survey anew")
      }
      variable?.values.append((code, take()))
      valueCode = nil
      try assembly.countAnswer()
    case ("record", "variable"):
      guard let draft = variable else { return }
      try assembly.add(draft, layout: layout)
      variable = nil
    case (_, "text"): capture?.close()
    default: break
    }
  }

  private func take() -> String? {
    defer { capture = nil }
    return capture?.chosen
  }
}

/// The text of an element, with texts for interviews, analysis or other languages inside it.
private struct SpecialisedText {
  private var plain = ""
  private var special: [(mode: String?, text: String)] = []
  private var isInside = false

  mutating func append(_ piece: String) {
    if isInside {
      special[special.count - 1].text += piece
    } else {
      plain += piece
    }
  }

  mutating func open(mode: String?) {
    special.append((mode?.lowercased(), ""))
    isInside = true
  }

  mutating func close() { isInside = false }

  /// The text outside of specialised ones, or else the first for analysis, or else the first; nil where all are empty.
  var chosen: String? {
    let candidates = [plain, special.first { $0.mode == "analysis" }?.text ?? ""] + special.map(\.text)
    return candidates.lazy.map(plainText(html:)).first { !$0.isEmpty }
  }
}
