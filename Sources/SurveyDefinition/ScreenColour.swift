import Glibc

/// A colour of the sRGB space, and how well it is read on another.
struct ScreenColour: Equatable {
  var red: Int
  var green: Int
  var blue: Int

  /// What briefings are shown on: white, and nearly black.
  static let lightPage = ScreenColour(red: 0xFF, green: 0xFF, blue: 0xFF)
  static let darkPage = ScreenColour(red: 0x14, green: 0x18, blue: 0x1D)

  /// What ordinary text needs: WCAG 2.2, success criterion 1.4.3.
  static let enoughContrast = 4.5

  init(red: Int, green: Int, blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// - Parameter text: `#` and six hexadecimal digits.
  init?(_ text: String) {
    let digits = text.utf8.dropFirst()
    guard text.utf8.first == UInt8(ascii: "#"), digits.count == 6,
      digits.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }),
      let value = Int(text.dropFirst(), radix: 16)
    else { return nil }
    self.init(red: value >> 16, green: value >> 8 & 0xFF, blue: value & 0xFF)
  }

  var text: String {
    "#"
      + [red, green, blue].map { channel in
        let digits = String(channel, radix: 16)
        return digits.utf8.count == 1 ? "0" + digits : digits
      }.joined()
  }

  /// Relative luminance, 0 for black and 1 for white, as WCAG 2.2 defines it.
  private var luminance: Double {
    func linear(_ channel: Int) -> Double {
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// From 1, the same colour, to 21, black and white.
  func contrast(with other: ScreenColour) -> Double {
    let (first, second) = (luminance, other.luminance)
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// The same colour, moved away from a page in small steps until it can be read there.
  func readable(on page: ScreenColour) -> ScreenColour {
    let end = page.luminance > 0.5 ? 0 : 255
    for step in 0...64 {
      func moved(_ channel: Int) -> Int { channel + (end - channel) * step / 64 }
      let colour = ScreenColour(red: moved(red), green: moved(green), blue: moved(blue))
      if colour.contrast(with: page) >= Self.enoughContrast { return colour }
    }
    return ScreenColour(red: end, green: end, blue: end)
  }
}
