/// A fraction rounded once, from its exact value, half away from zero: 1/16 to three decimals is 0.063.
///
/// A double does not hold 6.25 per cent of most bases exactly, so that `printf` rounds every second tie the wrong way.
public struct RoundedFraction: Sendable, Hashable {
  /// The number in units of its last decimal: 63 for 0.063.
  public let units: Int128
  /// How many decimals it has.
  public let decimals: Int

  /// The fraction numerator / denominator with so many decimals.
  ///
  /// A net is one fraction of its count, and a change in points is 100 (a₂b₁ - a₁b₂) / b₁b₂: neither comes from rounded
  /// numbers.
  /// - Parameters:
  ///   - denominator: Not 0.
  ///   - decimals: At least 0. Numerator times 10 to this power has to stay below 2¹²⁷.
  public init(_ numerator: Int128, over denominator: Int128, decimals: Int) {
    precondition(denominator != 0, "a fraction has a denominator")
    precondition(decimals >= 0, "decimals are counted")
    let divisor = denominator.magnitude
    var scaled = numerator.magnitude
    for _ in 0..<decimals { scaled *= 10 }
    let (quotient, remainder) = scaled.quotientAndRemainder(dividingBy: divisor)
    let magnitude = Int128(remainder >= divisor - remainder ? quotient + 1 : quotient)
    units = (numerator < 0) == (denominator < 0) ? magnitude : -magnitude
    self.decimals = decimals
  }
}

extension RoundedFraction {
  /// The mean of fractions with so many decimals, rounded once, half away from zero, from its exact value.
  ///
  /// A common denominator of twenty bases of a thousand has 200 bits. So whole parts are added up as they are, and what is left
  /// of each fraction 64 bits at a time, until it is settled whether it makes one more: nearly always after the first, and
  /// of a tie, which no number of digits would settle, after so many as the denominators have together.
  /// - Parameters:
  ///   - fractions: At least one. Each denominator is above 0 and, times their number, below 2⁶²; each numerator, times 10 to
  ///     the power of the decimals, below 2¹²⁶.
  ///   - decimals: At least 0.
  public init(meanOf fractions: [(numerator: Int128, denominator: Int128)], decimals: Int) {
    precondition(!fractions.isEmpty, "a mean is of something")
    let scale = (0..<decimals).reduce(Int128(1)) { scale, _ in 10 * scale }
    let parts = fractions.map { fraction in
      precondition(fraction.denominator > 0, "a fraction has a denominator")
      return (fraction.numerator * scale, fraction.denominator * Int128(fractions.count))
    }
    let isNegative = floor(ofSum: parts) < 0
    let sum = isNegative ? parts.map { (-$0.0, $0.1) } : parts
    let magnitude = floor(ofSum: sum + [(1, 2)])
    units = isNegative ? -magnitude : magnitude
    self.decimals = decimals
  }
}

extension RoundedFraction {
  /// A sum of fractions over another sum with the same denominators, as of a weighted share: neither below 0, and the other above.
  /// Rounded once, half away from zero, from the exact value.
  /// - Parameters:
  ///   - parts: Each denominator is above 0 and below 2⁶²; each numerator, times 4 times 10 to the power of the decimals, below 2¹²⁶,
  ///     also times the ratio.
  ///   - decimals: At least 0.
  public init(
    ratioOf parts: [(numerator: Int128, over: Int128, denominator: Int128)], decimals: Int
  ) {
    let scale = (0..<decimals).reduce(Int128(1)) { scale, _ in 10 * scale }
    let above = parts.reduce(0) { $0 + Double($1.numerator) / Double($1.denominator) }
    let below = parts.reduce(0) { $0 + Double($1.over) / Double($1.denominator) }
    precondition(below > 0, "a ratio is to something")
    /// Whether the ratio is at least half a unit below so many units.
    func reaches(_ units: Int128) -> Bool {
      floor(
        ofSum: parts.map { (2 * scale * $0.numerator - (2 * units - 1) * $0.over, $0.denominator) }) >= 0
    }
    // Doubles tell it to one unit.
    var units = max(0, Int128((above / below * Double(scale)).rounded()))
    while units > 0, !reaches(units) { units -= 1 }
    while reaches(units + 1) { units += 1 }
    self.units = units
    self.decimals = decimals
  }
}

/// The largest whole number that is no larger than a sum of fractions, exactly.
private func floor(ofSum fractions: [(numerator: Int128, denominator: Int128)]) -> Int128 {
  var whole: Int128 = 0
  var rests: [(part: UInt128, denominator: UInt128)] = []
  for (numerator, denominator) in fractions {
    var (quotient, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
    if rest < 0 {
      quotient -= 1
      rest += denominator
    }
    whole += quotient
    if rest > 0 {
      precondition(denominator < 1 << 62, "a denominator leaves room for 64 bits more")
      rests.append((UInt128(rest), UInt128(denominator)))
    }
  }
  // The rests make `whole + n` for some n; how far they are below the next n, in units of the last bit so far, and less than the
  // number of rests too far.
  var reached: Int128 = 0
  var gap: Int128 = 1
  for round in 0...fractions.count {
    var digits: Int128 = 0
    for index in rests.indices {
      let (digit, rest) = (rests[index].part << 64).quotientAndRemainder(dividingBy: rests[index].denominator)
      digits += Int128(digit)
      rests[index].part = rest
    }
    if round == 0 {
      reached = digits >> 64
      gap = ((reached + 1) << 64) - digits
    } else {
      gap = (gap << 64) - digits
    }
    let open = Int128(rests.count { $0.part > 0 })
    // What is open is more than 0 and less than one unit of the last bit each.
    if gap <= 0 { return whole + reached + 1 }
    if gap >= max(open, 1) { return whole + reached }
  }
  // Nearer to the next whole number than any other sum of such fractions could be: it is that number.
  return whole + reached + 1
}

extension RoundedFraction: CustomStringConvertible {
  /// With a point and all decimals; "-" below zero, and never of zero.
  public var description: String {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let whole = padded.dropLast(decimals)
    return (units < 0 ? "-" : "") + whole + (decimals > 0 ? "." + padded.suffix(decimals) : "")
  }
}
