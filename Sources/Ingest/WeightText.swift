import SurveyDefinition

/// What the text of a cell in a column of weights is.
enum WeightReading {
  /// In units of 10⁻¹².
  case units(Int64)
  case empty
  case negative
  case notANumber
  case tooLarge

  /// Larger weights than this are no weights of respondents.
  private static let most = 1_000_000

  /// Reads a trimmed cell: an optional sign, digits, and optionally a point and decimals, of which those beyond the twelfth
  /// are rounded, half away from zero.
  init(_ cell: CellRange, in bytes: RawSpan) {
    var offset = cell.start
    guard offset < cell.end else {
      self = .empty
      return
    }
    let sign = bytes.byte(at: offset)
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { offset += 1 }
    var whole = 0
    var fraction: Int64 = 0
    var digits = 0
    var decimals = -1
    while offset < cell.end {
      let byte = bytes.byte(at: offset)
      offset += 1
      if byte == UInt8(ascii: "."), decimals < 0, digits > 0 {
        decimals = 0
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else {
        self = .notANumber
        return
      }
      digits += 1
      let digit = Int(byte - UInt8(ascii: "0"))
      if decimals < 0 {
        whole = min(whole * 10 + digit, Self.most + 1)
      } else {
        decimals += 1
        if decimals <= 12 {
          fraction = fraction * 10 + Int64(digit)
        } else if decimals == 13, digit >= 5 {
          fraction += 1
        }
      }
    }
    guard digits > 0, decimals != 0 else {
      self = .notANumber
      return
    }
    for _ in min(12, max(0, decimals))..<12 { fraction *= 10 }
    let units = Int64(whole) * 1_000_000_000_000 + fraction
    if whole > Self.most {
      self = .tooLarge
    } else if sign == UInt8(ascii: "-"), units > 0 {
      self = .negative
    } else {
      self = .units(units)
    }
  }

  /// What is wrong with it, as the end of a sentence, and what to do; nil where nothing is.
  var fault: (code: String, problem: String, remedy: String)? {
    switch self {
    case .units: nil
    case .empty:
      (
        code: "missing-weight", "is empty",
        "give every record a weight, 0 where it is to count for nothing, or leave records out with `keep`"
      )
    case .negative: (code: "negative-weight", "is negative", "a weight is 0 or more")
    case .notANumber:
      (
        code: "not-a-weight", "is not a number",
        "write digits and at most one decimal point, without separators between thousands"
      )
    case .tooLarge: (code: "not-a-weight", "is more than a million", "divide all weights by the same number")
    }
  }
}
