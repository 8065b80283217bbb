/// How wide a text is in a sans serif face of ordinary width, in thousandths of its size: an estimate on the generous side,
/// as nobody knows which face a reader has.
func textWidth(_ text: some StringProtocol) -> Int {
  text.reduce(0) { $0 + width(of: $1) }
}

private func width(of character: Character) -> Int {
  guard let value = character.asciiValue else {
    let first = character.unicodeScalars.first?.value ?? 0
    return first < 0x1100 ? 650 : 1050
  }
  switch UInt8(ascii: " ") < value ? Character(UnicodeScalar(value)) : " " {
  case " ", "i", "j", "l", "I", "t", "f", "r", ".", ",", ":", ";", "'", "|", "!", "/", "(", ")", "[", "]",
    "-":
    return 340
  case "m", "w", "M", "W", "@", "%": return 900
  case "A"..."Z", "&", "#", "+", "=", "<", ">", "~": return 700
  default: return 570
  }
}

/// A text in lines of at most a width, broken at blanks where there are any. Nothing is left out, however long it is.
/// - Parameters:
///   - width: Pixels.
///   - size: The size of the face in pixels.
func lines(_ text: String, width: Int, size: Int) -> [String] {
  let limit = width * 1000 / size
  var lines: [String] = []
  var line = ""
  var used = 0
  for word in text.split(whereSeparator: { $0.isWhitespace || $0.isNewline }) {
    for piece in pieces(word, limit: limit) {
      let width = textWidth(piece)
      if !line.isEmpty, used + 340 + width > limit {
        lines.append(line)
        line = ""
        used = 0
      }
      if !line.isEmpty {
        line += " "
        used += 340
      }
      line += piece
      used += width
    }
  }
  if !line.isEmpty { lines.append(line) }
  return lines.isEmpty ? [""] : lines
}

/// A word in pieces that each fit a line.
private func pieces(_ word: Substring, limit: Int) -> [String] {
  var pieces: [String] = []
  var piece = ""
  var used = 0
  for character in word {
    let width = width(of: character)
    if !piece.isEmpty, used + width > limit {
      pieces.append(piece)
      piece = ""
      used = 0
    }
    piece.append(character)
    used += width
  }
  return pieces + [piece]
}
