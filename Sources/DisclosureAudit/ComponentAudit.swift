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
  var isAnswer = true
  /// Whether a count of 0 tells what everyone in the group answered to a sensitive question.
  var exposesEveryone = false
  /// Whether it is known to be open to outsiders.
  var isOpen: Bool
  /// Kinds of respondents for whom it is not settled.
  var kinds: BitSet
}

extension LocalTarget {
  /// Of an answer, what its base may be.
  var answerBase: ClosedRange<Int>? { isAnswer ? base : nil }
}

/// A kind of respondent: what they know of themselves is that a count is at least 1.
struct LocalKind: Sendable {
  var form: LinearForm
  var constant: Int
}

/// Programs solved, by what they were.
struct AuditWork: Sendable {
  var linear = 0
  var integer = 0

  static func += (sum: inout AuditWork, other: AuditWork) {
    sum.linear += other.linear
    sum.integer += other.integer
  }
}

/// Bounds every target of one component, from outside and for every kind of respondent.
///
/// A break is shown by bounds that no table exceeds; safety by tables of whole numbers that satisfy every constraint,
/// checked here in exact arithmetic and shared by all targets that they settle.
struct ComponentAudit: ~Copyable {
  let system: LocalSystem
  let targets: [LocalTarget]
  let kinds: [LocalKind]
  let openness: Openness
  var program: TableProgram
  var tables: TableStore
  var random = SplitMix(state: 0x5EED)
  /// Kinds of respondents that no table has.
  private(set) var impossible: BitSet
  var work = AuditWork()

  /// Programs that `verdicts` solves at most, each node of an integer one counted: what is left then is undecided.
  private let workLimit: Int
  private var nodes = 0
  /// Nodes of branch and cut for one bound.
  private let nodeLimit: Int

  /// Weights of a person of the lowest tier while targets are pushed, in turn.
  private static let presence: [Double] = [24, 6, 1]

  init(_ system: LocalSystem, targets: [LocalTarget], kinds: [LocalKind], openness: Openness) {
    self.system = system
    self.targets = targets
    self.kinds = kinds
    self.openness = openness
    tables = TableStore(kindCount: kinds.count)
    impossible = BitSet(count: kinds.count)
    let size = max(1, system.lower.count)
    // The work of one program grows faster than its size.
    workLimit = min(5_000_000 / size, 10_000_000_000 / (size * size))
    nodeLimit = max(20, min(TableProgram.nodeLimit, 500_000 / size))
    program = TableProgram(system, tiers: [1])
  }

  // MARK: - Tables

  /// Keeps a point that is a table: whole numbers that satisfy every constraint exactly.
  mutating func keep(_ point: [Double]) {
    if let table = system.table(point) { keep(table) }
  }

  mutating func keep(_ table: [Int]) {
    var present = BitSet(count: kinds.count)
    for (index, kind) in kinds.enumerated() where system.value(kind.form, table) + kind.constant >= 1 {
      present[index] = true
    }
    tables.add(targets: targets.map { system.value($0.form, table) + $0.constant }, kinds: present)
  }

  /// Looks for a point at which a sum is largest, with as many kinds of respondents as weigh against it.
  mutating func look(_ objective: ObjectiveSum, presence: Double) {
    work.linear += 1
    if let point = program.point(objective, presence: [presence]) { keep(point) }
  }

  /// Looks for sums of all targets that are not settled, with signs at random, for as long as that settles some.
  mutating func pushTogether(_ unsettled: (borrowing ComponentAudit) -> [Int]) {
    var left = unsettled(self)
    var fruitless = 0
    var round = 0
    while !left.isEmpty, fruitless < 3 {
      var objective = ObjectiveSum()
      for target in left {
        objective.add(
          targets[target].form, Double((random.next(below: 2) * 2 - 1) * (1 + random.next(below: 4))))
      }
      look(objective, presence: Self.presence[round % Self.presence.count])
      round += 1
      let now = unsettled(self)
      fruitless = now.count < left.count ? 0 : fruitless + 1
      left = now
    }
  }

  /// Looks for one target with a little weight on others.
  mutating func explore(_ target: Int, isLargest: Bool) {
    var objective = ObjectiveSum()
    objective.add(targets[target].form, isLargest ? 1_024 : -1_024)
    for _ in 0..<min(24, targets.count) {
      let other = random.next(below: targets.count)
      if !isShownOpen(other) { objective.add(targets[other].form, random.next(below: 2) == 0 ? 1 : -1) }
    }
    look(objective, presence: 8)
  }

  func isShownOpen(_ target: Int) -> Bool {
    if targets[target].isOpen { return true }
    guard let range = tables.range(ofTarget: target) else { return false }
    return openness.isOpen(range, width: targets[target].width)
  }

