/// Output as it grows: UTF-8, numbers written from integers alone.
///
/// Nothing here asks a locale or a floating-point formatter, so the same figures give the same bytes on any machine.
struct ByteBuffer {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }

  mutating func append(_ byte: UInt8) { bytes.append(byte) }

  mutating func append(_ number: Int) { append(String(number)) }

  /// Writes a number that is held in tenths (`decimals` 1) or hundredths (2): 483 tenths are `48.3`.
  mutating func append(_ number: Int64, decimals: Int) { append(fixedPoint(number, decimals: decimals)) }
}

/// The text of a number held in tenths (`decimals` 1) or hundredths (`decimals` 2), with a point and no grouping.
public func fixedPoint(_ number: Int64, decimals: Int) -> String {
  precondition(decimals > 0, "a whole number has no decimals to place")
  let digits = String(number.magnitude)
  let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
  return (number < 0 ? "-" : "") + padded.dropLast(decimals) + "." + padded.suffix(decimals)
}
