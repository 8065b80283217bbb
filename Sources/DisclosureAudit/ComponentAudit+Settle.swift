import Solver

/// What tables found in a restricted system show of its targets and kinds of respondents. Only what they show counts.
struct Findings: Sendable {
  /// By target: whether it is open to an outsider.
  var isOpen: [Bool] = []
  /// By target: kinds of respondents for whom it is not shown to be open though some table has them.
  var unsettled: [BitSet] = []
  /// By target that is not open to all: what it is in the tables found, and in those that have each kind of respondent.
  var ranges: [Int: (all: ClosedRange<Int>, ofKind: [ClosedRange<Int>?])] = [:]
  /// Kinds that some table has.
  var present = BitSet(count: 0)
  var work = AuditWork()
}

extension ComponentAudit {
  /// Looks for tables that leave targets open, from one that is known.
  /// - Parameter wanted: Kinds of respondents that no table was found to have so far.
  mutating func settle(from table: [Int], wanted: BitSet) -> Findings {
    keep(table)
    findAbsentKinds(wanted)
    pushTogether { audit in audit.targets.indices.filter { !audit.isShownOpen($0) } }
    for target in targets.indices where !isShownOpen(target) {
      for isLargest in [true, false] where !isShownOpen(target) { explore(target, isLargest: isLargest) }
    }
    program.branchOnly()
    for target in targets.indices.filter({ !isShownOpen($0) }).prefix(Self.wholeNumberLimit) {
      lookForWholeNumbers(target)
    }
    let isOpen = targets.indices.map { isShownOpen($0) }
    for (kind, concerned) in unsettledTargetsByKind(isOpen) where tables.present[kind] {
      let left = concerned.filter { !isShownOpen($0, toKind: kind) }
      if left.isEmpty { continue }
      demand(kind)
      pushTogether { audit in left.filter { !audit.isShownOpen($0, toKind: kind) } }
      for target in left where !isShownOpen(target, toKind: kind) {
        for isLargest in [true, false] where !isShownOpen(target, toKind: kind) {
          explore(target, isLargest: isLargest)
        }
      }
      demand(nil)
    }
    var findings = Findings(
      isOpen: isOpen, unsettled: targets.indices.map { unsettledKinds($0) }, present: tables.present,
      work: work)
    for target in targets.indices where !isOpen[target] || !findings.unsettled[target].isEmpty {
      guard let all = tables.range(ofTarget: target) else { continue }
      findings.ranges[target] = (all, tables.rangesByKind(ofTarget: target))
    }
    return findings
  }

  /// Targets of one component for which branch and cut is tried here, and its nodes: the exact bounds come later.
  private static let wholeNumberLimit = 12
  private static let wholeNumberNodes = 60

  /// Looks for tables at both ends of a target's range, by branch and cut where the ends of the relaxation are no tables.
  private mutating func lookForWholeNumbers(_ target: Int) {
    var ends: [Int] = []
    for isLargest in [true, false] {
      work.linear += 1
      guard case .optimal(let value, let point) = program.bound(targets[target].form, isLargest: isLargest)
      else { return }
      ends.append(Int(value.rounded()) + targets[target].constant)
      keep(point)
    }
    guard ends[1] <= ends[0], openness.isOpen(ends[1]...ends[0], width: targets[target].width) else { return }
    for isLargest in [true, false] where !isShownOpen(target) {
      work.integer += 1
      switch program.integerBound(
        targets[target].form, isLargest: isLargest, nodeLimit: Self.wholeNumberNodes)
      {
      case .optimal(_, let point), .limited(_, _, let point): keep(point)
      case .infeasible, .unknown: return
      }
    }
  }

  /// Looks for tables with the kinds of respondents that no table has yet, where these are wanted or have a target to be
  /// settled for them.
  private mutating func findAbsentKinds(_ wanted: BitSet) {
    var wanted = wanted
    for target in targets { wanted.formUnion(target.kinds) }
    for kind in wanted.positions where !tables.present[kind] {
      demand(kind)
      look(ObjectiveSum(), presence: 1)
      demand(nil)
    }
  }

  /// Kinds of respondents that no point of the system has, whole numbers or not.
  mutating func kindsWithoutTable() -> [Int] {
    var absent: [Int] = []
    for kind in kinds.indices where !tables.present[kind] {
      work.linear += 1
      if case .optimal(let value, let point) = program.bound(kinds[kind].form, isLargest: true) {
        keep(point)
        if value + Double(kinds[kind].constant) < 1 - 1e-6 { absent.append(kind) }
      }
    }
    return absent
  }

  /// What the relaxation alone says of each target from outside: a break, that it cannot be small, or nothing.
  mutating func relaxedVerdicts() -> [Verdict?] {
    targets.indices.map { target in
      guard let range = relaxedRange(target).closed else { return nil }
      if !openness.isSensitive(range, base: targets[target].answerBase) { return .notSmall }
      // A narrow range may be narrower still in whole numbers, and leave out every small count.
      let isExact = range.lowerBound == range.upperBound
      return isExact && !openness.isOpen(range, width: targets[target].width)
        ? .broken(range, insider: nil) : nil
    }
  }
}
