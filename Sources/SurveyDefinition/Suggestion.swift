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

/// The known word that a misspelt one most likely stands for, nil where none is near.
///
/// Near means: at most a third of its letters wrong, and no more than three. Upper and lower case, blanks, `-` and
/// `_` count as the same, because `Minimum cell` for `minimum_cell` is no spelling mistake. Words of more
/// than 200 characters and lists of more than 2,000 are not compared, because the cost is the product of both.
func nearest(to word: String, among known: [String]) -> String? {
  func folded(_ word: String) -> String {
    String(word.lowercased().map { $0 == "-" || $0 == " " ? "_" : $0 })
  }
  guard word.unicodeScalars.count <= 200, known.count <= 2000 else { return nil }
  let wanted = folded(word)
  let limit = max(1, min(3, wanted.count / 3))
  var best: (word: String, distance: Int)?
  for candidate in known where candidate != word {
    let folded = folded(candidate)
    guard abs(folded.unicodeScalars.count - wanted.unicodeScalars.count) <= limit else { continue }
    let distance = editDistance(wanted, folded)
    if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

/// The remedy for an unknown word: the nearest known one, else the known ones where they are few.
func suggestion(for word: String, among known: [String]) -> String? {
  if let near = nearest(to: word, among: known) { return "did you mean `\(near)`?" }
  guard !known.isEmpty else { return nil }
  guard known.count <= 12 else { return nil }
  return "known here: " + known.map { "`\($0)`" }.joined(separator: ", ")
}
