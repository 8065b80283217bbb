/// The sum of some respondents' weights, and of the squares of these: exact, so that it does not depend on any order.
public struct WeightSum: Sendable, Equatable, Codable {
  /// How many units a weight of 1 has.
  public static let unit: Int64 = 1_000_000_000_000

  /// ∑w in units of 10⁻¹².
  public private(set) var units: Int128 = 0
  // ∑w² in units of 10⁻²⁴, 192 bits of it.
  private var low: UInt128 = 0
  private var high: UInt64 = 0

  public init() {}

  /// Three numbers, in digits: few formats have 128 bits.
  public init(from decoder: any Decoder) throws {
    let texts = try [String](from: decoder)
    guard texts.count == 3, let units = Int128(texts[0]), let low = UInt128(texts[1]),
      let high = UInt64(texts[2]), units >= 0
    else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not the sum of weights"))
    }
    (self.units, self.low, self.high) = (units, low, high)
  }

  public func encode(to encoder: any Encoder) throws {
    try ["\(units)", "\(low)", "\(high)"].encode(to: encoder)
  }

  /// Adds a respondent, or several of one weight, in units of 10⁻¹² and not below 0.
  mutating func add(_ weight: Int64, times: Int = 1) {
    guard times > 0 else { return }
    units += Int128(weight) * Int128(times)
    let square = UInt128(weight.magnitude) * UInt128(weight.magnitude)
    let (top, bottom) = square.multipliedFullWidth(by: UInt128(times))
    let (sum, carries) = low.addingReportingOverflow(bottom)
    low = sum
    high += UInt64(top) + (carries ? 1 : 0)
  }

  /// Adds the sums of other respondents.
  public mutating func add(_ other: WeightSum) {
    units += other.units
    let (sum, carries) = low.addingReportingOverflow(other.low)
    low = sum
    high += other.high + (carries ? 1 : 0)
  }

  /// ∑w, as near as a double comes.
  public var weight: Double { Double(units) / Double(Self.unit) }

  /// ∑w², as near as a double comes.
  public var squares: Double {
    (Double(high) * 0x1p128 + Double(low)) / (Double(Self.unit) * Double(Self.unit))
  }

  /// How many respondents of equal weight tell as much: (∑w)² / ∑w²; 0 where all weights are 0.
  ///
  /// Source: Kish (1965), Survey Sampling, section 11.7.
  public var effectiveSize: Double { units == 0 ? 0 : weight * weight / squares }
}
