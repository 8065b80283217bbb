extension Ratings {
  /// How often two coders gave the same category: the mean, over the units that two coders or more coded, of the share
  /// of pairs of coders who agree. Nil where no unit was coded twice.
  ///
  /// Where everybody coded everything it is also Holsti's coefficient, averaged over pairs of coders (Holsti, 1969,
  /// Content Analysis for the Social Sciences and Humanities). It says nothing of chance: coders who both give one
  /// category to nearly everything agree often whatever they read.
  ///
  /// Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition; standard error and interval as irrCAC 1.4
  /// for R, `pa.coeff.raw`, with one degree of freedom less than coded units, but cut off at 0, too. See `codedTwice`
  /// where a second coder was given a part only.
  public func percentAgreement() -> AgreementCoefficient? {
    let profiles = profiles().profiles
    guard let value = meanAgreement(profiles) else { return nil }
    let inflation = Double(units) / Double(unitsCodedTwice(profiles))
    let contributions = profiles.map { (value: inflation * ($0.agreement ?? 0), units: $0.units) }
    return AgreementCoefficient(
      value: value, variance: varianceOfMean(contributions, around: value), units: units, least: 0)
  }
}

/// The mean agreement of the units that two coders or more coded; nil where there are none.
func meanAgreement(_ profiles: [UnitProfile]) -> Double? {
  let units = unitsCodedTwice(profiles)
  guard units > 0 else { return nil }
  return profiles.reduce(0.0) { $0 + Double($1.units) * ($1.agreement ?? 0) } / Double(units)
}

func unitsCodedTwice(_ profiles: [UnitProfile]) -> Int {
  profiles.reduce(0) { $0 + ($1.coders >= 2 ? $1.units : 0) }
}
