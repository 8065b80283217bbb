@_spi(Protection) import ReleaseModel
import Testing

@testable import Briefing

@Suite struct PaperTests {
  private func source(_ tables: [ReleasedTable], isPlain: Bool = false) -> String {
    let release = MadePack.release(tables)
    let bytes = BriefingPaper(beside: ["csv", "html", "xlsx", "ods"]).source(of: release.packs[0], in: release, isPlain: isPlain)
    // Without the template, which is the same for all.
    let text = String(decoding: bytes, as: UTF8.self)
    return String(text[(text.ranges(of: "#show: paper.with").first?.lowerBound ?? text.endIndex)...])
  }

  /// What a literal stands for, read by its own rules: `\"`, `\\` and `\u{..}`.
  private func meaning(_ literal: String) -> String? {
    guard literal.count >= 2, literal.hasPrefix("\""), literal.hasSuffix("\"") else { return nil }
    var scalars = Array(literal.unicodeScalars.dropFirst().dropLast())[...]
    var text = String.UnicodeScalarView()
    while let scalar = scalars.popFirst() {
      guard scalar == "\\" else {
        guard scalar != "\"" else { return nil }
        text.append(scalar)
        continue
      }
      guard let next = scalars.popFirst() else { return nil }
      guard next == "u" else {
        guard next == "\"" || next == "\\" else { return nil }
        text.append(next)
        continue
      }
      guard let end = scalars.firstIndex(of: "}") else { return nil }
      let digits = String(String.UnicodeScalarView(scalars[scalars.startIndex + 1..<end]))
      guard let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init) else { return nil }
      text.append(scalar)
      scalars = scalars[(end + 1)...]
    }
    return String(text)
  }

  @Test func `a literal stands for its text, whatever the text is`() {
    for value in UInt32(0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = "a" + String(Character(scalar)) + "\\\"b"
      let literal = TypstCode.string(text).text
      #expect(meaning(literal)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true, "U+\(value)")
      #expect(
        !literal.unicodeScalars.contains { $0.value < 0x20 || $0.properties.isBidiControl }, "U+\(value)")
    }
  }

  @Test(arguments: [
    ("plain", "plain", false), ("a\tb\nc", "a b c", false),
    ("caf\u{E9} Llanfair", "caf\u{E9} Llanfair", false),
    ("\u{202E}abc", "[U+202E]abc", true), ("\u{1FAE8}", "[U+1FAE8]", true), ("a\u{7}", "a\u{FFFD}", false),
    ("\u{FEFF}a", "[U+FEFF]a", true), ("\u{E000}", "[U+E000]", true),
    ("\u{5E9}\u{5DC}", "\u{5E9}\u{5DC}", false),
  ])
  func `a sign that no face has, or that turns others round, is written by its number`(
    _ text: String, _ expected: String, _ hasNumbers: Bool
  ) {
    let paper = PaperText(text)
    #expect(paper.text == expected)
    #expect(paper.hasNumbers == hasNumbers)
  }

  @Test func `a word that is no word may be broken, and an ordinary one not`() {
    let word = String(repeating: "x", count: 30)
    #expect(PaperText("a \(word) b").text.split(separator: "\u{200B}").map(\.count) == [10, 8, 8, 8])
    #expect(PaperText(word).text.replacing("\u{200B}", with: "") == word)
    #expect(PaperText("disproportionately so, internationalisation").text.contains("\u{200B}") == false)
  }

  @Test func `written plainly, only signs of European languages stand for themselves`() {
    #expect(PaperText("ŵ é Ж “x” €", in: .european).text == "ŵ é Ж “x” €")
    #expect(PaperText("שa", in: .european).text == "[U+05E9]a")
    let tables = [MadePack.table("a", [500, 300, 200], answers: ["א", "Neither", "Disagree"])]
    #expect(source(tables).contains("\"א\""))
    #expect(source(tables, isPlain: true).contains("\"[U+05D0]\""))
    #expect(source(tables, isPlain: true).contains("is a sign that the letters of this file lack"))
  }

  /// A bar's length is a figure.
  @Test func `what is withheld has a marker and no bar`() {
    let partly = source([MadePack.table("a", [500, nil, 200])])
    #expect(partly.contains("letters(\"[c]\""))
    #expect(partly.ranges(of: "bar(\"#0b4f8a\"").count == 2)
    #expect(partly.ranges(of: "bar(\"#e4e8ec\"").count == 2)
    #expect(!partly.contains("key("), "a key is of a stack")
  }

  @Test func `a chart that no page has room for is divided, and nothing of it is lost`() {
    let bars = (1...40).map { number in
      RankedBars.Bar(
        label: "Answer \(number)", share: Share(count: 10, percent: 100, lower: 50, upper: 150), text: "10.0%"
      )
    }
    let chart = PaperChart(.rankedBars(RankedBars(bars: bars)), accent: nil)
    #expect(chart.drawings.count == 3)
    let labels = chart.drawings.flatMap(\.shapes).compactMap { shape in
      if case .text(let text, _, _, _, _, _, _) = shape, text.hasPrefix("Answer") { text } else { nil }
    }
    #expect(labels == bars.map(\.label))
    #expect(chart.drawings.allSatisfy { $0.height <= 1000 })
  }

  @Test func `the definition's accent takes the place of the page's own, not of an answer's blue`() throws {
    let accent = try #require(Colour(hex: "#005500"))
    let bar = Drawing.Shape.rect(.accent, x: 0, width: 10, top: 0, height: 1, isOutlined: false)
    let answer = Drawing.Shape.rect(.blue3, x: 0, width: 10, top: 0, height: 1, isOutlined: true)
    let chart = PaperChart(.rankedBars(RankedBars(bars: [])), accent: accent)
    #expect(chart.code(bar) { .string($0) }.text.contains("#005500"))
    #expect(!chart.code(answer) { .string($0) }.text.contains("#005500"))
  }
}
