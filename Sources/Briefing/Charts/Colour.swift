/// A colour of the sRGB space.
struct Colour: Sendable, Hashable {
  let red: Int
  let green: Int
  let blue: Int

  /// - Parameter hex: `#` and six hexadecimal digits; nil for anything else.
  init?(hex: String) {
    let digits = Array(hex.utf8)
    guard digits.count == 7, digits[0] == UInt8(ascii: "#"), digits.dropFirst().allSatisfy({ $0.isHexDigit }),
      let value = Int(hex.dropFirst(), radix: 16)
    else { return nil }
    red = value >> 16
    green = value >> 8 & 0xFF
    blue = value & 0xFF
  }

  var hex: String {
    "#"
      + [red, green, blue].map { channel in
        let digits = String(channel, radix: 16)
        return digits.count == 1 ? "0" + digits : digits
      }.joined()
  }
}

extension UInt8 {
  fileprivate var isHexDigit: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}

/// What something on the page is painted with, in light and in dark.
///
/// Answers of a scale go from blue to orange, which people who see few colours can tell apart; the stronger the answer, the
/// further its colour is from the page. Nothing is told by colour alone.
enum Paint: String, CaseIterable, Sendable {
  case page, ink, quiet, track, accent
  case blue3, blue2, blue1, neutral, orange1, orange2, orange3

  /// In light and in dark.
  var colours: (light: String, dark: String) {
    switch self {
    case .page: ("#ffffff", "#14181d")
    case .ink: ("#16191d", "#eef1f4")
    case .quiet: ("#4d555e", "#b4bcc5")
    case .track: ("#e4e8ec", "#333b44")
    case .accent: ("#0b4f8a", "#8cc4f5")
    case .blue3: ("#0b4f8a", "#9accf8")
    case .blue2: ("#6aa5d8", "#5a9bd4")
    case .blue1: ("#b5d6f2", "#24527d")
    case .neutral: ("#e6e6e6", "#4a5057")
    case .orange1: ("#f9d3a8", "#6e4413")
    case .orange2: ("#ea9a55", "#d08238")
    case .orange3: ("#933f00", "#ffbd7d")
    }
  }

  /// What is written on it in either scheme; black or white, whichever is easier to read.
  var text: (light: String, dark: String) {
    switch self {
    case .blue3, .orange3, .accent, .ink, .quiet: ("#ffffff", "#101418")
    case .blue2, .orange2: ("#101418", "#101418")
    case .blue1, .neutral, .orange1, .page, .track: ("#101418", "#ffffff")
    }
  }

  /// The class of what is filled with it.
  var fillClass: String { "f-\(rawValue)" }
  /// The class of what is drawn with it.
  var strokeClass: String { "s-\(rawValue)" }
  /// The class of what is written upon it.
  var textClass: String { "t-\(rawValue)" }

  /// One paint per answer of a scale, from its first to its last.
  static func scale(_ answers: Int) -> [Paint] {
    switch answers {
    case 1: [.blue3]
    case 2: [.blue3, .orange3]
    case 3: [.blue3, .neutral, .orange3]
    case 4: [.blue3, .blue1, .orange1, .orange3]
    case 5: [.blue3, .blue1, .neutral, .orange1, .orange3]
    case 6: [.blue3, .blue2, .blue1, .orange1, .orange2, .orange3]
    default: [.blue3, .blue2, .blue1, .neutral, .orange1, .orange2, .orange3]
    }
  }

  /// As many answers as a stack can show apart.
  static let longestScale = 7
}
