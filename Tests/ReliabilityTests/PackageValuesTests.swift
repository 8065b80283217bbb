import Testing

@testable import Reliability

/// The value, its standard error, and both ends of its interval.
struct Expected: Sendable {
  let value: Double
  let standardError: Double
  let lower: Double
  let upper: Double

  init(_ value: Double, _ standardError: Double, _ lower: Double, _ upper: Double) {
    (self.value, self.standardError, self.lower, self.upper) = (value, standardError, lower, upper)
  }

  func matches(_ coefficient: AgreementCoefficient?, within tolerance: Double) -> Bool {
    guard let coefficient, let error = coefficient.standardError, let interval = coefficient.interval else {
      return false
    }
    let differences = [
      coefficient.value - value, error - standardError, interval.lowerBound - lower,
      interval.upperBound - upper,
    ]
    return differences.allSatisfy { abs($0) <= tolerance }
  }
}

struct PackageValues: Sendable, CustomTestStringConvertible {
  let name: String
  let ratings: Ratings
  let percentAgreement: Expected
  let gwetAC1: Expected
  let krippendorffAlpha: Expected
  var cohenKappa: Expected?

  var testDescription: String { name }

  /// Printed by reference.R.
  static let all = [
    PackageValues(
      name: "four coders", ratings: Published.fourCoders,
      percentAgreement: Expected(0.818181818181818, 0.125608959946865, 0.541718361364223, 1.0),
      gwetAC1: Expected(0.775444068126995, 0.142949950640765, 0.460813348130838, 1.0),
      krippendorffAlpha: Expected(0.743421052631579, 0.145478717222199, 0.423224554916351, 1.0)),
    PackageValues(
      name: "four coders, coded at least twice", ratings: Published.fourCoders.codedTwice,
      percentAgreement: Expected(0.818181818181818, 0.101639453522718, 0.591715002893198, 1.0),
      gwetAC1: Expected(0.775151708719259, 0.125271926002819, 0.496028463329228, 1.0),
      krippendorffAlpha: Expected(0.743421052631579, 0.145478717222199, 0.419274270651672, 1.0)),
    PackageValues(
      name: "abstractors", ratings: Published.abstractors,
      percentAgreement: Expected(0.89, 0.031446603773522, 0.827603115722756, 0.952396884277244),
      gwetAC1: Expected(0.849330548231346, 0.0434351891399089, 0.763145709644577, 0.935515386818116),
      krippendorffAlpha: Expected(0.797258497730851, 0.05935224014555, 0.679490776719423, 0.91502621874228),
      cohenKappa: Expected(0.796409402183972, 0.0589107183260815, 0.679517756251229, 0.913301048116716)),
    PackageValues(
      name: "six coders", ratings: Published.sixCoders,
      percentAgreement: Expected(0.551111111111111, 0.0664971389500041, 0.408488932706522, 0.693733289515701),
      gwetAC1: Expected(0.444800732936326, 0.0841875667743077, 0.2642363604306, 0.625365105442053),
      krippendorffAlpha: Expected(0.420438426821406, 0.0811929091959029, 0.246296956024714, 0.594579897618097)
    ),
    PackageValues(
      name: "skin condition", ratings: Published.skinCondition,
      percentAgreement: Expected(0.511363636363636, 0.0535917805252719, 0.404844169566502, 0.617883103160771),
      gwetAC1: Expected(0.351073255780719, 0.070730976127069, 0.210487781865677, 0.49165872969576),
      krippendorffAlpha: Expected(0.344340855624292, 0.074142627035082, 0.196974356110594, 0.491707355137991),
      cohenKappa: Expected(0.344875346260388, 0.0723966873719836, 0.200979090880218, 0.488771601640557)),
    PackageValues(
      name: "statpsych 31 12 4 58", ratings: Published.statpsych,
      percentAgreement: Expected(0.847619047619048, 0.0352410651159141, 0.777734693020933, 0.917503402217162),
      gwetAC1: Expected(0.714139867279224, 0.0686181088100133, 0.578067582512624, 0.850212152045824),
      krippendorffAlpha: Expected(
        0.675213675213675, 0.0751583987919479, 0.526171749978814, 0.824255600448537),
      cohenKappa: Expected(0.675675675675676, 0.0734476073444349, 0.53002631408122, 0.821325037270132)),
    PackageValues(
      name: "paradox balanced", ratings: Published.balanced,
      percentAgreement: Expected(0.85, 0.0358870281282637, 0.778792350445841, 0.921207649554159),
      gwetAC1: Expected(0.700748129675811, 0.0717112605634826, 0.558457430846118, 0.843038828505503),
      krippendorffAlpha: Expected(
        0.700751879699248, 0.0719443693611818, 0.557998642441597, 0.843505116956899),
      cohenKappa: Expected(0.699519230769231, 0.0713936026999882, 0.557858834057089, 0.841179627481373)),
    PackageValues(
      name: "paradox skewed", ratings: Published.skewed,
      percentAgreement: Expected(0.85, 0.0358870281282637, 0.778792350445841, 0.921207649554159),
      gwetAC1: Expected(0.808, 0.0523920386272108, 0.704042828827718, 0.911957171172282),
      krippendorffAlpha: Expected(
        0.317714285714283, 0.136159266961817, 0.0475447600930644, 0.587883811335501),
      cohenKappa: Expected(0.318181818181819, 0.133456521223836, 0.0533751264697303, 0.582988509893907)),
    PackageValues(
      name: "grant applications", ratings: Published.grantApplications,
      percentAgreement: Expected(0.7, 0.0654653670707977, 0.568442419444949, 0.831557580555051),
      gwetAC1: Expected(0.405940594059406, 0.131473088759853, 0.141735530538711, 0.670145657580101),
      krippendorffAlpha: Expected(0.4, 0.131905825603073, 0.134925319234976, 0.665074680765023),
      cohenKappa: Expected(0.4, 0.1269960629311, 0.144791856720754, 0.655208143279246)),
    PackageValues(
      name: "Ben and Gerry", ratings: Published.benAndGerry,
      percentAgreement: Expected(0.75, 0.130558241966773, 0.462643246903478, 1.0),
      gwetAC1: Expected(0.689655172413793, 0.1620973913722, 0.332881219514014, 1.0),
      krippendorffAlpha: Expected(0.691964285714286, 0.168306063859609, 0.321525136805851, 1.0),
      cohenKappa: Expected(0.684210526315789, 0.152807184651527, 0.347884180542396, 1.0)),
    PackageValues(
      name: "95 4 1 0", ratings: Published.nearlyAll,
      percentAgreement: Expected(0.95, 0.021904291355759, 0.906537133779415, 0.993462866220585),
      gwetAC1: Expected(0.947437582128778, 0.0241766798900423, 0.899465804057878, 0.995409360199678),
      krippendorffAlpha: Expected(
        -0.0205128205128484, 0.0115209947959168, -0.0433729736860453, 0.00234733266034854),
      cohenKappa: Expected(-0.0162601626016242, 0.0132196443916128, -0.0424908050974067, 0.00997047989415834)),
    PackageValues(
      name: "systems", ratings: Themes.systems,
      percentAgreement: Expected(0.954545454545455, 0.0330730397776818, 0.889057532567612, 1.0),
      gwetAC1: Expected(0.909848432677439, 0.0468372071024903, 0.817106084680211, 1.0),
      krippendorffAlpha: Expected(
        0.909136171272094, 0.0400643703200146, 0.829804716551108, 0.988467625993079),
      cohenKappa: Expected(0.908728841686027, 0.0398719318459867, 0.829703969014293, 0.987753714357761)),
    PackageValues(
      name: "kit", ratings: Themes.kit,
      percentAgreement: Expected(0.963636363636364, 0.0321033818605425, 0.900068461180454, 1.0),
      gwetAC1: Expected(0.948873621984343, 0.0367178444092387, 0.876168622805845, 1.0),
      krippendorffAlpha: Expected(
        0.878333333333334, 0.0600748078125073, 0.759379213805615, 0.997287452861053),
      cohenKappa: Expected(0.877845641310383, 0.0597031628435754, 0.759515913519973, 0.996175369100793)),
    PackageValues(
      name: "skills", ratings: Themes.skills,
      percentAgreement: Expected(0.918181818181818, 0.0365065944684424, 0.845895114984992, 0.990468521378644),
      gwetAC1: Expected(0.877022930099492, 0.0478502821692614, 0.782274592287708, 0.971771267911275),
      krippendorffAlpha: Expected(
        0.764769065520947, 0.0751103189165071, 0.616043132313731, 0.913494998728162),
      cohenKappa: Expected(0.763723150357995, 0.0747421030431593, 0.615586732011919, 0.911859568704071)),
    PackageValues(
      name: "morale", ratings: Themes.morale,
      percentAgreement: Expected(0.936363636363636, 0.0348720041093443, 0.867313585334919, 1.0),
      gwetAC1: Expected(0.931412474356227, 0.0369561387503983, 0.858235628582238, 1.0),
      krippendorffAlpha: Expected(0.19273301737762, 0.190292735928437, -0.184065605524928, 0.569531640280168),
      cohenKappa: Expected(0.189473684210526, 0.189173772456488, -0.185462582709041, 0.564409951130093)),
  ]
}

