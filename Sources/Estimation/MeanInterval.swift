/// The interval that holds the mean of whole numbers, in their unit, by Student's t; nil for a single respondent and where all
/// gave the same number, as their spread is not known.
///
/// Those who gave a number are a domain of the whole sample: see `RatioEstimate`.
/// - Parameters:
///   - values: Distinct numbers with how many respondents gave each.
///   - sample: All respondents, whether they gave a number or not.
///   - level: How often such intervals are to hold the true mean, between 0 and 1: 0.95.
public func meanInterval(
  of values: [(value: Int64, respondents: Int)], sample: SampledStratum, level: Double
) -> ClosedRange<Double>? {
  let count = values.reduce(0) { $0 + $1.respondents }
  guard count > 1 else { return nil }
  // From near the mean, so that no digits are lost to what all values have in common.
  let sum = values.reduce(Int128(0)) { $0 + Int128($1.value) * Int128($1.respondents) }
  let centre = Double(sum) / Double(count)
  var sums = RatioSums()
  for (value, respondents) in values where respondents > 0 {
    sums.add(numerator: Double(value) - centre, times: respondents)
  }
  guard let interval = RatioEstimate(sums, sample: sample)?.interval(level: level) else { return nil }
  return centre + interval.lowerBound...centre + interval.upperBound
}
