/// One value of a definition file, with its place.
///
/// A scalar is a text and nothing else: whether it is a number, a date or a truth value is for the field that reads
/// it to say. So `No`, `1-5` and `01` stay what the user wrote.
struct YAMLNode: Sendable, Equatable {
  enum Content: Sendable, Equatable {
    /// `isPlain` is false for a text in quotes and for a block of text.
    case scalar(String, isPlain: Bool)
    case list([YAMLNode])
    case map([YAMLEntry])
  }

  var content: Content
  var place: Place

  /// True for `null` and `~` without quotes, which in wave.yaml take something out.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["null", "Null", "NULL", "~"].contains(text)
  }

  /// True where nothing was written, as in `title:`.
  var isBlank: Bool { content == .scalar("", isPlain: true) }

  /// The text of a scalar as written, blanks included.
  var rawText: String? {
    if case .scalar(let text, isPlain: _) = content { return text }
    return nil
  }

  var entries: [YAMLEntry]? {
    if case .map(let entries) = content { return entries }
    return nil
  }

  /// What the value is, for a message.
  var shape: String {
    switch content {
    case .scalar: isBlank ? "nothing" : "a text"
    case .list: "a list"
    case .map: "a map"
    }
  }
}

/// One key of a map with its value.
struct YAMLEntry: Sendable, Equatable {
  var key: String
  var keyPlace: Place
  var value: YAMLNode
}

/// A text without what does not count at its ends: blanks, line ends, no-break spaces, U+FEFF.
func trimmed(_ text: String) -> String {
  func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case " ", "\t", "\n", "\r", "\u{A0}", "\u{FEFF}": true
    default: false
    }
  }
  let scalars = text.unicodeScalars
  guard let first = scalars.firstIndex(where: { !isBlank($0) }),
    let last = scalars.lastIndex(where: { !isBlank($0) })
  else { return "" }
  return String(scalars[first...last])
}
