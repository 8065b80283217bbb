import Testing

@testable import Reliability

/// What holds of every set of ratings, over small ones enumerated whole and larger ones from seeds.
struct AgreementPropertyTests {
  private static let seeds = [UInt64](1...40)

  /// Coders who follow a truth most of the time, and leave units out.
  private func rows(seed: UInt64, missing: Double = 0.2) -> [[Int?]] {
    var random = SplitMix(seed: seed)
    let coders = Int.random(in: 2...4, using: &random)
    let categories = Int.random(in: 2...4, using: &random)
    return (0..<Int.random(in: 20...60, using: &random)).map { _ in
      let truth = Int.random(in: 0..<categories, using: &random)
      return (0..<coders).map { _ in
        if Double.random(in: 0..<1, using: &random) < missing { return nil }
        return Double.random(in: 0..<1, using: &random) < 0.7
          ? truth : Int.random(in: 0..<categories, using: &random)
      }
    }
  }

  private func coefficients(_ ratings: Ratings) -> [AgreementCoefficient?] {
    [ratings.percentAgreement(), ratings.cohenKappa(), ratings.krippendorffAlpha(), ratings.gwetAC1()]
  }

  private func isNear(_ one: AgreementCoefficient?, _ other: AgreementCoefficient?) -> Bool {
    guard let one, let other else { return one == nil && other == nil }
    return abs(one.value - other.value) < 1e-12
      && abs((one.standardError ?? -1) - (other.standardError ?? -1)) < 1e-12
  }

