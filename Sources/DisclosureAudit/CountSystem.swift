/// A whole-number form over unknown counts: each unknown once, ascending.
struct CountForm: Hashable {
  private(set) var unknowns: [Int32]
  private(set) var coefficients: [Int32]

  init() {
    unknowns = []
    coefficients = []
  }

  /// Unknowns that are added up; each may occur once only.
  init(sum unknowns: [Int]) {
    self.unknowns = unknowns.map(Int32.init).sorted()
    coefficients = Array(repeating: 1, count: unknowns.count)
  }

  init(terms: [(unknown: Int, coefficient: Int)]) {
    var sums: [Int: Int] = [:]
    for term in terms { sums[term.unknown, default: 0] += term.coefficient }
    let kept = sums.filter { $0.value != 0 }.sorted { $0.key < $1.key }
    unknowns = kept.map { Int32($0.key) }
    coefficients = kept.map { Int32($0.value) }
  }

  var isEmpty: Bool { unknowns.isEmpty }

  static func - (first: CountForm, second: CountForm) -> CountForm { first.adding(second, times: -1) }

  static func + (first: CountForm, second: CountForm) -> CountForm { first.adding(second, times: 1) }

  private func adding(_ other: CountForm, times factor: Int32) -> CountForm {
    if other.isEmpty { return self }
    if isEmpty, factor == 1 { return other }
    var sum = CountForm()
    sum.unknowns.reserveCapacity(unknowns.count + other.unknowns.count)
    sum.coefficients.reserveCapacity(unknowns.count + other.unknowns.count)
    var own = 0
    var others = 0
    while own < unknowns.count || others < other.unknowns.count {
      let unknown = min(
        own < unknowns.count ? unknowns[own] : .max,
        others < other.unknowns.count ? other.unknowns[others] : .max)
      var coefficient: Int32 = 0
      if own < unknowns.count, unknowns[own] == unknown {
        coefficient += coefficients[own]
        own += 1
      }
      if others < other.unknowns.count, other.unknowns[others] == unknown {
        coefficient += factor * other.coefficients[others]
        others += 1
      }
      if coefficient != 0 {
        sum.unknowns.append(unknown)
        sum.coefficients.append(coefficient)
      }
    }
    return sum
  }

  var terms: [(unknown: Int, coefficient: Int)] {
    zip(unknowns, coefficients).map { (Int($0), Int($1)) }
  }

  func value(_ point: [Int]) -> Int {
    var sum = 0
    for index in unknowns.indices { sum += Int(coefficients[index]) * point[Int(unknowns[index])] }
    return sum
  }
}

/// Everything that a reader knows of the counts behind a release: unknown whole numbers and what holds between them.
struct CountSystem {
  /// Where a constraint comes from.
  enum Source: Hashable {
    /// A row of a tables.csv, by its position in the release.
    case row(Int)
    /// The number of responses, in manifest.json.
    case responses
    /// What always holds: groups add up to the total, people who answered are among those asked.
    case structure
  }

  struct Constraint {
    var form: CountForm
    /// lower <= form <= upper; `Int.min` and `Int.max` where there is no bound.
    var lower: Int
    var upper: Int
    var source: Source
  }

  private(set) var upper: [Int] = []
  private(set) var constraints: [Constraint] = []
  /// No count is larger than the number of responses.
  let responses: Int

  init(responses: Int) { self.responses = responses }

  /// The unknowns of another system, with nothing that holds between them.
  init(unknownsOf other: CountSystem) {
    responses = other.responses
    upper = other.upper
  }

  var unknownCount: Int { upper.count }

  mutating func addUnknown() -> Int {
    upper.append(responses)
    return upper.count - 1
  }

  mutating func require(_ form: CountForm, lower: Int = .min, upper: Int = .max, _ source: Source) {
    constraints.append(Constraint(form: form, lower: lower, upper: upper, source: source))
  }

  mutating func require(_ constraint: Constraint) { constraints.append(constraint) }

  mutating func require(_ form: CountForm, equals value: Int, _ source: Source) {
    require(form, lower: value, upper: value, source)
  }

  /// The same unknowns with the constraints alone that need no others than the chosen.
  func limited(to isChosen: (Int) -> Bool) -> CountSystem {
    var limited = self
    limited.constraints = constraints.filter { $0.form.unknowns.allSatisfy { isChosen(Int($0)) } }
    return limited
  }
}
