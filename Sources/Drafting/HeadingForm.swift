/// What a column's headings say: the question, the option or statement within it, and a code.
struct HeadingForm {
  /// A short code of the platform: `QID4`, `currentEmp13`.
  var code: String?
  /// The wording of the question.
  var question: String
  /// The option, or the statement of a block, that the column is about.
  var item: String?
  /// Columns of one question have the same.
  var group: String?
}

/// The platforms whose exports are known by their headings.
public enum Platform: String, Sendable {
  case surveyMonkey = "SurveyMonkey"
  case qualtrics = "Qualtrics"
  case limeSurvey = "LimeSurvey"
  case googleForms = "Google Forms"
  case microsoftForms = "Microsoft Forms"
  case surveyGizmo = "SurveyGizmo (Alchemer)"
  case jisc = "JISC Online Surveys"
  case tripleS = "Triple-S"
  case spss = "SPSS"
  case unknown = "no platform that is known"

  /// Tells the platform and how many header rows there are from the first records.
  public static func detect(_ records: [[String]]) -> (platform: Platform, headerRows: Int) {
    guard let first = records.first else { return (.unknown, 1) }
    if records.count >= 3, records[2].contains(where: { $0.hasPrefix("{\"ImportId\"") }) {
      return (.qualtrics, 3)
    }
    let plain = first.map(KnownScales.plain)
    func has(_ headings: String...) -> Bool { headings.allSatisfy(plain.contains) }
    if records.count >= 2, isContinued(first, records[1]) { return (.surveyMonkey, 2) }
    if has("respondent id", "collector id") || plain.first == "respondentid" { return (.surveyMonkey, 1) }
    let codes = first.count { limeSurveyForm($0) != nil }
    if 2 * codes > first.count { return (.limeSurvey, 1) }
    if has("start time", "completion time") { return (.microsoftForms, 1) }
    if has("time started", "date submitted") { return (.surveyGizmo, 1) }
    if plain.first == "urn", first.dropFirst().prefix(5).allSatisfy({ $0.hasPrefix("Q") }) {
      return (.jisc, 1)
    }
    if ["timestamp", "zeitstempel", "horodateur"].contains(plain.first) { return (.googleForms, 1) }
    return (.unknown, looksLikeResponse(first, records.dropFirst()) ? 0 : 1)
  }

  /// A second header row: it has texts where the first is empty, and says Response or the same again elsewhere.
  private static func isContinued(_ first: [String], _ second: [String]) -> Bool {
    guard first.count == second.count, first.count >= 3 else { return false }
    let continued = zip(first, second).count { $0.isEmpty && !$1.isEmpty }
    let answers: Set = ["Response", "Open-Ended Response"]
    let repeated = zip(first, second).count { !$0.isEmpty && ($0 == $1 || answers.contains($1)) }
    return repeated > 0 && (continued > 0 || second.contains(where: answers.contains))
  }

  /// A first record whose cells come again below is a response, not a row of headings.
  private static func looksLikeResponse(_ first: [String], _ others: ArraySlice<[String]>) -> Bool {
    let answered = first.indices.filter { !first[$0].isEmpty }
    // No heading is an address or a date.
    if answered.contains(where: { Drafting.sign(ofTexts: [(first[$0], 1)]) != nil }) { return true }
    guard others.count >= 10 else { return false }
    let repeated = answered.count { column in
      others.count { column < $0.count && $0[column] == first[column] } >= 5
    }
    let numbers = answered.count { Double(first[$0]) != nil }
    return !answered.isEmpty && 2 * (repeated + numbers) > answered.count && repeated + numbers >= 2
  }
}

