/// Puts what the rows say into the system of counts, and names what cannot be true.
struct Evidence {
  /// Sentences about figures that do not add up.
  private(set) var contradictions: [String] = []

  mutating func require(_ figures: PrintedFigures, in tables: inout CountTables) {
    var known: [CountForm: (value: Int, place: String)] = [:]
    for figure in figures.figures {
      guard let index = figure.row else { continue }
      let isWeighted = tables.release.definition.weighting != nil
      let row = isWeighted ? tables.release.rows[index].unweighted : tables.release.rows[index]
      let place = tables.place(figure.pack, figure.question, figure.column, figure.group, figure.category)
      let isBase = figure.category == nil
      guard
        let evidence = RowEvidence(
          row, isBase: isBase, responses: tables.system.responses, tables.release.intervals)
      else {
        contradictions.append("\(place): no count and base go with the numbers of this row")
        continue
      }
      contradictions += wrongShares(row, isBase: isBase, tables.release.intervals).map { "\(place): \($0)" }
      if evidence.count.lowerBound == evidence.count.upperBound {
        let value = evidence.count.lowerBound
        if let earlier = known[figure.form], earlier.value != value {
          contradictions.append(
            "\(place) is \(value), though the same people are \(earlier.value) in \(earlier.place)")
          continue
        }
        known[figure.form] = (value, place)
      }
      if evidence.count != 0...tables.system.responses {
        tables.require(
          figure.form, lower: evidence.count.lowerBound, upper: evidence.count.upperBound, .row(index))
      }
      guard !isBase else { continue }
      let members = tables.atoms.isMember.map { $0[figure.pack] }
      let base = tables.form(
        figure.question, figure.column, figure.group, members,
        anyOf: tables.baseCategories(of: figure.question))
      if evidence.base != 0...tables.system.responses {
        tables.require(base, lower: evidence.base.lowerBound, upper: evidence.base.upperBound, .row(index))
      }
      if row.count == nil, let percent = row.percent {
        // The share itself binds count and base, whatever the base: 2000 count = (2 percent ± 1) base.
        tables.require(
          scaled(figure.form, 2_000) - scaled(base, 2 * percent - 1), lower: 0, .row(index))
        tables.require(
          scaled(figure.form, 2_000) - scaled(base, 2 * percent + 1), upper: 0, .row(index))
      }
    }
    // A weighted mean is none of the numbers that were given.
    if tables.release.definition.weighting != nil { return }
    for number in figures.numbers { require(number, in: &tables) }
  }

  private func scaled(_ form: CountForm, _ factor: Int) -> CountForm {
    CountForm(terms: form.terms.map { ($0.unknown, $0.coefficient * factor) })
  }

  /// Percentages and intervals that are not those of the count and base beside them.
  private func wrongShares(_ row: PublishedRow, isBase: Bool, _ intervals: IntervalRule) -> [String] {
    if isBase { return [] }
    guard let base = row.base, let count = row.count, base > 0, count <= base else { return [] }
    var wrong: [String] = []
    if let percent = row.percent, percent != percentTenths(count, base) {
      wrong.append("\(count) of \(base) is not \(percent / 10).\(percent % 10)%")
    }
    let interval = intervals.thousandths(count, base)
    if row.lower.map({ !isRounded($0, interval.lower) }) ?? false
      || row.upper.map({ !isRounded($0, interval.upper) }) ?? false
    {
      wrong.append("the interval is not that of \(count) of \(base)")
    }
    return wrong
  }

  // MARK: - Means and medians

  /// A mean times its base is a sum of values, each within its band; its interval tells the sum of squares; half of the
  /// values lie on either side of a median.
  private mutating func require(_ number: NumberFigure, in tables: inout CountTables) {
    let row = tables.release.rows[number.row]
    guard let value = row.value, let base = row.base, base > 0,
      let bands = tables.questions[number.question].bands, bands.count == number.bands.count, !bands.isEmpty
    else { return }
    tables.require(number.base, equals: base, .row(number.row))
    let ranges = bands.map { (low: hundredths($0.from), high: hundredths($0.to)) }
    if row.answer == "(median)" {
      // The last band holds its upper end, so it lies below only where that end does.
      let below = ranges.indices.filter {
        ranges[$0].high < value || ($0 + 1 < ranges.count && ranges[$0].high == value)
      }.map { number.bands[$0] }
      let above = zip(ranges, number.bands).filter { $0.0.low > value }.map(\.1)
      for side in [below, above] {
        tables.require(side.reduce(CountForm(), +), upper: base / 2, .row(number.row))
      }
      return
    }
    let sum = value * base
    let slack = (base + 1) / 2
    tables.require(weighted(number.bands, ranges.map(\.low)), upper: sum + slack, .row(number.row))
    tables.require(weighted(number.bands, ranges.map(\.high)), lower: sum - slack, .row(number.row))
    guard let lower = row.valueLower, let upper = row.valueUpper, base > 1 else { return }
    // Half of upper - lower tells the squares round the mean, each end known to half a hundredth.
    let intervals = tables.release.intervals
    func squares(_ half: Double, _ mean: Double) -> Double {
      intervals.squares(half: max(0, half), base: base) + Double(base) * mean * mean
    }
    let half = Double(upper - lower) / 2
    let mean = Double(value)
    let least = squares(half - 1, max(0, abs(mean) - 0.5))
    let most = squares(half + 1, abs(mean) + 0.5)
    // A square of hundredths may be too large for an exact form: in units of a whole number squared.
    func unit(_ square: Double) -> Double { square / 10_000 }
    let smallest = ranges.map { $0.low <= 0 && $0.high >= 0 ? 0 : min(abs($0.low), abs($0.high)) }
    let largest = ranges.map { max(abs($0.low), abs($0.high)) }
    tables.require(
      weighted(number.bands, smallest.map { Int(unit(Double($0) * Double($0)).rounded(.down)) }),
      upper: Int(unit(most).rounded(.up)), .row(number.row))
    tables.require(
      weighted(number.bands, largest.map { Int(unit(Double($0) * Double($0)).rounded(.up)) }),
      lower: Int(unit(least).rounded(.down)), .row(number.row))
  }

  private func weighted(_ forms: [CountForm], _ weights: [Int]) -> CountForm {
    CountForm(
      terms: zip(forms, weights).flatMap { form, weight in
        form.terms.map { ($0.unknown, $0.coefficient * weight) }
      })
  }

  private func hundredths(_ text: String) -> Int {
    Int(((Double(text) ?? 0) * 100).rounded(.toNearestOrAwayFromZero))
  }
}
