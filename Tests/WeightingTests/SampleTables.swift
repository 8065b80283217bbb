import Weighting

extension Margin {
  /// A margin of counts whose categories are named by their letter.
  static func counts(_ name: String, _ targets: [Double]) -> Margin {
    Margin(name, .counts, targets.enumerated().map { Category(letters[$0], target: $1) })
  }

  static func shares(_ name: String, _ targets: [Double]) -> Margin {
    Margin(name, .shares, targets.enumerated().map { Category(letters[$0], target: $1) })
  }

  static let letters = ["A", "B", "C", "D", "E", "F"]

  /// The same with all targets multiplied.
  func scaled(by factor: Double) -> Margin {
    Margin(name, scale, categories.map { Category($0.label, target: $0.target.map { $0 * factor }) })
  }
}

/// Respondents and margins that follow from a seed.
struct SampleTable {
  let combinations: [Combination]
  let margins: [Margin]

  /// Targets that some weights, all above 0, meet: they are the sums of a population with the same combinations.
  static func feasible(seed: UInt64, density: Double, margins: Int? = nil) -> SampleTable {
    var random = SplitMix(seed: seed)
    let sizes = (0..<(margins ?? Int.random(in: 2...4, using: &random))).map { _ in
      Int.random(in: 2...5, using: &random)
    }
    var targets = sizes.map { [Double](repeating: 0, count: $0) }
    var combinations: [Combination] = []
    for categories in product(sizes) where Double.random(in: 0..<1, using: &random) < density {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let base = Bool.random(using: &random) ? 1 : Double.random(in: 0.2...4, using: &random)
        let respondents = Int.random(in: 1...20, using: &random)
        combinations.append(Combination(categories, baseWeight: base, respondents: respondents))
        let people = Double(Int.random(in: 1...400, using: &random))
        for (margin, category) in categories.enumerated() { targets[margin][category] += people }
      }
    }
    return SampleTable(
      combinations: combinations,
      margins: targets.enumerated().map { .counts("margin \($0 + 1)", $1) }
    )
  }

  /// Two margins with few combinations and targets that know nothing of them; every category has respondents.
  static func careless(seed: UInt64) -> (rows: [Int], columns: [Int], respondents: [[Int]]) {
    var random = SplitMix(seed: seed)
    let sizes = (Int.random(in: 2...5, using: &random), Int.random(in: 2...5, using: &random))
    var respondents = (0..<sizes.0).map { _ in
      (0..<sizes.1).map { _ in
        Double.random(in: 0..<1, using: &random) < 0.4 ? Int.random(in: 1...9, using: &random) : 0
      }
    }
    for row in 0..<sizes.0 where respondents[row].allSatisfy({ $0 == 0 }) {
      respondents[row][Int.random(in: 0..<sizes.1, using: &random)] = 1
    }
    for column in 0..<sizes.1 where respondents.allSatisfy({ $0[column] == 0 }) {
      respondents[Int.random(in: 0..<sizes.0, using: &random)][column] = 1
    }
    func parts(_ count: Int) -> [Int] {
      var parts = [Int](repeating: 1, count: count)
      for _ in 0..<(12 - count) { parts[Int.random(in: 0..<count, using: &random)] += 1 }
      return parts
    }
    return (parts(sizes.0), parts(sizes.1), respondents)
  }

  private static func product(_ sizes: [Int]) -> [[Int]] {
    sizes.reduce([[]]) { rows, size in rows.flatMap { row in (0..<size).map { row + [$0] } } }
  }

  /// By how much whole units of 10⁻¹² may move the share of some of so many respondents: half a unit for each of the
  /// category, and as much of the total.
  static func rounding(_ category: MarginReport.Category, of respondents: Int) -> Double {
    0.5e-12 * (Double(category.respondents) / Double(respondents) + category.targetShare)
  }
}
