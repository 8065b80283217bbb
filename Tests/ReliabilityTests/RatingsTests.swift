import Testing

@testable import Reliability

struct RatingsTests {
  @Test func `the units on which coders differ are named by their positions`() {
    var ratings = Ratings(coders: 3)
    for codes in [[1, 1, 1], [0, 1, 1], [nil, nil, nil], [nil, 0, nil], [0, nil, 1], [nil, 2, 2]] as [[Int?]]
    {
      ratings.add(codes)
    }
    ratings.add([0, 0, 2], times: 2)
    #expect(ratings.differing == [1, 4, 6, 7])
    #expect(ratings.codedTwice.differing == [1, 4, 6, 7])
  }

  @Test func `units count once a coder coded them, and for some questions once two did`() {
    let ratings = Ratings(units: [[1, nil, nil], [nil, nil, nil], [1, 1, nil], [0, 1, 2]])
    #expect(ratings.units == 3)
    #expect(ratings.codedTwice.units == 2)
    #expect(ratings.codedTwice.codedTwice.rows == ratings.codedTwice.rows)
  }

  @Test func `a hundred thousand units of three coders leave no more than the rows that differ`() {
    var random = SplitMix(seed: 7)
    var ratings = Ratings(coders: 3)
    for _ in 0..<100_000 {
      ratings.add([Int.random(in: 0...1, using: &random), Int.random(in: 0...1, using: &random), nil])
    }
    #expect(ratings.units == 100_000 && ratings.rows.count == 4)
  }

  @Test func `one category only leaves nothing but percent agreement`() {
    let ratings = Ratings(units: [[3, 3, 3], [3, nil, 3], [3, nil, nil]])
    #expect(ratings.percentAgreement()?.value == 1)
    #expect(ratings.codedTwice.percentAgreement() == AgreementCoefficient(value: 1, variance: 0, units: 2))
    #expect(ratings.gwetAC1() == nil && ratings.krippendorffAlpha() == nil)
    #expect(Ratings(units: [[3, 3], [3, nil]]).cohenKappa() == nil)
  }

  @Test func `nothing is known where no unit was coded twice`() {
    for ratings in [
      Ratings(coders: 2), Ratings(units: [[1, nil], [nil, 0]]), Ratings(units: [[nil, nil]]),
    ] {
      #expect(ratings.percentAgreement() == nil && ratings.cohenKappa() == nil)
      #expect(ratings.krippendorffAlpha() == nil && ratings.gwetAC1() == nil)
      #expect(ratings.prevalenceIndex() == nil && !ratings.showsPrevalenceParadox())
    }
  }

  @Test func `a single unit has no standard error`() {
    let ratings = Ratings(units: [[1, 0]])
    #expect(ratings.percentAgreement() == AgreementCoefficient(value: 0, variance: nil, units: 1))
    #expect(ratings.krippendorffAlpha()?.value == 0 && ratings.krippendorffAlpha()?.standardError == nil)
    #expect(ratings.gwetAC1()?.value == -1 && ratings.gwetAC1()?.interval == nil)
  }

  /// The first coder says yes to everything: whatever the second says, they agree as often as chance has it.
  @Test func `a coder who gives one category to everything has a kappa of 0, without interval`() {
    let kappa = Ratings(table: [[0, 0], [10, 90]]).cohenKappa()
    #expect(kappa == AgreementCoefficient(value: 0, variance: 0, units: 100))
    #expect(kappa?.standardError == 0 && kappa?.interval == nil)
  }

  @Test(arguments: [2, 3, 5])
  func `coders who agree throughout have 1, and no interval that claims certainty`(coders: Int) {
    var ratings = Ratings(coders: coders)
    for category in 0..<3 { ratings.add([Int?](repeating: category, count: coders), times: 7 + category) }
    // Who coded a unit differs; what they say of it does not.
    ratings.add([1, 1] + [Int?](repeating: nil, count: coders - 2), times: 5)
    let one = AgreementCoefficient(value: 1, variance: 0, units: 29)
    #expect(ratings.percentAgreement() == one)
    #expect(ratings.gwetAC1() == one)
    #expect(ratings.krippendorffAlpha() == one)
    #expect(ratings.cohenKappa() == (coders == 2 ? one : nil))
    #expect(one.standardError == 0 && one.interval == nil && ratings.differing.isEmpty)
  }

  @Test func `percent agreement is not below 0, nor is its interval`() throws {
    let ratings = Ratings(units: [[0, 1], [1, 0], [1, 1], [nil, 1], [0, nil]])
    #expect(try #require(ratings.percentAgreement()?.interval) == 0...1)
    #expect(try #require(ratings.gwetAC1()?.interval).lowerBound < -1)
  }

  @Test func `one unit in a million on which coders differ leaves an interval`() throws {
    let ratings = Ratings(table: [[999_000, 1], [0, 999]])
    for coefficient in [
      ratings.percentAgreement(), ratings.cohenKappa(), ratings.krippendorffAlpha(), ratings.gwetAC1(),
    ] {
      let known = try #require(coefficient)
      let interval = try #require(known.interval)
      #expect(interval.lowerBound < 1 && interval.contains(known.value))
    }
  }
}
