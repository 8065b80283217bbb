import QDAImport
public import SurveyDefinition

/// Reads the codes of a program for qualitative analysis as the themes of a codebook: those of a REFI-QDA codebook (.qdc), or
/// of a project (.qdpx, .qde). Descriptions, which may quote, are passed over.
/// - Returns: The themes, each with an id made of its code's name; or faults, and then no themes.
/// - Throws: Where the file cannot be opened or read.
public func readThemes(
  ofCodesAt path: String, displayName file: String
) throws(IngestFailure) -> (themes: [Theme], findings: [Finding]) {
  do {
    let isCodebook = path.lowercased().hasSuffix(".qdc")
    let codes: [ProjectCode]
    switch isCodebook
      ? try readCodebook(at: path).map(\.codes) : try readCodedProject(at: path).map(\.codes)
    {
    case .content(let content): codes = content
    case .faults(let faults):
      return (
        [],
        faults.map { fault in
          Finding(
            .fault, code: fault.code.rawValue,
            at: Place(file: file, line: fault.line, column: fault.column), fault.message, remedy: fault.remedy
          )
        }
      )
    }
    return (themes(codes), [])
  } catch {
    switch error {
    case .cannotOpen(_, let reason): throw .cannotOpen(file: file, reason: reason)
    case .cannotRead(_, let reason): throw .cannotRead(file: file, reason: reason)
    }
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
  let ids = codes.map { code in
    let plain = themeID(code.name)
    let id =
      ([plain] + (2...(codes.count + 2)).map { "\(plain)_\($0)" }).first { !taken.contains($0) } ?? plain
    taken.insert(id)
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
