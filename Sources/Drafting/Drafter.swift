public import ExportFormats
public import Ingest

/// Guesses a definition from an export: from headings, from the form of cells and from which of them are empty together.
///
/// Texts of cells are written only where at least `leastTold` respondents gave them, or where they are the known words of a
/// scale, or where the questionnaire has them.
/// - Parameters:
///   - platform: The platform that wrote it.
///   - table: All of it.
///   - dictionary: What another file says of the columns: a questionnaire or a key.
///   - name: The file's name, which gives the survey's id.
public func draftSurvey(
  from table: CodedTable, platform: Platform, dictionary: DataDictionary? = nil,
  name: String
) -> SurveyDraft {
  var table = table
  let silent = SilentTexts(table, platform: platform)
  for column in table.columns.indices { table.columns[column] = table.columns[column].blanking(silent.all) }
  var drafter = Drafter(table, platform: platform, dictionary: dictionary)
  drafter.draftItems()
  var draft = drafter.draft
  draft.id = identifier(from: name, limit: 40) ?? "survey"
  draft.missing = silent.missing
  draft.notAsked = silent.notAsked
  draft.title = dictionary?.title ?? name
  draft.hasTitle = dictionary?.title != nil
  draft.year = drafter.commonYear()
  draft.guessRouting(in: table)
  draft.chooseVariables(in: table)
  return draft
}

/// The work of drafting: columns from left to right.
struct Drafter {
  let table: CodedTable
  let forms: [HeadingForm]
  /// What the dictionary says of each column.
  let knowledge: [DictionaryColumn?]
  /// Whether a text of the dictionary is what somebody wrote, rather than how a program stores an answer.
  private let describesTextsOnly: Bool
  var draft = SurveyDraft()
  private var usedIDs: Set<String> = ["respondents", "focus-groups", "total"]

  init(_ table: CodedTable, platform: Platform, dictionary: DataDictionary?) {
    self.table = table
    describesTextsOnly = dictionary?.format == .qualtrics || dictionary?.format == .jisc
    let rows = table.headerRows
    let width = table.columns.count
    let headings = headingForms(rows, width: width, platform: platform)
    let described = rows.map { dictionary?.columns(for: $0) ?? [] }
    knowledge = (0..<width).map { column in
      described.lazy.compactMap { column < $0.count ? $0[column] : nil }.first
    }
    forms = zip(headings, knowledge).map { form, known in
      guard let known else { return form }
      var form = form
      form.question = known.question ?? form.question
      form.item = known.item ?? form.item
      form.group = known.group ?? form.group
      return form
    }
    draft.platform = platform
    draft.recordCount = table.recordCount
    draft.headings = (0..<width).map { column in
      rows.lazy.map { column < $0.count ? $0[column] : "" }.first { !$0.isEmpty } ?? ""
    }
    var columnsOf: [String: Int] = [:]
    for column in 0..<width {
      for heading in Set(rows.compactMap { column < $0.count ? $0[column] : nil }) {
        columnsOf[heading, default: 0] += 1
      }
    }
    draft.references = (0..<width).map { reference(to: $0, rows, columnsOf) }
  }

  /// A heading that stands over this column alone, else its number.
  private func reference(to column: Int, _ rows: [[String]], _ columnsOf: [String: Int]) -> String {
    // Of two rows the second says more: the first has the question over all its options.
    for row in draft.platform == .surveyMonkey ? rows.reversed() : rows where column < row.count {
      let heading = row[column]
      let isUsable =
        !heading.isEmpty && !heading.hasPrefix("#") && !heading.hasPrefix("{")
        && heading.count <= 300 && !heading.contains(where: \.isNewline)
      guard isUsable else { continue }
      if columnsOf[heading] == 1 { return heading }
    }
    return "#\(column + 1)"
  }

