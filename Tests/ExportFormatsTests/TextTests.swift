import Testing

@testable import ExportFormats

struct TextTests {
  @Test func `markup leaves plain text`() {
    let texts = [
      ("a<br/>b", "a b"), ("<p>a</p><p>b</p>", "a b"), ("<b>bo</b>ld", "bold"),
      ("a &amp; b&nbsp;&nbsp;c", "a & b c"),
      ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"), ("a <", "a <"),
      ("<style>p {}</style>x<script>1<2</script>y", "xy"),
      ("&eacute;&#233;&#xE9;", "ééé"), ("&nosuch; &#0; &", "&nosuch; &#0; &"), ("<span style=\"a\">x", "x"),
      ("a<!-- <b> -- > -->b", "ab"), ("<!-- a > b", "b"), ("  a\u{A0}\n b\u{FEFF} ", "a b"), ("", ""),
    ]
    for (html, text) in texts { #expect(plainText(html: html) == text) }
  }

  @Test func `markup that never ends takes no longer than other text`() {
    let opened = String(repeating: "<a ", count: 300_000)
    #expect(plainText(html: opened + ">").isEmpty)
    #expect(plainText(html: opened).utf8.count == opened.utf8.count - 1)
    #expect(plainText(html: String(repeating: "<!-- ", count: 300_000) + "-->").isEmpty)
  }

  @Test func `cells are quoted so that readers find them as they were`() throws {
    let cells = ["", "a", "a,b", "a\"b", "a\nb", "a\r\nb", " a", "a\t", "\"", "é", "'"]
    var csv = CSVText()
    csv.appendRecord(cells)
    csv.appendRecord([""])
    csv.appendRecord(["x"])
    #expect(try records(csv.bytes) == [cells, [""], ["x"]])
    #expect(csv.bytes.count { $0 == 0x22 } == 2 * 7 + 2 + 2 + 2)
  }

  @Test(arguments: 1...4)
  func `what is written as CSV is read again`(seed: UInt64) throws {
    var chance = Chance(seed: seed)
    let letters = Array("ab ,\"\n\r\té")
    for _ in 0..<300 {
      let width = Int.random(in: 1...4, using: &chance)
      let table = (0..<Int.random(in: 1...4, using: &chance)).map { _ in
        (0..<width).map { _ in
          String(
            (0..<Int.random(in: 0...5, using: &chance)).map { _ in
              letters.randomElement(using: &chance) ?? "a"
            })
        }
      }
      var csv = CSVText()
      for record in table { csv.appendRecord(record) }
      #expect(try records(csv.bytes) == table, "seed \(seed)")
    }
  }

  @Test func `windows-1252 is that of the Encoding Standard`() {
    let text = TextEncoding.windows1252.utf8(Array(0...255)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let scalars = Array(text.unicodeScalars)
    #expect(scalars.count == 256)
    #expect(scalars[0x80] == "€" && scalars[0x99] == "™" && scalars[0x9F] == "Ÿ" && scalars[0xE9] == "é")
    #expect(scalars[0x8E] == "Ž" && scalars[0x96] == "–" && scalars[0x81].value == 0x81)
  }

  @Test func `names go before other names, and earlier columns before later ones`() {
    let dictionary = DataDictionary(
      format: .qualtrics,
      columns: [
        DictionaryColumn(name: "a", otherNames: ["b"], question: "1", kind: .text),
        DictionaryColumn(name: "b", question: "2", kind: .text),
        DictionaryColumn(name: "b", question: "3", kind: .text),
      ])
    #expect(dictionary.columns(for: [" a ", "b", "c"]).map { $0?.question } == ["1", "2", nil])
  }

  @Test func `a number has the fewest digits that are exact`() {
    let texts: [(Double, String)] = [
      (3, "3"), (-0.0, "0"), (0.1, "0.1"), (-2.5, "-2.5"), (1e-7, "0.0000001"), (1.25e-10, "0.000000000125"),
      (1e16, "10000000000000000"), (1.5e20, "150000000000000000000"), (123_456.789, "123456.789"),
      (9_007_199_254_740_992, "9007199254740992"),
    ]
    for (value, text) in texts { #expect(decimalText(value) == text) }
  }

  @Test(arguments: 1...4)
  func `a number's text is the number again`(seed: UInt64) {
    var chance = Chance(seed: seed)
    for _ in 0..<2000 {
      let value = Double(bitPattern: chance.next())
      guard value.isFinite else { continue }
      let text = decimalText(value)
      #expect(Double(text) == value && !text.contains("e"), "seed \(seed)")
    }
  }
}
