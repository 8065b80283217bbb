extension SurveyReader {
  /// Reads `input:`, how the responses are laid out.
  func inputLayout(_ fields: Fields) -> InputLayout {
    var layout = InputLayout()
    guard let entry = fields.entry("input"),
      let input = Fields(
        entry.value, at: entry.keyPlace, what: "`input`", keys: DefinitionKeys.input, log: log)
    else { return layout }
    layout.file = input.text("file") ?? layout.file
    layout.tripleS = input.text("triple_s")
    note(files: ["file", "triple_s"], of: input)
    layout.encoding = input.word("encoding", of: InputLayout.Encoding.self) ?? layout.encoding
    layout.separator = cellSeparator(input) ?? layout.separator
    layout.quoting = input.flag("quoting") ?? layout.quoting
    layout.headerRows = input.integer("header_rows", in: 0...3) ?? layout.headerRows
    layout.respondent = input.column("respondent")
    let absent = absentTexts(input)
    layout.missing = absent.missing ?? layout.missing
    layout.notAsked = absent.notAsked ?? layout.notAsked
    layout.keep = keepRules(input)
    layout.excludesInvalid = input.word("invalid", among: ["stop", "exclude"]) == "exclude"
    checkAbsentTexts((layout.missing, layout.notAsked), in: input)
    return layout
  }

  /// Keeps where files are named.
  func note(files keys: [String], of fields: Fields) {
    for entry in keys.compactMap({ fields.entry($0) }) {
      if let name = entry.value.rawText.map(trimmed) { places.files[name] = entry.value.place }
    }
  }

  /// What separates cells: one ASCII character that cannot be part of a cell's text, or `\t` for a tab.
  func cellSeparator(_ input: Fields) -> UInt8? {
    guard let entry = input.entry("separator") else { return nil }
    if entry.value.rawText == "\\t" { return UInt8(ascii: "\t") }
    guard let text = entry.value.rawText, !entry.value.isBlank else {
      log.fault(
        "bad-separator", at: entry.keyPlace, "`separator` has no value", remedy: #"write "," or ";" or "\t""#)
      return nil
    }
    guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x7F,
      byte >= 0x20 || byte == UInt8(ascii: "\t"),
      byte != UInt8(ascii: "\""), !text.allSatisfy({ $0.isLetter || $0.isNumber })
    else {
      log.fault(
        "bad-separator", at: entry.value.place,
        "`separator` is one ASCII character that is no letter, digit or quote",
        remedy: #"write "," or ";" or "|", and "\t" for a tab"#)
      return nil
    }
    return byte
  }

  private func keepRules(_ input: Fields) -> [KeepRule] {
    guard let entry = input.entry("keep"),
      let keep = Fields(entry.value, at: entry.keyPlace, what: "`keep`", keys: nil, log: log)
    else { return [] }
    return keep.entries.compactMap { rule in
      guard let column = columnReference(rule.key, at: rule.keyPlace, log), let texts = rule.located(log)
      else {
        return nil
      }
      if texts.isEmpty {
        log.fault(
          "empty-list", at: rule.keyPlace, "no text of `\(rule.key)` is kept, so no response would be")
      }
      return KeepRule(column: column, texts: texts.map(\.text))
    }
  }

  /// `missing` and `not_asked` of the input, a variable or a question.
  func absentTexts(_ fields: Fields) -> (missing: [String]?, notAsked: [String]?) {
    (fields.texts("missing"), fields.texts("not_asked"))
  }

  /// A cell cannot be both unanswered and never asked.
  ///
  /// - Parameter absent: The item's own texts; nil where those of the input hold.
  func checkAbsentTexts(_ absent: (missing: [String]?, notAsked: [String]?), in fields: Fields) {
    guard let entry = fields.entry("not_asked") ?? fields.entry("missing") else { return }
    let claimedTwice: [String]
    switch absent {
    case (let missing?, let notAsked?): claimedTwice = notAsked.filter(Set(missing).contains)
    case (let missing?, nil): claimedTwice = missing.filter(inputNotAsked.contains)
    case (nil, let notAsked?): claimedTwice = notAsked.filter(inputMissing.contains)
    case (nil, nil): claimedTwice = []
    }
    for text in claimedTwice {
      log.fault(
        "text-claimed-twice", at: entry.keyPlace,
        "the text `\(text)` means both `missing` and `not_asked` here",
        remedy: "leave it with one of them, giving both keys if one is the input's")
    }
  }

  /// No text of an answer may also mean that there is none.
  func checkAnswersAgainstAbsent(_ options: ReadOptions, missing: [String]?, notAsked: [String]?) {
    let missing = missing.map(Set.init) ?? inputMissing
    let notAsked = notAsked.map(Set.init) ?? inputNotAsked
    for (option, place) in zip(options.options, options.places) {
      for text in option.texts where missing.contains(text) || notAsked.contains(text) {
        if option.label.isEmpty { continue }
        if text == option.label {
          log.remark(
            "label-means-missing", at: place,
            "a cell `\(text)` counts as missing or not asked, never as the answer of that label",
            remedy: "give this item its own `missing` or `not_asked`, or leave the answer out")
        } else {
          log.fault(
            "text-claimed-twice", at: place,
            "the text `\(text)` means both `\(option.label)` and missing or not asked",
            remedy: "give this item its own `missing` or `not_asked`, or take the text from the answer")
        }
      }
    }
  }
}
