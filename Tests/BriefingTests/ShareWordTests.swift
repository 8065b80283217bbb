import Testing

@testable import Briefing

@Suite struct ShareWordTests {
  private static func share(_ lower: Int, _ upper: Int, isUnreliable: Bool = false) -> Share {
    Share(count: 1, percent: (lower + upper) / 2, lower: lower, upper: upper, isUnreliable: isUnreliable)
  }

  /// Both sides of each edge.
  @Test(arguments: [
    (901, 950, ShareWord.nearlyAll), (900, 950, .most), (668, 720, .most), (667, 720, .overHalf),
    (501, 560, .overHalf), (500, 540, .aboutHalf), (450, 500, .aboutHalf), (450, 550, .aboutHalf),
    (449, 550, nil), (450, 551, nil), (449, 500, nil), (440, 499, .nearlyHalf), (400, 450, .nearlyHalf),
    (399, 450, .overThird), (335, 400, .overThird), (334, 380, .overQuarter), (320, 380, .aboutThird),
    (280, 333, .aboutThird), (280, 332, .overQuarter), (251, 381, .overQuarter), (250, 300, .aboutQuarter),
    (200, 250, .aboutQuarter), (199, 250, .fewerThanHalf), (200, 249, .fewerThanQuarter),
    (50, 100, .fewerThanQuarter),
    (50, 99, .fewerThanTenth), (100, 400, .fewerThanHalf), (300, 700, nil), (0, 1000, nil), (100, 500, nil),
  ])
  func `a word is used only where the whole interval carries it`(lower: Int, upper: Int, word: ShareWord?) {
    #expect(ShareWord(Self.share(lower, upper)) == word, "\(lower) to \(upper)")
  }

  @Test func `no interval has a word that it does not carry`() {
    for lower in stride(from: 0, through: 1000, by: 5) {
      for upper in stride(from: lower, through: 1000, by: 5) {
        guard let word = ShareWord(Self.share(lower, upper)) else { continue }
        let holds =
          switch word {
          case .nearlyAll: lower > 900
          case .most: lower * 3 > 2000
          case .overHalf: lower > 500
          case .aboutHalf: lower <= 500 && 500 <= upper && upper - lower <= 100
          case .nearlyHalf: lower >= 400 && upper < 500
          case .overThird: lower * 3 > 1000 && upper < 500
          case .aboutThird: lower * 3 <= 1000 && upper * 3 >= 999 && upper - lower <= 100
          case .overQuarter: lower > 250 && upper < 500
          case .aboutQuarter: lower <= 250 && 250 <= upper && upper - lower <= 100
          case .fewerThanTenth: upper < 100
          case .fewerThanQuarter: upper < 250
          case .fewerThanHalf: upper < 500
          }
        #expect(holds, "\(word) for \(lower) to \(upper)")
      }
    }
  }

  @Test func `the method states the rule of every word, in the order in which they are tried`() {
    let rules = Phrase.methodWords.british.lowercased()
    let places = ShareWord.allCases.map { word in
      rules.firstRange(of: "“\(word.phrase.british.lowercased())”")?.lowerBound
    }
    #expect(places.allSatisfy { $0 != nil })
    #expect(places.compactMap(\.self).sorted() == places.compactMap(\.self))
  }

  @Test func `a figure of low reliability has no word`() {
    #expect(ShareWord(Self.share(950, 990, isUnreliable: true)) == nil)
  }
}
