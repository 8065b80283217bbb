/// What a row of scores.csv has to tell.
protocol ScoreFigure {
  var base: Int { get }
  /// Of value and interval.
  var decimals: Int { get }
  /// Whether a number, in units of the last decimal, is the score.
  func isValue(_ number: Int) -> Bool
  /// Whether two such numbers are the ends of its interval; nil: it has none.
  func isInterval(_ ends: (lower: Int, upper: Int)?) -> Bool
}

extension ScoreFigure {
  /// - Parameter fields: Those of the columns from `base` on.
  func isTold(by fields: [String]) -> Bool {
    let numbers = fields[1...3].map { PublishedRow.scaled($0, decimals: decimals) }
    guard fields[0] == "\(base)", fields[4] == (base < 30 ? "u" : ""), let value = numbers[0],
      // What cannot be read is not there only where nothing is written.
      zip(fields[1...3], numbers).allSatisfy({ $0.isEmpty == ($1 == nil) }),
      (numbers[1] == nil) == (numbers[2] == nil)
    else { return false }
    let ends = numbers[1].flatMap { lower in numbers[2].map { (lower, $0) } }
    return isValue(value) && isInterval(ends)
  }
}

/// The mean of the numbers that answers stand for.
struct MeanScore: ScoreFigure {
  let base: Int
  let decimals = 2
  /// In hundredths, rounded half away from zero.
  private let value: Int128
  /// The sum of the numbers, in millionths.
  let sum: Int128
  /// Half the width of the interval, and the mean itself, in hundredths; nil: it has none.
  let spread: (mean: Double, half: Double)?

  /// - Parameters:
  ///   - numbers: By answer, in millionths; none of an answer without a score.
  ///   - counts: How many gave each answer.
  init(_ numbers: [String: Int], _ counts: [String: Int], _ intervals: IntervalRule) {
    let scored = numbers.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map {
      (number: $0.value, people: counts[$0.key] ?? 0)
    }
    let people = scored.reduce(Int128(0)) { $0 + Int128($1.people) }
    let sum = scored.reduce(Int128(0)) { $0 + Int128($1.number) * Int128($1.people) }
    base = Int(clamping: people)
    self.sum = sum
    let unit = 10_000 * people
    let magnitude = people == 0 ? 0 : (2 * Int128(sum.magnitude) + unit) / (2 * unit)
    value = sum < 0 ? -magnitude : magnitude
    let mean = people == 0 ? 0 : Double(sum) / Double(people)
    let squares = scored.reduce(0.0) { squares, answer in
      let distance = (Double(answer.number) - mean) / 10_000
      return squares + distance * distance * Double(answer.people)
    }
    let given = Set(scored.filter { $0.people > 0 }.map(\.number))
    let half = given.count > 1 ? intervals.half(squares: squares, base: base) : nil
    spread = half.map { (mean / 10_000, $0) }
  }

  func isValue(_ number: Int) -> Bool { Int128(number) == value }

  func isInterval(_ ends: (lower: Int, upper: Int)?) -> Bool {
    guard let ends, let spread else { return ends == nil && spread == nil }
    return isRounded(ends.lower, spread.mean - spread.half)
      && isRounded(ends.upper, spread.mean + spread.half)
  }
}

/// The share of answers above 0 less the share of those below 0, in tenths of a percentage point.
struct NetPoints: ScoreFigure {
  let base: Int
  let decimals = 1
  private let above: Int
  private let below: Int
  private let intervals: IntervalRule

  init(_ numbers: [String: Int], _ counts: [String: Int], base: Int, _ intervals: IntervalRule) {
    func people(_ isMeant: (Int) -> Bool) -> Int {
      numbers.reduce(0) { $0 + (isMeant($1.value) ? counts[$1.key] ?? 0 : 0) }
    }
    self.base = base
    self.intervals = intervals
    above = people { $0 > 0 }
    below = people { $0 < 0 }
  }

  func isValue(_ number: Int) -> Bool {
    let (points, unit) = (1_000 * Int128(above - below), Int128(base))
    let magnitude = (2 * Int128(points.magnitude) + unit) / (2 * unit)
    return Int128(number) == (points < 0 ? -magnitude : magnitude)
  }

  func isInterval(_ ends: (lower: Int, upper: Int)?) -> Bool {
    guard let ends else { return false }
    let found = Double(above - below) / Double(base)
    if intervals.sampledFraction == 1 {
      return isRounded(ends.lower, 1_000 * found) && isRounded(ends.upper, 1_000 * found)
    }
    // The end that was rounded lies within half a unit of the one that is told: there the score falls below the quantile.
    let half = 0.5 + 1e-6
    let z = IntervalRule.quantile
    func score(_ thousandths: Double) -> Double { statistic(at: thousandths / 1_000) }
    let (lower, upper) = (Double(ends.lower), Double(ends.upper))
    return (-1_000...1_000).contains(ends.lower) && (-1_000...1_000).contains(ends.upper)
      && (lower - half <= -1_000 || score(lower - half) >= z) && score(lower + half) <= z
      && (upper + half >= 1_000 || score(upper + half) <= -z) && score(upper - half) >= -z
  }

  /// How far the net score found lies above a difference, in standard errors of shares that differ by it: those which make the
  /// counts likeliest, found where the likelihood has no slope (Tango, 1998, Statistics in Medicine 17, 891-908).
  private func statistic(at difference: Double) -> Double {
    let scale = 1 / (1 - intervals.sampledFraction)
    let (up, down) = (Double(above) * scale, Double(below) * scale)
    let size = Double(base) * scale
    var (low, high) = (max(0, -difference), (1 - difference) / 2)
    for _ in 0..<100 {
      let share = (low + high) / 2
      func part(_ count: Double, _ share: Double) -> Double { count == 0 ? 0 : count / share }
      let neither = 2 * part(size - up - down, 1 - 2 * share - difference)
      let slope = part(up, share + difference) + part(down, share) - neither
      if slope > 0 { low = share } else { high = share }
    }
    let variance = (low + high + difference - difference * difference) * size
    let distance = up - down - size * difference
    return distance == 0 ? 0 : distance / max(variance, 0).squareRoot()
  }
}