/// `code[SQ001]. Question [Option]`, as LimeSurvey writes it.
private func limeSurveyForm(_ heading: String) -> HeadingForm? {
  var rest = Substring(heading)
  let code = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
  guard code.first?.isLetter == true, code.count <= 30 else { return nil }
  rest = rest.dropFirst(code.count)
  var part: Substring?
  if rest.first == "[", let end = rest.firstIndex(of: "]") {
    part = rest[rest.index(after: rest.startIndex)..<end]
    rest = rest[rest.index(after: end)...]
  }
  guard rest.hasPrefix(". ") || (rest.isEmpty && part != nil) else { return nil }
  let text = String(rest.dropFirst(2)).trimmedBlanks
  guard let part else { return HeadingForm(code: String(code), question: text) }
  let (question, item) = bracketed(text) ?? (text, nil)
  return HeadingForm(
    code: "\(code)_\(part)", question: question.isEmpty ? item ?? String(code) : question,
    item: item?.isEmpty == false ? item : nil, group: String(code))
}

/// `Question [Item]`.
private func bracketed(_ text: String) -> (question: String, item: String?)? {
  guard text.hasSuffix("]"), let start = text.lastIndex(of: "[") else { return nil }
  let item = text[text.index(after: start)...].dropLast()
  return (String(text[..<start]).trimmedBlanks, String(item).trimmedBlanks)
}

/// The forms of all columns' headings.
func headingForms(_ rows: [[String]], width: Int, platform: Platform) -> [HeadingForm] {
  func cell(_ row: Int, _ column: Int) -> String {
    row < rows.count && column < rows[row].count ? rows[row][column].trimmedBlanks : ""
  }
  var forms: [HeadingForm] = []
  var question = ""
  for column in 0..<width {
    let first = cell(0, column)
    switch platform {
    case .surveyMonkey where rows.count == 2:
      if !first.isEmpty { question = first }
      let second = cell(1, column)
      let isPlain =
        second.isEmpty || second == question || ["Response", "Open-Ended Response"].contains(second)
      forms.append(
        HeadingForm(code: nil, question: question, item: isPlain ? nil : second, group: question))
    case .qualtrics where rows.count == 3: forms.append(qualtricsForm(first, cell(1, column)))
    case .limeSurvey:
      forms.append(limeSurveyForm(first) ?? HeadingForm(code: nil, question: first))
    default:
      if let (question, item) = bracketed(first), !question.isEmpty {
        forms.append(HeadingForm(code: nil, question: question, item: item, group: question))
      } else if isCode(first) {
        let stem = first.split(separator: "_").dropLast().joined(separator: "_")
        forms.append(HeadingForm(code: first, question: first, item: nil, group: stem.isEmpty ? nil : stem))
      } else if platform == .surveyGizmo, let (item, question) = halves(first) {
        forms.append(HeadingForm(code: nil, question: question, item: item, group: question))
      } else {
        forms.append(HeadingForm(code: nil, question: first))
      }
    }
  }
  return forms
}

private func isCode(_ heading: String) -> Bool {
  heading.count <= 30 && heading.first?.isLetter == true
    && heading.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ".") }
}

/// `QID18_3` with `Question - Option`, as Qualtrics writes them.
private func qualtricsForm(_ name: String, _ wording: String) -> HeadingForm {
  var wording = wording
  for end in [" - Selected Choice"] where wording.hasSuffix(end) {
    wording = String(wording.dropLast(end.count))
  }
  let parts = name.split(separator: "_")
  guard parts.count >= 2, let end = wording.range(of: " - ") else {
    return HeadingForm(code: name, question: wording)
  }
  return HeadingForm(
    code: name, question: String(wording[..<end.lowerBound]).trimmedBlanks,
    item: String(wording[end.upperBound...]).trimmedBlanks, group: String(parts[0]))
}

/// `Option:Question`, as SurveyGizmo writes it.
private func halves(_ heading: String) -> (item: String, question: String)? {
  guard let colon = heading.firstIndex(of: ":") else { return nil }
  let item = String(heading[..<colon]).trimmedBlanks
  let question = String(heading[heading.index(after: colon)...].drop { $0 == ":" }).trimmedBlanks
  return item.isEmpty || question.isEmpty ? nil : (item, question)
}

extension String {
  /// The last place of a text.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = endIndex
    while start > startIndex {
      start = index(before: start)
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
    }
    return nil
  }
}
