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
  var scale: UInt64 = 1
  for _ in 0..<decimals { scale *= 10 }
  let (whole, rest) = number.magnitude.quotientAndRemainder(dividingBy: scale)
  // A one in front keeps the zeros that a fraction begins with.
  let fraction = String(scale + rest).dropFirst()
  return (number < 0 ? "-" : "") + String(whole) + "." + fraction
}
