/// A text as it can stand on paper.
///
/// A page on a screen borrows what its own faces lack; a file that carries its faces cannot. What those that `make pdf-renderer`
/// installs do not have is written by its number, `[U+1FAE8]`, and so is what would turn the text round it. Words that no column
/// is wide enough for get places at which they may be broken. A pure function of the text, so that the same release gives the
/// same source wherever it is made.
struct PaperText {
  let text: String
  /// Whether some sign was written by its number.
  let hasNumbers: Bool

  /// Which signs are set as they are.
  enum Repertoire: Sendable {
    /// Those that the faces have.
    case faces
    /// Those of European languages alone, which no way of joining letters can trouble.
    case european
  }

  /// - Parameter longestWord: In characters; a longer one may be broken after each few.
  init(_ original: String, in repertoire: Repertoire = .faces, longestWord: Int = longestWord) {
    let piece = max(1, min(Self.piece, longestWord / 2))
    var text = ""
    var hasNumbers = false
    // How much of a word has passed.
    var run = 0
    var isLong = false
    for index in original.indices {
      let character = original[index]
      if character.isWhitespace {
        // A line or a page is not ended by a label.
        text.append(character == "\u{A0}" ? character : " ")
        run = 0
        continue
      }
      if run == 0 {
        let beginning = original[index...].prefix(longestWord + 1)
        isLong = beginning.count > longestWord && !beginning.contains(where: \.isWhitespace)
      }
      if isLong, run > 0, run % piece == 0 { text.append("\u{200B}") }
      run += 1
      for scalar in character.unicodeScalars {
        switch scalar.onPaper(repertoire) {
        case .itself: text.unicodeScalars.append(scalar)
        case .replaced: text.append("\u{FFFD}")
        case .number:
          text += "[U+" + Self.number(scalar) + "]"
          hasNumbers = true
        }
      }
    }
    self.text = text
    self.hasNumbers = hasNumbers
  }

  /// In characters; a longer word is no word of a language that divides its words, and may be broken after each piece.
  static let longestWord = 24
  private static let piece = 8

  private static func number(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}

extension Unicode.Scalar {
  fileprivate enum OnPaper { case itself, replaced, number }

  fileprivate func onPaper(_ repertoire: PaperText.Repertoire) -> OnPaper {
    switch value {
    case 0x20...0x7E: .itself
    // Control characters and noncharacters, as in the page.
    case 0..<0x20, 0x7F...0x9F, 0xFDD0...0xFDEF: .replaced
    // What sets or overrides the direction of what follows it.
    case 0x202A...0x202E, 0x2066...0x2069: .number
    // No PDF/UA may hold it.
    case 0xFEFF: .number
    // To the end of Cyrillic, without accents that stand alone, and the usual punctuation and arrows.
    case 0...0x2FF, 0x370...0x482, 0x48A...0x52F, 0x2010...0x2027, 0x2030...0x205E, 0x20A0...0x20BF,
      0x2190...0x21FF, 0x2200...0x22FF, 0xFFFD:
      .itself
    case _ where repertoire == .european: .number
    // Unifont has all of the basic plane but private use; of the rest what labels are likely to hold.
    case 0xE000...0xF8FF: .number
    case 0...0xFFFD: .itself
    case 0x1D400...0x1D454, 0x1D456...0x1D49C, 0x1D552...0x1D6A5, 0x1D6A8...0x1D7CB, 0x1D7CE...0x1D7FF:
      .itself
    case 0x1F030...0x1F093, 0x1F100...0x1F1AD, 0x1F210...0x1F23B, 0x1F300...0x1F6D7, 0x1F700...0x1F773:
      .itself
    case 0x1F780...0x1F7D8, 0x1F810...0x1F847, 0x1F900...0x1FA53, 0xE0100...0xE01EF: .itself
    default: value & 0xFFFE == 0xFFFE ? .replaced : .number
    }
  }
}
