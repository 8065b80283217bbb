import QDAImport
public import SurveyDefinition

/// Reads the codes of a program for qualitative analysis as the themes of a codebook: those of a REFI-QDA codebook (.qdc), or
/// of a project (.qdpx, .qde). Descriptions, which may quote, are passed over.
/// - Returns: The themes, each with an id made of its code's name; or faults, and then no themes.
/// - Throws: Where the file cannot be opened or read.
public func readThemes(
  ofCodesAt path: String, displayName file: String
) throws(IngestFailure) -> (themes: [Theme], findings: [Finding]) {
  let reading: ImportReading<[ProjectCode]>
  do {
    reading =
      path.lowercased().hasSuffix(".qdc")
      ? try readCodebook(at: path).map(\.codes) : try readCodedProject(at: path).map(\.codes)
  } catch {
    throw IngestFailure(error, in: file)
  }
  switch reading {
  case .content(let codes): return (themes(codes), [])
  case .faults(let faults): return ([], faults.map { Finding($0, in: file) })
  }
}

extension ImportReading {
  fileprivate func map<Other: Sendable>(_ transform: (Content) -> Other) -> ImportReading<Other> {
    switch self {
    case .content(let content): .content(transform(content))
    case .faults(let faults): .faults(faults)
    }
  }
}

private func themes(_ codes: [ProjectCode]) -> [Theme] {
  var taken: Set<String> = []
  var sameNames: [String: Int] = [:]
  let ids = codes.map { code in
    let plain = themeID(code.name)
    var id = plain
    while !taken.insert(id).inserted {
      sameNames[plain, default: 1] += 1
      id = "\(plain)_\(sameNames[plain] ?? 1)"
    }
    return id
  }
  func below(_ parent: Int?) -> [Theme] {
    codes.indices.filter { codes[$0].parent == parent }.map { code in
      Theme(id: ids[code], label: codes[code].name, themes: below(code))
    }
  }
  return below(nil)
}

/// A name as an id: its letters a to z, digits and hyphens, with an underscore for whatever stands between them.
private func themeID(_ name: String) -> String {
  let words = name.lowercased().split {
    !($0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_"))
  }
  return words.isEmpty ? "theme" : words.joined(separator: "_")
}
