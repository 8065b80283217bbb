import Solver

/// What was found of one target.
enum Verdict: Sendable {
  /// Two whole-number tables show that it is safe.
  case safe
  /// Bounds leave out every small count.
  case notSmall
  /// It lies within the range, for everyone or for a respondent of a kind.
  case broken(ClosedRange<Int>, insider: Int?)
  /// Neither could be shown within the limits of work. Such a release is not safe.
  case undecided(insider: Int?)
  /// No table agrees with the figures.
  case contradiction
}

/// A target as one component sees it.
struct LocalTarget: Sendable {
  var form: LinearForm
  /// What the fixed unknowns add to it.
  var constant: Int
  var width: Int
  var insiderWidth: Int
  /// What the base of its group may be; nil where it is a base itself.
  var base: ClosedRange<Int>?
  /// Whether a count of 0 tells what everyone in the group answered to a sensitive question.
  var exposesEveryone = false
}

/// A kind of respondent: what they know of themselves is that a count is at least 1.
struct LocalKind: Sendable {
  var form: LinearForm
  var constant: Int
}

/// Bounds every target of one component, from outside and for every kind of respondent.
///
/// A break is shown by bounds that no table exceeds; safety by tables of whole numbers that satisfy every constraint,
/// checked here in exact arithmetic and shared by all targets that they settle.
struct ComponentAudit: ~Copyable {
  private let system: LocalSystem
  private let targets: [LocalTarget]
  private let kinds: [LocalKind]
  private let openness: Openness
  private var program: IntegerProgram
  private var tables = TableStore()
  private var random = SplitMix(state: 0x5EED)
  private(set) var boundsTried = 0

  /// Nodes of branch and cut for one bound.
  private static let nodeLimit = 2_000

  init(_ system: LocalSystem, targets: [LocalTarget], kinds: [LocalKind], openness: Openness) {
    self.system = system
    self.targets = targets
    self.kinds = kinds
    self.openness = openness
    program = IntegerProgram(
      rows: system.rows.map { ($0.form, $0.lower, $0.upper) },
      columns: system.lower.indices.map { (Double(system.lower[$0]), Double(system.upper[$0])) })
  }

  mutating func verdicts() -> [Verdict] {
    var verdicts = Array(repeating: Verdict?.none, count: targets.count)
    // Any table settles many targets, so all are pushed at once, some up and some down, then one by one.
    pushTogether { audit in audit.targets.indices.filter { !audit.isShownOpen($0) } }
    for target in targets.indices where !isShownOpen(target) {
      for isLargest in [true, false] where !isShownOpen(target) { explore(target, isLargest: isLargest) }
    }
    for target in targets.indices where !isShownOpen(target) {
      verdicts[target] = decide(target, insider: nil)
    }
    decideForInsiders(&verdicts)
    return verdicts.map { $0 ?? .safe }
  }

  /// Solves for sums of all targets that are not settled, with signs at random, for as long as that settles some.
  private mutating func pushTogether(_ unsettled: (borrowing ComponentAudit) -> [Int]) {
    var left = unsettled(self)
    var fruitless = 0
    while !left.isEmpty, fruitless < 3 {
      var objective = Objective()
      for target in left {
        objective.add(
          targets[target].form, Double((random.next(below: 2) * 2 - 1) * (1 + random.next(below: 4))))
      }
      boundsTried += 1
      if case .optimal(_, let point) = program.bound(objective.form, isLargest: true) {
        keep(point)
      } else {
        return
      }
      let now = unsettled(self)
      fruitless = now.count < left.count ? 0 : fruitless + 1
      left = now
    }
  }

  /// A sum of forms.
  private struct Objective {
    private var sums: [Int32: Double] = [:]

    mutating func add(_ form: LinearForm, _ weight: Double) {
      for index in form.columns.indices {
        sums[form.columns[index], default: 0] += weight * form.coefficients[index]
      }
    }

    var form: LinearForm {
      let columns = sums.keys.sorted()
      return LinearForm(columns: columns, coefficients: columns.map { sums[$0] ?? 0 })
    }
  }

  /// Whether a whole-number table of the component is known, or can be found.
  mutating func hasTable() -> Bool {
    if tables.count > 0 { return true }
    let nothing = LinearForm()
    if case .optimal(_, let point) = program.bound(nothing, isLargest: true) { keep(point) }
    if tables.count > 0 { return true }
    switch program.integerBound(nothing, isLargest: true, nodeLimit: Self.nodeLimit) {
    case .optimal(_, let point), .limited(_, _, let point): keep(point)
    case .infeasible, .unknown: break
    }
    return tables.count > 0
  }

  // MARK: - Outsiders

  private func isShownOpen(_ target: Int) -> Bool {
    guard let range = tables.range(ofTarget: target) else { return false }
    return openness.isOpen(range, width: targets[target].width)
  }

  /// The exact bounds of one target, and what they mean; nil where nothing is wrong from outside.
  private mutating func decide(_ target: Int, insider: Int?) -> Verdict? {
    let width = insider == nil ? targets[target].width : targets[target].insiderWidth
    var range = relaxedRange(target)
    if range.isEmpty { return nothingFits(insider) }
    for pass in 0..<2 {
      guard let known = range.closed else { return .undecided(insider: insider) }
      if targets[target].exposesEveryone, known == 0...0, (targets[target].base?.lowerBound ?? 0) > 0 {
        return .broken(known, insider: insider)
      }
      if !openness.isSensitive(known, base: targets[target].base) { return insider == nil ? .notSmall : nil }
      if !openness.isOpen(known, width: width), pass == 1 || known.lowerBound == known.upperBound {
        return .broken(known, insider: insider)
      }
      let found = insider.map { tables.range(ofTarget: target, kind: $0) } ?? tables.range(ofTarget: target)
      if let found, openness.isOpen(found, width: width) { return nil }
      if pass == 0 { range = integerRange(target, known) }
      if range.isEmpty { return nothingFits(insider) }
    }
    return .undecided(insider: insider)
  }

