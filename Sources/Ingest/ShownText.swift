/// Response text that is held for a while: it never prints itself, whoever prints it.
struct HiddenText: Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  let bytes: [UInt8]

  var description: String { "<not shown>" }
  var debugDescription: String { description }
  var customMirror: Mirror { Mirror(reflecting: description) }
}

/// Text in a form that is safe in one line of a message: control and invisible characters escaped, and no more
/// than `limit` characters in all, the last an ellipsis where something was left out.
func shown(_ text: String, limit: Int) -> String {
  var result: [Unicode.Scalar] = []
  var lastFit = 0
  for scalar in text.unicodeScalars {
    result += escaped(scalar).unicodeScalars
    if result.count > limit {
      return String(String.UnicodeScalarView(result[..<lastFit])) + "…"
    }
    if result.count < limit { lastFit = result.count }
  }
  return String(String.UnicodeScalarView(result))
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
    return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  default:
    return String(scalar)
  }
}

/// How a count is said: `1 cell`, `12,345 cells`.
func counted(_ count: Int, _ one: String, _ many: String) -> String {
  count == 1 ? "1 \(one)" : "\(grouped(count)) \(many)"
}

/// A count with commas between thousands.
func grouped(_ count: Int) -> String {
  var text = ""
  for (index, digit) in String(count).reversed().enumerated() {
    if index > 0, index % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}

/// The candidate that is nearest to `text` by edit distance, where one is near enough to be meant.
func nearest(to text: String, among candidates: [String]) -> String? {
  let wanted = Array(text.prefix(60).lowercased().prefix(60))
  let limit = max(1, wanted.count / 3)
  var best: (distance: Int, candidate: String)?
  for candidate in candidates where !candidate.isEmpty {
    let letters = Array(candidate.prefix(60).lowercased().prefix(60))
    // Each letter too many or too few is an edit.
    guard abs(letters.count - wanted.count) <= limit else { continue }
    let distance = editDistance(wanted, letters)
    if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
  }
  return best?.candidate
}

/// Insertions, deletions and replacements that turn one text into the other.
/// Source: Wagner and Fischer (1974), The string-to-string correction problem, JACM 21(1).
private func editDistance(_ left: [Character], _ right: [Character]) -> Int {
  var row = Array(0...right.count)
  for (i, a) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, b) in right.enumerated() {
      let above = row[j + 1]
      row[j + 1] = a == b ? diagonal : 1 + min(diagonal, above, row[j])
      diagonal = above
    }
  }
  return row[right.count]
}