  func isShownOpen(_ target: Int, toKind kind: Int) -> Bool {
    guard let range = tables.range(ofTarget: target, kind: kind) else { return false }
    return openness.isOpen(range, width: targets[target].insiderWidth)
  }

  /// Demands that there is a respondent of a kind.
  mutating func demand(_ kind: Int?) {
    if let kind {
      program.demand(kinds[kind].form, atLeast: Double(1 - kinds[kind].constant))
    } else {
      program.demand(nil)
    }
  }

  /// Of the kinds for whom a target is to be settled, those for whom the tables found do not show it open.
  func unsettledKinds(_ target: Int) -> BitSet {
    var wanted = targets[target].kinds
    wanted.subtract(impossible)
    let width = targets[target].insiderWidth
    return tables.unsettled(target, wanted) { [openness] in openness.isOpen($0, width: width) }
  }

  // MARK: - Exactly

  /// What can be said of every target, by programs of its own where tables do not settle it.
  mutating func verdicts() -> [Verdict] {
    var verdicts = Array(repeating: Verdict?.none, count: targets.count)
    // Cutting planes of large programs are dear, and seldom cut much off.
    if system.lower.count > Self.cutLimit { program.branchOnly() }
    pushTogether { audit in audit.targets.indices.filter { !audit.isShownOpen($0) } }
    for target in targets.indices where !isShownOpen(target) {
      for isLargest in [true, false] where !isShownOpen(target) && !isSpent {
        explore(target, isLargest: isLargest)
      }
    }
    for target in targets.indices where !isShownOpen(target) {
      verdicts[target] = decide(target, insider: nil)
    }
    decideForInsiders(&verdicts)
    return verdicts.map { $0 ?? .safe }
  }

  /// Unknowns of the largest component whose programs are given cutting planes.
  private static let cutLimit = 600

  /// Whether the work that is allowed has been done.
  private var isSpent: Bool { work.linear + nodes >= workLimit }

  /// The exact bounds of one target, and what they mean; nil where nothing is wrong.
  private mutating func decide(_ target: Int, insider: Int?) -> Verdict? {
    if isSpent { return .undecided(insider: insider) }
    let width = insider == nil ? targets[target].width : targets[target].insiderWidth
    var range = relaxedRange(target)
    if range.isEmpty { return nothingFits(insider) }
    for pass in 0..<2 {
      guard let known = range.closed else { return .undecided(insider: insider) }
      if targets[target].exposesEveryone, known == 0...0, (targets[target].base?.lowerBound ?? 0) > 0 {
        return .broken(known, insider: insider)
      }
      if !openness.isSensitive(known, base: targets[target].answerBase) {
        return insider == nil ? .notSmall : nil
      }
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
    impossible[insider] = true
    return nil
  }

  struct Range {
    var lower: Int?
    var upper: Int?
    var isEmpty = false
    var closed: ClosedRange<Int>? {
      guard let lower, let upper, lower <= upper else { return nil }
      return lower...upper
    }
  }

  mutating func relaxedRange(_ target: Int) -> Range {
    var range = Range()
    for isLargest in [true, false] {
      work.linear += 1
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
      work.integer += 1
      let limit: Double
      let bound = program.integerBound(targets[target].form, isLargest: isLargest, nodeLimit: nodeLimit)
      nodes += program.nodes
      switch bound {
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

  /// Looks at every kind of respondent for whom the tables found so far do not keep all targets open.
  private mutating func decideForInsiders(_ verdicts: inout [Verdict?]) {
    for (kind, concerned) in unsettledTargetsByKind(verdicts.map { $0 == nil }) {
      let concerned = concerned.filter { verdicts[$0] == nil && !isShownOpen($0, toKind: kind) }
      if concerned.isEmpty || impossible[kind] { continue }
      if isSpent {
        for target in concerned { verdicts[target] = .undecided(insider: kind) }
        continue
      }
      demand(kind)
      pushTogether { audit in concerned.filter { !audit.isShownOpen($0, toKind: kind) } }
      for target in concerned where !isShownOpen(target, toKind: kind) {
        explore(target, isLargest: true)
        if isShownOpen(target, toKind: kind) { continue }
        explore(target, isLargest: false)
        if isShownOpen(target, toKind: kind) { continue }
        if impossible[kind] { break }
        verdicts[target] = decide(target, insider: kind)
      }
      demand(nil)
    }
  }

  /// Kinds with the targets, of the chosen, that are not settled for them.
  func unsettledTargetsByKind(_ isChosen: [Bool]) -> [(kind: Int, targets: [Int])] {
    var targetsOfKind = Array(repeating: [Int](), count: kinds.count)
    for target in targets.indices where isChosen[target] {
      for kind in unsettledKinds(target).positions { targetsOfKind[kind].append(target) }
    }
    return targetsOfKind.enumerated().filter { !$1.isEmpty }.map { ($0, $1) }
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