  /// No table at all: the figures contradict each other. None with such a respondent: there is none.
  private mutating func nothingFits(_ insider: Int?) -> Verdict? {
    guard let insider else { return .contradiction }
    tables.markImpossible(insider)
    return nil
  }

  private struct Range {
    var lower: Int?
    var upper: Int?
    var isEmpty = false
    var closed: ClosedRange<Int>? {
      guard let lower, let upper, lower <= upper else { return nil }
      return lower...upper
    }
  }

  private mutating func relaxedRange(_ target: Int) -> Range {
    var range = Range()
    for isLargest in [true, false] {
      boundsTried += 1
      switch program.bound(targets[target].form, isLargest: isLargest) {
      case .optimal(let value, let point):
        keep(point)
        let whole = isLargest ? (value + 1e-6).rounded(.down) : (value - 1e-6).rounded(.up)
        if isLargest {
          range.upper = Int(whole) + targets[target].constant
        } else {
          range.lower = Int(whole) + targets[target].constant
        }
      case .infeasible: range.isEmpty = true
      case .limited, .unknown: break
      }
    }
    return range
  }

  private mutating func integerRange(_ target: Int, _ known: ClosedRange<Int>) -> Range {
    var range = Range(lower: known.lowerBound, upper: known.upperBound)
    for isLargest in [true, false] {
      boundsTried += 1
      let outcome = program.integerBound(
        targets[target].form, isLargest: isLargest, nodeLimit: Self.nodeLimit)
      let limit: Double
      switch outcome {
      case .optimal(let value, let point):
        keep(point)
        limit = value
      case .limited(_, let bound, let point):
        keep(point)
        limit = bound
      case .infeasible: return Range(isEmpty: true)
      case .unknown: return Range()
      }
      let whole = isLargest ? (limit + 1e-6).rounded(.down) : (limit - 1e-6).rounded(.up)
      if isLargest {
        range.upper = min(known.upperBound, Int(whole) + targets[target].constant)
      } else {
        range.lower = max(known.lowerBound, Int(whole) + targets[target].constant)
      }
    }
    return range
  }

  // MARK: - Tables

  /// Solves for one target with a little weight on others, and keeps the table.
  private mutating func explore(_ target: Int, isLargest: Bool) {
    boundsTried += 1
    var objective = Objective()
    objective.add(targets[target].form, isLargest ? 1_024 : -1_024)
    for _ in 0..<min(24, targets.count) {
      let other = random.next(below: targets.count)
      if !isShownOpen(other) { objective.add(targets[other].form, random.next(below: 2) == 0 ? 1 : -1) }
    }
    if case .optimal(_, let point) = program.bound(objective.form, isLargest: true) { keep(point) }
  }

  /// Keeps a point that is a table: whole numbers that satisfy every constraint exactly.
  private mutating func keep(_ point: [Double]) {
    guard let table = system.table(point) else { return }
    tables.add(
      targets: targets.map { system.value($0.form, table) + $0.constant },
      kinds: kinds.map { system.value($0.form, table) + $0.constant >= 1 })
  }

  // MARK: - Insiders

  /// Looks at every kind of respondent for whom the tables found so far do not keep all targets open.
  private mutating func decideForInsiders(_ verdicts: inout [Verdict?]) {
    var targetsOfKind = Array(repeating: [Int](), count: kinds.count)
    for target in targets.indices where verdicts[target] == nil {
      let ranges = tables.ranges(ofTarget: target, kinds: kinds.count)
      for kind in kinds.indices {
        if let range = ranges[kind], openness.isOpen(range, width: targets[target].insiderWidth) { continue }
        targetsOfKind[kind].append(target)
      }
    }
    for kind in kinds.indices where !targetsOfKind[kind].isEmpty {
      let concerned = targetsOfKind[kind].filter { verdicts[$0] == nil && !isShownOpen($0, toKind: kind) }
      if concerned.isEmpty { continue }
      program.demand(kinds[kind].form, atLeast: Double(1 - kinds[kind].constant))
      defer { program.demand(nil) }
      pushTogether { audit in concerned.filter { !audit.isShownOpen($0, toKind: kind) } }
      for target in concerned where !isShownOpen(target, toKind: kind) {
        explore(target, isLargest: true)
        if isShownOpen(target, toKind: kind) { continue }
        explore(target, isLargest: false)
        if isShownOpen(target, toKind: kind) { continue }
        if tables.isImpossible(kind) { break }
        verdicts[target] = decide(target, insider: kind)
      }
    }
  }

  private func isShownOpen(_ target: Int, toKind kind: Int) -> Bool {
    guard let range = tables.range(ofTarget: target, kind: kind) else { return false }
    return openness.isOpen(range, width: targets[target].insiderWidth)
  }
}

/// A generator with a fixed seed (Steele, Lea and Flood, 2014, SplitMix64): the same work every time.
struct SplitMix {
  var state: UInt64

  mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
