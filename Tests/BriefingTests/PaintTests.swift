import Foundation
import Testing

@testable import Briefing

/// What axe does not look at: colours inside charts.
@Suite struct PaintTests {
  private static func luminance(_ hex: String) throws -> Double {
    let colour = try #require(Colour(hex: hex))
    let linear = [colour.red, colour.green, colour.blue].map { channel -> Double in
      let share = Double(channel) / 255
      return share <= 0.04045 ? share / 12.92 : pow((share + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
  }

  private static func contrast(_ first: String, _ second: String) throws -> Double {
    let both = [try luminance(first), try luminance(second)].sorted()
    return (both[1] + 0.05) / (both[0] + 0.05)
  }

  @Test(arguments: Paint.allCases) func `text upon a paint can be read in light and in dark`(paint: Paint)
    throws
  {
    #expect(try Self.contrast(paint.colours.light, paint.text.light) >= 4.5)
    #expect(try Self.contrast(paint.colours.dark, paint.text.dark) >= 4.5)
  }

  @Test(arguments: [Paint.ink, .quiet, .accent])
  func `text and lines on the page can be read in light and in dark`(paint: Paint) throws {
    #expect(try Self.contrast(paint.colours.light, Paint.page.colours.light) >= 4.5)
    #expect(try Self.contrast(paint.colours.dark, Paint.page.colours.dark) >= 4.5)
  }

  @Test func `a bar stands out from its track`() throws {
    #expect(try Self.contrast(Paint.accent.colours.light, Paint.track.colours.light) >= 3)
    #expect(try Self.contrast(Paint.accent.colours.dark, Paint.track.colours.dark) >= 3)
  }

  @Test(arguments: 1...Paint.longestScale) func `each answer of a scale has a paint of its own`(answers: Int)
  {
    #expect(Set(Paint.scale(answers)).count == answers)
  }

  @Test func `a colour is six hexadecimal digits`() {
    #expect(Colour(hex: "#0B4f8a")?.hex == "#0b4f8a")
    for text in ["0b4f8a", "#0b4f8", "#0b4f8a0", "#0b4fg0", "#+b4f8a", "red", ""] {
      #expect(Colour(hex: text) == nil)
    }
  }
}
