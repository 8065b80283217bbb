import Estimation
import ReleaseModel

/// A count and the base that it is of, which may be nobody.
struct StratumCell {
  var count: Int
  var base: Int
}

/// People with one weight: how many there are, how many of them responded, and what these answered.
struct Stratum {
  var people: Int
  var respondents: Int
  var cell: StratumCell
}

/// Respondents of which each counts for as many people as its stratum has for each respondent.
struct Poststratification {
  /// The fewest respondents that stand for people.
  private static let leastRespondents = 20

  /// Those with people, and who is left of these last.
  private let strata: [Stratum]
  /// How many strata there are, those of people who did not state their group left out.
  let count: Int
  /// Who keeps the weight 1, having stated no group.
  private let unstated: (respondents: Int, cell: StratumCell)?
  private let people: Int
  private let respondents: Int
  private let whole: StratumCell

  /// Nil where no two strata can be told apart, or too many people would be stood for by who is left.
  /// - Parameters:
  ///   - groups: Those whose figure is published and whose people are known.
  ///   - people: All of them.
  ///   - whole: All respondents, and what they answered.
  ///   - unstated: Those who did not state their group; nil where there are none, and .some(nil) where it is not published what
  ///     they answered.
  init?(
    _ groups: [Stratum], people: Int, whole: (respondents: Int, cell: StratumCell),
    unstated: (respondents: Int, cell: StratumCell)??
  ) {
    var alone = groups.filter { $0.respondents >= Self.leastRespondents }
    var left = Stratum(people: people, respondents: whole.respondents, cell: whole.cell)
    for stratum in alone { left.take(stratum) }
    var known: (respondents: Int, cell: StratumCell)?
    if case .some(.some(let unstated)) = unstated {
      left.take(Stratum(people: 0, respondents: unstated.respondents, cell: unstated.cell))
      known = unstated
    }
    // Those who are left stand for people, and are too few for that.
    while left.people > 0, left.respondents < Self.leastRespondents,
      let fewest = alone.indices.min(by: { alone[$0].respondents < alone[$1].respondents })
    {
      left.add(alone.remove(at: fewest))
    }
    guard left.people >= 0, left.respondents >= 0, left.cell.count >= 0, left.cell.base >= left.cell.count
    else { return nil }
    if left.people > 0 {
      // Who did not state a group must not stand for people of another.
      if case .some(nil) = unstated { return nil }
      guard left.respondents >= Self.leastRespondents, 5 * left.people <= people else { return nil }
      strata = alone + [left]
      self.unstated = known
    } else {
      strata = alone
      let all = left.respondents + (known?.respondents ?? 0)
      let cell = StratumCell(
        count: left.cell.count + (known?.cell.count ?? 0), base: left.cell.base + (known?.cell.base ?? 0))
      self.unstated = all > 0 ? (all, cell) : nil
      guard all > 0 || cell.base == 0 else { return nil }
    }
    count = strata.count
    guard count > 1 else { return nil }
    self.people = people
    respondents = whole.respondents
    self.whole = whole.cell
  }

  /// Respondents, cell and weight of each stratum; the mean of the weights is 1.
  private var weighted: [(respondents: Int, people: Int?, cell: StratumCell, weight: Double)] {
    let stated = Double(respondents - (unstated?.respondents ?? 0))
    return strata.map {
      let weight = Double($0.people) / Double(people) * stated / Double($0.respondents)
      return ($0.respondents, $0.people, $0.cell, weight)
    } + (unstated.map { [($0.respondents, nil, $0.cell, 1)] } ?? [])
  }

  /// In tenths, rounded half away from zero from the exact fraction.
  var percentTenths: Int {
    let stated = Int128(respondents - (unstated?.respondents ?? 0))
    // All weights times the number of people, each over the respondents of its stratum.
    let terms = strata.map { (Int128($0.people) * stated, Int128($0.respondents), $0.cell) }
    let kept = unstated.map { [(Int128(people), Int128(1), $0.cell)] } ?? []
    let share = RoundedFraction(
      ratioOf: (terms + kept).map { weight, respondents, cell in
        (weight * Int128(cell.count), weight * Int128(cell.base), respondents)
      }, decimals: 3)
    return Int(share.units)
  }

  /// Nil where the base is empty. Exactly 0 where nobody gave the answer, and 1 where all did.
  private var value: Double? {
    if whole.count == 0 || whole.count == whole.base { return whole.base > 0 ? whole.count > 0 ? 1 : 0 : nil }
    let base = weighted.reduce(0) { $0 + $1.weight * Double($1.cell.base) }
    return base > 0 ? weighted.reduce(0) { $0 + $1.weight * Double($1.cell.count) } / base : nil
  }

  /// The interval of the share and how many respondents of equal weight would tell as much; nil for an empty base.
  ///
  /// Kish's effective base takes answers to have nothing to do with strata (1965, Survey Sampling, section 11.7). Where a small
  /// stratum of large weight is the most divided that is too many, and the effective base is that of the linearised variance of
  /// the stratified share (Särndal, Swensson and Wretman, 1992, Model Assisted Survey Sampling, section 7.6); so it is the
  /// smaller of the two. In that variance a stratum of which nobody or everybody gave the answer has the share
  /// (x + 1) / (n + 2), so that none is without variance.
  func estimate(_ release: Release) -> (interval: ClosedRange<Double>, effectiveBase: Double)? {
    guard let value else { return nil }
    let fraction = release.sample.sampledFraction
    let isOfRandomSample = release.sample.population != nil
    let weighted = weighted
    let sum = weighted.reduce(0) { $0 + $1.weight * Double($1.cell.base) }
    let squares = weighted.reduce(0) { $0 + $1.weight * $1.weight * Double($1.cell.base) }
    let kish = sum * sum / squares
    var variance = 0.0
    for stratum in weighted where stratum.cell.base > 0 {
      let (n, base) = (Double(stratum.respondents), Double(stratum.cell.base))
      let isDivided = stratum.cell.count > 0 && stratum.cell.count < stratum.cell.base
      let share =
        isDivided ? Double(stratum.cell.count) / base : (Double(stratum.cell.count) + 1) / (base + 2)
      let mean = base * (share - value) / n
      let spread = base * (share * (1 - value) * (1 - value) + (1 - share) * value * value) - n * mean * mean
      let own = !isOfRandomSample ? 0 : stratum.people.map { min(1, n / Double(max($0, 1))) } ?? fraction
      variance += (1 - own) * stratum.weight * stratum.weight / (sum * sum) * n / max(1, n - 1) * spread
    }
    // Of equal weights as of none: n respondents of a population are worth n / (1 - f) of one without end.
    let design = variance > 0 ? value * (1 - value) / variance * (1 - fraction) : .infinity
    let size = value > 0 && value < 1 && fraction < 1 ? min(kish, design) : kish
    let method: ShareIntervalMethod =
      switch release.definition.intervals {
      case "logit": .logit
      case "clopper-pearson": .clopperPearson
      default: .wilson
      }
    func interval(_ method: ShareIntervalMethod) -> ClosedRange<Double>? {
      Share.interval(of: value, effectiveBase: size, method, level: 0.95, sampledFraction: fraction)
    }
    return (interval(method) ?? interval(.wilson)).map { ($0, size) }
  }
}

extension Stratum {
  mutating func take(_ part: Stratum) { add(part, times: -1) }

  mutating func add(_ part: Stratum, times factor: Int = 1) {
    people += factor * part.people
    respondents += factor * part.respondents
    cell.count += factor * part.cell.count
    cell.base += factor * part.cell.base
  }
}
