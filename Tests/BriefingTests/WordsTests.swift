import Testing

@testable import Briefing

@Suite struct WordsTests {
  @Test func `numbers have commas from 1,000`() {
    let words = Words()
    let numbers = [
      0: "0", 999: "999", 1000: "1,000", 123_456: "123,456", 1_234_567: "1,234,567", -1000: "-1,000",
    ]
    for (number, text) in numbers { #expect(words.number(number) == text) }
  }

  @Test func `dates are in words, and what is none stays`() {
    #expect(Words().date("2012-12-20") == "20 December 2012")
    #expect(Words().date("2013-01-08") == "8 January 2013")
    #expect(Words().date("soon") == "soon")
  }

  @Test func `placeholders are filled in, and braces of a survey are text`() {
    let words = Words(overrides: ["findings": "Key {messages}, {"])
    #expect(words.sentence(.findings).text == "Key {messages}, {")
    let sentence = words.sentence(.netJoins, ["net": [.label("{answers}")], "answers": [.label("A")]])
    #expect(sentence.text == "“{answers}” joins A.")
  }

  @Test func `every phrase has words and every name is one phrase's`() {
    for phrase in Phrase.allCases { #expect(!phrase.british.isEmpty) }
    #expect(Set(Phrase.allCases.map(\.rawValue)).count == Phrase.allCases.count)
  }

  @Test(arguments: [160, 225, 400, 460])
  func `a text in lines is whole, and no line is wider than its room`(width: Int) {
    let texts = [
      "", "Other", "There are enough people to meet public demand", String(repeating: "x", count: 500),
      String(repeating: "👩🏽‍🚒", count: 60), "one\ntwo\tthree  four",
      "Donaudampfschifffahrtsgesellschaft und mehr",
    ]
    for text in texts {
      let lines = lines(text, width: width, size: 14)
      #expect(lines.joined().filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
      for line in lines { #expect(textWidth(line) * 14 <= width * 1000) }
    }
  }
}
