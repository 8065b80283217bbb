public import SurveyDefinition

extension SurveyDraft {
  /// The draft as survey.yaml, with what was guessed, how sure that is and what was left out in comments.
  /// - Parameters:
  ///   - layout: How the responses are written; what is as by default is not said.
  ///   - isEncodingGuessed: Whether the encoding is only likely.
  public func yaml(_ layout: InputLayout, isEncodingGuessed: Bool) -> String {
    var writer = DraftWriter(self)
    writer.writeHead(layout, isEncodingGuessed: isEncodingGuessed)
    writer.writeVariables()
    writer.writeQuestions()
    writer.writePacks()
    writer.writeLeftOut()
    return writer.text
  }

  /// Items by whether they are facts about the respondent.
  public var variables: [Item] { items.filter(\.isVariable) }
  public var questions: [Item] { items.filter { !$0.isVariable } }
}

/// Writes a draft line by line.
private struct DraftWriter {
  let draft: SurveyDraft
  private(set) var text = ""
  /// Lists of answers that several questions share, by name.
  private var scales: [(name: String, answers: SurveyDraft.Answers)] = []
  private var names: [[[String]]: String] = [:]

  init(_ draft: SurveyDraft) {
    self.draft = draft
    var users: [[[String]]: Int] = [:]
    for item in draft.questions {
      if case .choice(_, let answers, _) = item.kind { users[Self.key(answers), default: 0] += 1 }
    }
    for item in draft.questions {
      guard case .choice(_, let answers, _) = item.kind, users[Self.key(answers)] ?? 0 > 1,
        names[Self.key(answers)] == nil
      else { continue }
      names[Self.key(answers)] = "scale_\(scales.count + 1)"
      scales.append(("scale_\(scales.count + 1)", answers))
    }
  }

  /// Answers as what tells them from others: each label with its texts.
  private static func key(_ answers: SurveyDraft.Answers) -> [[String]] {
    answers.answers.map { [$0.label] + $0.texts }
  }

  private func scale(of answers: SurveyDraft.Answers) -> String? { names[Self.key(answers)] }

  private mutating func line(_ content: String, _ depth: Int = 0) {
    text += String(repeating: "  ", count: depth) + content + "\n"
  }

  private mutating func comment(_ content: String, _ depth: Int = 0) {
    for part in wrapped(content, 100 - 2 * depth) { line("# " + part, depth) }
  }

