extension Ratings {
  /// Gwet's AC1: (p - e) / (1 - e), where p is the percent agreement and e = ∑ₖ πₖ (1 - πₖ) / (q - 1), πₖ being the mean
  /// over units of the share of their coders who gave category k, and q how many categories are in use.
  ///
  /// Unlike kappa and alpha it stays near the percent agreement where one category is rare. Units that a single coder
  /// coded count towards πₖ.
  ///
  /// Nil where no unit was coded twice, and where one category only is in use.
  ///
  /// Source: Gwet (2008), British Journal of Mathematical and Statistical Psychology 61(1), 29-48; with codes missing,
  /// Gwet (2014), Handbook of Inter-Rater Reliability, 4th edition. Standard error and interval as irrCAC 1.4 for R,
  /// `gwet.ac1.raw`, with one degree of freedom less than coded units. See `codedTwice` where a second coder was given a
  /// part only.
  public func gwetAC1() -> AgreementCoefficient? {
    let (profiles, categories) = profiles()
    guard let observed = meanAgreement(profiles), categories >= 2 else { return nil }
    let shares = categoryShares(profiles, categories: categories)
    let chance = gwetChanceAgreement(shares)
    let value = (observed - chance) / (1 - chance)

    let inflation = Double(units) / Double(unitsCodedTwice(profiles))
    let contributions = profiles.map { profile in
      let excess = profile.agreement.map { inflation * ($0 - chance) } ?? 0
      let complements = profile.counts.reduce(0.0) { $0 + Double($1.coders) * (1 - shares[$1.category]) }
      let ownChance = complements / Double(profile.coders) / Double(categories - 1)
      return (value: (excess - 2 * (1 - value) * (ownChance - chance)) / (1 - chance), units: profile.units)
    }
    return AgreementCoefficient(
      value: value, variance: varianceOfMean(contributions, around: value), units: units)
  }
}

/// The agreement that AC1 expects by chance, at most 1/2: categories are at least two.
func gwetChanceAgreement(_ shares: [Double]) -> Double {
  shares.reduce(0.0) { $0 + $1 * (1 - $1) } / Double(shares.count - 1)
}
