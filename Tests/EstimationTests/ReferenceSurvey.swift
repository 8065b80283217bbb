import Estimation

/// A wave of the reference survey, read as its README says.
struct ReferenceSurvey {
  let respondents: [[String: String]]
  /// People in each stratum of the population.
  let frame: [String: Double]
  let raked: [Double]

  static let scalePoints = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]

  init(wave: Int) throws {
    respondents = try ReferenceData.records("data/wave\(wave).csv")
    let population = try ReferenceData.records("data/population.csv").filter { $0["variable"] == "stratum" }
    frame = Dictionary(
      uniqueKeysWithValues: population.map { ($0["category"] ?? "", Double($0["population"] ?? "") ?? 0) })
    let weights = try ReferenceData.records("expected/weights-wave1.csv")
    raked = wave == 1 ? weights.map { Double($0["raked"] ?? "") ?? 0 } : []
  }

  /// What every respondent answered to a question; empty for no answer.
  func column(_ name: String) -> [String] { respondents.map { $0[name] ?? "" } }

  /// Whether each respondent gave an answer, or one of a net; nil outside the base.
  func gave(_ answer: String, to question: String, _ rule: String) -> [Bool?] {
    if question == "q4" { return respondents.map { gaveItem(answer, rule, $0) } }
    let net: [String]
    switch answer {
    case "(net) Agree": net = ["Agree", "Strongly agree"]
    case "(net) Disagree": net = ["Disagree", "Strongly disagree"]
    default: net = [answer]
    }
    return column(question).map { given in
      if given.isEmpty || rule == "answered_excluding_dont_know" && given == "Don't know" { return nil }
      return net.contains(given)
    }
  }

  private func gaveItem(_ answer: String, _ rule: String, _ respondent: [String: String]) -> Bool? {
    let items = ["q4_tablet", "q4_torch", "q4_phone", "q4_car"].filter { respondent[$0] == "1" }
    let none = respondent["q4_none"] == "1"
    guard respondent["q3"] == "Yes", rule == "asked" || none || !items.isEmpty else { return nil }
    switch answer {
    case "(net) Any": return !items.isEmpty
    case "None of these": return none
    default: return items.contains("q4_" + answer)
    }
  }

  /// Every respondent's number on a scale; nil for none.
  func scale(_ name: String) -> [Double?] {
    if name == "q5" { return column("q5").map { Double($0) } }
    let isNet = name.hasSuffix("_net_difference")
    return column(String(name.prefix(2))).map { given in
      Self.scalePoints.firstIndex(of: given).map { isNet ? Double(($0 - 2).signum()) : Double($0 + 1) }
    }
  }

  func members(_ banner: String, _ group: String) -> [Bool] {
    if banner == "total" { return respondents.map { _ in true } }
    return column(banner).map { $0 == (group == "Not stated" ? "" : group) }
  }

  func design(_ name: String) throws -> Design {
    let strata = column("stratum")
    let sizes = Dictionary(strata.map { ($0, 1) }, uniquingKeysWith: +)
    let names = frame.keys.sorted()
    let isStratified = name.hasPrefix("stratified")
    let hasPopulation = name.hasSuffix("fpc")
    let people = frame.values.reduce(0, +)
    let weights: [Double]
    switch name {
    case "srs": weights = respondents.map { _ in 1 }
    case "srs_fpc": weights = respondents.map { _ in people / Double(respondents.count) }
    case "stratified_fpc": weights = strata.map { frame[$0, default: 0] / Double(sizes[$0, default: 0]) }
    case "raked": weights = raked
    default: weights = column("base_weight").map { Double($0) ?? 0 }
    }
    if isStratified {
      return Design(
        weights: weights, stratum: strata.map { names.firstIndex(of: $0) ?? 0 },
        strata: names.map {
          SampledStratum(sampled: sizes[$0, default: 0], population: hasPopulation ? frame[$0] : nil)
        })
    }
    return Design(
      weights: weights, stratum: respondents.map { _ in 0 },
      strata: [SampledStratum(sampled: respondents.count, population: hasPopulation ? people : nil)])
  }
}

/// Every respondent's weight and stratum.
struct Design {
  let weights: [Double]
  let stratum: [Int]
  let strata: [SampledStratum]

  /// A share's sums by stratum, over those members who are in the base.
  func shares(_ answers: [Bool?], _ members: [Bool]) -> [Share] {
    var shares = strata.map { _ in Share() }
    for (index, answer) in answers.enumerated() where members[index] {
      if let answer { shares[stratum[index]].add(gaveAnswer: answer, weight: weights[index]) }
    }
    return shares
  }

  /// A mean's sums by stratum, over those members who have a number.
  func means(_ numbers: [Double?], _ members: [Bool]) -> [RatioSums] {
    var sums = strata.map { _ in RatioSums() }
    for (index, number) in numbers.enumerated() where members[index] {
      if let number { sums[stratum[index]].add(numerator: number, weight: weights[index]) }
    }
    return sums
  }
}

/// The share over all strata.
func whole(_ shares: [Share]) -> Share { shares.reduce(into: Share()) { $0.merge($1) } }
