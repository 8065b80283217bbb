import Solver

/// Looks for the cheapest safe choice of a suppression problem.
///
/// A master program chooses, an attacker bounds every target by linear programming, and each target that is too narrow
/// answers with a cut from the duals of its bounds: so many of these figures must be withheld (Fischetti and Salazar 2001,
/// Solving the Cell Suppression Problem on Tabular Data with Linear Constraints, Management Science 47(7), 1008-1027).
/// The relaxed master is rounded, completed greedily until the attacker finds nothing, and everything that turns out not to be
/// needed is published again, the dearest first. All limits count work.
struct SuppressionSearch: ~Copyable {
  private var problem: SuppressionProblem
  private var program: IntegerProgram
  private var points: PointPool
  private var cuts: [Cut] = []
  /// Cuts of which none implies another: a choice meets them where it meets all.
  private var decisive: [Cut] = []
  private var known: Set<Cut> = []
  /// Linear programs that were solved.
  private var solved = 0
  private let programLimit: Int

  /// So much must be withheld: the weights of withheld bundles add up to 1 at least, unless the bundle of `unless` is
  /// published.
  struct Cut: Hashable {
    var weights: [Weight]
    var unless: Int?

    struct Weight: Hashable {
      var bundle: Int
      var value: Double
    }

    func isMet(_ choice: [Double]) -> Bool {
      if let unless, choice[unless] < 0.5 { return true }
      return weights.reduce(0) { $0 + $1.value * choice[$1.bundle] } >= 1 - 1e-6
    }

    /// Whether whatever meets this cut meets another one too.
    func implies(_ other: Cut) -> Bool {
      guard unless == nil || unless == other.unless, weights.count <= other.weights.count else {
        return false
      }
      var rest = other.weights[...]
      for weight in weights {
        while let first = rest.first, first.bundle < weight.bundle { rest.removeFirst() }
        guard let first = rest.first, first.bundle == weight.bundle, first.value >= weight.value else {
          return false
        }
      }
      return true
    }

    /// How much is missing.
    func gap(_ choice: [Double]) -> Double {
      1 - weights.reduce(0) { $0 + $1.value * choice[$1.bundle] }
    }
  }

  /// - Parameter programLimit: Linear programs that may be solved; beyond them there is no answer.
  init(_ problem: SuppressionProblem, programLimit: Int) {
    self.problem = problem
    self.programLimit = programLimit
    program = IntegerProgram(
      rows: problem.rows
        + problem.figures.map { ($0.form, Double($0.count), Double($0.count)) },
      columns: problem.unknowns)
    points = PointPool(problem)
  }

  /// By bundle, whether to withhold it; nil where no safe choice was found within the limit.
  mutating func run() -> [Bool]? {
    var choice = problem.bundles.map { $0.status == .withheld ? 1.0 : 0.0 }
    setAsideHopeless()
    guard problem.bundles.contains(where: { $0.status == .open }) else { return nil }
    if let relaxed = relax(rounds: 25) {
      for bundle in choice.indices where problem.bundles[bundle].status == .open {
        choice[bundle] = relaxed[bundle] >= 0.5 - 1e-6 ? 1 : 0
      }
    }
    for bundle in choice.indices where choice[bundle] > 0.5 { withhold(bundle, &choice) }
    guard complete(&choice) else { return nil }
    publishBack(&choice)
    prove(&choice)
    return choice.map { $0 > 0.5 }
  }

  private func withhold(_ bundle: Int, _ choice: inout [Double]) {
    for bundle in problem.closure(bundle) { choice[bundle] = 1 }
  }

  private func cost(_ choice: [Double]) -> Double {
    choice.indices.reduce(0) {
      $0 + (problem.bundles[$1].status == .open ? choice[$1] * problem.bundles[$1].cost : 0)
    }
  }

  /// Replaces a safe choice by the cheapest one, as far as the limits of work reach: the master chooses in whole figures, and
  /// is answered with cuts, until what it chooses is safe or costs no less than what is known.
  private mutating func prove(_ choice: inout [Double]) {
    var nodes = 0
    for _ in 0..<40 where nodes < Self.nodeLimit {
      guard let (next, isOptimal) = solveWholeMaster(below: cost(choice), &nodes) else { return }
      if cost(next) > cost(choice) - 0.5 { return }
      switch attackAll(next) {
      case .safe:
        choice = next
        if isOptimal { return }
      case .answered: continue
      case .unanswered: return
      }
    }
  }

