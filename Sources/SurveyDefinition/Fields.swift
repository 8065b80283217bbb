/// One map of a definition, opened for reading: it knows which keys may stand in it, and each access says what is
/// wrong with the value, so that reading on gives the best-effort rest.
struct Fields {
  /// What the map describes, with its article, for messages: `a question`.
  let what: String
  let entries: [YAMLEntry]
  /// Where the map is spoken of when a key is missing: its own key, if it has one.
  let place: Place
  let log: FindingLog

  /// - Parameter keys: The keys that may stand here; nil where they are the user's own, such as ids.
  /// - Returns: nil, with a fault told, where the node is no map.
  init?(_ node: YAMLNode, at place: Place? = nil, what: String, keys: [String]?, log: FindingLog) {
    guard let entries = node.entries else {
      if node.isBlank || node.isNull {
        log.fault("empty-value", at: place ?? node.place, "\(what) has nothing in it")
      } else {
        log.fault("wrong-type", at: node.place, "\(what) is a map of keys and values, not \(node.shape)")
      }
      return nil
    }
    self.what = what
    self.entries = entries
    self.place = place ?? node.place
    self.log = log
    guard let keys else { return }
    for entry in entries where !keys.contains(entry.key) { reportUnknown(entry, known: keys) }
  }

  private func reportUnknown(_ entry: YAMLEntry, known: [String]) {
    let meant = DefinitionKeys.synonyms[entry.key.lowercased()]?.first { known.contains($0) }
    log.fault(
      "unknown-key", at: entry.keyPlace, "\(what) has no key `\(entry.key)`",
      remedy: meant.map { "did you mean `\($0)`?" } ?? log.suggestion(for: entry.key, among: known))
  }

  func entry(_ key: String) -> YAMLEntry? { entries.first { $0.key == key } }
  func has(_ key: String) -> Bool { entry(key) != nil }

  /// The entry of a key that must be there.
  func required(_ key: String, remedy: String? = nil) -> YAMLEntry? {
    if let entry = entry(key) { return entry }
    log.fault("missing-key", at: place, "\(what) needs the key `\(key)`", remedy: remedy)
    return nil
  }

  /// The text of a key, trimmed; an empty one is a fault.
  func text(_ key: String) -> String? {
    guard let entry = entry(key) else { return nil }
    return entry.text(log)
  }

  /// A whole number within a range.
  func integer(_ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let entry = entry(key), let text = entry.text(log) else { return nil }
    guard let number = Int(text), !text.hasPrefix("+") else {
      log.fault("not-a-number", at: entry.value.place, "`\(key)` is a whole number, not `\(text)`")
      return nil
    }
    guard range.contains(number) else {
      log.fault(
        "out-of-range", at: entry.value.place,
        "`\(key)` is \(number), and may be \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return number
  }

  /// `true` or `false`; `yes` and `no` are as good.
  func flag(_ key: String) -> Bool? {
    guard let entry = entry(key), let text = entry.text(log) else { return nil }
    switch text.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      log.fault("unknown-word", at: entry.value.place, "`\(key)` is `true` or `false`, not `\(text)`")
      return nil
    }
  }

  /// One of the words of an enumeration.
  func word<Words>(_ key: String, of type: Words.Type) -> Words?
  where Words: RawRepresentable & CaseIterable, Words.RawValue == String {
    word(key, among: Words.allCases.map(\.rawValue)).flatMap(Words.init(rawValue:))
  }

  /// One of some words.
  func word(_ key: String, among words: [String]) -> String? {
    guard let entry = entry(key), let text = entry.text(log) else { return nil }
    guard words.contains(text) else {
      log.fault(
        "unknown-word", at: entry.value.place, "`\(key)` may not be `\(text)`",
        remedy: log.suggestion(for: text, among: words))
      return nil
    }
    return text
  }

  /// Cell texts, each trimmed; a scalar stands for a list of one. The empty text is a text, in quotes.
  func texts(_ key: String) -> [String]? {
    guard let entry = entry(key) else { return nil }
    return entry.located(log)?.map(\.text)
  }

  func column(_ key: String) -> ColumnReference? {
    guard let entry = entry(key) else { return nil }
    return columnReference(entry.value, key: entry, log)
  }

  /// Of keys that exclude one another, all but the first given are faults.
  func exclude(_ keys: [String], because reason: String) {
    let given = keys.compactMap(entry)
    for entry in given.dropFirst() {
      log.fault(
        "conflicting-keys", at: entry.keyPlace,
        "`\(entry.key)` cannot stand beside `\(given[0].key)`: \(reason)",
        remedy: "keep one of them")
    }
  }
}

/// A text with its place.
struct LocatedText {
  var text: String
  var place: Place
}

extension YAMLEntry {
  /// True where the key has no value: nothing, or `null`.
  var isEmpty: Bool { value.isBlank || value.isNull }