  mutating func draftItems() {
    var column = 0
    while column < table.columns.count {
      let members = group(from: column)
      if members.count > 1, draftRanking(members) || draftSpread(members) {
        column += members.count
      } else {
        // A group that is no question of options is a block of questions, or several that share a beginning.
        draftColumn(column)
        column += 1
      }
    }
    shareScales()
  }

  /// Columns beside one another that ask one question.
  private func group(from column: Int) -> [Int] {
    guard let group = forms[column].group else { return [column] }
    var end = column + 1
    while end < forms.count, forms[end].group == group { end += 1 }
    return Array(column..<end)
  }

  // MARK: One column

  private mutating func draftColumn(_ column: Int) {
    let cells = table.columns[column]
    let headings = table.headerRows.map { column < $0.count ? $0[column] : "" }
    func leaveOut(_ reason: String, isPersonal: Bool = false) {
      draft.leftOut.append(.init(column: column, reason: reason, isPersonal: isPersonal))
    }
    guard cells.answered > 0 else { return leaveOut("every cell is empty") }
    let texts = texts(of: column)
    let isUnique = cells.blanks == 0 && (cells.countBeyond > 0 || cells.counts.allSatisfy { $0 == 1 })
    switch sign(ofHeadings: headings) ?? sign(ofTexts: texts) {
    case .personal(let why)?: return leaveOut("looks personal: \(why)", isPersonal: true)
    case .technical(let why)?: return leaveOut(why)
    case .date?: return leaveOut("dates or times")
    case .respondentID?:
      if isUnique, draft.respondent == nil {
        draft.respondent = column
      } else {
        leaveOut(isUnique ? "numbers of the platform" : "an id that does not name one response each")
      }
      return
    case nil: break
    }
    if let known = knowledge[column] {
      switch known.kind {
      case .single where !known.answers.isEmpty: return draftKnown(column, known)
      case .multipleJoined(let separator) where !known.answers.isEmpty:
        return draftKnown(column, known, separator: separator)
      // What is a text to a program may still be one of a few answers.
      case .text where !describesTextsOnly: break
      case .text: return leaveOut("free text")
      case .date: return leaveOut("dates or times")
      case .other: return leaveOut("no answers, as its description says")
      case .ranking: return leaveOut("a rank")
      case .single, .multipleJoined, .multipleOption, .number, .unknown: break
      }
    }
    if let choice = choice(of: [column]) {
      add(column, .choice(column: column, choice.answers, isScale: choice.isScale), choice.comment)
    } else if let joined = JoinedOptions(texts, minimum: leastTold) {
      let counts = Dictionary(uniqueKeysWithValues: joined.options.map { ($0.text, $0.count) })
      let answers = SurveyDraft.Answers(
        answers: Drafting.distinct(
          inOrder(joined.options.map(\.text), counts).map { (label(for: $0), [$0]) }),
        hasOthers: joined.othersCount > 0)
      add(
        column,
        .joined(column: column, separator: joined.separator, answers, exclusive: exclusive(answers.labels)),
        joined.isSure
          ? "likely: several answers joined in one cell"
          : "a guess: several answers joined by a separator that may also stand within one")
    } else if texts.allSatisfy({ isNumber($0.text) }) {
      if isUnique, cells.answered > 20, texts.allSatisfy({ Int($0.text) != nil }) {
        leaveOut("a number of its own in every row, like an id")
      } else {
        add(column, .number(column: column), "likely: every cell is a number")
      }
    } else {
      leaveOut("free text, or answers that fewer than \(leastTold) people share")
    }
  }

  // MARK: What cells are

  /// The year that most dates of the platform's first column of dates have, where enough respondents share it.
  func commonYear() -> String? {
    for column in table.columns.indices {
      let texts = texts(of: column)
      let headings = table.headerRows.map { column < $0.count ? $0[column] : "" }
      guard case .technical? = sign(ofHeadings: headings), case .date? = sign(ofTexts: texts) else {
        continue
      }
      var counts: [String: Int] = [:]
      for (text, count) in texts {
        let numbers = text.split(whereSeparator: { !$0.isNumber })
        if let year = numbers.first(where: { $0.count == 4 }) { counts[String(year), default: 0] += count }
      }
      let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
      if let most, most.value >= leastTold { return most.key }
    }
    return nil
  }

