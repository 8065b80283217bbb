/// How a variable's numbers are written.
enum SPSSNumberForm: Hashable {
  case number
  case date
  case dateTime
  case time

  /// - Parameter format: A print format such as `F8.2`, `DATE11` or `DATETIME20`.
  init(format: String) {
    switch format.prefix(while: { $0.isLetter }) {
    case "DATE", "ADATE", "EDATE", "SDATE", "JDATE", "MOYR", "QYR", "WKYR": self = .date
    case "DATETIME", "YMDHMS": self = .dateTime
    case "TIME", "DTIME", "MTIME": self = .time
    default: self = .number
    }
  }

  /// The text of a cell: numbers in the fewest digits that are exact, without an exponent; dates and times as ISO 8601
  /// has them. A date outside of the years 1 to 9999 stays the number that it is.
  func text(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    switch self {
    case .number: return decimalText(value)
    case .time: return timeText(value) ?? decimalText(value)
    case .date, .dateTime:
      let microseconds = (value * 1e6).rounded()
      // SPSS counts seconds from the first day of the Gregorian calendar, 14 October 1582.
      guard abs(microseconds) < 4e17 else { return decimalText(value) }
      let perDay = 86_400_000_000
      let day = Int(microseconds).floorDivided(by: perDay)
      guard let date = dateText(daysSince1970: day - 141_428) else { return decimalText(value) }
      return self == .date ? date : "\(date)T\(clockText(Int(microseconds) - day * perDay))"
    }
  }

  private func timeText(_ seconds: Double) -> String? {
    let microseconds = (abs(seconds) * 1e6).rounded()
    guard microseconds < 4e17 else { return nil }
    return (seconds < 0 ? "-" : "") + clockText(Int(microseconds))
  }
}

/// `08:05:03`, and as many decimals of the second as are not zero. Hours may be more than 24.
private func clockText(_ microseconds: Int) -> String {
  let (seconds, fraction) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
  let parts = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
  guard fraction > 0 else { return parts.joined(separator: ":") }
  var digits = padded(fraction, 6)
  while digits.last == "0" { digits.removeLast() }
  return parts.joined(separator: ":") + ".\(digits)"
}

/// A day of the Gregorian calendar; nil outside of the years 1 to 9999.
///
/// Source: Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days,
/// https://howardhinnant.github.io/date_algorithms.html.
private func dateText(daysSince1970 days: Int) -> String? {
  let shifted = days + 719_468
  let era = shifted.floorDivided(by: 146_097)
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let month = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * month + 2) / 5 + 1
  let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
  guard 1...9999 ~= year else { return nil }
  return "\(padded(year, 4))-\(padded(month < 10 ? month + 3 : month - 9, 2))-\(padded(day, 2))"
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int {
  /// The quotient rounded towards minus infinity.
  fileprivate func floorDivided(by divisor: Int) -> Int {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
