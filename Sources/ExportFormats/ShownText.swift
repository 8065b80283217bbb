/// The name of a column in a form that is safe in one line of a message: in quotation marks, control and invisible
/// characters escaped, no more than 40 characters of it.
func shownName(_ text: String) -> String {
  let limit = 40
  var result = ""
  var count = 0
  for scalar in text.unicodeScalars {
    let next = escaped(scalar)
    count += next.unicodeScalars.count
    if count > limit { return "'\(result)…'" }
    result += next
  }
  return "'\(result)'"
}

private func escaped(_ scalar: Unicode.Scalar) -> String {
  switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate:
    return "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  default:
    return String(scalar)
  }
}

/// A count with commas between thousands.
func grouped(_ count: Int) -> String {
  var text = ""
  for (index, digit) in String(count).reversed().enumerated() {
    if index > 0, index % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}

/// A size in the largest unit that leaves it whole: `512 MiB`, `100 bytes`.
func sized(_ bytes: Int) -> String {
  for (shift, unit) in [(30, "GiB"), (20, "MiB"), (10, "KiB")] where bytes > 0 && bytes % (1 << shift) == 0 {
    return "\(grouped(bytes >> shift)) \(unit)"
  }
  return bytes == 1 ? "1 byte" : "\(grouped(bytes)) bytes"
}