  /// The distinct texts of a column, with how often each came.
  func texts(of column: Int) -> [(text: String, count: Int)] {
    zip(table.columns[column].texts, table.columns[column].counts).map { ($0.revealed(), $1) }
  }

  struct Choice {
    var answers: SurveyDraft.Answers
    var isScale: Bool
    var comment: String
  }

  /// The columns' common answers, where they are answers rather than free text or numbers.
  func choice(of columns: [Int]) -> Choice? {
    var counts: [String: Int] = [:]
    var most: [String: Int] = [:]
    var all = 0
    for column in columns {
      for (text, count) in texts(of: column) {
        counts[text, default: 0] += count
        most[text] = max(most[text] ?? 0, count)
      }
      all += table.columns[column].answered
      guard table.columns[column].countBeyond == 0 else { return nil }
    }
    let distinct = counts.keys.sorted()
    if !columns.contains(where: { asksForNumber(forms[$0].question) }), let scale = numberScale(distinct) {
      return scale
    }
    // Many different numbers, or some in a form of their own, are a number rather than answers.
    if distinct.count > 12 || !distinct.allSatisfy(isPlainNumber), distinct.allSatisfy(isNumber) {
      return nil
    }
    let told = distinct.filter { (most[$0] ?? 0) >= leastTold }
    // A known scale may be told with all its wordings.
    let steps = distinct.filter { text in
      !KnownScales.isAside(text) && ((most[text] ?? 0) >= leastTold || KnownScales.isPlainlyWritten(text))
    }
    let known =
      KnownScales.ordered(steps) ?? leadingNumbers(steps.filter(told.contains), of: steps)
    if let known, told.count >= 2 {
      let asides = told.filter(KnownScales.isAside)
      let hasOthers = distinct.count > known.count + asides.count
      return Choice(
        answers: .init(
          answers: Drafting.distinct((known + asides).map { (label(for: $0), [$0]) }), hasOthers: hasOthers),
        isScale: asides.isEmpty && !hasOthers,
        comment: asides.isEmpty
          ? "likely: the wordings of a scale" : "likely: a scale, with answers that are no step of it")
    }
    let toldCount = told.reduce(0) { $0 + (counts[$1] ?? 0) }
    let isClosed =
      !told.isEmpty && told.count <= 60 && 10 * toldCount >= 6 * all && told.allSatisfy { $0.count <= 300 }
    guard isClosed else { return nil }
    if told.count == 1, distinct.count > 3 { return nil }
    // Joined options look like answers where few were offered.
    let pairs = distinct.map { ($0, counts[$0] ?? 0) }
    if columns.count == 1, let joined = JoinedOptions(pairs, minimum: leastTold),
      joined.options.count < told.count || joined.isSure || joined.isConvincing
    {
      return nil
    }
    let ordered = inOrder(told, counts)
    return Choice(
      answers: .init(
        answers: Drafting.distinct(ordered.map { (label(for: $0), [$0]) }),
        hasOthers: distinct.count > told.count),
      isScale: false,
      comment: 10 * toldCount >= 9 * all
        ? "likely: few different answers" : "a guess: some answers come often, many do not")
  }

  /// Steps of a scale that are numbers, also as `3.0`.
  private func numberScale(_ texts: [String]) -> Choice? {
    var values: Set<Int> = []
    var forms: Set<String> = []
    for text in texts {
      let whole = withoutDecimals(text)
      let form = String(text.dropFirst(whole.count))
      guard let value = Int(whole), String(value) == whole, form.isEmpty || form == ".0" else { return nil }
      values.insert(value)
      forms.insert(form)
    }
    guard let range = KnownScales.numbers(values) else { return nil }
    // Every form that occurs is listed for every step, so that the list tells of nobody.
    let written = forms.sorted()
    let answers = range.map { value in (label: String(value), texts: written.map { "\(value)\($0)" }) }
    return Choice(
      answers: .init(answers: answers, hasOthers: false), isScale: true,
      comment:
        "a guess: whole numbers from \(range.lowerBound) to \(range.upperBound), as on a scale; or `kind: number`"
    )
  }

