/// Options of a multiple question that stand joined in one cell, as they can be told apart.
struct JoinedOptions {
  let separator: String
  /// The options that enough respondents chose, with how often.
  let options: [(text: String, count: Int)]
  /// How many respondents chose something else besides or instead.
  let othersCount: Int
  /// How sure it is that the cells are joined options.
  let isSure: Bool
  /// Whether the cells could hardly be anything else: most that hold the separator are made of options, and most options
  /// also come by themselves.
  let isConvincing: Bool

  private static let separators = [";#", ";", "\n", " | ", "|", ", ", ","]

  /// - Parameters:
  ///   - texts: The distinct cells, with how often each came.
  ///   - minimum: How many respondents have to have chosen an option for it to be named.
  init?(_ texts: [(text: String, count: Int)], minimum: Int) {
    for separator in Self.separators {
      // What is free text shows in part of it.
      let part = Array(texts.prefix(Self.textsTried))
      guard JoinedOptions(part, separator: separator, minimum: min(minimum, 2)) != nil,
        let joined = JoinedOptions(texts, separator: separator, minimum: minimum)
      else { continue }
      self = joined
      return
    }
    return nil
  }

  /// How many distinct texts show whether they are joined options at all.
  private static let textsTried = 600

  private init?(_ texts: [(text: String, count: Int)], separator: String, minimum: Int) {
    let all = texts.reduce(0) { $0 + $1.count }
    let holding = texts.filter { $0.text.contains(separator) }
    let joinedCells = holding.reduce(0) { $0 + $1.count }
    // Enough cells with more than one option.
    guard all > 0, joinedCells >= minimum, 10 * joinedCells >= all else { return nil }

    let cells = texts.map { (parts: splitOutsideParentheses($0.text, at: separator), count: $0.count) }
    let merged = mergingHalves(of: cells, separator: separator)
    var counts: [String: Int] = [:]
    var alone: Set<String> = []
    for (parts, count) in merged {
      for part in Set(parts) { counts[part, default: 0] += count }
      if parts.count == 1 { alone.insert(parts[0]) }
    }
    let kept = counts.filter { $0.value >= minimum }
    let keptCount = kept.values.reduce(0, +)
    let allCount = counts.values.reduce(0, +)
    // Options come again and again; words of a sentence do not.
    guard kept.count >= 2, 10 * keptCount >= 6 * allCount, kept.keys.allSatisfy({ $0.count <= 300 }) else {
      return nil
    }
    // Options come in many combinations. A comma within the text of one answer makes few, always the same.
    let sets = Set(
      merged.map { Set($0.parts) }.filter { set in set.count > 1 && set.allSatisfy { kept[$0] != nil } })
    var combined: [String: Int] = [:]
    for part in sets.joined() { combined[part, default: 0] += 1 }
    if separator.contains(",") {
      guard sets.count >= 3, combined.values.count(where: { $0 >= 2 }) >= 3,
        kept.keys.count(where: alone.contains) >= 2
      else { return nil }
    } else {
      guard !sets.isEmpty else { return nil }
    }
    self.separator = separator
    options = kept.map { ($0.key, $0.value) }.sorted { ($1.count, $0.text) < ($0.count, $1.text) }
    othersCount = merged.reduce(0) { sum, cell in
      sum + (cell.parts.contains { kept[$0] == nil } ? cell.count : 0)
    }
    let several = merged.filter { $0.parts.count > 1 }
    let known = several.filter { $0.parts.allSatisfy { kept[$0] != nil } }
    isConvincing =
      10 * known.reduce(0) { $0 + $1.count } >= 7 * several.reduce(0) { $0 + $1.count }
      && 2 * kept.keys.count(where: alone.contains) >= kept.count && !several.isEmpty
    let separated = kept.keys.contains { $0.contains(separator.trimmedBlanks) }
    isSure = 10 * keptCount >= 9 * allCount && !separated && separator != ", " && separator != ","
  }
}

/// The parts of a cell, blanks at both ends and empty ones left out. A separator within parentheses or quotation marks is
/// part of an option's text.
private func splitOutsideParentheses(_ text: String, at separator: String) -> [String] {
  var parts: [String] = []
  var part = ""
  var depth = 0
  var rest = Substring(text)
  while let character = rest.first {
    if depth == 0, rest.hasPrefix(separator), !isWithinNumber(part, separator, rest) {
      parts.append(part)
      part = ""
      rest = rest.dropFirst(separator.count)
      continue
    }
    if "([".contains(character) { depth += 1 }
    if ")]".contains(character) { depth = max(0, depth - 1) }
    part.append(character)
    rest = rest.dropFirst()
  }
  parts.append(part)
  // A parenthesis that stays open says nothing.
  if depth > 0 { parts = text.components(at: separator) }
  return parts.map(\.trimmedBlanks).filter { !$0.isEmpty }
}

/// Whether a separator is the comma of a number, as in `1,000`.
private func isWithinNumber(_ before: String, _ separator: String, _ rest: Substring) -> Bool {
  separator == "," && before.last?.isNumber == true && rest.dropFirst().first?.isNumber == true
}

/// Puts together what was one option: a part that never comes without the one before it, and goes on in small letters.
private func mergingHalves(
  of cells: [(parts: [String], count: Int)], separator: String
) -> [(parts: [String], count: Int)] {
  var cells = cells
  for _ in 0..<8 {
    var total: [String: Int] = [:]
    var pairs: [[String]: Int] = [:]
    for (parts, count) in cells {
      for part in parts { total[part, default: 0] += count }
      for (first, second) in zip(parts, parts.dropFirst()) { pairs[[first, second], default: 0] += count }
    }
    let halves = pairs.filter { pair, count in
      count >= 2 && total[pair[0]] == count && total[pair[1]] == count
        && pair[1].first.map { $0.isLowercase || !($0.isLetter || $0.isNumber) } == true
    }
    if halves.isEmpty { break }
    cells = cells.map { parts, count in
      var merged: [String] = []
      for part in parts {
        if let last = merged.last, halves[[last, part]] != nil {
          merged[merged.count - 1] = last + separator + part
        } else {
          merged.append(part)
        }
      }
      return (merged, count)
    }
  }
  return cells
}

extension String {
  /// Without blanks and breaks at both ends.
  var trimmedBlanks: String {
    var rest = Substring(self)
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }

  /// The parts between separators, all of them.
  func components(at separator: String) -> [String] {
    var parts: [String] = []
    var part = ""
    var rest = Substring(self)
    while let character = rest.first {
      if rest.hasPrefix(separator) {
        parts.append(part)
        part = ""
        rest = rest.dropFirst(separator.count)
      } else {
        part.append(character)
        rest = rest.dropFirst()
      }
    }
    return parts + [part]
  }
}