  @Test(arguments: seeds)
  func `the order of units changes no bit`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let rows = rows(seed: seed)
    #expect(coefficients(Ratings(units: rows)) == coefficients(Ratings(units: rows.shuffled(using: &random))))
  }

  /// The rows of a larger dictionary come in another order: what is added up must not follow it.
  @Test(arguments: seeds)
  func `units that one coder coded change no bit of kappa`(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let units = (0..<200).map { _ in (0..<2).map { _ in Int.random(in: 0..<6, using: &random) as Int? } }
    let alone = (0..<500).map { (codes: [$0, nil] as [Int?], times: 1) }
    let ratings = Ratings(units: units)
    #expect(ratings.cohenKappa() == ratings.adding(alone).cohenKappa())
    let reversed = Ratings(coders: 2).adding(alone)
      .adding(units.reversed().map { (codes: $0, times: 1) })
    #expect(ratings.cohenKappa() == reversed.cohenKappa())
    #expect(ratings.krippendorffAlpha()?.value == reversed.krippendorffAlpha()?.value)
  }

  @Test(arguments: seeds)
  func `the order of coders changes nothing`(seed: UInt64) {
    let rows = rows(seed: seed)
    let given = coefficients(Ratings(units: rows))
    let turned = coefficients(Ratings(units: rows.map { $0.reversed() }))
    // Kappa's standard error adds up its cells in another order; nothing else may differ at all.
    #expect(isNear(given[1], turned[1]) && given[1]?.value == turned[1]?.value)
    #expect([given[0], given[2], given[3]] == [turned[0], turned[2], turned[3]])
  }

  @Test(arguments: seeds)
  func `the numbers that stand for categories change nothing`(seed: UInt64) {
    let rows = rows(seed: seed)
    let renamed = rows.map { $0.map { $0.map { 1_000 - 7 * $0 } } }
    let pairs = zip(coefficients(Ratings(units: rows)), coefficients(Ratings(units: renamed)))
    #expect(pairs.allSatisfy(isNear))
  }

  @Test(arguments: seeds)
  func `a coder who coded nothing changes nothing`(seed: UInt64) {
    let given = Ratings(units: rows(seed: seed))
    let joined = Ratings(units: rows(seed: seed).map { $0 + [nil] })
    #expect(given.percentAgreement() == joined.percentAgreement())
    #expect(given.krippendorffAlpha() == joined.krippendorffAlpha())
    #expect(given.gwetAC1() == joined.gwetAC1())
  }

  /// Alpha alone corrects for how few the codes are: 1 - α is as (N - 1) / N, N being the codes of units coded twice.
  @Test(arguments: seeds)
  func `units told k times leave estimates where they were, and move alpha by its correction`(seed: UInt64)
    throws
  {
    let rows = rows(seed: seed)
    let times = 2 + Int(seed % 5)
    let once = Ratings(units: rows)
    let repeated = Ratings(units: (0..<times).flatMap { _ in rows })
    for (one, other) in zip(coefficients(once), coefficients(repeated)).enumerated().filter({ $0.offset != 2 }
    )
    .map(\.element) {
      #expect((one == nil) == (other == nil))
      if let one, let other { #expect(abs(one.value - other.value) < 1e-12) }
    }
    let alpha = try #require(once.krippendorffAlpha()).value
    let codes = Double(rows.map { $0.count { $0 != nil } }.filter { $0 >= 2 }.reduce(0, +))
    let expected =
      1 - (1 - alpha) * codes / (codes - 1) * (Double(times) * codes - 1) / (Double(times) * codes)
    #expect(abs(try #require(repeated.krippendorffAlpha()).value - expected) < 1e-12)
  }

  @Test(arguments: seeds)
  func `every interval holds its estimate and ends at 1 at most`(seed: UInt64) throws {
    for coefficient in coefficients(Ratings(units: rows(seed: seed))).compactMap(\.self) {
      let interval = try #require(coefficient.interval)
      #expect(interval.contains(coefficient.value) && interval.upperBound <= 1)
      #expect(coefficient.value <= 1)
    }
  }

  /// The standard errors against those of leaving out one unit at a time (Efron and Stein, 1981), which uses nothing but
  /// the estimates. The ratio is not exactly 1, as either is an approximation; a term left out makes it far from 1.
  @Test(arguments: seeds.prefix(12))
  func `standard errors are near those of leaving out one unit at a time`(seed: UInt64) throws {
    let rows = (0..<4).flatMap { self.rows(seed: 4 * seed + $0, missing: 0.15) }
    let coders = rows.map(\.count).min() ?? 2
    let units = rows.map { Array($0.prefix(coders)) }.filter { $0.count { $0 != nil } >= 2 }
    let whole = coefficients(Ratings(units: units))
    // Kappa counts units that both coded, which here are all where it is defined.
    let without = units.indices.map { left in
      var others = units
      others.remove(at: left)
      return coefficients(Ratings(units: others)).map { $0?.value ?? .nan }
    }
    for (place, coefficient) in whole.enumerated() {
      guard let coefficient else { continue }
      let values = without.map { $0[place] }
      let n = Double(values.count)
      let mean = values.reduce(0, +) / n
      let error = ((n - 1) / n * values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }).squareRoot()
      #expect(abs(try #require(coefficient.standardError) / error - 1) < 0.03, "coefficient \(place)")
    }
  }

  /// Percent agreement and alpha once more, from the definitions by pairs of codes, over all ratings of three units by
  /// two coders in three categories or none: 4,096 of them.
  @Test func `small ratings agree with the definitions by pairs of codes`() {
    let codes: [Int?] = [nil, 0, 1, 2]
    for number in 0..<4_096 {
      let places = (0..<6).map { codes[(number >> (2 * $0)) & 3] }
      let rows = [Array(places[0...1]), Array(places[2...3]), Array(places[4...5])]
      let ratings = Ratings(units: rows)
      let pairs = rows.compactMap { row -> (Int, Int)? in
        guard let one = row[0], let other = row[1] else { return nil }
        return (one, other)
      }
      let agreeing = Double(pairs.count { $0 == $1 })
      let agreement = pairs.isEmpty ? nil : agreeing / Double(pairs.count)
      #expect(ratings.percentAgreement()?.value == agreement)

      // Any two codes of any units, the same code not twice: those that differ are what chance gives.
      let all = pairs.flatMap { [$0, $1] }
      let differing = all.reduce(0) { sum, one in sum + all.count { $0 != one } }
      let chance = Double(differing) / Double(all.count * (all.count - 1))
      let alpha = agreement.flatMap { differing == 0 ? nil : 1 - (1 - $0) / chance }
      let computed = ratings.krippendorffAlpha()?.value
      #expect((alpha == nil) == (computed == nil))
      if let alpha, let computed { #expect(abs(alpha - computed) < 1e-12) }
    }
  }
}