  /// Whether a question asks how many there are of something.
  private func asksForNumber(_ question: String) -> Bool {
    let plain = " " + KnownScales.plain(question) + " "
    return [" how many ", " how old ", " number of ", " hours ", " years of "].contains(where: plain.contains)
  }

  /// Texts that begin with different whole numbers in a row, such as `0 - Never` to `5 - Always`.
  private func leadingNumbers(_ told: [String], of texts: [String]) -> [String]? {
    guard told.count >= 3, told.count == texts.count else { return nil }
    let numbers = told.map { text in Int(text.prefix { $0.isASCII && $0.isNumber }) }
    guard numbers.allSatisfy({ $0 != nil }) else { return nil }
    let values = numbers.compactMap { $0 }.sorted()
    guard Set(values).count == values.count, values.last == (values.first ?? 0) + values.count - 1,
      values[0] <= 1
    else { return nil }
    return zip(told, numbers).sorted { ($0.1 ?? 0) < ($1.1 ?? 0) }.map(\.0)
  }

  /// Answers in the order of the numbers in them where all have one, else the most frequent first and asides last.
  private func inOrder(_ texts: [String], _ counts: [String: Int]) -> [String] {
    let steps = texts.filter { !KnownScales.isAside($0) }
    let asides = texts.filter(KnownScales.isAside).sorted()
    let numbers = steps.map { firstNumber(in: $0) }
    let numbered = numbers.count { $0 != nil }
    if steps.allSatisfy({ Double($0) != nil }) || (steps.count >= 3 && numbered + 1 >= steps.count) {
      // “Less than one year” and “> 60” go by what stands in them.
      func place(_ text: String) -> (Double, Int, String) {
        let plain = text.lowercased()
        let isBelow =
          plain.hasPrefix("<") || plain.hasPrefix("less") || plain.hasPrefix("under")
          || plain.hasPrefix("below")
        return (firstNumber(in: text) ?? 0, isBelow ? 0 : 1, text)
      }
      return steps.sorted { place($0) < place($1) } + asides
    }
    // Yes before no, as questionnaires have it.
    func isYes(_ text: String) -> Int { KnownScales.plain(text) == "yes" ? 0 : 1 }
    return steps.sorted { (isYes($0), counts[$1] ?? 0, $0) < (isYes($1), counts[$0] ?? 0, $1) } + asides
  }

  // MARK: Names

  /// Adds an item that is read from one column.
  mutating func add(_ column: Int, _ kind: SurveyDraft.Kind, _ comment: String) {
    let form = forms[column]
    let text = form.item.map { $0 == form.question ? $0 : "\(form.question): \($0)" } ?? form.question
    let name = form.code ?? form.item ?? form.question
    add(
      name: name.isEmpty ? "q\(column + 1)" : name, text: text.isEmpty ? "Column \(column + 1)" : text, kind,
      comment,
      columns: [column], stem: form.item == nil ? nil : form.question)
  }

  mutating func add(
    name: String, text: String, _ kind: SurveyDraft.Kind, _ comment: String, columns: [Int],
    stem: String? = nil
  ) {
    let base = identifier(from: name, limit: 32) ?? "q\(columns[0] + 1)"
    var id = base
    var number = 2
    while !usedIDs.insert(id).inserted {
      id = "\(base)_\(number)"
      number += 1
    }
    var item = SurveyDraft.Item(id: id, text: text, kind: kind, comment: comment, columns: columns)
    item.stem = stem
    draft.items.append(item)
  }

