import Yams

/// Tells why a text could not be composed: one finding, where the reader of YAML gave up.
func reportUnreadable(_ error: any Error, in scalars: [Unicode.Scalar], file: String, log: FindingLog) {
  func place(_ mark: Mark) -> Place { Place(file: file, line: mark.line, column: mark.column) }
  let start = Place(file: file, line: 1, column: 1)
  switch error {
  case YamlError.composer(_, let problem, let mark, _) where problem.contains("another document"):
    log.fault(
      "several-documents", at: place(mark), "a second document begins here",
      remedy: "remove the line `---` or `...`")
  case YamlError.parser(_, let problem, let mark, _) where problem.contains("nesting level"):
    // libyaml itself gives up at a depth of 1,000.
    log.fault(
      "too-deep", at: place(mark), "more than \(YAMLLimits.depth) maps and lists within one another")
  case YamlError.scanner(let context, let problem, let mark, _),
    YamlError.parser(let context, let problem, let mark, _),
    YamlError.composer(let context, let problem, let mark, _):
    let doing = context.map { trimmed($0.text) + ": " } ?? ""
    log.fault(
      "syntax", at: place(mark), "this is not YAML: \(doing)\(problem)",
      remedy: syntaxRemedy(problem, from: context?.mark, at: mark, in: scalars))
  case YamlError.reader(let problem, _, _, _):
    log.fault(
      "syntax", at: placeOfForbiddenScalar(in: scalars, file: file), "this is not YAML: \(problem)",
      remedy: "save the file as plain text in UTF-8")
  case YamlError.duplicatedKeysInMapping(let keys, let context):
    let names = keys.map { "`\($0)`" }.joined(separator: ", ")
    log.fault("duplicate-key", at: place(context.mark), "keys stand twice in this map: \(names)")
  case YamlError.memory:
    // What an older libyaml says of the same, without a place.
    log.fault("too-deep", at: start, "more than \(YAMLLimits.depth) maps and lists within one another")
  default:
    log.fault("syntax", at: start, "this is not YAML: \(error)")
  }
}

/// What to do about the mistakes with YAML that people make daily.
private func syntaxRemedy(
  _ problem: String, from start: Mark?, at mark: Mark, in scalars: [Unicode.Scalar]
) -> String? {
  let end = scalarIndex(line: mark.line, column: mark.column, in: scalars) ?? scalars.count
  let sign = end < scalars.count ? scalars[end] : nil
  let begin = start.flatMap { scalarIndex(line: $0.line, column: $0.column, in: scalars) } ?? end
  if begin < end, holdsColumnNumber(scalars[begin..<end]) {
    return "put a column's number in quotes, \"#7\": YAML takes # for the beginning of a comment"
  }
  switch sign {
  case "\t"?: return "indent with blanks, not with tabs"
  case "@"?, "`"?, "%"?, "*"?, "&"?, "!"?, "|"?, ">"?, ","?:
    return "put a text that begins with \(sign.map { String(Character($0)) } ?? "") in quotes"
  default: break
  }
  if problem.contains("mapping values are not allowed") {
    return "put a text that holds a colon and a blank in quotes"
  }
  if problem.contains("did not find expected") || problem.contains("could not find expected") {
    return "see whether quotes, brackets and braces close, and whether keys of one map begin in one column"
  }
  return nil
}

/// True for a text with ` #7` in it.
private func holdsColumnNumber(_ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
  zip(scalars, zip(scalars.dropFirst(), scalars.dropFirst(2))).contains { before, pair in
    before == " " && pair.0 == "#" && ("0"..."9").contains(pair.1)
  }
}

/// The first character that YAML does not allow, such as a control character.
private func placeOfForbiddenScalar(in scalars: [Unicode.Scalar], file: String) -> Place {
  var line = 1
  var column = 1
  for scalar in scalars {
    switch scalar.value {
    case 0x0A:
      line += 1
      column = 0
    case 0x09, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...: break
    default: return Place(file: file, line: line, column: column)
    }
    column += 1
  }
  return Place(file: file, line: line, column: column)
}
