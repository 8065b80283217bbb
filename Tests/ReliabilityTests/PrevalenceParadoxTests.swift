import Reliability
import Testing

struct PrevalenceParadoxTests {
  /// Feinstein and Cicchetti (1990): 85% agreement in either table; kappa 0.70 and 0.32.
  @Test func `the classic pair is told apart`() {
    #expect(!Published.balanced.showsPrevalenceParadox())
    #expect(Published.skewed.showsPrevalenceParadox())
    #expect(abs((Published.balanced.prevalenceIndex() ?? -1) - 0.05) < 1e-15)
    #expect(abs((Published.skewed.prevalenceIndex() ?? -1) - 0.75) < 1e-15)
  }

  /// Of codings.csv the rare theme alone: kappa 0.19 where coders agree on 94% of comments.
  @Test func `of four themes the rare one is named`() {
    #expect(Themes.morale.showsPrevalenceParadox())
    for theme in [Themes.systems, Themes.kit, Themes.skills] { #expect(!theme.showsPrevalenceParadox()) }
  }

  @Test func `a kappa that is low because coders disagree is not excused`() {
    #expect(!Published.grantApplications.showsPrevalenceParadox())
    #expect(!Published.skinCondition.showsPrevalenceParadox())
    // 75% agreement with a rare category: alpha is far below AC1, but agreement is low, too.
    #expect(!Ratings(table: [[75, 13], [12, 0]]).showsPrevalenceParadox())
  }

  @Test func `more than two coders are warned by alpha`() {
    var ratings = Ratings(coders: 3)
    ratings.add([0, 0, 0], times: 95)
    for row in [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [nil, 1, 0]] as [[Int?]] { ratings.add(row) }
    #expect(ratings.cohenKappa() == nil && ratings.showsPrevalenceParadox())
  }

  @Test func `units that one coder coded count neither for nor against`() {
    let more = Published.skewed.adding([([1, nil], 10_000)])
    #expect(more.showsPrevalenceParadox() && more.prevalenceIndex() == Published.skewed.prevalenceIndex())
    #expect(!Published.balanced.adding([([0, nil], 10_000)]).showsPrevalenceParadox())
    // Kappa 0.61 and AC1 0.87; with the rare category as frequent among units of one coder, AC1 over all is 0.80.
    let rare = Ratings(table: [[80, 5], [5, 10]])
    #expect(rare.showsPrevalenceParadox())
    #expect(rare.adding([([1, nil], 70)]).showsPrevalenceParadox())
  }

  @Test func `a theme that nobody gave has an index of 1 and nothing to warn of`() {
    let ratings = Ratings(table: [[50]])
    #expect(ratings.prevalenceIndex() == 1 && !ratings.showsPrevalenceParadox())
    #expect(Published.abstractors.prevalenceIndex() == nil)
  }

  /// Byrt, Bishop and Carlin (1993): κ = (P - i² + b²) / (1 - i² + b²) with P = 2p - 1, i the prevalence index and b the
  /// bias index; and what the documentation says follows from the limits. All tables of up to 24 units.
  @Test func `all small tables keep to Byrt's identity and to the least index of a warning`() throws {
    var warnings = 0
    for units in 1...24 {
      for a in 0...units {
        for b in 0...units - a {
          for c in 0...units - a - b {
            let ratings = Ratings(table: [[a, b], [c, units - a - b - c]])
            let index = try #require(ratings.prevalenceIndex())
            if ratings.showsPrevalenceParadox() {
              warnings += 1
              #expect(index >= 0.48)
            }
            guard let kappa = ratings.cohenKappa() else { continue }
            let bias = Double(b - c) / Double(units)
            let agreement = try #require(ratings.percentAgreement()).value
            let correction = index * index - bias * bias
            #expect(abs(kappa.value - (2 * agreement - 1 - correction) / (1 - correction)) < 1e-12)
          }
        }
      }
    }
    #expect(warnings > 100)
  }
}
