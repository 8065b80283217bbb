import Reliability
import Testing

/// What papers, books and manuals print, to the digits they print.
struct PublishedExamplesTests {
  /// Whether a figure, rounded, is the one printed.
  private func prints(_ figure: Double?, _ printed: String) -> Bool {
    guard let figure, let expected = Double(printed) else { return false }
    let decimals = printed.split(separator: ".").last?.count ?? 0
    var half = 0.5
    for _ in 0..<decimals { half /= 10 }
    return abs(figure - expected) <= half * 1.000_001
  }

  private func prints(_ coefficient: AgreementCoefficient?, _ printed: (lower: String, upper: String)) -> Bool
  {
    prints(coefficient?.interval?.lowerBound, printed.lower)
      && prints(coefficient?.interval?.upperBound, printed.upper)
  }

  /// README of irrCAC for R, "Computing agreement coefficients from raw ratings":
  /// pa 0.8181818 0.12561 (0.542,1); AC1 0.77544 0.14295 (0.461,1); alpha 0.74342 0.14548 (0.423,1).
  @Test func `four coders, twelve units and gaps, as irrCAC's README prints them`() {
    let agreement = Published.fourCoders.percentAgreement()
    #expect(prints(agreement?.value, "0.8181818") && prints(agreement?.standardError, "0.12561"))
    #expect(prints(agreement, ("0.542", "1")))
    let ac1 = Published.fourCoders.gwetAC1()
    #expect(prints(ac1?.value, "0.77544") && prints(ac1?.standardError, "0.14295"))
    #expect(prints(ac1, ("0.461", "1")))
    let alpha = Published.fourCoders.krippendorffAlpha()
    #expect(prints(alpha?.value, "0.74342") && prints(alpha?.standardError, "0.14548"))
    #expect(prints(alpha, ("0.423", "1")))
  }

  /// "Subjects = 12, Raters = 4, alpha = 0.743": `kripp.alpha(nmm)` of R's irr, as printed in M. Nguyen, Marketing
  /// Research, section 25.2 (bookdown.org/mike/marketing_research).
  @Test func `Krippendorff's data C have an alpha of 0.743`() {
    #expect(prints(Published.fourCoders.krippendorffAlpha()?.value, "0.743"))
  }

  /// README of irrCAC for R, "Computing agreement Coefficients from Contingency tables": Cohen's Kappa 0.7964094
  /// 0.05891072 (0.68,0.913); AC1 0.8493305; Krippendorff's Alpha 0.7972585; Percent Agreement 0.89.
  @Test func `two abstractors, as irrCAC's README prints them`() {
    let kappa = Published.abstractors.cohenKappa()
    #expect(prints(kappa?.value, "0.7964094") && prints(kappa?.standardError, "0.05891072"))
    #expect(prints(kappa, ("0.68", "0.913")))
    #expect(prints(Published.abstractors.gwetAC1()?.value, "0.8493305"))
    #expect(prints(Published.abstractors.krippendorffAlpha()?.value, "0.7972585"))
    #expect(prints(Published.abstractors.percentAgreement()?.value, "0.89"))
  }

  /// README of irrCAC for R, "distribution of raters by subject & category": AC1 0.4448007 0.08418757 (0.264,0.625), pa
  /// 0.5511111; alpha 0.4204384. Fleiss' kappa 0.08119291 is the standard error that alpha's is equal to where everybody
  /// coded everything.
  @Test func `six psychiatrists, as irrCAC's README prints them`() {
    let ac1 = Published.sixCoders.gwetAC1()
    #expect(prints(ac1?.value, "0.4448007") && prints(ac1?.standardError, "0.08418757"))
    #expect(prints(ac1, ("0.264", "0.625")))
    #expect(prints(Published.sixCoders.percentAgreement()?.value, "0.5511111"))
    let alpha = Published.sixCoders.krippendorffAlpha()
    #expect(prints(alpha?.value, "0.4204384") && prints(alpha?.standardError, "0.08119291"))
  }

  /// Help page of `ci.kappa` in the R package statpsych, after Fleiss, Levin and Paik (2003): "Cohen kappa: 0.6756757
  /// 0.07344761".
  @Test func `a kappa and its standard error as statpsych's manual prints them`() {
    let kappa = Published.statpsych.cohenKappa()
    #expect(prints(kappa?.value, "0.6756757") && prints(kappa?.standardError, "0.07344761"))
  }

  /// Gerstman, Epidemiology Kept Simple, Illustrative Example 10.2, after Feinstein and Cicchetti (1990): "p_obs = 0.85,
  /// κ = 0.70" and "p_obs = 0.85, κ = 0.32".
  @Test func `two tables of the same agreement have kappas of 0.70 and 0.32`() {
    #expect(prints(Published.balanced.percentAgreement()?.value, "0.85"))
    #expect(prints(Published.balanced.cohenKappa()?.value, "0.70"))
    #expect(prints(Published.skewed.percentAgreement()?.value, "0.85"))
    #expect(prints(Published.skewed.cohenKappa()?.value, "0.32"))
  }

  /// README of dallascard/krippendorff_alpha, of the example on Wikipedia: "This should return a Krippendorff alpha
  /// value of 0.691."
  @Test func `Wikipedia's example of alpha is 0.691`() {
    #expect(prints(Published.threeCoders.krippendorffAlpha()?.value, "0.691"))
  }

  /// Wikipedia, Cohen's kappa, Simple example: 0.40.
  @Test func `Wikipedia's example of kappa is 0.40`() {
    #expect(prints(Published.grantApplications.percentAgreement()?.value, "0.70"))
    #expect(prints(Published.grantApplications.cohenKappa()?.value, "0.40"))
  }
}
