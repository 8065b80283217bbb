/// How many edits turn one word into another: letters put in, left out, replaced, or two neighbours swapped.
///
/// The optimal string alignment distance, a restricted form of Damerau-Levenshtein: no letter is edited twice.
/// Cost: the product of the lengths.
/// Source: Damerau (1964), CACM 7(3), 171-176, https://doi.org/10.1145/363958.363994; Boytsov (2011), JEA 16, 1.1.
func editDistance(_ left: String, _ right: String) -> Int {
  let a = Array(left.unicodeScalars)
  let b = Array(right.unicodeScalars)
  if a.isEmpty { return b.count }
  if b.isEmpty { return a.count }
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  for i in 1...a.count {
    var row = [Int](repeating: i, count: b.count + 1)
    for j in 1...b.count {
      let replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
      row[j] = min(last[j] + 1, row[j - 1] + 1, replaced)
      if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
        row[j] = min(row[j], beforeLast[j - 2] + 1)
      }
    }
    beforeLast = last
    last = row
  }
  return last[b.count]
}

/// Finds the word that a misspelt one stands for, within a limit on the work for a whole definition.
///
/// The cost of one search is the length of all known words times that of the wanted one, so a generated file with
/// thousands of unknown words would keep us for minutes over remedies that nobody reads. Once the limit is reached the
/// findings come without a suggestion.
struct Suggestions {
  /// Pairs of letters that may still be compared: enough for some hundred faults in a survey of five hundred questions.
  private var budget = 5_000_000

  /// The nearest known word, nil where none is near; of equals the first.
  ///
  /// Near means: at most a third of its letters wrong, and no more than three. Upper and lower case, blanks, `-` and
  /// `_` count as the same, because `Minimum cell` for `minimum_cell` is no spelling mistake.
  mutating func nearest(to word: String, among known: () -> [String]) -> String? {
    guard budget > 0 else { return nil }
    let wanted = folded(word)
    let length = wanted.unicodeScalars.count
    let limit = max(1, min(3, length / 3))
    var best: (word: String, distance: Int)?
    for candidate in known() where candidate != word {
      let folded = folded(candidate)
      let candidateLength = folded.unicodeScalars.count
      budget -= candidateLength + 1
      guard abs(candidateLength - length) <= limit else { continue }
      budget -= candidateLength * length
      guard budget > 0 else { break }
      let distance = editDistance(wanted, folded)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// The remedy for an unknown word: the nearest known one, else the known ones where they are few.
  mutating func remedy(for word: String, among known: () -> [String]) -> String? {
    guard budget > 0 else { return nil }
    let known = known()
    if let near = nearest(to: word, among: { known }) { return "did you mean `\(near)`?" }
    guard !known.isEmpty, known.count <= 12 else { return nil }
    return "known here: " + known.map { "`\($0)`" }.joined(separator: ", ")
  }

  private func folded(_ word: String) -> String {
    String(word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }
}
