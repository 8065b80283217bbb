/// Columns of plain text: what a summary is set with.
extension String {
  /// How many columns the text takes, at one per character.
  var columns: Int { count }

  /// The text at exactly `width` columns, its end cut for an ellipsis where it is too long.
  func fitted(_ width: Int) -> String {
    let cut = truncated(width)
    return cut + String(repeating: " ", count: max(0, width - cut.columns))
  }

  /// The text against the right edge of `width` columns.
  func right(_ width: Int) -> String { String(repeating: " ", count: max(0, width - columns)) + self }

  /// The text within `width` columns, on one line.
  func truncated(_ width: Int) -> String {
    let line = split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard line.columns > width else { return line }
    let cut = line.prefix(max(0, width - 1))
    return cut.reversed().drop { $0 == " " }.reversed().map(String.init).joined() + "…"
  }

  /// The text in lines of at most `width` columns, broken at blanks.
  func wrapped(_ width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in split(whereSeparator: \.isWhitespace) {
      if !line.isEmpty, line.columns + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      line += (line.isEmpty ? "" : " ") + word
    }
    return line.isEmpty ? lines : lines + [line]
  }
}
