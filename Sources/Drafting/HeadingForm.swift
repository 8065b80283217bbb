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
    if records.count >= 2, isNamedTwice(first, records[1]) { return (.qualtrics, 2) }
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

  /// A second header row of SurveyMonkey: it says Response somewhere, or stands under a column of ids that it leaves empty
  /// or heads again, and it has texts where the first row is empty.
  private static func isContinued(_ first: [String], _ second: [String]) -> Bool {
    guard first.count == second.count, first.count >= 3 else { return false }
    var hasIDs = false
    for (heading, below) in zip(first, second) {
      switch Drafting.sign(ofHeadings: [heading]) {
      case .respondentID?, .technical?:
        // What stands below the platform's own columns is a heading again, or a response.
        if !below.isEmpty, below != heading { return false }
        hasIDs = true
      default: break
      }
    }
    let continued = zip(first, second).contains { $0.isEmpty && !$1.isEmpty }
    let answers: Set = ["Response", "Open-Ended Response"]
    return second.contains(where: answers.contains) || (hasIDs && continued)
  }

  /// Names over wordings, as Qualtrics writes them, without the third row.
  private static func isNamedTwice(_ first: [String], _ second: [String]) -> Bool {
    let names = [
      ("startdate", "start date"), ("responseid", "response id"), ("recordeddate", "recorded date"),
    ]
    return zip(first, second).contains { name, wording in
      names.contains { KnownScales.plain(name) == $0.0 && KnownScales.plain(wording) == $0.1 }
    }
  }

  /// Whether the first record is a response rather than a row of headings: by each column in which only few texts come, or
  /// only texts of one form.
  private static func looksLikeResponse(_ first: [String], _ others: ArraySlice<[String]>) -> Bool {
    guard others.count >= 3 else { return false }
    var responses = 0
    var headings = 0
    for column in first.indices where !first[column].isEmpty {
      let texts = others.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
      guard texts.count >= 3 else { continue }
      // An address over addresses, a date over dates.
      if Drafting.sign(ofTexts: [(first[column], 1)]) != nil,
        Drafting.sign(ofTexts: texts.map { ($0, 1) }) != nil
      {
        return true
      }
      let isNumber = Double(first[column]) != nil
      if texts.allSatisfy({ Double($0) != nil }) {
        if isNumber { responses += 1 } else { headings += 1 }
      } else if 2 * Set(texts).count <= texts.count {
        if texts.contains(first[column]) { responses += 1 } else { headings += 1 }
      }
    }
    return responses > headings
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
    case .qualtrics where rows.count >= 2: forms.append(qualtricsForm(first, cell(1, column)))
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
