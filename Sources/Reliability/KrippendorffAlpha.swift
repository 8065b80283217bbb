extension Ratings {
  /// Krippendorff's alpha for categories without order, over the units that two coders or more coded:
  /// α = 1 - (N - 1) ∑ᵤ [(rᵤ² - ∑ₖ rᵤₖ²) / (rᵤ - 1)] / (N² - ∑ₖ Nₖ²), where rᵤₖ coders gave unit u the category k, rᵤ
  /// coded it, and Nₖ and N are the sums of these over units.
  ///
  /// Nil where no unit was coded twice, and where these units have one category only, as 0 / 0 is.
  ///
  /// Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, University of Pennsylvania. Standard error
  /// and interval: Gwet (2014), linearised, as irrCAC 1.4 for R, `krippen.alpha.raw`, with one degree of freedom less
  /// than coded units. (That package's `krippen.alpha.dist` leaves out a factor of 2, and its port to Python, 0.4.4,
  /// centres on the corrected agreement: neither is followed.)
  public func krippendorffAlpha() -> AgreementCoefficient? {
    let (all, categories) = profiles()
    let profiles = all.filter { $0.coders >= 2 }
    var given = [Double](repeating: 0, count: categories)
    var disagreement = 0.0
    for profile in profiles {
      let pairs = profile.coders * (profile.coders - 1) - profile.agreeingPairs
      disagreement += Double(profile.units) * (Double(pairs) / Double(profile.coders - 1))
      for (category, coders) in profile.counts { given[category] += Double(profile.units * coders) }
    }
    let codes = given.reduce(0, +)
    let differingCodes = codes * codes - given.reduce(0) { $0 + $1 * $1 }
    guard differingCodes > 0 else { return nil }
    return AgreementCoefficient(
      value: 1 - (codes - 1) * disagreement / differingCodes,
      variance: alphaVariance(profiles, shares: given.map { $0 / codes }), units: units)
  }
}

/// The variance of alpha as that of a mean, each unit contributing what it moves alpha by, to first order. It is that of
/// alpha without its correction for few codes, 1 - (1 - α) N / (N - 1), as in the source.
private func alphaVariance(_ profiles: [UnitProfile], shares: [Double]) -> Double? {
  let units = Double(unitsCodedTwice(profiles))
  let meanCoders = profiles.reduce(0.0) { $0 + Double($1.units * $1.coders) } / units
  /// Agreement weighted by how many coded a unit, as alpha weights it.
  func agreement(_ profile: UnitProfile) -> Double {
    Double(profile.agreeingPairs) / (meanCoders * Double(profile.coders - 1))
  }
  let observed = profiles.reduce(0.0) { $0 + Double($1.units) * agreement($1) } / units
  let chance = shares.reduce(0.0) { $0 + $1 * $1 }
  let centre = (observed - chance) / (1 - chance)
  let contributions = profiles.map { profile in
    let excess = (Double(profile.coders) - meanCoders) / meanCoders
    let ownAgreement = agreement(profile) - observed * excess
    let ownChance =
      profile.counts.reduce(0.0) { $0 + Double($1.coders) * shares[$1.category] } / meanCoders
      - chance * excess
    let value = (ownAgreement - chance - 2 * (1 - centre) * (ownChance - chance)) / (1 - chance)
    return (value: value, units: profile.units)
  }
  return varianceOfMean(contributions, around: centre)
}
