/// The known name that a misspelt one is nearest to, if it is near at all: at most a third of it differs.
/// Source: Levenshtein (1966), "Binary codes capable of correcting deletions, insertions, and reversals".
func nearest(to name: String, among known: [String]) -> String? {
  let scored = known.map { (name: $0, distance: distance(Array(name.lowercased()), Array($0.lowercased()))) }
  guard let best = scored.min(by: { $0.distance < $1.distance }) else { return nil }
  return best.distance <= max(1, name.count / 3) ? best.name : nil
}

private func distance(_ left: [Character], _ right: [Character]) -> Int {
  var row = Array(0...right.count)
  for (i, character) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let substituted = diagonal + (character == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
    }
  }
  return row[right.count]
}
