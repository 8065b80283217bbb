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

extension RoundedFraction: CustomStringConvertible {
  /// With a point and all decimals; "-" below zero, and never of zero.
  public var description: String {
    let digits = String(units.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let whole = padded.dropLast(decimals)
    return (units < 0 ? "-" : "") + whole + (decimals > 0 ? "." + padded.suffix(decimals) : "")
  }
}
