/// Answers, groups or options as the definition lists them, with the place of each label.
struct ReadOptions {
  var options: [AnswerOption]
  var places: [Place]

  var labels: [String] { options.map(\.label) }
}

/// Whether a text may be the label of an answer, a group, a net, a band, a theme or an audience; a fault if not.
func checkLabel(_ label: String, at place: Place, log: FindingLog) {
  if label.isEmpty {
    log.fault("empty-label", at: place, "a label is empty")
  } else if label == "Total" || label == "Not stated" {
    log.fault(
      "reserved-label", at: place, "the label `\(label)` is reserved: tables use it", remedy: "choose another"
    )
  } else if (label.hasPrefix("(") && label.hasSuffix(")")) || label.hasPrefix("(net) ") {
    log.fault(
      "reserved-label", at: place, "labels in parentheses, like `\(label)`, are reserved: tables use them",
      remedy: "leave the parentheses out")
  }
}

extension SurveyReader {
  /// Reads answers: a map from label to text or texts, a list of labels, or the name of a scale.
  func options(_ entry: YAMLEntry) -> ReadOptions? {
    if case .scalar(_, isPlain: _) = entry.value.content {
      guard let name = entry.text(log) else { return nil }
      guard let options = scales[name] else {
        log.fault(
          "unknown-scale", at: entry.value.place, "there is no scale `\(name)` in `scales`",
          remedy: log.suggestion(for: name, among: scales.keys.sorted())
            ?? "list the labels, or add the scale")
        return nil
      }
      // One line names a whole scale, so this is where a small file grows.
      return options.flatMap { writeOut($0.options.count, at: entry.value.place) ? $0 : nil }
    }
    return options(listed: entry)
  }

  /// Reads a map from label to texts, or a list of labels.
  func options(listed entry: YAMLEntry) -> ReadOptions? {
    var declared: [(label: LocatedText, texts: [LocatedText])] = []
    let isEmpty: Bool
    switch entry.value.content {
    case .scalar:
      log.fault(
        "wrong-type", at: entry.value.place,
        "`\(entry.key)` is a list of labels or a map from label to texts",
        remedy: "write [A, B] or { A: 1, B: 2 }")
      return nil
    case .list(let items):
      isEmpty = items.isEmpty
      guard let labels = entry.located(log) else { return nil }
      declared = labels.map { ($0, []) }
    case .map(let entries):
      isEmpty = entries.isEmpty
      for option in entries {
        // `Suitable:` with nothing after it is a label whose only text is itself.
        let texts = option.value.isBlank ? [] : option.value.locatedTexts(of: option.key, log) ?? []
        declared.append((LocatedText(text: option.key, place: option.keyPlace), texts))
      }
    }
    if isEmpty { log.fault("empty-list", at: entry.keyPlace, "`\(entry.key)` lists nothing") }
    checkLabels(declared.map(\.label), of: entry.key)
    return ReadOptions(options: claimTexts(declared), places: declared.map(\.label.place))
  }

  /// Labels must be labels, each once.
  func checkLabels(_ labels: [LocatedText], of what: String) {
    var lines: [String: Int] = [:]
    for label in labels {
      checkLabel(label.text, at: label.place, log: log)
      if let line = lines[label.text] {
        log.fault(
          "duplicate-label", at: label.place,
          "the label `\(label.text)` stands twice in `\(what)`, first on line \(line)",
          remedy: "keep one of them")
      }
      lines[label.text] = lines[label.text] ?? label.place.line ?? 0
    }
  }

  /// Gives each label its texts: those declared, and itself unless it is another answer's.
  private func claimTexts(_ declared: [(label: LocatedText, texts: [LocatedText])]) -> [AnswerOption] {
    var owner: [String: String] = [:]
    for (label, texts) in declared {
      for text in texts {
        if let other = owner[text.text], other != label.text {
          log.fault(
            "text-claimed-twice", at: text.place,
            "the text `\(text.text)` means both `\(other)` and `\(label.text)`",
            remedy: "leave it with one of them")
        } else {
          owner[text.text] = label.text
        }
      }
    }
    return declared.map { label, texts in
      var all: [String] = []
      var seen: Set<String> = []
      for text in texts where seen.insert(text.text).inserted { all.append(text.text) }
      if owner[label.text] == nil { all.append(label.text) }
      return AnswerOption(label: label.text, texts: all)
    }
  }

  /// The label under which undeclared texts count.
  func other(_ fields: Fields) -> String? {
    guard let label = fields.text("other"), let entry = fields.entry("other") else { return nil }
    checkLabel(label, at: entry.value.place, log: log)
    return label
  }

  /// One column per option, in the order of the file.
  func optionColumns(_ entry: YAMLEntry) -> [OptionColumn]? {
    guard let entries = entry.value.entries else {
      log.fault(
        entry.isEmpty ? "empty-value" : "wrong-type", at: entry.isEmpty ? entry.keyPlace : entry.value.place,
        "`\(entry.key)` is a map from label to column, not \(entry.value.shape)",
        remedy: "write { Label: Heading, Another: \"#7\" }")
      return nil
    }
    if entries.isEmpty { log.fault("empty-list", at: entry.keyPlace, "`\(entry.key)` lists nothing") }
    checkLabels(entries.map { LocatedText(text: $0.key, place: $0.keyPlace) }, of: entry.key)
    var columns: [OptionColumn] = []
    var owners: [OptionColumn: String] = [:]
    for option in entries {
      guard let column = optionColumn(option) else { continue }
      // One column may serve two options only where other texts in it choose each.
      let source = OptionColumn(label: "", column: column.column, chosen: column.chosen)
      if let owner = owners[source] {
        log.fault(
          "column-used-twice", at: option.value.place,
          "`\(option.key)` is read from the same column as `\(owner)`",
          remedy: "see whether a column was copied; a column's number may be written \"#7\"")
      }
      owners[source] = owners[source] ?? option.key
      columns.append(column)
    }
    return columns.count == entries.count ? columns : nil
  }

  private func optionColumn(_ option: YAMLEntry) -> OptionColumn? {
    guard option.value.entries != nil else {
      return columnReference(option.value, key: option, log).map {
        OptionColumn(label: option.key, column: $0)
      }
    }
    guard
      let fields = Fields(
        option.value, at: option.keyPlace, what: "a column of an option", keys: DefinitionKeys.optionColumn,
        log: log)
    else { return nil }
    let chosen = chosenTexts(fields)
    guard fields.required("column") != nil, let column = fields.column("column") else { return nil }
    return OptionColumn(label: option.key, column: column, chosen: chosen ?? .inherited)
  }

  /// `chosen`: texts, or the word `any`; to mean the text `any`, write a list.
  func chosenTexts(_ fields: Fields) -> OptionColumn.Chosen? {
    guard let entry = fields.entry("chosen") else { return nil }
    if entry.value.rawText == "any" { return .any }
    return entry.located(log).map { .texts($0.map(\.text)) }
  }
}