  /// Nodes of branch and bound that proving a choice may take, over all masters.
  private static let nodeLimit = 3_000

  /// What must be saved for it to be a cell of a pack: an answer costs 1 at least, and a tenth is for rounding.
  private static let wholeCell = 0.9

  /// A choice of the master's that no other undercuts by more than this is as good as the cheapest. Near a whole cell, what comes
  /// is so far from the cheapest that it takes more masters than are saved.
  private static let gap = 0.25

  /// The cheapest choice that meets all cuts, or one that none undercuts by more than `gap`, and whether it is that.
  private func solveWholeMaster(below limit: Double, _ nodes: inout Int) -> ([Double], Bool)? {
    var master = makeMaster()
    master.branchOnly()
    // Only what saves a whole cell is of interest.
    var saving = totalCost
    for index in saving.coefficients.indices { saving.coefficients[index].negate() }
    master.demand(saving, atLeast: Self.wholeCell - limit)
    defer { nodes += master.nodes }
    switch master.integerBound(totalCost, isLargest: false, nodeLimit: 300, gap: Self.gap) {
    case .optimal(_, let point): return (point, true)
    case .limited(let value, let bound, let point): return (point, value - bound <= Self.gap)
    case .infeasible, .unknown: return nil
    }
  }

  /// Sets aside targets that are too narrow even where everything is withheld that may be: a figure of which that is
  /// true is published, and any other is somebody else's to protect.
  private mutating func setAsideHopeless() {
    let everything = problem.bundles.map { $0.status == .published ? 0.0 : 1.0 }
    setBounds(everything)
    var isHopeless = problem.targets.map { _ in false }
    for target in problem.targets.indices {
      if case .narrow = attack(target, everything, isWhole: true) { isHopeless[target] = true }
    }
    let isImplied = Set(problem.implied.values.joined())
    for (target, isNarrow) in zip(problem.targets, isHopeless) where isNarrow {
      guard target.figures.count == 1, let figure = target.figures.first else { continue }
      let bundle = problem.figures[figure].bundle
      if problem.bundles[bundle].status == .open, !isImplied.contains(bundle) {
        problem.bundles[bundle].status = .published
      }
    }
    problem.targets = zip(problem.targets, isHopeless).filter { !$0.1 }.map(\.0)
    points = PointPool(problem)
  }

  // MARK: - Choosing

  /// The relaxed master's choice after some rounds of cuts against the targets that are withheld in any case.
  private mutating func relax(rounds: Int) -> [Double]? {
    var choice: [Double]?
    for _ in 0..<rounds {
      guard let next = solveMaster() else { return choice }
      choice = next
      setBounds(next)
      var added = false
      for target in problem.targets.indices where isSure(target) {
        guard solved < programLimit else { return choice }
        if case .narrow(let cut?) = attack(target, next, isWhole: false) { added = add(cut) || added }
      }
      if !added { break }
    }
    return choice
  }

  /// Withholds more, what answers most cuts for its cost first, until the attacker finds nothing; false where it always
  /// does.
  private mutating func complete(_ choice: inout [Double]) -> Bool {
    for _ in 0..<60 {
      guard cover(&choice) else { return false }
      switch attackAll(choice) {
      case .safe: return true
      case .answered: continue
      case .unanswered: return false
      }
    }
    return false
  }

  /// Withholds until every cut is met; false where nothing more can be withheld.
  private func cover(_ choice: inout [Double]) -> Bool {
    while true {
      var gains = Array(repeating: 0.0, count: choice.count)
      var isMet = true
      for cut in cuts where !cut.isMet(choice) {
        isMet = false
        let gap = max(cut.gap(choice), 1e-9)
        for weight in cut.weights where choice[weight.bundle] < 0.5 {
          gains[weight.bundle] += min(weight.value, gap) / gap
        }
      }
      if isMet { return true }
      var best: (ratio: Double, bundle: Int)?
      for bundle in gains.indices where gains[bundle] > 0 && problem.bundles[bundle].status == .open {
        var (cost, gain) = (problem.bundles[bundle].cost, gains[bundle])
        for other in problem.closure(bundle).dropFirst() where choice[other] < 0.5 {
          cost += problem.bundles[other].cost
          gain += gains[other]
        }
        let ratio = cost / gain
        if best.map({ ratio < $0.ratio - 1e-12 }) ?? true { best = (ratio, bundle) }
      }
      guard let best else { return false }
      withhold(best.bundle, &choice)
    }
  }

