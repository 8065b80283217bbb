/// Divides `total` respondents by `weights` so that no part is further than one from its exact share.
///
/// Every part first gets the whole number below its share; what is left goes, one each, to the largest remainders,
/// and among equal ones to the first. Integer arithmetic only. All weights 0 means: all alike.
///
/// Source: the method of Hamilton (1792); Balinski and Young (2001), Fair Representation, 2nd edition, chapter 2.
func largestRemainder(of total: Int, by weights: [Int]) -> [Int] {
  precondition(total >= 0 && weights.allSatisfy { $0 >= 0 }, "people and weights are not negative")
  guard !weights.isEmpty else { return [] }
  let sum = weights.reduce(0, +)
  guard sum > 0 else { return largestRemainder(of: total, by: weights.map { _ in 1 }) }

  var quotas: [Int] = []
  var remainders: [Int] = []
  for weight in weights {
    let (high, low) = total.multipliedFullWidth(by: weight)
    let (quotient, remainder) = sum.dividingFullWidth((high, low))
    quotas.append(quotient)
    remainders.append(remainder)
  }
  let left = total - quotas.reduce(0, +)
  let byRemainder = weights.indices.sorted {
    remainders[$0] != remainders[$1] ? remainders[$0] > remainders[$1] : $0 < $1
  }
  for part in byRemainder.prefix(left) { quotas[part] += 1 }
  return quotas
}

/// Quotas that are drawn from without putting back, as balls from an urn.
///
/// Each draw takes one of those that are left, each as likely as another. All draws together are therefore a random
/// order of exactly the quotas, whatever the seed, in memory for the quotas alone: no list of respondents is shuffled.
struct Urn: Sendable {
  private(set) var left: [Int]
  private(set) var size: Int

  init(_ quotas: [Int]) {
    precondition(quotas.allSatisfy { $0 >= 0 }, "a quota is not negative")
    left = quotas
    size = quotas.reduce(0, +)
  }

  /// The position of the quota that the next respondent falls under.
  mutating func draw(using generator: inout SplitMix64) -> Int {
    precondition(size > 0, "more respondents were drawn than the quotas hold")
    var ball = generator.below(size)
    size -= 1
    for position in left.indices {
      if ball < left[position] {
        left[position] -= 1
        return position
      }
      ball -= left[position]
    }
    preconditionFailure("the quotas do not add up to their size")
  }
}
