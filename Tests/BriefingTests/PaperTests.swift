@_spi(Protection) import ReleaseModel
import Testing

@testable import Briefing

@Suite struct PaperTests {
  private func source(_ tables: [ReleasedTable], isPlain: Bool = false) -> String {
    let release = MadePack.release(tables)
    let bytes = BriefingPaper(beside: ["csv", "html", "xlsx", "ods"]).source(
      of: release.packs[0], in: release, isPlain: isPlain)
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

  @Test(arguments: [3, 20, 60, 500], [1, 5, 9, 23])
  func `a table of groups is cut into pieces that each fit the page, and no answer is left out`(
    _ length: Int, _ count: Int
  ) throws {
    let words = Words()
    let labels = (0..<count).map { String(repeating: "label ", count: max(1, length / 6)) + "\($0)" }
    let rows =
      [(heading: "(base)", cells: ["60", "60", "", "", "", ""].map(Cell.number))]
      + labels.map { (heading: $0, cells: ["60", "20", "33.3", "21.0", "46.0", "1.00"].map(Cell.number)) }
    let table = Table(
      caption: Sentence("By role"), question: "q", banner: "role",
      columns: [.group, .answer, .base, .count, .percentHead, .lower, .upper, .value].map { words[$0] },
      groups: ["A", "B"].map { Table.Group(heading: $0, rows: rows) })
    let groups = try #require(GroupTable(table, everyone: nil, words: words))
    #expect(groups.answers.map(\.label) == labels)
    #expect(groups.pieces.flatMap { Array($0) } == Array(labels.indices))
    #expect(groups.pieces.flatMap { Array(groups.cells(of: $0)) } == Array(0..<3 * count))
    for piece in groups.pieces {
      let width = groups.answers[piece].reduce(0) { $0 + groups.widths(of: $1).reduce(0, +) }
      // Beside the narrowest columns of groups and bases, in millimetres, on a page of 297 with margins of 18.
      #expect(width + 48 + 11 <= 297 - 2 * 18, "\(piece)")
    }
  }

  @Test func `what may not fit a page is not kept whole`() {
    let short = PaperHeight.rows(Array(repeating: [(text: "Agree", width: 200)], count: 20), size: 9)
    let long = PaperHeight.rows(
      Array(repeating: [(text: String(repeating: "many words ", count: 45), width: 200)], count: 20), size: 9)
    #expect(short <= PaperHeight.page && long > PaperHeight.page)
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
