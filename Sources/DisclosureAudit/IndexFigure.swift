/// The mean of the mean scores of an index's questions.
struct IndexValue: ScoreFigure {
  let base: Int
  let decimals = 2
  private let means: [MeanScore]

  /// - Parameter means: Of the index's questions, each of one person at least.
  init(_ means: [MeanScore]) {
    self.means = means
    base = means.map(\.base).min() ?? 0
  }

  /// In whole numbers over the product of all bases: whether twice the value lies within one unit of twice the number, or
  /// just as far from it towards 0.
  func isValue(_ number: Int) -> Bool {
    guard number.magnitude < 1_000_000_000 else { return false }
    var (above, below, over) = (NaturalNumber(0), NaturalNumber(0), NaturalNumber(1))
    for mean in means {
      let people = UInt64(mean.base)
      let part = over.times(UInt64(clamping: mean.sum.magnitude))
      above = above.times(people)
      below = below.times(people)
      if mean.sum < 0 { below = below + part } else { above = above + part }
      over = over.times(people)
    }
    let unit = over.times(10_000).times(UInt64(means.count))
    let (larger, smaller) =
      below < above ? (above.times(2), below.times(2)) : (below.times(2), above.times(2))
    let twice = 2 * UInt64(number.magnitude)
    guard larger < smaller + unit.times(twice + 1) else { return false }
    guard number != 0 else { return true }
    return !(larger < smaller + unit.times(twice - 1)) && (number > 0) == (below < above)
  }

  func isInterval(_ ends: (lower: Int, upper: Int)?) -> Bool {
    let spreads = means.compactMap(\.spread)
    guard let ends else { return spreads.count < means.count }
    guard spreads.count == means.count else { return false }
    let middle = spreads.reduce(0) { $0 + $1.mean } / Double(spreads.count)
    let half = spreads.reduce(0) { $0 + $1.half } / Double(spreads.count)
    return isRounded(ends.lower, middle - half) && isRounded(ends.upper, middle + half)
  }
}

/// Cronbach's alpha of an index: of joint answers, so that it follows from nothing published. Only what it may be is known.
struct IndexAlpha: ScoreFigure {
  let base: Int
  let decimals = 2

  /// Of how many questions at least an alpha is told: of two, the table of both would follow.
  static let minimumQuestions = 3
  /// How many people at least are behind an alpha.
  static let minimumBase = 100

  func isValue(_ number: Int) -> Bool { (0...98).contains(number) }
  func isInterval(_ ends: (lower: Int, upper: Int)?) -> Bool { ends == nil }
}

/// A whole number of any size.
private struct NaturalNumber {
  /// The lowest first; the highest is not 0.
  private var digits: [UInt64]

  init(_ number: UInt64) { digits = number == 0 ? [] : [number] }

  func times(_ factor: UInt64) -> NaturalNumber {
    var product = NaturalNumber(0)
    guard factor > 0 else { return product }
    var carry: UInt64 = 0
    for digit in digits {
      let (high, low) = digit.multipliedFullWidth(by: factor)
      let (sum, isOver) = low.addingReportingOverflow(carry)
      product.digits.append(sum)
      carry = high + (isOver ? 1 : 0)
    }
    if carry > 0 { product.digits.append(carry) }
    return product
  }

  static func + (left: NaturalNumber, right: NaturalNumber) -> NaturalNumber {
    var sum = NaturalNumber(0)
    var carry: UInt64 = 0
    for place in 0..<max(left.digits.count, right.digits.count) {
      let first = place < left.digits.count ? left.digits[place] : 0
      let second = place < right.digits.count ? right.digits[place] : 0
      let (part, isOver) = first.addingReportingOverflow(second)
      let (digit, isOverAgain) = part.addingReportingOverflow(carry)
      sum.digits.append(digit)
      carry = isOver || isOverAgain ? 1 : 0
    }
    if carry > 0 { sum.digits.append(carry) }
    return sum
  }

  static func < (left: NaturalNumber, right: NaturalNumber) -> Bool {
    if left.digits.count != right.digits.count { return left.digits.count < right.digits.count }
    return left.digits.reversed().lexicographicallyPrecedes(right.digits.reversed())
  }
}