  mutating func writeHead(_ layout: InputLayout, isEncodingGuessed: Bool) {
    comment(
      "A draft made from an export: see whether every line is what was asked, then run `canvass check`. Comments say what was guessed and how sure it is."
    )
    line("survey: \(yamlText(draft.id))")
    line("title: \(yamlText(draft.title))")
    line("# publisher: who publishes the results")
    line("# sampling: open                 # open: anyone could answer; random; census")
    line("")
    var keys: [String] = []
    let usual = InputLayout()
    if layout.file != usual.file { keys.append("file: \(yamlText(layout.file))") }
    if let tripleS = layout.tripleS { keys.append("triple_s: \(yamlText(tripleS))") }
    if layout.encoding != .utf8 {
      keys.append(
        "encoding: \(layout.encoding.rawValue)"
          + (isEncodingGuessed ? "    # likely: see whether letters and quotation marks look right" : ""))
    }
    if layout.separator != usual.separator {
      keys.append(
        "separator: "
          + (layout.separator == UInt8(ascii: "\t")
            ? #""\t""# : yamlText(String(UnicodeScalar(layout.separator)))))
    }
    if !layout.quoting { keys.append("quoting: false    # quotation marks are part of the text") }
    if layout.headerRows != usual.headerRows { keys.append("header_rows: \(layout.headerRows)") }
    if let respondent = draft.respondent {
      keys.append("respondent: \(yamlText(draft.references[respondent]))")
    }
    if !draft.missing.isEmpty {
      keys.append(
        "missing: \(list([""] + draft.missing))    # likely: the platform writes this where there is no answer"
      )
    }
    if !draft.notAsked.isEmpty {
      keys.append(
        "not_asked: \(list(draft.notAsked))    # likely: the platform writes this where nothing was asked")
    }
    comment("The export seems to be of \(draft.platform.rawValue).")
    guard !keys.isEmpty else { return line("") }
    line("input:")
    for key in keys { line(key, 1) }
    line("")
  }

  mutating func writeVariables() {
    guard !draft.variables.isEmpty else { return }
    comment("Facts about the respondent, by which tables are split (see `banners` below).")
    line("variables:")
    for item in draft.variables {
      guard case .choice(let column, let answers, _) = item.kind else { continue }
      comment(item.comment + "; a candidate for comparing groups", 1)
      line("\(yamlText(item.id)):", 1)
      line("label: \(yamlText(item.text))", 2)
      line("column: \(yamlText(draft.references[column]))", 2)
      write(answers, as: "groups")
    }
    line("")
  }

  mutating func writeQuestions() {
    line("questions:")
    if draft.questions.isEmpty { comment("None was found: see below what was left out.", 1) }
    for item in draft.questions {
      comment(item.comment, 1)
      line("\(yamlText(item.id)):", 1)
      line("text: \(yamlText(item.text))", 2)
      line("kind: \(item.kindName)", 2)
      write(item.kind)
      if let missing = item.missing {
        line("missing: \(list(missing + draft.missing.filter { !missing.contains($0) }))", 2)
      }
      if let routing = item.routing {
        line(
          "asked_if: { \(yamlText(routing.id)): \(list(routing.answers)) }    # likely: everyone who gave another answer left this blank",
          2)
      }
    }
    line("")
    guard !scales.isEmpty else { return }
    comment("Answers that several questions share.")
    line("scales:")
    for (name, answers) in scales {
      line("\(name):", 1)
      for answer in answers.answers { line(entry(answer, isMap: isMap(answers)), 2) }
    }
    line("")
  }

  private mutating func write(_ kind: SurveyDraft.Kind) {
    switch kind {
    case .choice(let column, let answers, _):
      line("column: \(yamlText(draft.references[column]))", 2)
      write(answers, as: "answers")
    case .number(let column): line("column: \(yamlText(draft.references[column]))", 2)
    case .joined(let column, let separator, let answers, let exclusive):
      line("column: \(yamlText(draft.references[column]))", 2)
      line("separator: \(quoted(separator))", 2)
      write(answers, as: "answers")
      if !exclusive.isEmpty { line("exclusive: \(list(exclusive))", 2) }
    case .answerColumns(let columns), .ranking(let columns): write(columns)
    case .optionColumns(let columns, let chosen, let notChosen, let exclusive):
      write(columns)
      if let chosen { line("chosen: \(list(chosen))", 2) }
      if let notChosen { line("not_chosen: \(list(notChosen))", 2) }
      if !exclusive.isEmpty { line("exclusive: \(list(exclusive))", 2) }
    }
  }

  private mutating func write(_ columns: [SurveyDraft.OptionColumn]) {
    line("columns:", 2)
    for option in columns {
      let reference = yamlText(draft.references[option.column])
      switch option.chosen {
      case nil: line("\(yamlText(option.label)): \(reference)", 3)
      case []?: line("\(yamlText(option.label)): { column: \(reference), chosen: any }", 3)
      case let texts?: line("\(yamlText(option.label)): { column: \(reference), chosen: \(list(texts)) }", 3)
      }
    }
  }

  private mutating func write(_ answers: SurveyDraft.Answers, as key: String) {
    if key == "answers", let scale = scale(of: answers) {
      line("answers: \(scale)", 2)
    } else {
      line("\(key):", 2)
      for answer in answers.answers { line(entry(answer, isMap: isMap(answers)), 3) }
    }
    if answers.hasOthers { line("other: Another answer", 2) }
  }

  private func isMap(_ answers: SurveyDraft.Answers) -> Bool {
    answers.answers.contains { $0.texts != [$0.label] }
  }

  private func entry(_ answer: (label: String, texts: [String]), isMap: Bool) -> String {
    guard isMap else { return "- \(yamlText(answer.label))" }
    let texts = answer.texts.isEmpty ? [answer.label] : answer.texts
    return "\(yamlText(answer.label)): \(texts.count == 1 ? yamlText(texts[0]) : list(texts))"
  }

  private func list(_ texts: [String]) -> String { "[" + texts.map(yamlText).joined(separator: ", ") + "]" }

  private func quoted(_ text: String) -> String {
    let plain = yamlText(text)
    return plain.hasPrefix("\"") ? plain : "\"\(plain)\""
  }

  mutating func writePacks() {
    if !draft.variables.isEmpty {
      line(
        "banners: [\(draft.variables.map { yamlText($0.id) }.joined(separator: ", "))]    # a guess: compare by fewer, and more is shown"
      )
    }
    line("packs:")
    line("everyone: { title: Everyone, who: everyone }", 1)
  }

  mutating func writeLeftOut() {
    guard !draft.leftOut.isEmpty else { return }
    line("")
    comment("Left out:")
    for column in draft.leftOut.sorted(by: { $0.column < $1.column }) {
      let heading = draft.headings[column.column]
      let name = heading.isEmpty ? "(no heading)" : short(heading, 60)
      line("#   #\(column.column + 1) \(name): \(column.reason)")
    }
  }

  /// In one line, and no longer than this.
  private func short(_ text: String, _ limit: Int) -> String {
    let line = String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
            " "
          default: scalar
          }
        }))
    return line.count <= limit ? line : line.prefix(limit - 1) + "…"
  }

  private func wrapped(_ text: String, _ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, line.count + word.count + 1 > width {
        lines.append(line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    return lines + [line]
  }
}