  /// Publishes one by one whatever a safe choice does not need: what others follow from before these, then the dearest first.
  private mutating func publishBack(_ choice: inout [Double]) {
    let depths = problem.depths
    let order = choice.indices.filter { choice[$0] > 0.5 && problem.bundles[$0].status == .open }.sorted {
      (depths[$0], -problem.bundles[$0].cost, $0) < (depths[$1], -problem.bundles[$1].cost, $1)
    }
    let implying = problem.implied.sorted { $0.key < $1.key }
    for bundle in order {
      if implying.contains(where: { choice[$0.key] > 0.5 && $0.value.contains(bundle) }) { continue }
      choice[bundle] = 0
      let isKnownToFail = decisive.contains { !$0.isMet(choice) }
      if isKnownToFail || attackAll(choice, stopsAtFirst: true) != .safe { choice[bundle] = 1 }
    }
  }

  private mutating func add(_ cut: Cut) -> Bool {
    guard known.insert(cut).inserted else { return false }
    cuts.append(cut)
    if !decisive.contains(where: { $0.implies(cut) }) {
      decisive.removeAll { cut.implies($0) }
      decisive.append(cut)
    }
    return true
  }

  private func solveMaster() -> [Double]? {
    var master = makeMaster()
    guard case .optimal(_, let point) = master.bound(totalCost, isLargest: false) else { return nil }
    return point
  }

  private func makeMaster() -> IntegerProgram {
    var rows: [(form: LinearForm, lower: Double, upper: Double)] = []
    for cut in decisive {
      var weights: [Int: Double] = [:]
      for weight in cut.weights { weights[weight.bundle] = weight.value }
      if let unless = cut.unless { weights[unless, default: 0] -= 1 }
      var form = LinearForm()
      for bundle in weights.keys.sorted() { form.add(bundle, weights[bundle] ?? 0) }
      rows.append((form, cut.unless == nil ? 1 : 0, IntegerProgram.unbounded))
    }
    for (bundle, implied) in problem.implied.sorted(by: { $0.key < $1.key }) {
      for other in implied {
        var form = LinearForm()
        form.add(other, 1)
        form.add(bundle, -1)
        rows.append((form, 0, IntegerProgram.unbounded))
      }
    }
    return IntegerProgram(
      rows: rows,
      columns: problem.bundles.map {
        switch $0.status {
        case .open: (0, 1)
        case .published: (0, 0)
        case .withheld: (1, 1)
        }
      })
  }

  private var totalCost: LinearForm {
    var cost = LinearForm()
    for (bundle, definition) in problem.bundles.enumerated() where definition.status == .open {
      cost.add(bundle, definition.cost)
    }
    return cost
  }

  // MARK: - Attacking

  private enum Finding {
    case wide
    /// Too narrow; with the cut that answers it, where there is one.
    case narrow(Cut?)
  }

  /// Whether a target must be held open in any choice.
  private func isSure(_ target: Int) -> Bool {
    let figures = problem.targets[target].figures
    return figures.isEmpty
      || figures.contains { problem.bundles[problem.figures[$0].bundle].status == .withheld }
  }

  private func isRequired(_ target: Int, _ choice: [Double]) -> Bool {
    let figures = problem.targets[target].figures
    return figures.isEmpty || figures.contains { choice[problem.figures[$0].bundle] > 0.5 }
  }

  private enum Outcome {
    case safe
    /// Some targets are too narrow, and there are new cuts that say so.
    case answered
    /// Some targets are too narrow and nothing new follows, or the limit of work was reached.
    case unanswered
  }

