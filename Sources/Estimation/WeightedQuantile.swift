/// The median of respondents without weights: the middle number, or the mean of the middle two; nil for nobody.
/// - Parameter values: Distinct numbers, ascending, with how many respondents gave each.
public func median(_ values: [(value: Double, respondents: Int)]) -> Double? {
  let respondents = values.reduce(0) { $0 + $1.respondents }
  guard respondents > 0 else { return nil }
  func value(atRank rank: Int) -> Double {
    var passed = 0
    for (value, respondents) in values {
      precondition(respondents >= 0, "respondents are counted")
      passed += respondents
      if rank < passed { return value }
    }
    preconditionFailure("a rank lies below the number of respondents")
  }
  return (value(atRank: (respondents - 1) / 2) + value(atRank: respondents / 2)) / 2
}

/// The smallest number that carries, with those below it, at least a fraction of all weight; nil for nobody.
///
/// The value is one that somebody gave. A median of equal weights and an even number of respondents is thus the lower
/// of the middle two, where `median` takes their mean.
///
/// Source: Hyndman and Fan (1996), The American Statistician 50(4), 361-365, definition 1, with weights; R's
/// `svyquantile(qrule = "math")`, but that version 4.1 of `survey` returns the second smallest number where the
/// respondent with the smallest carries more than the fraction.
/// - Parameters:
///   - fraction: Between 0 and 1: 0.5 for the median.
///   - values: Distinct numbers, ascending, with the weight of those who gave each.
public func weightedQuantile(_ fraction: Double, of values: [(value: Double, weight: Double)]) -> Double? {
  precondition(fraction > 0 && fraction < 1, "a fraction lies between 0 and 1")
  let total = values.reduce(0) { $0 + $1.weight }
  guard total > 0 else { return nil }
  var passed = 0.0
  for (value, weight) in values {
    precondition(weight >= 0, "weights are not below 0")
    passed += weight
    // Sums of weights with decimals miss an exact half by their rounding.
    if passed >= fraction * total * (1 - 1e-14) { return value }
  }
  preconditionFailure("all weight is at least a fraction of it")
}
