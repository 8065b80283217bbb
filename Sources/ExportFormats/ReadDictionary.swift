/// Reads the data dictionary of a file of any format that this module knows, told by what the file holds.
/// - Parameter table: The name or path of a table in a Data Package.
/// - Throws: Where the file cannot be read, or is at fault.
public func readDataDictionary(
  at path: String, table: String? = nil, limits: ExportLimits = ExportLimits()
) throws(ExportFailure) -> DataDictionary {
  let most = max(limits.maximumDescriptionBytes, limits.maximumDataBytes)
  let bytes = try exportBytes(at: path, atMost: most)
  do throws(ExportFault) {
    return try readDataDictionary(bytes, table: table, limits: limits)
  } catch {
    throw .fault(error)
  }
}

/// Reads the data dictionary that a file of any format of this module holds.
/// - Throws: What is wrong with it; `unknownFormat` where it is none of them.
public func readDataDictionary(
  _ bytes: [UInt8], table: String? = nil, limits: ExportLimits = ExportLimits()
) throws(ExportFault) -> DataDictionary {
  switch DataDictionary.Format(of: bytes) {
  case .spss: return try readSPSSDictionary(bytes, limits: limits)
  case .tripleS: return try readTripleS(bytes, limits: limits).dictionary
  case .qualtrics: return try readQualtrics(bytes, limits: limits)
  case .tableSchema: return try readTableSchema(bytes, table: table, limits: limits)
  case .jisc: return try readJISCKey(bytes, limits: limits)
  case nil:
    throw ExportFault(
      .unknownFormat, "the file describes no columns in a form that is known",
      remedy: "Give a .sav, .sss or .qsf file, a key of JISC Online Surveys, or a Table Schema")
  }
}

extension DataDictionary.Format {
  /// The format that the first bytes of a file speak for; nil for none. Whether the file is sound is another question.
  public init?(of bytes: [UInt8]) {
    if bytes.starts(with: Array("$FL2".utf8)) || bytes.starts(with: Array("$FL3".utf8)) {
      self = .spss
      return
    }
    // Sixteen bits a character, or eight: either way letters of ASCII stay in order once the zeros are gone.
    let start = bytes.prefix(1 << 16).filter { $0 != 0 && $0 < 0x80 }
    switch start.first(where: { $0 > 0x20 }) {
    case UInt8(ascii: "<"): self = .tripleS
    case UInt8(ascii: "{"):
      self =
        contains(start, "\"SurveyElements\"") || contains(start, "\"SurveyEntry\"")
        ? .qualtrics : .tableSchema
    case let first?:
      let isCode = first == 0x22 || Unicode.Scalar(first).properties.isAlphabetic
      // A key begins with codes and words; the answers of its first question come soon.
      guard isCode, start.contains(UInt8(ascii: ",")), contains(start, "Q1") else { return nil }
      self = .jisc
    case nil: return nil
    }
  }
}

private func contains(_ bytes: [UInt8], _ word: StaticString) -> Bool {
  let wanted = Array(word.description.utf8)
  return bytes.indices.contains { bytes[$0] == wanted[0] && bytes[$0...].starts(with: wanted) }
}