  /// The value as a text, trimmed; nothing, `null` or an empty text is a fault.
  func text(_ log: FindingLog) -> String? {
    guard let raw = value.rawText else {
      log.fault("wrong-type", at: value.place, "`\(key)` is a text, not \(value.shape)")
      return nil
    }
    let text = trimmed(raw)
    if text.isEmpty || value.isNull {
      log.fault(
        "empty-value", at: keyPlace, "`\(key)` has no value",
        remedy: value.isNull
          ? "leave the key out; `null` takes something out in wave.yaml, and a text like that needs quotes"
          : nil)
      return nil
    }
    return text
  }

  /// The value as a list of texts with their places; a scalar stands for a list of one.
  func located(_ log: FindingLog) -> [LocatedText]? {
    if value.isBlank || value.isNull {
      log.fault("empty-value", at: keyPlace, "`\(key)` has no value", remedy: "for an empty list write []")
      return nil
    }
    return value.locatedTexts(of: key, log)
  }
}

extension YAMLNode {
  /// The texts of a list, or of a scalar that stands for a list of one.
  func locatedTexts(of key: String, _ log: FindingLog) -> [LocatedText]? {
    switch content {
    case .scalar(let text, isPlain: _):
      return [LocatedText(text: trimmed(text), place: place)]
    case .list(let items):
      var texts: [LocatedText] = []
      for item in items {
        if let text = item.rawText {
          texts.append(LocatedText(text: trimmed(text), place: item.place))
        } else {
          log.fault(
            "wrong-type", at: item.place, "an entry of `\(key)` is a text, not \(item.shape)",
            remedy: "put a text with a colon, a comma or brackets in quotes")
        }
      }
      return texts
    case .map:
      log.fault("wrong-type", at: place, "`\(key)` is a list of texts, not a map")
      return nil
    }
  }
}

/// A column: its heading, or `"#7"` for the seventh. `#` alone, or before anything but digits, begins a heading.
func columnReference(_ node: YAMLNode, key: YAMLEntry, _ log: FindingLog) -> ColumnReference? {
  guard let raw = node.rawText else {
    log.fault(
      "wrong-type", at: node.place, "a column is a heading or a number like \"#7\", not \(node.shape)")
    return nil
  }
  let text = trimmed(raw)
  guard !text.isEmpty, !node.isNull else {
    log.fault(
      "empty-value", at: key.keyPlace, "`\(key.key)` names no column",
      remedy: "a column's number needs quotes, \"#7\": YAML takes # for the beginning of a comment")
    return nil
  }
  return columnReference(text, at: node.place, log)
}

func columnReference(_ text: String, at place: Place, _ log: FindingLog) -> ColumnReference? {
  guard !text.isEmpty else {
    log.fault(
      "bad-column", at: place, "the heading of a column is empty", remedy: "name it by its number, \"#7\"")
    return nil
  }
  let digits = text.dropFirst()
  guard text.first == "#", !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else {
    return .heading(text)
  }
  guard let number = Int(digits), number >= 1 else {
    log.fault("bad-column", at: place, "there is no column `\(text)`", remedy: "columns count from #1")
    return nil
  }
  return .number(number)
}

/// A decimal number such as `-0.25`: up to six decimals, at most a thousand million.
func decimal(_ text: String) -> Decimal6? {
  var digits = Substring(text)
  let isNegative = digits.first == "-"
  if isNegative { digits.removeFirst() }
  let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
  guard let whole = parts.first, !whole.isEmpty, whole.count <= 10,
    digits.utf8.allSatisfy({ $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    )
  else { return nil }
  let decimals = parts.count == 2 ? parts[1] : ""
  guard parts.count == 1 || !decimals.isEmpty, decimals.count <= 6,
    let units = Int64(whole), units <= 1_000_000_000,
    let rest = Int64(decimals + String(repeating: "0", count: 6 - decimals.count))
  else { return nil }
  let millionths = units * Decimal6.scale + rest
  return Decimal6(millionths: isNegative ? -millionths : millionths)
}