/// Against irrCAC 1.4 for R, which its author, K. L. Gwet, wrote: estimate, standard error and interval.
struct PackageValuesTests {
  @Test(arguments: PackageValues.all)
  func `coefficients, their errors and intervals are those of irrCAC`(_ example: PackageValues) {
    let ratings = example.ratings
    #expect(example.percentAgreement.matches(ratings.percentAgreement(), within: 1e-11))
    #expect(example.gwetAC1.matches(ratings.gwetAC1(), within: 1e-11))
    #expect(example.krippendorffAlpha.matches(ratings.krippendorffAlpha(), within: 1e-11))
    if let kappa = example.cohenKappa {
      #expect(kappa.matches(ratings.cohenKappa(), within: 1e-11))
    } else {
      #expect(ratings.cohenKappa() == nil)
    }
  }

  /// Made with Python's statsmodels 0.15.0, `cohens_kappa(table)`: `kappa` and `std_kappa`.
  @Test(arguments: [
    (Published.abstractors, 0.7964094021839719, 0.05891071832608148),
    (Published.skinCondition, 0.3448753462603878, 0.07239668737198354),
    (Published.statpsych, 0.6756756756756757, 0.07344760734443494),
    (Published.balanced, 0.6995192307692307, 0.07139360269998822),
    (Published.skewed, 0.318181818181818, 0.13345652122383617),
    (Published.grantApplications, 0.4, 0.12699606293110033),
  ])
  func `kappa and its error are those of statsmodels`(_ ratings: Ratings, kappa: Double, error: Double) throws
  {
    let coefficient = try #require(ratings.cohenKappa())
    #expect(abs(coefficient.value - kappa) < 1e-12)
    #expect(abs(try #require(coefficient.standardError) - error) < 1e-12)
  }

  /// Made with Python's krippendorff 0.9.0, `alpha(reliability_data, level_of_measurement="nominal")`.
  @Test(arguments: [
    (Published.threeCoders, 0.691358024691358), (Published.benAndGerry, 0.6919642857142858),
    (Published.fourCoders, 0.743421052631579),
  ])
  func `alpha is that of the package krippendorff`(_ ratings: Ratings, alpha: Double) throws {
    #expect(abs(try #require(ratings.krippendorffAlpha()).value - alpha) < 1e-12)
  }

  /// Made with R 4.2.2, `qt(0.975, df)`.
  @Test(arguments: [
    (1, 12.7062047361747), (2, 4.30265272974946), (9, 2.2621571627982), (99, 1.98421695158642),
    (1_000_000, 1.95996635681411),
  ])
  func `the quantile of Student's t is R's`(degreesOfFreedom: Int, quantile: Double) {
    #expect(abs(studentQuantile975(degreesOfFreedom: degreesOfFreedom) - quantile) < 1e-12)
  }
}
