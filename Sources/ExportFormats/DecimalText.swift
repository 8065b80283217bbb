/// The number in the fewest digits that are read back as the same number, never with an exponent: `3`, `0.1`,
/// `0.0000001`.
func decimalText(_ value: Double) -> String {
  if let whole = Int(exactly: value), abs(whole) < 1 << 53 { return String(whole) }
  let shortest = value.description
  guard let mark = shortest.firstIndex(of: "e"), let exponent = Int(shortest[shortest.index(after: mark)...])
  else {
    return shortest.hasSuffix(".0") ? String(shortest.dropLast(2)) : shortest
  }
  let mantissa = shortest[..<mark]
  let sign = mantissa.hasPrefix("-") ? "-" : ""
  let unsigned = mantissa.drop { $0 == "-" }
  let whole = unsigned.prefix { $0 != "." }
  let fraction = unsigned.dropFirst(whole.count + 1)
  let digits = String(whole + fraction.reversed().drop { $0 == "0" }.reversed())
  let point = whole.count + exponent
  if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
  if point >= digits.count { return sign + digits + String(repeating: "0", count: point - digits.count) }
  return sign + digits.prefix(point) + "." + digits.dropFirst(point)
}