  /// Options that exclude the others by their words.
  func exclusive(_ labels: [String]) -> [String] {
    labels.filter { label in
      let plain = KnownScales.plain(label)
      return plain == "none" || plain.hasPrefix("none of ") || plain == "dont know"
        || plain == "not applicable"
        || plain.hasPrefix("i do not ") || plain.hasPrefix("i dont ") || plain.hasPrefix("not involved")
    }
  }
}

/// A text as the label of an answer: reserved words and parentheses around the whole are changed.
func label(for text: String) -> String {
  var label = text.trimmedBlanks
  while label.count >= 2, label.hasPrefix("("), label.hasSuffix(")") {
    label = String(label.dropFirst().dropLast()).trimmedBlanks
  }
  while label.hasPrefix("(net) ") { label = String(label.dropFirst(6)).trimmedBlanks }
  if label == "Total" || label == "Not stated" { label = "Answer “\(label)”" }
  return label.isEmpty ? "Blank answer" : label
}

/// Answers of which no two have the same label.
func distinct(_ answers: [(label: String, texts: [String])]) -> [(label: String, texts: [String])] {
  var seen: Set<String> = []
  return answers.map { answer in
    var label = answer.label
    var number = 2
    while !seen.insert(label).inserted {
      label = "\(answer.label) \(number)"
      number += 1
    }
    return (label, answer.texts)
  }
}

/// An id made of a text: lower-case letters and digits, words joined by an underscore.
func identifier(from text: String, limit: Int) -> String? {
  let small: Set = [
    "the", "a", "an", "of", "to", "in", "is", "are", "do", "does", "you", "your", "please", "what", "which",
    "how", "and",
    "or", "for", "with", "on", "at", "by", "have", "has", "did", "be", "it", "that", "this", "if", "any",
    "would", "was",
    "following", "select", "apply", "all", "as", "from", "i", "my", "we", "our", "when",
  ]
  let ascii = KnownScales.plain(text).split(separator: " ").map { word in
    String(word.unicodeScalars.compactMap { folded($0) }.joined())
  }.filter { !$0.isEmpty }
  let words = ascii.count > 3 ? ascii.filter { !small.contains($0) } : ascii
  var id = ""
  for word in words.isEmpty ? ascii : words {
    let next = id.isEmpty ? word : "\(id)_\(word)"
    if next.count > limit { break }
    id = next
  }
  if id.isEmpty { id = String((words.first ?? "").prefix(limit)) }
  return id.isEmpty ? nil : id
}

/// A letter or digit of ASCII, accents left out.
private func folded(_ scalar: Unicode.Scalar) -> String? {
  if scalar.isASCII {
    return scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) ? String(scalar) : nil
  }
  let plain: [Character: String] = [
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ê": "e", "á": "a", "à": "a", "â": "a",
    "ã": "a",
    "ç": "c", "í": "i", "ó": "o", "õ": "o", "ô": "o", "ú": "u", "ñ": "n", "å": "a", "ø": "o", "æ": "ae",
  ]
  return plain[Character(scalar)]
}

/// `3` for `3.0`, as programs write whole numbers.
func withoutDecimals(_ text: String) -> String {
  guard let point = text.firstIndex(of: "."), text[text.index(after: point)...].allSatisfy({ $0 == "0" }),
    point > text.startIndex,
    text.index(after: point) < text.endIndex
  else { return text }
  return String(text[..<point])
}

/// Whether the reader of responses takes a text for a number.
func isNumber(_ text: String) -> Bool {
  let digits = text.first == "-" || text.first == "+" ? text.dropFirst() : Substring(text)
  let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count), digits.count <= 18 else { return false }
  return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0.isASCII && $0.isNumber } }
    && (parts.count < 2 || parts[1].count <= 6 || parts[1].dropFirst(6).allSatisfy { $0 == "0" })
}

/// Whether a number is written as programs write codes: `3` or `3.0`.
func isPlainNumber(_ text: String) -> Bool {
  let whole = withoutDecimals(text)
  return Int(whole).map(String.init) == whole && text.count - whole.count <= 2
}
