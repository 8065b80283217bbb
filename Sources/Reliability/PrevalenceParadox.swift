extension Ratings {
  /// How unevenly two categories were given, 0...1: 0 where either got half the codes, 1 where one got them all. Over the
  /// units that two coders or more coded; nil where there are none, or where more than two categories are in use there.
  ///
  /// For two coders it is |a - d| / n, where both gave one category to a units and both the other to d of n.
  ///
  /// Source: Byrt, Bishop and Carlin (1993), Journal of Clinical Epidemiology 46(5), 423-429.
  public func prevalenceIndex() -> Double? {
    let (profiles, categories) = codedTwice.profiles()
    guard !profiles.isEmpty, categories <= 2 else { return nil }
    let shares = categoryShares(profiles, categories: categories)
    return categories == 1 ? 1 : abs(shares[0] - shares[1])
  }

  /// Whether kappa and alpha are low here though coders agree, as one category is rare: percent agreement is at least
  /// 0.8, and kappa (of two coders) or alpha lies at least 0.2 below AC1, all over the units that two coders or more
  /// coded.
  ///
  /// A reader who is told such a kappa alone takes coders to disagree who agree on nearly everything; one who is told
  /// the percent agreement alone does not learn how seldom they agreed on the rare category. Tell both, and the counts.
  ///
  /// The paradox is that of Feinstein and Cicchetti (1990), Journal of Clinical Epidemiology 43(6), 543-549; that
  /// prevalence is its cause, Byrt, Bishop and Carlin (1993). The two limits are ours, as we know of no paper that gives
  /// any: of the two tables of 85% agreement with which Feinstein and Cicchetti show it, they tell the one with kappa
  /// 0.32 from the one with 0.70. With two categories and two coders it follows from them that the rarer category has at
  /// most 26% of the codes (a prevalence index of at least 0.48).
  ///
  /// False where kappa and alpha are undefined, as where nobody gave a theme to anything.
  public func showsPrevalenceParadox() -> Bool {
    let part = codedTwice
    guard let agreement = part.percentAgreement(), let robust = part.gwetAC1(),
      let alpha = part.krippendorffAlpha()
    else { return false }
    let lowest = min(alpha.value, part.cohenKappa()?.value ?? alpha.value)
    return agreement.value >= 0.8 && robust.value - lowest >= 0.2
  }
}