  /// Bounds every target that a choice of zeros and ones must hold open.
  private mutating func attackAll(_ choice: [Double], stopsAtFirst: Bool = false) -> Outcome {
    setBounds(choice)
    points.publish(choice)
    var outcome = Outcome.safe
    for target in problem.targets.indices where isRequired(target, choice) {
      guard solved < programLimit else { return .unanswered }
      guard case .narrow(let cut) = attack(target, choice, isWhole: true) else { continue }
      if outcome == .safe { outcome = .unanswered }
      if let cut, add(cut) { outcome = .answered }
      if stopsAtFirst { return outcome }
    }
    return outcome
  }

  private mutating func setBounds(_ choice: [Double]) {
    let first = problem.rows.count
    for (index, figure) in problem.figures.enumerated() {
      let weight = choice[figure.bundle]
      let count = Double(figure.count)
      program.setRow(first + index, count * (1 - weight), count + weight * Double(figure.room))
    }
  }

  /// Bounds one target under a choice that `setBounds` has set.
  /// - Parameter isWhole: Whether the choice is of zeros and ones, so that points found earlier can settle it.
  private mutating func attack(_ index: Int, _ choice: [Double], isWhole: Bool) -> Finding {
    let target = problem.targets[index]
    let truth = Double(target.count)
    let seen = isWhole ? points.range(index) : (low: truth, high: truth)
    func isWide(_ ends: (low: Double, high: Double)) -> Bool {
      ends.high - ends.low >= Double(target.width) - 1e-6 && ends.high >= Double(target.height) - 1e-6
    }
    if isWhole, isWide(seen) { return .wide }
    var ends = (low: truth, high: truth)
    var pulls: [Int: Double] = [:]
    var highPulls: [Int: Double] = [:]
    for isLargest in [true, false] {
      solved += 1
      guard case .optimal(let value, let point) = program.bound(target.form, isLargest: isLargest),
        let multipliers = program.multipliers()
      else { return .narrow(nil) }
      if isLargest { ends.high = value } else { ends.low = value }
      if isWhole { points.add(point) }
      // What is open upwards far enough need not be asked downwards.
      if isLargest, isWide((min(seen.low, truth), value)) { return .wide }
      for (position, figure) in problem.figures.enumerated() {
        let multiplier = multipliers[problem.rows.count + position]
        guard abs(multiplier) > 1e-7 else { continue }
        let pull =
          (multiplier > 0) == isLargest
          ? abs(multiplier) * Double(figure.room) : abs(multiplier) * Double(figure.count)
        if pull > 1e-9 {
          pulls[figure.bundle, default: 0] += pull
          if isLargest { highPulls[figure.bundle, default: 0] += pull }
        }
      }
    }
    let width = ends.high - ends.low
    if width < Double(target.width) - 1e-4 {
      return .narrow(cut(pulls, Double(target.width), width, choice, target))
    }
    if ends.high < Double(target.height) - 1e-4 {
      return .narrow(cut(highPulls, Double(target.height), ends.high, choice, target))
    }
    return .wide
  }

  /// What must be withheld more for a form to reach `needed`, which under `choice` reaches `reached` at best and rises by
  /// `pulls` where bundles are withheld.
  private func cut(
    _ pulls: [Int: Double], _ needed: Double, _ reached: Double, _ choice: [Double],
    _ target: SuppressionProblem.Target
  ) -> Cut? {
    let bundles = pulls.keys.sorted()
    var right = needed - reached
    for bundle in bundles { right += (pulls[bundle] ?? 0) * choice[bundle] }
    for bundle in bundles where problem.bundles[bundle].status == .withheld { right -= pulls[bundle] ?? 0 }
    guard right > 1e-6 else { return nil }
    let weights = bundles.filter { problem.bundles[$0].status == .open }.map {
      Cut.Weight(bundle: $0, value: (min(1, (pulls[$0] ?? 0) / right) * 1e6).rounded() / 1e6)
    }
    guard !weights.isEmpty else { return nil }
    let own = target.figures.map { problem.figures[$0].bundle }.filter { choice[$0] > 0.5 }
    let isSure = own.isEmpty || own.contains { problem.bundles[$0].status == .withheld }
    return Cut(weights: weights, unless: isSure ? nil : own.first)
  }
}
