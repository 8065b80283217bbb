/// What the text of a number cell is.
enum NumberReading {
  case millionths(Int64)
  /// A number that millionths in 64 bits cannot hold.
  case tooLarge
  case notANumber
  /// A number with more than six decimals that are not zero.
  case tooPrecise
}

/// Reads a trimmed cell as a decimal number, exactly: an optional sign, digits, and optionally a point and decimals.
///
/// No exponent and no thousands separator: what `1,234` means depends on the country, and a guess would be wrong
/// a thousandfold.
func readNumber(_ cell: CellRange, in bytes: RawSpan) -> NumberReading {
  var offset = cell.start
  var isNegative = false
  if offset < cell.end {
    let sign = bytes.byte(at: offset)
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      offset += 1
    }
  }
  var value: Int64 = 0
  var isTooLarge = false
  var isTooPrecise = false
  var digits = 0
  var decimals = -1
  while offset < cell.end {
    let byte = bytes.byte(at: offset)
    offset += 1
    if byte == UInt8(ascii: "."), decimals < 0, digits > 0 {
      decimals = 0
      continue
    }
    guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return .notANumber }
    digits += 1
    if decimals >= 0 {
      decimals += 1
      if decimals > 6 {
        if byte != UInt8(ascii: "0") { isTooPrecise = true }
        continue
      }
    }
    let (tenfold, overflowed) = value.multipliedReportingOverflow(by: 10)
    let (sum, carried) = tenfold.addingReportingOverflow(Int64(byte - UInt8(ascii: "0")))
    if overflowed || carried { isTooLarge = true } else { value = sum }
  }
  if digits == 0 || decimals == 0 { return .notANumber }
  if isTooPrecise { return .tooPrecise }
  for _ in max(0, min(6, decimals))..<6 {
    let (tenfold, overflowed) = value.multipliedReportingOverflow(by: 10)
    if overflowed { isTooLarge = true } else { value = tenfold }
  }
  if isTooLarge { return .tooLarge }
  return .millionths(isNegative ? -value : value)
}
